"""From a notice to what its family is told. Reads, never writes; the reasons are the engine's own sentences."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.checks.judging import Judgement, judge
from app.checks.models import Check
from app.checks.planning import plan_for
from app.checks.showing import reasons_by_dose
from app.children.models import Child, DoseRecord, Enrolment
from app.children.queries import class_of
from app.clock import CHINA
from app.notices.asking import questions
from app.notices.drawing import clinic_says
from app.notices.models import Notice, NoticeItem, NoticePart
from app.notices.planning import DoseKey, NoticePlan, as_it_stands, plan_of
from app.notices.queries import items_of
from app.notices.wording import sheet_number
from app.parents.standing import Standing, list_arrived, standing_of
from app.parents.story import Asked, Story
from app.privacy.identities import open_identity
from app.schools.models import Organisation
from forms import wording


def story_of(session: Session, held: Notice, today: dt.date) -> Story | None:
    """What the family that holds this notice is told; None where it is void, or the child was erased."""
    standing, notice, check = standing_of(session, held)
    if standing is Standing.VOID or check is None:
        return None
    child = session.get_one(Child, check.child_id)
    identity = open_identity(session, child)
    if identity is None:
        return None
    campaign, school = session.get_one(Campaign, notice.campaign_id), session.get_one(Organisation, notice.school_id)
    clinic = session.get(Organisation, child.home_health_center_id or school.default_health_center_id or 0)
    first, report = session.get_one(Check, notice.check_id), list_arrived(session, notice)
    judgement = judge(first.inputs, first.edition)
    items, asked = items_of(session, [notice.id]).get(notice.id, []), standing is Standing.ASKED
    stands = as_it_stands(session, child, judgement, items, today)
    plan = plan_of(stands, items, clinic, today, campaign.recheck_by) if asked else NoticePlan()
    verify = [item for item in items if item.part is NoticePart.VERIFY]
    return Story(
        standing=standing,
        replaced=asked and notice.id != held.id,
        name=identity.name,
        school=school.name,
        class_name=class_of(session, session.get_one(Enrolment, check.enrolment_id)).name,
        number=sheet_number(campaign, notice.school_id, notice.number),
        checked_on=first.as_of,
        recheck_by=campaign.recheck_by,
        listed_on=report.answered_at.astimezone(CHINA).date() if report and report.answered_at else None,
        done_on=None if asked else check.as_of,
        certificate=first.inputs["certificate"] if asked and NoticePart.CERTIFICATE in notice.parts else None,
        clinic_says=clinic_says(first) if asked and NoticePart.VERIFY in notice.parts else None,
        doses=_doses(
            session, [one for one in items if one not in verify], judgement, plan, _held(stands, clinic, today)
        ),
        questions=questions(judgement, verify) if asked else (),
        clinic=clinic,
        latest_start=plan.latest_start,
        remarks=plan.remarks,
    )


def _held(judgement: Judgement, clinic: Organisation | None, today: dt.date) -> dict[DoseKey, str]:
    """Why each planned dose is not earlier."""
    visits = plan_for(judgement, clinic, today).visits
    return {(dose.line, dose.product, dose.number): dose.why for visit in visits for dose in visit.doses}


def _doses(
    session: Session, items: Sequence[NoticeItem], judgement: Judgement, plan: NoticePlan, held: dict[DoseKey, str]
) -> tuple[Asked, ...]:
    reasons = reasons_by_dose(judgement)
    wanted = select(DoseRecord).where(DoseRecord.id.in_([one.dose_record_id for one in items if one.dose_record_id]))
    given = {one.id: one.day for one in session.scalars(wanted)}
    found = []
    for item in items:
        key = (item.line, item.product, item.dose)
        reason, day = reasons.get(key), plan.days.get(key)
        found.append(
            Asked(
                vaccine=wording.product_name(item.product),
                dose=reason.dose if reason else wording.dose_number(item.dose),
                why=reason.why if reason else "",
                earliest=item.earliest,
                state=item.state,
                planned=day,
                not_earlier=held.get(key, "") if day else "",
                given=given.get(item.dose_record_id) if item.dose_record_id else None,
            )
        )
    return tuple(found)
