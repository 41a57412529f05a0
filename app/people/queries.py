"""Questions about users."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.people.actors import Actor
from app.people.models import User
from app.people.scope import users_in_scope
from app.schools.models import Organisation

#: More than fits a page; whoever has more narrows the search.
AT_MOST = 100


def find_users(session: Session, actor: Actor, typed: str) -> tuple[Sequence[tuple[User, Organisation]], int]:
    """Users in scope whose 工号, name or organisation holds `typed`, and how many there are in all."""
    wanted = users_in_scope(actor).join(Organisation, Organisation.id == User.organisation_id)
    if part := typed.strip():
        places = (User.sign_in_name, User.shown_name, Organisation.name)
        wanted = wanted.where(or_(*(place.icontains(part, autoescape=True) for place in places)))
    total = session.scalar(wanted.with_only_columns(func.count(User.id))) or 0
    ordered = wanted.add_columns(Organisation).order_by(Organisation.name, User.active.desc(), User.sign_in_name)
    return [(user, place) for user, place in session.execute(ordered.limit(AT_MOST))], total


def users_of(session: Session, organisation_id: int) -> Sequence[User]:
    """The people of one organisation, those in use first."""
    wanted = select(User).where(User.organisation_id == organisation_id, User.program.is_(False))
    return session.scalars(wanted.order_by(User.active.desc(), User.role, User.sign_in_name)).all()


def name_taken(session: Session, sign_in_name: str) -> bool:
    """Does somebody, here or elsewhere, sign in by this name already?"""
    return session.scalar(select(User.id).where(User.sign_in_name == sign_in_name)) is not None
