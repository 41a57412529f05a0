"""The notices of a class as a list to tick, from rows to the sheet."""

import datetime as dt
from collections.abc import Sequence

from flask_babel import force_locale
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.clock import CHINA
from app.notices.queries import ClassNotice
from app.notices.wording import parts_words, sheet_number
from app.schools.models import Organisation, SchoolClass
from forms.paper.handing_out import HandedLine, HandingOutSheet


def handing_out(
    session: Session, school_class: SchoolClass, rows: Sequence[ClassNotice], on: dt.date
) -> HandingOutSheet:
    """Every live notice of the class in class order, as it stands on that day."""
    school = session.get_one(Organisation, school_class.school_id)
    with force_locale("zh_CN"):
        lines = [
            HandedLine(
                name=row.child.name,
                number=sheet_number(
                    session.get_one(Campaign, row.notice.campaign_id), row.notice.school_id, row.notice.number
                ),
                parts=parts_words(row.notice),
                copy=row.notice.print_count,
                handed=_day(row.notice.handed_at),
                slip_back=_day(row.notice.slip_back_at),
            )
            for row in rows
        ]
    return HandingOutSheet(school.name, school_class.name, on, lines)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(CHINA).date() if moment else None
