"""Tokens of other programs, by the school they speak for, and who may take them back."""

import datetime as dt

from sqlalchemy.orm import Session

from app.interface.actions import make_token
from app.interface.models import Scope
from tests.actors import actor
from tests.district import MOMENT, District

TOKENS_SEEN: dict[str, set[str]] = {
    **{who: set() for who in ("clerk", "class_clerk", "nurse", "cdc_doctor", "bureau_auditor", "foreign_clerk")},
    **{who: {"near"} for who in ("school_head", "school_administrator")},
    "administrator": {"near", "far"},
}


def token_of(session: Session, district: District, school: str) -> int:
    """A token that may read the results of a school."""
    made, _sent = make_token(
        session,
        by=actor(district, "administrator"),
        now=MOMENT,
        organisation=district.places[school],
        label="省平台",
        scopes=[Scope.READ_RESULTS],
        lives=dt.timedelta(days=30),
        password_hash="nobody knows it",
    )
    return made.id
