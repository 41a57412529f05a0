"""Pages of spot checks: draw, see the sample, print a school's tick list, fill in, read the result."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.office import office
from app.papers import as_form, chosen_form, explain_missing_fonts
from app.people.access import admit, current_actor
from app.people.models import User
from app.people.roles import Role
from app.privacy.identities import open_identities
from app.schools.models import Organisation
from app.spotchecks import actions, measuring, queries, wording
from app.spotchecks.actions import Ended, NobodyToDraw, Plan, SeedUsed
from app.spotchecks.models import OUTCOMES, Outcome, SpotCheck, SpotItem, SpotKind
from app.spotchecks.sheet import Listed, tick_list
from forms.web.campaigns import LINES
from forms.web.spotchecks import SpotCheckForm
from forms.wording import line_name

pages = Blueprint("spotchecks", __name__)
for word in (wording.spot_kind_word, wording.spot_state_word, wording.outcome_word, wording.share_words):
    pages.add_app_template_global(word)
explain_missing_fonts(pages)

_DRAWS = (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)
#: They see the children by name: they print, look at booklets and fill in.
_LOOKS = (Role.CDC_DOCTOR, Role.SCHOOL_HEAD)


@pages.get("/spot-checks")
@admit(*_DRAWS, Role.SCHOOL_HEAD)
def index() -> str:
    return _index_page(_offered(SpotCheckForm(data=_usual())))


@pages.post("/spot-checks")
@admit(*_DRAWS)
def draw() -> AnyResponse | tuple[str, int]:
    form = _offered(SpotCheckForm(request.form))
    if not form.validate():
        return _index_page(form), 422
    plan = Plan(
        kind=SpotKind(form.kind.data),
        seed=form.seed.data or "",
        expected=form.per_mille(form.expected),
        precision=form.per_mille(form.precision),
        line=form.line.data if form.kind.data == SpotKind.COVERAGE else None,
        target=form.per_mille(form.target),
    )
    with office().database.writing() as session:
        known = {str(one.id): one for one in queries.campaigns(session, current_actor())}
        campaign = known.get(form.campaign.data or "") or abort(404)
        try:
            found = actions.draw_sample(session, by=current_actor(), now=clock.now(), campaign=campaign, plan=plan)
        except SeedUsed:
            form.seed.errors = [_("这一批已经用过这个种子。换一个，或者打开原来那次。")]
        except NobodyToDraw:
            form.campaign.errors = [_("这一批还没有带证查验过的孩子，等学校开始查验再抽。")]
        else:
            return redirect(url_for("spotchecks.show", spot_check_id=found.id), 303)
    return _index_page(form), 422


@pages.get("/spot-checks/<int:spot_check_id>")
@admit(*_DRAWS, Role.SCHOOL_HEAD)
def show(spot_check_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        found = queries.spot_check_or_404(session, actor, spot_check_id)
        items = queries.items_of(session, actor, found)
        kids = queries.named_children(session, actor, items)
        if kids:
            subject, detail = ("spot_check", found.id), {"children": sorted(kids)}
            record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
        return render_template("spotchecks/show.html", **_page(session, found, items, kids))


@pages.post("/spot-checks/<int:spot_check_id>/found")
@admit(*_LOOKS)
def enter(spot_check_id: int) -> AnyResponse:
    """Every child of the form; only those whom this person sees by name."""
    actor = current_actor()
    with office().database.writing() as session:
        found = queries.spot_check_or_404(session, actor, spot_check_id)
        items = queries.items_of(session, actor, found)
        kids = queries.named_children(session, actor, items)
        outcomes = {one.id: _typed(one, found) for one in items if one.child_id in kids and _is_typed(one)}
        try:
            changed = actions.enter(session, by=actor, now=clock.now(), found=found, outcomes=outcomes)
            flash(_("记下了，改动 %(n)s 人。", n=changed))
        except Ended:
            flash(_("这次抽查已经结束，不能再填。"), "error")
    return redirect(url_for("spotchecks.show", spot_check_id=spot_check_id), 303)


@pages.post("/spot-checks/<int:spot_check_id>/print")
@admit(*_LOOKS)
def print_list(spot_check_id: int) -> AnyResponse:
    """The tick list of one school."""
    form, actor, school_id = chosen_form(), current_actor(), request.form.get("school", type=int)
    with office().database.writing() as session:
        found = queries.spot_check_or_404(session, actor, spot_check_id)
        items = [one for one in queries.items_of(session, actor, found) if one.school_id == school_id]
        kids = queries.named_children(session, actor, items)
        if school_id is None or not kids:
            flash(_("这所学校没有抽到您能看到姓名的孩子。"), "error")
            return redirect(url_for("spotchecks.show", spot_check_id=spot_check_id), 303)
        with force_locale("zh_CN"):
            school = session.get_one(Organisation, school_id).name
            sheet = tick_list(found, school, _listed(session, items, kids), clock.today())
        subject, detail = ("spot_check", found.id), {"school": school_id, "children": sorted(kids)}
        record_read(session, by=actor, now=clock.now(), what=form.reading, subject=subject, detail=detail)
    return as_form(sheet, form, "spot-check")


@pages.post("/spot-checks/<int:spot_check_id>/end")
@admit(*_DRAWS)
def end(spot_check_id: int) -> AnyResponse:
    actor, act = current_actor(), actions.abandon if request.form.get("how") == "abandon" else actions.close
    with office().database.writing() as session:
        found = queries.spot_check_or_404(session, actor, spot_check_id)
        try:
            actions.must_be_own(actor, found)
            act(session, by=actor, now=clock.now(), found=found)
        except Ended:
            flash(_("这次抽查已经结束了。"), "error")
        except actions.NotOurs:
            flash(_("这次抽查是别的单位抽的，由那边结束。"), "error")
    return redirect(url_for("spotchecks.show", spot_check_id=spot_check_id), 303)


def _usual() -> dict[str, Any]:
    return {
        "seed": clock.today().strftime("%Y%m%d"),
        "expected": "5",
        "precision": "3",
        "target": "95",
        "kind": "records",
    }


def _offered(form: SpotCheckForm) -> SpotCheckForm:
    """With the campaigns that this person may draw in."""
    actor = current_actor()
    with office().database.reading() as session:
        known = queries.campaigns(session, actor) if actor.role in _DRAWS else []
        form.offer([(str(one.id), one.name) for one in known], [(line, line_name(line)) for line in LINES])
    return form


def _index_page(form: SpotCheckForm) -> str:
    actor = current_actor()
    with office().database.reading() as session:
        found = session.scalars(queries.spot_checks_in_scope(actor).order_by(SpotCheck.id.desc())).all()
        rows = [(one, measuring.measure(queries.items_of(session, actor, one), one.kind)) for one in found]
        return render_template("spotchecks/index.html", form=form, rows=rows, draws=actor.role in _DRAWS)


def _page(session: Session, found: SpotCheck, items: Any, kids: Any) -> dict[str, Any]:
    actor = current_actor()
    whole = measuring.measure(items, found.kind)
    word, allowed = measuring.decide(whole, found.target / 1000)
    by_school = measuring.by(items, found.kind, lambda one: one.school_id)
    return {
        "found": found,
        "items": items,
        "kids": kids,
        "names": {one: identity.name for one, identity in open_identities(session, kids.values()).items()},
        "classes": queries.classes_of(session, items),
        "schools": {one: session.get_one(Organisation, one).name for one in by_school},
        "clerks": {one.clerk_id: session.get_one(User, one.clerk_id).shown_name for one in items},
        "whole": whole,
        "by_school": by_school,
        "by_clerk": measuring.by(items, found.kind, lambda one: one.clerk_id),
        "decision": wording.decision_words(word, found.target / 1000),
        "allowed": allowed,
        "outcomes": OUTCOMES[found.kind],
        "line": line_name(found.line) if found.line else None,
        "may_fill_in": actor.role in _LOOKS and found.ended_at is None,
        "may_end": actor.role in _DRAWS and found.ended_at is None and found.organisation_id == actor.organisation_id,
        "by_the_school": sum(one.found_as is Role.SCHOOL_HEAD for one in items),
    }


def _listed(session: Session, items: list[SpotItem], kids: Any) -> list[Listed]:
    classes = queries.classes_of(session, items)
    names = open_identities(session, kids.values())
    return [
        Listed(
            one.position,
            names[one.child_id].name,
            kids[one.child_id].sex.value,
            kids[one.child_id].birth_date,
            classes[one.enrolment_id].name,
        )
        for one in items
        if one.child_id in kids
    ]


def _is_typed(one: SpotItem) -> bool:
    return f"item-{one.id}" in request.form


def _typed(one: SpotItem, found: SpotCheck) -> Outcome | None:
    value = request.form[f"item-{one.id}"]
    return Outcome(value) if value in set(OUTCOMES[found.kind]) else None
