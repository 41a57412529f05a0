"""Pages of merging: who may be the same child, the two records side by side, the question, and the way back."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.children import listing
from app.children.listing import Listed
from app.children.looking import Seen, look_at_child
from app.children.matching import MatchedBy
from app.children.models import Child
from app.children.pages import KEEP_ROSTER
from app.children.refusing import AlreadyCorrected
from app.children.searching import Hit, search
from app.merging import actions, queries
from app.merging.models import ChildMerge
from app.merging.queries import GivenDose, Side
from app.merging.refusing import CannotMerge, Obstacle, obstacle
from app.merging.wording import obstacle_word
from app.office import office
from app.people.access import admit, current_actor
from app.people.actors import Actor
from app.people.scope import child_or_404, children_in_scope
from app.privacy.identities import open_identities

pages = Blueprint("merging", __name__)
pages.add_app_template_global(obstacle_word)

_LONGEST_QUESTION = 60


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything the page of two records shows."""

    first: Side
    second: Side
    doses: list[GivenDose]
    #: What stands in the way of keeping this record and not the other, by the number of the child.
    ways: dict[int, Obstacle | None]
    #: The record that is kept unless the clerk says otherwise.
    keep: int
    twins: bool

    @property
    def obstacle(self) -> Obstacle | None:
        """Why neither of the two can be kept alone."""
        return self.ways[self.keep]


@pages.route("/children/<int:child_id>/same", methods=["GET", "POST"])
@admit(*KEEP_ROSTER)
def index(child_id: int) -> str:
    """Who may be the same child: found by name and birth date, or by what was typed."""
    typed = request.form.get("q", "").strip()[:_LONGEST_QUESTION]
    with office().database.writing() as session:
        actor = current_actor()
        seen = look_at_child(session, by=actor, now=clock.now(), child_id=child_id)
        found = _found(session, actor, seen, typed)
        links = queries.links_of(session, child_id)
        gone = session.query(Child).filter(Child.id.in_([one.gone_id for one in links])).all()
        names = {one: identity.name for one, identity in open_identities(session, gone).items()}
        return render_template("merging/index.html", seen=seen, found=found, typed=typed, links=links, names=names)


@pages.get("/children/<int:child_id>/same/<int:other_child_id>")
@admit(*KEEP_ROSTER)
def compare(child_id: int, other_child_id: int) -> str:
    with office().database.writing() as session:
        actor = current_actor()
        seen = look_at_child(session, by=actor, now=clock.now(), child_id=child_id)
        other = _other_or_404(session, actor, child_id, other_child_id)
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("child", other.id))
        return render_template("merging/compare.html", seen=seen, page=_compared(session, actor, child_id, other))


@pages.post("/children/<int:child_id>/same/<int:other_child_id>")
@admit(*KEEP_ROSTER)
def merge(child_id: int, other_child_id: int) -> AnyResponse:
    back = redirect(url_for("merging.compare", child_id=child_id, other_child_id=other_child_id), 303)
    keep = request.form.get("keep", type=int)
    try:
        with office().database.writing() as session:
            actor = current_actor()
            pair = {child_id: child_or_404(session, actor, child_id)}
            other = session.get(Child, other_child_id)
            if other is not None and other.merged_into_id == child_id:
                flash(_("这两份已经合并过了。"))  # the button pressed twice
                return redirect(url_for("checks.show", child_id=child_id), 303)
            pair[other_child_id] = _other_or_404(session, actor, child_id, other_child_id)
            if keep not in pair or request.form.get("sure") != "1":
                flash(_("还没有合并。请选留哪一份，并勾上“证件看过了，是同一个孩子”。"), "error")
                return back
            kept = pair.pop(keep)
            what = {"kept": kept, "gone": pair.popitem()[1]}
            actions.merge(session, by=actor, now=clock.now(), on=clock.today(), **what)
    except CannotMerge as why:
        flash(obstacle_word(why.obstacle), "error")
        return back
    except AlreadyCorrected:
        flash(_("别的电脑刚刚动过这两份，请再看一看。"), "error")
        return redirect(url_for("children.search"), 303)
    flash(_("合并好了，另一份不再出现。合错了可以撤销。"))
    return redirect(url_for("checks.show", child_id=keep), 303)


@pages.post("/children/<int:child_id>/merges/<int:merge_id>/undo")
@admit(*KEEP_ROSTER)
def undo(child_id: int, merge_id: int) -> AnyResponse:
    back = redirect(url_for("merging.index", child_id=child_id), 303)
    try:
        with office().database.writing() as session:
            child_or_404(session, current_actor(), child_id)
            row = session.get(ChildMerge, merge_id)
            if row is None or row.kept_id != child_id:
                abort(404)
            gone = actions.unmerge(session, by=current_actor(), now=clock.now(), on=clock.today(), row=row)
            gone_id = gone.id
    except CannotMerge as why:
        flash(obstacle_word(why.obstacle), "error")
        return back
    except AlreadyCorrected:
        flash(_("这次合并已经撤销过了。"))
        return back
    flash(_("已撤销，又是两份了。"))
    return redirect(url_for("checks.show", child_id=gone_id), 303)


def _other_or_404(session: Session, actor: Actor, child_id: int, other_id: int) -> Child:
    if child_id == other_id:
        abort(404)
    return child_or_404(session, actor, other_id)


def _found(session: Session, actor: Actor, seen: Seen, typed: str) -> list[Listed]:
    if typed:
        hits = [one for one in search(session, actor, typed) if one.child_id != seen.child_id]
    else:
        ids = queries.candidates(session, actor, session.get_one(Child, seen.child_id), seen.identity)
        rows = {one.id: one for one in session.scalars(children_in_scope(actor).where(Child.id.in_(ids)))}
        names = open_identities(session, rows.values())
        hits = [
            Hit(one, names[one].name, rows[one].sex, rows[one].birth_date, MatchedBy.NAME)
            for one in ids
            if one in names
        ]
    found = listing.found_list(session, actor, hits)
    if found:
        detail = {"children": [one.child_id for one in found]}
        subject = ("search", actor.organisation_id)
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
    return found


def _compared(session: Session, actor: Actor, child_id: int, other: Child) -> Compared:
    child = session.get_one(Child, child_id)
    first, second = queries.sides(session, [child, other], listing.places_of(session, actor, [child_id, other.id]))
    who = {one.child.id: one.identity for one in (first, second)}
    ways = {
        kept.id: obstacle(session, actor, kept, gone, who, clock.today())
        for kept, gone in ((child, other), (other, child))
    }
    return Compared(
        first=first,
        second=second,
        doses=queries.doses_of_both(session, child_id, other.id),
        ways=ways,
        keep=queries.better_kept(session, first, second, [one for one, why in ways.items() if why is None]),
        twins=queries.perhaps_twins(session, actor, child_id, other.id),
    )
