"""The nurse's pages: the missing-child list, a child by the code on its notice, and the doses just given."""

import datetime as dt

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.checks.gathering import gather
from app.checks.judging import judge
from app.checks.showing import show as rows_of
from app.children.dose_actions import enter_doses
from app.children.kinds import DoseSource
from app.children.models import Child
from app.children.queries import active_enrolment, class_of, school_of
from app.children.refusing import OnRecord
from app.clinic import queries
from app.desk.finding import LONGEST, find
from app.notices.models import ItemState, Notice, NoticeItem
from app.notices.queries import live_notice
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import child_or_404
from app.privacy.identities import open_identity
from app.schools.models import Organisation
from forms.web.clinic import GivenForm
from forms.web.dates import NoDate, Written, read_day
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine

pages = Blueprint("clinic", __name__, url_prefix="/clinic")


@pages.get("")
@admit(Role.NURSE)
def missing() -> str:
    actor = current_actor()
    with office().database.writing() as session:
        found = queries.missing_children(session, actor)
        detail = {"children": [row.child.id for row in found]}
        subject = ("organisation", actor.organisation_id)
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
    wanted = request.args.get("school", "")
    schools = sorted({row.school for row in found})
    rows = [row for row in found if not wanted or row.school == wanted]
    return render_template(
        "clinic/missing.html", rows=rows, all=found, schools=schools, wanted=wanted, order=queries.doses_to_order(rows)
    )


@pages.post("/find")
@admit(Role.NURSE)
def scan() -> AnyResponse:
    typed = request.form.get("code", "").strip()[:LONGEST]
    with office().database.reading() as session:
        found = find(session, current_actor(), typed) if typed else None
    if found is None or found.child_id is None:
        flash(_("没有找到“%(typed)s”。请扫通知右上角的码，或从下面的名单里找。", typed=typed), "error")
        return redirect(url_for("clinic.missing"), 303)
    if found.dead_notice:
        flash(_("这张通知已经被新的代替，下面是这个孩子现在的情况。"))
    return redirect(url_for("clinic.child", child_id=found.child_id), 303)


@pages.route("/children/<int:child_id>", methods=["GET", "POST"])
@admit(Role.NURSE)
def child(child_id: int) -> AnyResponse | str | tuple[str, int]:
    actor, form = current_actor(), GivenForm(request.form)
    with office().database.writing() as session:
        found = child_or_404(session, actor, child_id)
        notice = _notice(session, found)
        items = [item for item in queries.items_of(session, notice) if item.state is ItemState.OPEN] if notice else []
        if request.method == "POST":
            if _entered(session, found, form, items):
                return redirect(url_for("clinic.child", child_id=child_id), 303)
            return _page(session, found, notice, items, form), 422
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("child", found.id))
        return _page(session, found, notice, items, form)


def _entered(session: Session, found: Child, form: GivenForm, items: list[NoticeItem]) -> bool:
    """Keep the ticked doses; False with the form's faults filled in."""
    if not form.validate():
        return False
    chosen = [item for item in items if item.id in (form.items.data or [])]
    if not chosen:
        form.items.errors = [_("还没有勾。种了哪一剂，就勾哪一剂。")]
        return False
    day = _day(form, found)
    if day is None:
        return False
    own = session.get_one(Organisation, current_actor().organisation_id)
    lot = (form.lot.data or "").strip() or None
    entries = [DoseEntry(Vaccine(item.product), Written(day=day), lot=lot, unit=own.name) for item in chosen]
    try:
        with session.begin_nested():
            enter_doses(
                session, by=current_actor(), now=clock.now(), child=found, entries=entries, source=DoseSource.CLINIC
            )
    except OnRecord:
        form.items.errors = [_("这一天已经记了同样的疫苗，请看右边的剂次。")]
        return False
    flash(_("已记 %(n)s 剂，学校会看到。请让孩子留观 30 分钟。", n=len(chosen)))
    return True


def _day(form: GivenForm, found: Child) -> dt.date | None:
    """The day of the doses; None with the fault filled in."""
    typed = (form.day.data or "").strip()
    if not typed:
        return clock.today()
    try:
        day = read_day(typed)
    except NoDate as fault:
        form.day.errors = [str(fault)]
        return None
    if day > clock.today():
        form.day.errors = [_("%(day)s 还没到。请看年份是不是写错了。", day=day)]
    elif day < found.birth_date:
        form.day.errors = [_("%(day)s 早于出生日期 %(birth)s。", day=day, birth=found.birth_date)]
    else:
        return day
    return None


def _notice(session: Session, found: Child) -> Notice | None:
    enrolment = active_enrolment(session, current_actor(), found.id)
    return live_notice(session, enrolment.id) if enrolment else None


def _page(session: Session, found: Child, notice: Notice | None, items: list[NoticeItem], form: GivenForm) -> str:
    identity = open_identity(session, found) or abort(404)
    enrolment = active_enrolment(session, current_actor(), found.id)
    return render_template(
        "clinic/child.html",
        child=found,
        identity=identity,
        place=f"{school_of(session, enrolment).name} {class_of(session, enrolment).name}" if enrolment else None,
        paper=notice,  # base.html has a component of the name "notice"
        items=items,
        form=form,
        shown=rows_of(judge(gather(session, found, clock.today())), {}),
        today=clock.today(),
    )
