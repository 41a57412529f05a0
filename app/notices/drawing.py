"""From rows to sheets: what each notice says, gathered for the press. Reads, never writes.

What is owed stands in the notice's own items; ages and reasons are judged again from what the check kept.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.checks.judging import Judgement, judge
from app.checks.models import Check
from app.children.models import Child, DoseRecord, Enrolment
from app.children.queries import exemptions_in_force
from app.notices.addresses import address_for_families
from app.notices.asking import questions
from app.notices.headings import headings_of
from app.notices.models import ItemState, Notice, NoticeItem, NoticeKind, NoticePart
from app.notices.planning import NoticePlan, as_it_stands, plan_of
from app.notices.queries import items_of
from app.notices.recalling import records
from app.notices.waiving import waived_lines
from app.notices.wording import sheet_number
from app.privacy.identities import Identity, open_identities
from app.schools.models import Organisation, SchoolClass
from app.schools.wording import open_days_words
from forms import wording
from forms.paper.notice import Kind, NoticeSheet, OwedDose, Waived
from forms.paper.parties import Clinic, Heading, Pupil
from forms.wording import english
from rules.vocabulary import ClinicResult, Owed, Result, State, Verdict


def sheets_of(session: Session, notices: Sequence[Notice], on: dt.date) -> list[NoticeSheet]:
    """The sheets of these notices, in their order, as printed `on` that day. Erased children have none."""
    with force_locale("zh_CN"):  # families speak Chinese, whatever language the clerk's screen has
        drawer = _Drawer.of(session, notices, on)
        return [drawer.sheet(notice) for notice in notices if notice.child_id in drawer.identities]


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Everything the sheets need, fetched once for all of them."""

    session: Session
    on: dt.date
    children: Mapping[int, Child]
    identities: Mapping[int, Identity]
    checks: Mapping[int, Check]
    classes: Mapping[int, SchoolClass]
    places: Mapping[int, Organisation]
    campaigns: Mapping[int, Campaign]
    items: Mapping[int, list[NoticeItem]]
    doses: Mapping[int, DoseRecord]
    headings: Mapping[int, Heading]

    @classmethod
    def of(cls, session: Session, notices: Sequence[Notice], on: dt.date) -> "_Drawer":
        child_ids = [one.child_id for one in notices]
        children = {one.id: one for one in session.scalars(select(Child).where(Child.id.in_(child_ids)))}
        in_class = (
            select(Enrolment.id, SchoolClass)
            .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
            .where(Enrolment.id.in_([one.enrolment_id for one in notices]))
        )
        checks = select(Check).where(Check.id.in_([one.check_id for one in notices]))
        doses = select(DoseRecord).where(DoseRecord.child_id.in_(child_ids))
        return cls(
            session=session,
            on=on,
            children=children,
            identities=open_identities(session, children.values()),
            checks={one.id: one for one in session.scalars(checks)},
            classes=dict(session.execute(in_class).all()),
            places=_places(session, notices, children.values()),
            campaigns={one.id: one for one in session.scalars(select(Campaign))},
            items=items_of(session, [one.id for one in notices]),
            doses={one.id: one for one in session.scalars(doses)},
            headings=headings_of(session, {one.school_id for one in notices}),
        )

    def sheet(self, notice: Notice) -> NoticeSheet:
        check, campaign = self.checks[notice.check_id], self.campaigns[notice.campaign_id]
        judgement = judge(check.inputs, check.edition)
        items = self.items.get(notice.id, [])
        asked = [item for item in items if item.part is NoticePart.VERIFY]
        waived: tuple[Waived, ...] = ()
        if notice.kind is NoticeKind.WAIVED:
            waived = waived_lines(judgement, exemptions_in_force(self.session, notice.child_id, check.as_of))
        today = as_it_stands(self.session, self.children[notice.child_id], judgement, items, self.on)
        plan = plan_of(today, items, self._center(notice), self.on, campaign.recheck_by)
        return NoticeSheet(
            pupil=self._pupil(notice),
            number=sheet_number(campaign, notice.school_id, notice.number),
            code=notice.code,
            address=address_for_families(self.session, notice.code),
            copy=notice.print_count,
            checked_on=check.as_of,
            printed_on=self.on,
            recheck_by=campaign.recheck_by,
            clinic=self._clinic(notice),
            kind=Kind(notice.kind.value),
            heading=self.headings.get(notice.school_id, Heading()),
            certificate=check.inputs["certificate"] if NoticePart.CERTIFICATE in notice.parts else None,
            owed=tuple(self._owed(item, judgement, plan) for item in items if item.part is NoticePart.CATCH_UP),
            questions=questions(judgement, asked),
            clinic_says=clinic_says(check) if NoticePart.VERIFY in notice.parts else None,
            records=records(judgement, self.doses),
            waived=waived,
            latest_start=plan.latest_start,
            remarks=plan.remarks,
        )

    def _pupil(self, notice: Notice) -> Pupil:
        child = self.children[notice.child_id]
        return Pupil(
            name=self.identities[child.id].name,
            sex=child.sex.value,
            birth_date=child.birth_date,
            school=self.places[notice.school_id].name,
            class_name=self.classes[notice.enrolment_id].name,
        )

    def _clinic(self, notice: Notice) -> Clinic | None:
        center = self._center(notice)
        return center and Clinic(center.name, center.address, center.phone, open_days_words(center.open_days))

    def _center(self, notice: Notice) -> Organisation | None:
        child, school = self.children[notice.child_id], self.places[notice.school_id]
        return self.places.get(child.home_health_center_id or school.default_health_center_id or 0)

    def _owed(self, item: NoticeItem, judgement: Judgement, plan: NoticePlan) -> OwedDose:
        again = _judged_again(item, judgement)
        given = self.doses.get(item.dose_record_id or 0)
        done = given.day.isoformat() if given and given.day else _("已种")
        done = _("不用再补") if item.state is ItemState.NOT_OWED else done
        return OwedDose(
            vaccine=wording.product_name(item.product),
            dose=wording.owed_dose(again) if again else wording.dose_number(item.dose),
            age=wording.span_of_age(again.age) if again else "",
            earliest=item.earliest,
            ready=item.state_at_check != State.WAITING,
            state=wording.state_word(item.state_at_check),
            note=_("先做结核菌素（PPD）试验，阴性才种") if again and again.condition == "ppd_negative" else "",
            done=done if item.state in (ItemState.GIVEN, ItemState.NOT_OWED) else "",
            visit=plan.days.get((item.line, item.product, item.dose)),
            english=english.dose(item.product, item.dose, again.age if again else None),
        )


def _places(session: Session, notices: Sequence[Notice], children: Iterable[Child]) -> dict[int, Organisation]:
    """The schools, and every health center that looks after one of the children."""
    schools = {one.school_id for one in notices}
    homes = {one.home_health_center_id for one in children if one.home_health_center_id}
    defaults = select(Organisation.default_health_center_id).where(Organisation.id.in_(schools))
    wanted = select(Organisation).where(or_(Organisation.id.in_(schools | homes), Organisation.id.in_(defaults)))
    return {one.id: one for one in session.scalars(wanted)}


def _judged_again(item: NoticeItem, judgement: Judgement) -> Owed | None:
    """The same debt as the rules see it; None if the rules' data moved on since the check."""
    return next(
        (
            owed
            for line in judgement.assessment.lines
            for owed in line.owed
            if (line.line, owed.dose, owed.product) == (item.line, item.dose, item.product)
        ),
        None,
    )


def clinic_says(check: Check) -> str | None:
    """What the clinic's assessment says, where it and the record differ on whether anything is owed."""
    clinic = check.inputs.get("clinic_assessment") or {}
    if check.findings["result"] != Result.REVIEW or check.findings["verdict"] == Verdict.REVIEW:
        return None
    return str(ClinicResult(clinic["result"]).value)
