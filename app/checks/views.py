"""The child's page: the answer first, then the record it rests on; checking it; and the checks of the past."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.campaigns.pinning import edition_for
from app.checks import actions, queries
from app.checks.gathering import gather
from app.checks.judging import Judgement, judge
from app.checks.models import Check
from app.checks.planning import ShownPlan, center_of, plan_for
from app.checks.showing import Shown
from app.checks.showing import show as rows_of
from app.children.models import Certificate, Child, DoseRecord, Doubt, Enrolment, Exemption
from app.children.queries import active_enrolment, class_of, exemptions_in_force, latest_certificate, open_doubts
from app.office import office
from app.people.access import admit, current_actor
from app.people.models import User
from app.people.roles import Role
from app.people.scope import child_or_404
from app.privacy.identities import Identity, open_identity
from forms import wording
from rules.vocabulary import Verdict

pages = Blueprint("checks", __name__)
for word in (
    wording.age_at,
    wording.certificate_word,
    wording.clinic_result_word,
    wording.dose_number,
    wording.doubt_word,
    wording.exemption_word,
    wording.line_name,
    wording.product_name,
    wording.result_word,
    wording.short_dose,
):
    pages.add_app_template_global(word)

LOOK = (Role.CLERK, Role.SCHOOL_HEAD, Role.NURSE, Role.CDC_DOCTOR)
_CHECK = (Role.CLERK, Role.SCHOOL_HEAD)


@pages.get("/children/<int:child_id>")
@admit(*LOOK)
def show(child_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        child = child_or_404(session, actor, child_id)
        page = _page(session, child)
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("child", child.id))
        return render_template(
            "children/show.html",
            page=page,
            child=child,
            today=clock.today(),
            may_check=actor.role in _CHECK,
            may_record=actor.role is not Role.CDC_DOCTOR,
        )


@pages.post("/children/<int:child_id>/checks")
@admit(*_CHECK)
def check(child_id: int) -> AnyResponse:
    actor = current_actor()
    with office().database.writing() as session:
        child = child_or_404(session, actor, child_id)
        enrolment = active_enrolment(session, actor, child_id)
        if enrolment is None:
            abort(404)
        if latest_certificate(session, child_id) is None:
            flash(_("先记接种证和评估页，再查验。"), "error")
            return redirect(url_for("children.certificate", child_id=child_id), 303)
        saved = actions.check_child(
            session, by=actor, now=clock.now(), as_of=clock.today(), child=child, enrolment=enrolment
        )
        flash(
            _("已保存第 %(n)s 次查验：%(result)s", n=saved.number, result=wording.result_word(saved.findings["result"]))
        )
    return redirect(url_for("checks.show", child_id=child_id), 303)


@pages.get("/children/<int:child_id>/checks/<int:check_id>")
@admit(*LOOK)
def past(child_id: int, check_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        child = child_or_404(session, actor, child_id)
        found = session.get(Check, check_id)
        if found is None or found.child_id != child.id:
            abort(404)
        identity = open_identity(session, child)
        again = judge(found.inputs, found.edition)
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("check", found.id))
        return render_template(
            "children/past_check.html",
            child=child,
            identity=identity,
            check=found,
            by=session.get_one(User, found.by).shown_name,
            shown=rows_of(again, written(session, child.id)),
            same=again.findings["lines"] == found.findings["lines"],
        )


@dataclass(frozen=True, slots=True)
class ChildPage:
    """Everything the page of one child shows."""

    identity: Identity
    place: str | None
    shown: Shown
    #: How what is owed can be caught up; None where nothing is.
    plan: ShownPlan | None
    #: The name of the health center that the plan is made for.
    center: str | None
    saved: Check | None
    #: The last check rests on exactly what is on record now.
    current: bool
    certificate: Certificate | None
    doubts: list[tuple[Doubt, str]]
    exemptions: list[Exemption]
    history: list[tuple[Check, str, bool]]


def _page(session: Session, child: Child) -> ChildPage:
    identity = open_identity(session, child)
    if identity is None:
        abort(404)
    enrolment = active_enrolment(session, current_actor(), child.id)
    judgement = judge(gather(session, child, clock.today()), edition_for(session, enrolment))
    saved = queries.latest_check(session, enrolment.id) if enrolment else None
    center = center_of(session, current_actor(), child)
    return ChildPage(
        identity=identity,
        place=_place(session, enrolment),
        shown=rows_of(judgement, written(session, child.id)),
        plan=plan_for(judgement, center) if judgement.assessment.verdict is Verdict.CATCH_UP else None,
        center=center.name if center else None,
        saved=saved,
        current=saved is not None and _rests_on(saved, judgement),
        certificate=latest_certificate(session, child.id),
        doubts=[(doubt, _doubted(session, doubt)) for doubt in open_doubts(session, child.id)],
        exemptions=exemptions_in_force(session, child.id, clock.today()),
        history=_history(session, child.id),
    )


def _rests_on(saved: Check, judgement: Judgement) -> bool:
    """Same facts by the same edition; the day may have moved on."""
    same_facts = {**saved.inputs, "as_of": None} == {**judgement.inputs, "as_of": None}
    return same_facts and saved.edition == judgement.assessment.edition


def _place(session: Session, enrolment: Enrolment | None) -> str | None:
    return class_of(session, enrolment).name if enrolment else None


def written(session: Session, child_id: int) -> dict[int, str]:
    """What stands on paper where a record has no day or no catalogue product."""
    rows = session.execute(
        select(DoseRecord.id, DoseRecord.partial_date, DoseRecord.as_written).where(DoseRecord.child_id == child_id)
    )
    return {number: text for number, partial, as_written in rows if (text := as_written or partial)}


@pages.app_template_global("last_four")
def _last_four(identity: Identity) -> str | None:
    """The end of the first number, as much as a page shows of it."""
    number = identity.identifiers[0].number if identity.identifiers else ""
    return number[-4:] or None


def _doubted(session: Session, doubt: Doubt) -> str:
    """What a doubt speaks of: one dose, or every dose of a line."""
    if doubt.dose_record_id is None:
        return _("%(line)s的全部记录", line=wording.line_name(doubt.line))
    record = session.get_one(DoseRecord, doubt.dose_record_id)
    day = record.day.isoformat() if record.day else wording.no_day()
    return f"{wording.product_name(record.product)} {day}"


def _history(session: Session, child_id: int) -> list[tuple[Check, str, bool]]:
    replaced = queries.superseded_ids(session, child_id)
    names = dict(session.execute(select(User.id, User.shown_name)).all())
    return [(check, names[check.by], check.id in replaced) for check in queries.history(session, child_id)]
