"""What a school calls its columns: asked once where a word is not known, remembered for every later file."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.people.actors import Actor
from app.roster.models import RosterColumns
from forms.web.roster import LABELS, Column, folded_header

_MOST = 200
_LONGEST = 60


def own_columns(session: Session, school_id: int) -> dict[str, Column]:
    """Folded word → column, as this school said."""
    kept = session.get(RosterColumns, school_id)
    return {word: Column(column) for word, column in kept.words.items()} if kept else {}


def name_columns(session: Session, *, by: Actor, now: dt.datetime, said: Mapping[str, str]) -> int:
    """Remember these words; how many. A word said before is said anew."""
    known = {column.value for column in Column}
    new = {
        folded: column
        for word, column in said.items()
        if column in known and (folded := folded_header(word[:_LONGEST]))
    }
    kept = session.get(RosterColumns, by.organisation_id, with_for_update=True)
    if kept is None:
        kept = RosterColumns(school_id=by.organisation_id, words={}, said_by=by.user_id, said_at=now)
        session.add(kept)
    kept.words = dict(list({**kept.words, **new}.items())[-_MOST:])
    kept.said_by, kept.said_at = by.user_id, now
    session.flush()
    detail = {"words": len(new)}
    subject = ("organisation", by.organisation_id)
    record(session, by=by, now=now, action="roster.columns_named", subject=subject, detail=detail)
    return len(new)


def read_names(form: Mapping[str, str]) -> dict[str, str]:
    """From the posted page: the word beside each answer."""
    places = [field.removeprefix("column-") for field, value in form.items() if field.startswith("column-") and value]
    return {form[f"word-{place}"]: form[f"column-{place}"] for place in places if form.get(f"word-{place}")}


def column_choices() -> list[tuple[str, str]]:
    return [(column.value, str(label)) for column, label in LABELS.items()]
