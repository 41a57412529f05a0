"""The pages beside the doses: certificate and clinic's assessment, doubts, the clinic's exemptions."""

from typing import TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.children import record_actions, wording
from app.children.kinds import (
    CertificateKind,
    CertificateState,
    ClinicResult,
    DoubtKind,
    DoubtOutcome,
    ExemptionEvidence,
    ExemptionKind,
    Whereabouts,
)
from app.children.looking import Seen, look_at_child
from app.children.models import Certificate, DoseRecord, Doubt, Exemption
from app.children.pages import RECORD, pages
from app.children.queries import effective_doses, latest_certificate
from app.children.refusing import AlreadyCorrected, SaidAlready
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import child_or_404
from forms.web.records import CertificateForm, DoubtForm, ExemptionForm, SettleForm
from rules import national

Answer = AnyResponse | str | tuple[str, int]
Row = TypeVar("Row", DoseRecord, Doubt, Exemption)


@pages.route("/children/<int:child_id>/certificate", methods=["GET", "POST"])
@admit(*RECORD)
def certificate(child_id: int) -> Answer:
    seen, form = _certificate_form(child_id)
    if request.method != "POST":
        return _certificate_page(form, seen)
    if not form.validate():
        return _certificate_page(form, seen), 422
    try:
        changed = _certificate_saved(form, child_id)
    except AlreadyCorrected:
        return _certificate_page(form, seen, meanwhile=True), 409
    flash(_("接种证已记下") if changed else _("没有变化"))
    return redirect(url_for("checks.show", child_id=child_id), 303)


@pages.route("/children/<int:child_id>/doubts/new", methods=["GET", "POST"])
@admit(*RECORD)
def raise_doubt(child_id: int) -> Answer:
    with office().database.writing() as session:
        seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=child_id)
        doses = [(dose.id, wording.dose_words(dose)) for dose in effective_doses(session, child_id) if _lines_of(dose)]
    chosen = request.args.get("dose", type=int)
    form = DoubtForm(_posted(), data={"about": f"dose-{chosen}" if chosen else ""})
    form.offer(doses)
    if request.method != "POST":
        return _doubt_page(form, seen)
    if not form.validate():
        return _doubt_page(form, seen), 422
    try:
        _doubted(form, child_id)
    except SaidAlready:
        form.about.errors = [_("已经记过同样的存疑，还没有处理。")]
        return _doubt_page(form, seen), 422
    flash(_("存疑已记下，核实前不计入"))
    return redirect(url_for("checks.show", child_id=child_id), 303)


@pages.route("/children/<int:child_id>/doubts/<int:doubt_id>/settle", methods=["GET", "POST"])
@admit(*RECORD)
def settle_doubt(child_id: int, doubt_id: int) -> Answer:
    form = SettleForm(_posted())
    if request.method != "POST":
        return _settle_page(form, child_id, doubt_id)
    if not form.validate():
        return _settle_page(form, child_id, doubt_id), 422
    try:
        with office().database.writing() as session:
            child = child_or_404(session, current_actor(), child_id)
            doubt = _of_child_or_404(session, Doubt, child.id, doubt_id)
            outcome = DoubtOutcome(form.outcome.data)
            record_actions.settle_doubt(
                session, by=current_actor(), now=clock.now(), child=child, doubt=doubt, outcome=outcome
            )
    except AlreadyCorrected:
        return _settle_page(form, child_id, doubt_id), 409
    flash(_("存疑已处理"))
    return redirect(url_for("checks.show", child_id=child_id), 303)


@pages.route("/children/<int:child_id>/exemptions/new", methods=["GET", "POST"])
@admit(*RECORD)
def record_exemption(child_id: int) -> Answer:
    with office().database.writing() as session:
        seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=child_id)
    form = ExemptionForm(_posted(), today=clock.today(), at_clinic=current_actor().role is Role.NURSE)
    if request.method != "POST":
        return _exemption_page(form, seen)
    if not form.validate():
        return _exemption_page(form, seen), 422
    try:
        _exempted(form, child_id)
    except SaidAlready:
        form.line.errors = [_("已经登记过同样的判定，还管用。")]
        return _exemption_page(form, seen), 422
    flash(_("临床判定已登记"))
    return redirect(url_for("checks.show", child_id=child_id), 303)


@pages.route("/children/<int:child_id>/exemptions/<int:exemption_id>/end", methods=["GET", "POST"])
@admit(*RECORD)
def end_exemption(child_id: int, exemption_id: int) -> Answer:
    if request.method != "POST":
        return _end_page(child_id, exemption_id)
    try:
        with office().database.writing() as session:
            child = child_or_404(session, current_actor(), child_id)
            exemption = _of_child_or_404(session, Exemption, child.id, exemption_id)
            record_actions.end_exemption(session, by=current_actor(), now=clock.now(), child=child, exemption=exemption)
    except AlreadyCorrected:
        return _end_page(child_id, exemption_id), 409
    flash(_("判定已结束，从今天起照常判断"))
    return redirect(url_for("checks.show", child_id=child_id), 303)


def _posted() -> object | None:
    return request.form if request.method == "POST" else None


def _of_child_or_404(session: Session, kind: type[Row], child_id: int, number: int) -> Row:
    """The row, if it is this child's."""
    found = session.get(kind, number)
    if found is None or found.child_id != child_id:
        abort(404)
    return found


def _certificate_form(child_id: int) -> tuple[Seen, CertificateForm]:
    """The form over what was last recorded."""
    with office().database.writing() as session:
        seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=child_id)
        latest = latest_certificate(session, child_id)
        shown = _shown_of(latest) if latest else {}
    form = CertificateForm(_posted(), birth_date=seen.facts.birth_date, today=clock.today(), data=shown)
    if current_actor().role is Role.NURSE:
        form.at_clinic(shown.get("state"))
    return seen, form


def _shown_of(latest: Certificate) -> dict[str, str]:
    return {
        "instead_of": str(latest.id),
        "state": latest.state.value,
        "kind": latest.kind.value if latest.kind else "booklet",
        "whereabouts": latest.whereabouts.value if latest.whereabouts else "",
        "clinic_result": latest.clinic_result.value if latest.clinic_result else "",
        "clinic_unit": latest.clinic_unit or "",
        "clinic_day": latest.clinic_day.isoformat() if latest.clinic_day else "",
    }


def _certificate_saved(form: CertificateForm, child_id: int) -> bool:
    """False if the form says what is on record already."""
    instead_of = int(form.instead_of.data) if (form.instead_of.data or "").isdecimal() else None
    with office().database.writing() as session:
        child = child_or_404(session, current_actor(), child_id)
        saved = record_actions.record_certificate(
            session,
            by=current_actor(),
            now=clock.now(),
            child=child,
            instead_of=instead_of,
            state=CertificateState(form.state.data),
            kind=CertificateKind(form.kind.data) if form.in_hand else None,
            whereabouts=Whereabouts(form.whereabouts.data) if form.in_hand and form.whereabouts.data else None,
            clinic_result=ClinicResult(form.clinic_result.data) if form.clinic_result.data else None,
            clinic_unit=(form.clinic_unit.data or "").strip() or None if form.assessed else None,
            clinic_day=form.day,
        )
        return saved.id != instead_of


def _certificate_page(form: CertificateForm, seen: Seen, *, meanwhile: bool = False) -> str:
    """`meanwhile`: another desk saved; say what stands now, and let this one be saved over it."""
    with office().database.reading() as session:
        latest = latest_certificate(session, seen.child_id) if meanwhile else None
    if latest:
        form.instead_of.data = str(latest.id)
    return render_template("children/certificate.html", form=form, seen=seen, meanwhile=latest)


def _lines_of(dose: DoseRecord) -> tuple[str, ...]:
    """The lines that a dose can count for: where a doubt on it is felt."""
    product = national().products.get(dose.product)
    return tuple(product.feeds) if product else ()


def _doubted(form: DoubtForm, child_id: int) -> None:
    with office().database.writing() as session:
        child = child_or_404(session, current_actor(), child_id)
        dose = _of_child_or_404(session, DoseRecord, child.id, form.dose_record_id) if form.dose_record_id else None
        record_actions.raise_doubt(
            session,
            by=current_actor(),
            now=clock.now(),
            child=child,
            lines=_lines_of(dose) if dose else (form.line,),
            kind=DoubtKind(form.kind.data),
            dose=dose,
        )


def _doubt_page(form: DoubtForm, seen: Seen) -> str:
    return render_template("children/raise_doubt.html", form=form, seen=seen)


def _settle_page(form: SettleForm, child_id: int, doubt_id: int) -> str:
    with office().database.writing() as session:
        seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=child_id)
        doubt = _of_child_or_404(session, Doubt, child_id, doubt_id)
        dose = session.get(DoseRecord, doubt.dose_record_id) if doubt.dose_record_id else None
        return render_template("children/settle_doubt.html", form=form, seen=seen, doubt=doubt, dose=dose)


def _exempted(form: ExemptionForm, child_id: int) -> None:
    with office().database.writing() as session:
        record_actions.record_exemption(
            session,
            by=current_actor(),
            now=clock.now(),
            child=child_or_404(session, current_actor(), child_id),
            line=form.line.data,
            kind=ExemptionKind(form.kind.data),
            evidence=ExemptionEvidence(form.evidence.data),
            valid_to=form.day,
        )


def _exemption_page(form: ExemptionForm, seen: Seen) -> str:
    return render_template("children/record_exemption.html", form=form, seen=seen)


def _end_page(child_id: int, exemption_id: int) -> str:
    with office().database.writing() as session:
        seen = look_at_child(session, by=current_actor(), now=clock.now(), child_id=child_id)
        exemption = _of_child_or_404(session, Exemption, child_id, exemption_id)
        return render_template("children/end_exemption.html", seen=seen, exemption=exemption)
