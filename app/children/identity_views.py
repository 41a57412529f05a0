"""A child's identity and facts: added to a class, put right. A doubtful number and a look-alike are questions."""

from dataclasses import dataclass, field

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.children import actions, listing
from app.children.filling import facts_in, identity_in, number_findings, shown_in_form
from app.children.kinds import EnrolmentSource
from app.children.looking import Seen, look_at_child
from app.children.models import Child
from app.children.pages import KEEP_ROSTER, pages
from app.children.refusing import AlreadyCorrected
from app.office import office
from app.people.access import admit, current_actor
from app.people.scope import child_or_404, children_in_scope, class_or_404, classes_in_scope
from app.privacy.identities import open_identities, open_identity
from app.privacy.indexing import NumberTaken
from app.schools.ordering import class_order
from forms.web.children import ChildForm, EditChildForm, NewChildForm


@dataclass(frozen=True, slots=True, repr=False)
class Namesake:
    """A child that could be the one on the form."""

    child_id: int
    place: str
    last_four: str | None


@dataclass(slots=True)
class Refused:
    """Why the form comes back: what to show beside its own faults."""

    #: Children in this person's scope that have the number, or look alike.
    holders: list[int] = field(default_factory=list)
    namesakes: list[Namesake] = field(default_factory=list)
    #: Somebody else saved meanwhile.
    changed_meanwhile: bool = False


@pages.route("/children/new", methods=["GET", "POST"])
@admit(*KEEP_ROSTER)
def add() -> AnyResponse | str | tuple[str, int]:
    form = _new_form()
    if request.method != "POST":
        return _add_page(form, Refused())
    if not form.validate():
        return _add_page(form, Refused()), 422
    try:
        child_id = _added(form)
    except NumberTaken as taken:
        return _add_page(form, _number_taken(form, taken)), 422
    except actions.LooksAlike as alike:
        return _add_page(form, _alike(form, alike)), 422
    flash(_("已登记，可以录剂次了"))
    return redirect(url_for("checks.show", child_id=child_id), 303)


@pages.route("/children/<int:child_id>/edit", methods=["GET", "POST"])
@admit(*KEEP_ROSTER)
def edit(child_id: int) -> AnyResponse | str | tuple[str, int]:
    seen = _seen(child_id)
    form = _edit_form(seen)
    if request.method != "POST":
        return _edit_page(form, seen, Refused())
    if not form.validate():
        return _edit_page(form, seen, Refused()), 422
    try:
        changed = _updated(form, child_id)
    except NumberTaken as taken:
        return _edit_page(form, seen, _number_taken(form, taken)), 422
    except AlreadyCorrected:
        return _edit_page(form, _seen(child_id), Refused(changed_meanwhile=True)), 409
    flash(_("已改好") if changed else _("没有变化"))
    return redirect(url_for("checks.show", child_id=child_id), 303)


def _new_form() -> NewChildForm:
    with office().database.reading() as session:
        wanted = classes_in_scope(current_actor())
        classes = [(each.id, each.name) for each in sorted(session.scalars(wanted), key=class_order)]
    chosen = str(classes[0][0]) if len(classes) == 1 else request.args.get("class", "")
    form = NewChildForm(_posted(), today=clock.today(), look_at_number=number_findings, data={"class_id": chosen})
    form.offer(classes)
    return form


def _edit_form(seen: Seen) -> EditChildForm:
    shown = shown_in_form(seen.facts, seen.identity) | {"as_seen": seen.stamp}
    return EditChildForm(_posted(), today=clock.today(), look_at_number=number_findings, data=shown)


def _posted() -> object | None:
    return request.form if request.method == "POST" else None


def _seen(child_id: int) -> Seen:
    with office().database.writing() as session:
        return look_at_child(session, by=current_actor(), now=clock.now(), child_id=child_id)


def _added(form: NewChildForm) -> int:
    with office().database.writing() as session:
        child = actions.add_child(
            session,
            by=current_actor(),
            now=clock.now(),
            on=clock.today(),
            school_class=class_or_404(session, current_actor(), int(form.class_id.data)),
            source=EnrolmentSource(form.source.data),
            facts=facts_in(form),
            identity=identity_in(form),
            another_child=form.is_another_child,
        )
        return child.id


def _updated(form: EditChildForm, child_id: int) -> list[str]:
    with office().database.writing() as session:
        child = child_or_404(session, current_actor(), child_id)
        return actions.update_child(
            session,
            by=current_actor(),
            now=clock.now(),
            child=child,
            as_seen=form.as_seen.data or "",
            facts=facts_in(form),
            identity=identity_in(form, open_identity(session, child)),
        )


def _number_taken(form: ChildForm, taken: NumberTaken) -> Refused:
    """The sentence stands at the number; whose it is only those may know who see that child anyway."""
    with office().database.reading() as session:
        holders = set(taken.holders.values())
        seen = {child.id for child in session.scalars(children_in_scope(current_actor()).where(Child.id.in_(holders)))}
    for kind, child_id in taken.holders.items():
        form[kind.value].errors = [
            _("这个号码已登记在另一个孩子名下。请核对证件：不会有两个孩子同一个号码。")
            if child_id in seen
            else _("这个号码已登记在别的学校或班级的孩子名下，请核对证件。")
        ]
    if not taken.holders:
        form.resident_id.errors = [_("同一时刻有人登记了同样的号码。请核对证件，再交一次。")]
    return Refused(holders=sorted(seen))


def _alike(form: ChildForm, alike: actions.LooksAlike) -> Refused:
    form.asks_about_others = True
    form.form_errors.append(_("已有同名、同性别、同一天出生的孩子。是同一个人就不用再登记；是另一个，请在下面勾上。"))
    with office().database.writing() as session:
        actor = current_actor()
        children = session.scalars(children_in_scope(actor).where(Child.id.in_(alike.child_ids))).all()
        identities, places = open_identities(session, children), listing.places_of(session, actor, alike.child_ids)
        detail = {"children": alike.child_ids}
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=("search", None), detail=detail)
        namesakes = [
            Namesake(child.id, places.get(child.id, ""), listing.last_four(identities[child.id])) for child in children
        ]
    return Refused(namesakes=namesakes)


def _add_page(form: NewChildForm, refused: Refused) -> str:
    return render_template("children/add.html", form=form, refused=refused)


def _edit_page(form: EditChildForm, seen: Seen, refused: Refused) -> str:
    if refused.changed_meanwhile:
        form.as_seen.data = seen.stamp
    return render_template("children/edit.html", form=form, seen=seen, refused=refused)
