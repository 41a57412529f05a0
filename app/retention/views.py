"""Pages of retention: the years, the due list, the question before a child is erased, the certificate."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.audit.marks import mark
from app.children.models import Child
from app.office import office
from app.papers import as_pdf, explain_missing_fonts, press
from app.people.access import admit, current_actor
from app.people.models import User
from app.people.roles import Role
from app.people.scope import child_or_404
from app.privacy.identities import open_identities
from app.privacy.models import ChildKey
from app.retention import actions, queries
from app.retention.models import Reason
from app.schools.models import Organisation
from forms.paper.erasure import ErasureSheet, print_erasure

pages = Blueprint("retention", __name__, url_prefix="/retention")
explain_missing_fonts(pages)

_YEARS = range(1, 31)


@pages.app_template_global("erasure_reason")
def _reason_word(reason: str) -> str:
    return {
        Reason.TIME_IS_OVER: _("保存期限到了"),
        Reason.ASKED_FOR: _("监护人要求"),
        Reason.MISTAKE: _("录错了，不是本校的孩子"),
    }[Reason(reason)]


@pages.get("")
@admit(Role.SCHOOL_HEAD, Role.BUREAU_AUDITOR)
def index() -> str:
    actor = current_actor()
    with office().database.writing() as session:
        rule = queries.rule_of(session, actor)
        if actor.role is Role.BUREAU_AUDITOR:
            return render_template("retention/years.html", rule=rule, choices=_YEARS)
        children = queries.due(session, actor, clock.today())
        detail = {"children": [one.id for one in children], "list": "retention"}
        subject = ("organisation", actor.organisation_id)
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
        names = open_identities(session, children)
        erased = session.scalars(queries.erasures_in_scope(actor)).all()
        return render_template("retention/due.html", rule=rule, children=children, names=names, erased=erased)


@pages.post("/years")
@admit(Role.BUREAU_AUDITOR)
def years() -> AnyResponse:
    chosen = request.form.get("years", type=int)
    if chosen not in _YEARS:
        flash(_("填 1 到 30 年。"), "error")
    else:
        with office().database.writing() as session:
            actions.set_years(session, by=current_actor(), now=clock.now(), years=chosen)
        flash(_("已设为 %(n)s 年。到期的由学校逐个删，不会自动删。", n=chosen))
    return redirect(url_for("retention.index"), 303)


@pages.get("/children/<int:child_id>")
@admit(Role.SCHOOL_HEAD)
def ask(child_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        child = child_or_404(session, actor, child_id)
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("child", child_id))
        name = open_identities(session, [child]).get(child_id)
        reasons = queries.reasons_for(session, actor, child, clock.today())
        return render_template("retention/ask.html", child=child, name=name.name if name else "", reasons=reasons)


@pages.post("/children/<int:child_id>")
@admit(Role.SCHOOL_HEAD)
def erase(child_id: int) -> AnyResponse:
    actor, wanted = current_actor(), request.form.get("reason", "")
    with office().database.writing() as session:
        child = child_or_404(session, actor, child_id)
        if wanted not in queries.reasons_for(session, actor, child, clock.today()) or request.form.get("sure") != "1":
            flash(_("还没有删。请选原因，并勾上“我知道找不回来”。"), "error")
            return redirect(url_for("retention.ask", child_id=child_id), 303)
        actions.erase(session, by=actor, now=clock.now(), child=child, reason=Reason(wanted))
    flash(_("已删除。证明可以在下面打印。"))
    return redirect(url_for("retention.index"), 303)


@pages.post("/erasures/<int:erasure_id>/print")
@admit(Role.SCHOOL_HEAD)
def certificate(erasure_id: int) -> AnyResponse:
    """Names nobody, so nothing to record."""
    machine = press()
    with office().database.reading() as session:
        found = queries.erasure_or_404(session, current_actor(), erasure_id)
        child, key = session.get_one(Child, found.child_id), session.get(ChildKey, found.child_id)
        sheet = ErasureSheet(
            number=found.id,
            child=found.child_id,
            place=session.get_one(Organisation, found.organisation_id).name,
            by=session.get_one(User, found.erased_by).shown_name,
            reason=_reason_word(found.reason),
            erased_at=found.erased_at,
            key_destroyed=key is None or key.wrapped is None,
            identity_gone=child.identity_sealed is None,
            mark=mark(session) or "",
        )
    return as_pdf(print_erasure(machine, sheet), "erasure")
