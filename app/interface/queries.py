"""Questions about tokens: those of an organisation, and the one a person may take back."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.interface.models import ApiToken
from app.people.actors import Actor
from app.people.scope import organisations_in_scope
from app.schools.models import Organisation


def tokens_of(session: Session, organisation_id: int) -> Sequence[ApiToken]:
    """Newest first, also those that open nothing any more."""
    wanted = select(ApiToken).where(ApiToken.organisation_id == organisation_id)
    return session.scalars(wanted.order_by(ApiToken.id.desc())).all()


def token_or_404(session: Session, actor: Actor, token_id: int) -> ApiToken:
    own = organisations_in_scope(actor).with_only_columns(Organisation.id)
    wanted = select(ApiToken).where(ApiToken.id == token_id, ApiToken.organisation_id.in_(own))
    return session.scalars(wanted.with_for_update()).one_or_none() or abort(404)
