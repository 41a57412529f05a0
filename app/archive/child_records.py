"""接种记录单 of each child of a class, from rows to sheets: for the school's health file. Reads, never writes."""

import datetime as dt

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.checks.gathering import gather
from app.checks.judging import judge
from app.checks.models import Check
from app.checks.queries import stands
from app.children.models import DoseRecord
from app.notices.recalling import records
from app.schools.models import SchoolClass
from app.sheets.queries import pupils_of_class
from forms import wording
from forms.paper.parties import Pupil
from forms.paper.vaccination_record import RecordSheet
from rules import national


def record_sheets(session: Session, campaign: Campaign, school_class: SchoolClass, on: dt.date) -> list[RecordSheet]:
    """By name, as the register; erased children have none."""
    pupils = [one for one in pupils_of_class(session, campaign, school_class) if one.identity.name]
    checks: dict[int, Check] = {}
    wanted = select(Check).where(Check.enrolment_id.in_([one.enrolment.id for one in pupils]), stands())
    for check in session.scalars(wanted.order_by(Check.number, Check.id)):
        checks[check.enrolment_id] = check
    doses = select(DoseRecord).where(DoseRecord.child_id.in_([one.child.id for one in pupils]))
    written = {one.id: one for one in session.scalars(doses)}
    law, found = national(), []
    for one in pupils:
        last = checks.get(one.enrolment.id)
        # The doses of today, those that were caught up after the last look among them.
        judgement = judge(gather(session, one.child, on), campaign.edition)
        title = law.sources[law.edition(campaign.edition).source].title
        found.append(
            RecordSheet(
                pupil=Pupil(
                    one.identity.name, one.child.sex.value, one.child.birth_date, one.school.name, one.school_class.name
                ),
                campaign=campaign.name,
                records=records(judgement, written),
                result=wording.result_word(last.result if last else None),
                checked_on=last.as_of if last else None,
                drawn_on=on,
                edition=_("《%(title)s》", title=title),
            )
        )
    return found
