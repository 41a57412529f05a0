"""The pages of doses: a sheet typed from the booklet, one dose put right, one dose withdrawn."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.children import dose_actions
from app.children.kinds import DoseSource
from app.children.looking import look_at_child
from app.children.models import Child, DoseRecord
from app.children.pages import RECORD, pages
from app.children.queries import effective_doses, last_word_on, open_doubts_of
from app.children.refusing import AlreadyCorrected, NotYours, OnRecord
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import child_or_404
from forms.web import vaccines
from forms.web.choosing import Choices
from forms.web.doses import DoseSheet
from forms.web.records import DoseForm
from forms.web.vaccines import Vaccine, plain_name
from forms.wording import source_word

Answer = AnyResponse | str | tuple[str, int]


@pages.route("/children/<int:child_id>/doses", methods=["GET", "POST"])
@admit(*RECORD)
def enter_doses(child_id: int) -> Answer:
    sheet = DoseSheet([value for value, _word in _sources()], request.form if request.method == "POST" else None)
    if request.method != "POST":
        return _sheet_page(child_id, sheet)
    if request.form.get("do") == "more":
        sheet.grow()
        return _sheet_page(child_id, sheet)
    if not _entered(child_id, sheet, save=request.form.get("do") != "look"):
        return _sheet_page(child_id, sheet), 422 if sheet.fault or sheet.faulty else 200
    flash(_said(sheet))
    return redirect(_way_back(child_id), 303)


@pages.route("/children/<int:child_id>/doses/<int:record_id>", methods=["GET", "POST"])
@admit(*RECORD)
def correct_dose(child_id: int, record_id: int) -> Answer:
    with office().database.reading() as session:
        child = child_or_404(session, current_actor(), child_id)
        dose = dose_or_404(session, child.id, record_id)
        shown = last_word_on(session, dose)
    form = _dose_form(child, shown)
    if request.method != "POST":
        return _dose_page(form, child_id, shown)
    if not form.validate():
        return _dose_page(form, child_id, dose), 422
    try:
        changed = _corrected(form, child_id, record_id)
    except OnRecord:
        form.day.errors = [_("这一天已经有一剂同样的疫苗。这一剂是重复的，就用“撤回这一剂”。")]
        return _dose_page(form, child_id, dose), 422
    except (AlreadyCorrected, NotYours):
        return _dose_page(form, child_id, dose), 409
    flash(_("已改好") if changed else _("没有变化"))
    return redirect(url_for("checks.show", child_id=child_id), 303)


@pages.route("/children/<int:child_id>/doses/<int:record_id>/withdraw", methods=["GET", "POST"])
@admit(*RECORD)
def withdraw_dose(child_id: int, record_id: int) -> Answer:
    if request.method != "POST":
        return _withdraw_page(child_id, record_id)
    try:
        with office().database.writing() as session:
            child = child_or_404(session, current_actor(), child_id)
            dose = dose_or_404(session, child.id, record_id)
            dose_actions.withdraw_dose(session, by=current_actor(), now=clock.now(), child=child, dose=dose)
    except (AlreadyCorrected, NotYours):
        return _withdraw_page(child_id, record_id), 409
    flash(_("已撤回，经过里还看得到"))
    return redirect(url_for("checks.show", child_id=child_id), 303)


def dose_or_404(session: Session, child_id: int, record_id: int) -> DoseRecord:
    """The record, if it is this child's."""
    dose = session.get(DoseRecord, record_id)
    if dose is None or dose.child_id != child_id:
        abort(404)
    return dose


def _sources() -> Choices:
    """Where this person's doses come from: a clinic enters its own, a school what it was shown or told."""
    sources = [DoseSource.CLINIC] if current_actor().role is Role.NURSE else [DoseSource.BOOKLET, DoseSource.GUARDIAN]
    return [(source.value, source_word(source)) for source in sources]


def _entered(child_id: int, sheet: DoseSheet, *, save: bool) -> bool:
    """Understand the sheet beside what is on record; keep it whole, or not at all."""
    with office().database.writing() as session:
        child = child_or_404(session, current_actor(), child_id)
        here = {
            (Vaccine(dose.product, dose.as_written), dose.day): source_word(dose.source)
            for dose in effective_doses(session, child.id)
            if dose.day
        }
        understood = sheet.understand(birth_date=child.birth_date, today=clock.today(), on_record=here)
        if understood and save and sheet.entries:
            source = DoseSource(sheet.source)
            dose_actions.enter_doses(
                session, by=current_actor(), now=clock.now(), child=child, entries=sheet.entries, source=source
            )
    return understood and save


def _said(sheet: DoseSheet) -> str:
    if not sheet.entries:
        return _("没有新的剂次，跳过 %(n)s 剂", n=sheet.skipped)
    if sheet.skipped:
        return _("已记 %(n)s 剂，跳过 %(k)s 剂", n=len(sheet.entries), k=sheet.skipped)
    return _("已记 %(n)s 剂", n=len(sheet.entries))


def _sheet_page(child_id: int, sheet: DoseSheet) -> str:
    with office().database.writing() as session:
        seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=child_id)
        here = effective_doses(session, child_id)
        return render_template(
            "children/doses.html",
            seen=seen,
            sheet=sheet,
            here=here,
            sources=_sources(),
            vaccines=vaccines.names(),
            back=_way_back(child_id),
        )


def _way_back(child_id: int) -> str:
    """The desk, for who came from there; else the child's page."""
    return url_for("desk.child" if request.args.get("back") == "desk" else "checks.show", child_id=child_id)


def _dose_form(child: Child, dose: DoseRecord) -> DoseForm:
    shown = {
        "vaccine": dose.as_written or plain_name(dose.product),
        "which": dose.product if dose.as_written else "",
        "day": dose.day.isoformat() if dose.day else dose.partial_date or "",
        "source": dose.source.value,
        "lot": dose.lot or "",
        "unit": dose.unit or "",
    }
    sources = _sources()
    if dose.source not in {value for value, _word in sources}:
        sources.append((dose.source.value, source_word(dose.source)))
    posted = request.form if request.method == "POST" else None
    return DoseForm(
        posted,
        birth_date=child.birth_date,
        today=clock.today(),
        sources=sources,
        on_record=dose.partial_date,
        data=shown,
    )


def _corrected(form: DoseForm, child_id: int, record_id: int) -> bool:
    """False if the form says what is on record already."""
    with office().database.writing() as session:
        child = child_or_404(session, current_actor(), child_id)
        dose = dose_or_404(session, child.id, record_id)
        corrected = dose_actions.correct_dose(
            session,
            by=current_actor(),
            now=clock.now(),
            child=child,
            dose=dose,
            entry=form.entry,
            source=DoseSource(form.source.data),
            settles_doubts=form.settles_doubts.data,
        )
    return corrected is not dose


def _dose_page(form: DoseForm, child_id: int, dose: DoseRecord) -> str:
    with office().database.writing() as session:
        seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=child_id)
        return render_template(
            "children/dose.html",
            form=form,
            seen=seen,
            dose=dose,
            now_stands=last_word_on(session, dose),
            may_correct=dose_actions.may_correct(current_actor(), dose),
            doubts=open_doubts_of(session, dose),
            vaccines=vaccines.names(),
        )


def _withdraw_page(child_id: int, record_id: int) -> str:
    with office().database.writing() as session:
        seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=child_id)
        dose = dose_or_404(session, child_id, record_id)
        return render_template(
            "children/withdraw_dose.html",
            seen=seen,
            dose=dose,
            now_stands=last_word_on(session, dose),
            may_correct=dose_actions.may_correct(current_actor(), dose),
        )
