"""One child at the health center: the doses just given, why one was not, calls, events, a new booklet."""

import datetime as dt
from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse
from wtforms.validators import ValidationError

from app import clock
from app.audit.actions import Reading, record_read
from app.children.models import Child
from app.children.refusing import OnRecord
from app.clinic import actions, care_actions, showing
from app.clinic.asking import GivenDose, questions
from app.clinic.care_queries import other_centers
from app.clinic.drawing import voucher_sheet
from app.clinic.given import given_lately
from app.clinic.kinds import ContactResult, ContactWay, Seriousness, WhyNot
from app.clinic.pages import pages
from app.clinic.session_actions import cancel
from app.notices.models import ItemState, NoticeItem
from app.office import office
from app.papers import as_pdf, press
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import child_or_404
from app.schools.models import Organisation
from app.vouchers.actions import issue
from forms.paper.voucher import print_vouchers
from forms.web.clinic import ContactForm, EventForm, GivenForm, WhyNotForm, read_vial, read_vials
from forms.web.dates import NoDate, read_day

Answer = AnyResponse | str | tuple[str, int]


@pages.route("/children/<int:child_id>", methods=["GET", "POST"])
@admit(Role.NURSE)
def child(child_id: int) -> Answer:
    form = GivenForm(request.form)
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        items = showing.owed_items(session, current_actor(), found)
        if request.method == "POST":
            asked = _entered(session, found, form, items)
            if asked is None:
                return _back(child_id)
            return showing.child_page(session, current_actor(), found, form, asked), 422
        record_read(session, by=current_actor(), now=clock.now(), what=Reading.PAGE, subject=("child", found.id))
        return showing.child_page(session, current_actor(), found, form, [])


@pages.post("/children/<int:child_id>/not-given")
@admit(Role.NURSE)
def not_given(child_id: int) -> AnyResponse:
    form = WhyNotForm(request.form)
    form.because.offer([(one.value, one.value) for one in WhyNot])
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        items = [
            one for one in showing.owed_items(session, current_actor(), found) if one.id in (form.items.data or [])
        ]
        if not form.validate() or not items:
            flash(_("没有记。请勾哪几剂没种，再选为什么。"), "error")
            return _back(child_id)
        by, now, because = current_actor(), clock.now(), WhyNot(form.because.data)
        actions.say_why_not(
            session, by=by, now=now, child=found, items=items, because=because, note=form.note.data or ""
        )
    flash(_("记下了。这几剂仍然算欠种，来种了照样能录。"))
    return _back(child_id)


@pages.post("/children/<int:child_id>/open-again")
@admit(Role.NURSE)
def open_again(child_id: int) -> AnyResponse:
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        items = showing.owed_items(session, current_actor(), found)
        actions.open_again(session, by=current_actor(), now=clock.now(), child=found, items=items)
    return _back(child_id)


@pages.post("/children/<int:child_id>/contacts")
@admit(Role.NURSE)
def log_contact(child_id: int) -> AnyResponse:
    form = ContactForm(request.form)
    form.way.offer([(one.value, one.value) for one in ContactWay])
    form.result.offer([(one.value, one.value) for one in ContactResult])
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        if not form.validate():
            flash(_("没有记。请选怎么联系的和结果；说明 500 个字以内。"), "error")
            return _back(child_id)
        way, result = ContactWay(form.way.data), ContactResult(form.result.data)
        by, now, note = current_actor(), clock.now(), form.note.data or ""
        care_actions.log_contact(session, by=by, now=now, child=found, way=way, result=result, note=note)
    flash(_("记下了"))
    return _back(child_id)


@pages.route("/children/<int:child_id>/event", methods=["GET", "POST"])
@admit(Role.NURSE)
def note_event(child_id: int) -> Answer:
    form = EventForm(request.form)
    form.seriousness.offer(showing.seriousness_choices())
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        begun = _begun(form, found) if request.method == "POST" and form.validate() else None
        if begun is None:
            page = showing.event_page(session, found, form)
            return (page, 422) if request.method == "POST" else page
        doses = [one for one in showing.doses_of(session, found) if one.id in (form.doses.data or [])]
        care_actions.note_event(
            session,
            by=current_actor(),
            now=clock.now(),
            child=found,
            begun_on=begun,
            doses=doses,
            seriousness=Seriousness(form.seriousness.data),
            description=form.description.data or "",
        )
    flash(_("记下了。请按规定时限在国家系统里报告，再回来勾“已报告”。"))
    return redirect(url_for("clinic.care"), 303)


@pages.post("/children/<int:child_id>/certificate")
@admit(Role.NURSE)
def replaced(child_id: int) -> AnyResponse:
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        own = session.get_one(Organisation, current_actor().organisation_id)
        actions.replace_certificate(session, by=current_actor(), now=clock.now(), child=found, unit=own.name)
    flash(_("记下了：接种证已补。学校复查时会看到。"))
    return _back(child_id)


@pages.post("/children/<int:child_id>/appointment/cancel")
@admit(Role.NURSE)
def cancel_appointment(child_id: int) -> AnyResponse:
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        cancel(session, by=current_actor(), now=clock.now(), child=found)
    return _back(child_id)


@pages.post("/children/<int:child_id>/hand-over")
@admit(Role.NURSE)
def hand_over(child_id: int) -> AnyResponse:
    with office().database.writing() as session:
        found = child_or_404(session, current_actor(), child_id)
        wanted = request.form.get("center", type=int)
        center = next((one for one in other_centers(session, current_actor()) if one.id == wanted), None)
        if center is None:
            flash(_("没有移交。请选交给哪个接种单位。"), "error")
            return _back(child_id)
        cancel(session, by=current_actor(), now=clock.now(), child=found)
        care_actions.hand_over(session, by=current_actor(), now=clock.now(), child=found, to_center=center)
    flash(_("已移交给%(center)s。", center=center.name))
    return redirect(url_for("clinic.care"), 303)


@pages.post("/children/<int:child_id>/voucher")
@admit(Role.NURSE)
def voucher(child_id: int) -> AnyResponse:
    """The slip of the doses given last; recorded before it is laid out."""
    press()
    by, now = current_actor(), clock.now()
    with office().database.writing() as session:
        found = child_or_404(session, by, child_id)
        doses = given_lately(session, by, found)
        if not doses:
            flash(_("没有本单位录的剂次，打不出凭证。"), "error")
            return _back(child_id)
        slip = issue(session, by=by, now=now, child=found, doses=doses)
        record_read(session, by=by, now=now, what=Reading.PRINT, subject=("child", found.id))
        sheet = voucher_sheet(session, by, found, doses, slip.digits, clock.today())
    return as_pdf(print_vouchers(press(), [sheet]), "voucher")


def _entered(session: Session, found: Child, form: GivenForm, items: Sequence[NoticeItem]) -> list[str] | None:
    """None: kept. Otherwise what is to be asked, and the faults in the form."""
    doses = _doses(form, found, items) if form.validate() else None
    if doses is None:
        return []
    asked = questions(session, by=current_actor(), child=found, doses=doses, today=clock.today())
    if asked and request.form.get("asked") != showing.stamp(asked):
        return asked
    own = session.get_one(Organisation, current_actor().organisation_id)
    try:
        with session.begin_nested():
            actions.give(session, by=current_actor(), now=clock.now(), child=found, doses=doses, unit=own.name)
    except OnRecord:
        form.items.errors = [_("这一天已经记了同样的疫苗，请看右边的剂次。")]
        return []
    flash(_("已记 %(n)s 剂，学校会看到。请让孩子留观 30 分钟。", n=len(doses)))
    return None


def _doses(form: GivenForm, found: Child, items: Sequence[NoticeItem]) -> list[GivenDose] | None:
    """The ticked doses, and those whose vial was scanned; None with the faults filled in."""
    vials, ticked = read_vials(request.form), set(form.items.data or [])
    chosen = [item for item in items if item.id in ticked | vials.keys() and item.state is not ItemState.GIVEN]
    form.items.data = [item.id for item in chosen]
    if not chosen:
        form.items.errors = [_("还没有勾。种了哪一剂，就勾哪一剂。")]
        return None
    day = _day(form, found)
    try:
        read = [(item, read_vial(vials.get(item.id, "") or (form.lot.data or "").strip())) for item in chosen]
    except ValidationError as fault:
        form.lot.errors = [str(fault)]
        return None
    return [GivenDose(item.product, day, lot, trace) for item, (lot, trace) in read] if day else None


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


def _begun(form: EventForm, found: Child) -> dt.date | None:
    try:
        day = read_day((form.begun_on.data or "").strip())
    except NoDate as fault:
        form.begun_on.errors = [str(fault)]
        return None
    if not found.birth_date <= day <= clock.today():
        form.begun_on.errors = [_("%(day)s 不对：要在出生以后、今天以前。", day=day.isoformat())]
        return None
    return day


def _back(child_id: int) -> AnyResponse:
    return redirect(url_for("clinic.child", child_id=child_id), 303)
