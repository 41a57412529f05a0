"""核实单: what the school knows of a child's doses, for a family that says it is wrong."""

import datetime as dt

from flask_babel import force_locale
from sqlalchemy.orm import Session

from app.notices.drawing import sheets_of
from app.notices.models import Notice
from app.parents.standing import Standing, standing_of
from forms.paper.record_query import RecordQuery


def query_of(session: Session, held: Notice, today: dt.date) -> RecordQuery | None:
    """Drawn like the notice itself; None where the notice is void or the child was erased."""
    standing, notice, _check = standing_of(session, held)
    if standing is Standing.VOID:
        return None
    with force_locale("zh_CN"):
        sheets = sheets_of(session, [notice], today)
    return RecordQuery.of(sheets[0]) if sheets else None
