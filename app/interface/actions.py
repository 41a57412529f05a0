"""What is done to tokens: made, taken back. Each leaves an audit line and none commits."""

import datetime as dt
import secrets
from collections.abc import Collection

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.interface import tokens
from app.interface.models import ApiToken, Scope
from app.people.actions import NotPossible, add_user
from app.people.actors import Actor
from app.schools.models import Organisation


def make_token(
    session: Session,
    *,
    by: Actor,
    now: dt.datetime,
    organisation: Organisation,
    label: str,
    scopes: Collection[Scope],
    lives: dt.timedelta,
    password_hash: str,
) -> tuple[ApiToken, str]:
    """The row, and the token itself, which is kept nowhere. `password_hash`: of a password that nobody knows."""
    role, possible = tokens.ACTS_AS.get(organisation.kind, (None, ()))
    if role is None or not scopes or not set(scopes) <= set(possible):
        raise NotPossible(f"A token of a {organisation.kind} cannot do that.")
    user = add_user(
        session,
        by=by,
        now=now,
        organisation=organisation,
        sign_in_name=f"api.{secrets.token_hex(8)}",
        shown_name=label,
        role=role,
        password_hash=password_hash,
        program=True,
    )
    sent = tokens.new_token()
    made = ApiToken(
        token_digest=tokens.digest(sent),
        user_id=user.id,
        organisation_id=organisation.id,
        label=label,
        scopes=sorted(scopes),
        made_by=by.user_id,
        made_at=now,
        expires_at=now + lives,
    )
    session.add(made)
    session.flush()
    detail = {"organisation": organisation.id, "scopes": made.scopes, "days": lives.days}
    record(session, by=by, now=now, action="token.made", subject=("api_token", made.id), detail=detail)
    return made, sent


def revoke_token(session: Session, *, by: Actor, now: dt.datetime, token: ApiToken) -> None:
    """From the next request on it opens nothing. Taking it back twice is once."""
    if token.revoked_at is not None:
        return
    token.revoked_at, token.revoked_by = now, by.user_id
    session.flush()
    record(session, by=by, now=now, action="token.revoked", subject=("api_token", token.id))
