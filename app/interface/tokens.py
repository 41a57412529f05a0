"""Whose token it is: found by its digest, live or not, as an actor of its organisation."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.interface.models import ApiToken, Scope
from app.people.actors import Actor
from app.people.models import User
from app.people.roles import Role
from app.people.sessions import actor_of
from app.schools.models import Organisation, OrganisationKind

#: So that programs which look for lost secrets know one when they see it.
PREFIX = "chayan_"
_LONGEST = 100
_NOTED_EVERY = dt.timedelta(minutes=1)

#: As whom a token of such an organisation acts, and what it may be allowed. A bureau sees no children, so it has none.
ACTS_AS: dict[OrganisationKind, tuple[Role, tuple[Scope, ...]]] = {
    OrganisationKind.SCHOOL: (Role.CLERK, tuple(Scope)),
    OrganisationKind.HEALTH_CENTER: (Role.NURSE, (Scope.READ_RESULTS, Scope.WRITE_DOSES)),
    OrganisationKind.CDC: (Role.CDC_DOCTOR, (Scope.READ_RESULTS,)),
}


@dataclass(frozen=True, slots=True)
class Bearer:
    """The program behind a request."""

    token_id: int
    actor: Actor
    scopes: frozenset[Scope]
    expires_at: dt.datetime
    #: Long enough ago to be noted anew.
    used_long_ago: bool


def new_token() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find_bearer(session: Session, sent: str, *, now: dt.datetime) -> Bearer | None:
    """The bearer of a live token; None for any other, and nothing says which of the reasons it is."""
    if not sent.startswith(PREFIX) or len(sent) > _LONGEST:
        return None
    row = session.execute(
        select(ApiToken, User, Organisation)
        .join(User, User.id == ApiToken.user_id)
        .join(Organisation, Organisation.id == ApiToken.organisation_id)
        .where(ApiToken.token_digest == digest(sent), User.active, User.organisation_id == ApiToken.organisation_id)
    ).one_or_none()
    if row is None or not row[0].is_live(now):
        return None
    token, user, organisation = row
    long_ago = token.last_used_at is None or now - token.last_used_at >= _NOTED_EVERY
    scopes = frozenset(Scope(one) for one in token.scopes)
    return Bearer(token.id, actor_of(user, organisation), scopes, token.expires_at, long_ago)


def note_use(session: Session, token_id: int, *, now: dt.datetime) -> None:
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=now))
