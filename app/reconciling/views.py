"""The pages of the comparison: one child's doses as each side tells them, and the children in dispute."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.children.listing import places_of
from app.children.looking import look_at_child
from app.children.refusing import AlreadyCorrected, NotPossible, NotYours
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import child_or_404
from app.privacy.identities import open_identities
from app.reconciling import actions, queries, wording
from app.reconciling.models import Kept, Reason
from app.reconciling.telling import Kind, Side

pages = Blueprint("reconciling", __name__)
for words in (
    wording.kind_word,
    wording.cause_word,
    wording.told_words,
    wording.side_word,
    wording.kept_word,
    wording.reason_word,
    wording.usual_reason,
):
    pages.add_app_template_global(words)

_SETTLE = (Role.CLERK, Role.SCHOOL_HEAD, Role.NURSE)


@pages.get("/comparison")
@admit(*_SETTLE)
def index() -> str:
    actor = current_actor()
    with office().database.writing() as session:
        children = queries.doubted_children(session, actor)
        names = open_identities(session, children)
        places = places_of(session, actor, [child.id for child in children])
        if children:
            detail = {"children": [child.id for child in children]}
            subject = ("comparison", actor.organisation_id)
            record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
        return render_template("reconciling/index.html", children=children, names=names, places=places)


@pages.get("/children/<int:child_id>/comparison")
@admit(*_SETTLE)
def show(child_id: int) -> str:
    return _page(child_id)


@pages.post("/children/<int:child_id>/comparison")
@admit(*_SETTLE)
def settle(child_id: int) -> AnyResponse | tuple[str, int]:
    asked, kept, reason = request.form.get("row", ""), request.form.get("kept", ""), request.form.get("reason", "")
    if kept not in set(Kept) or reason not in set(Reason):
        flash(_("请选以哪边为准，再选理由。什么都没有改。"), "error")
        return _page(child_id), 422
    try:
        _settled(child_id, asked, Kept(kept), Reason(reason))
    except AlreadyCorrected:
        flash(_("您看的时候，记录变了，或者别人已经定了。什么都没有改，请再看一遍。"), "error")
        return _page(child_id), 409
    except NotYours:
        flash(_("接种单位记的剂次由接种单位改。请把这一处留给接种单位定。"), "error")
        return _page(child_id), 409
    except NotPossible:
        flash(_("这一处不能这样定。什么都没有改。"), "error")
        return _page(child_id), 422
    flash(_("定好了"))
    return redirect(url_for("reconciling.show", child_id=child_id), 303)


def _settled(child_id: int, key: str, kept: Kept, reason: Reason) -> None:
    with office().database.writing() as session:
        by = current_actor()
        child = child_or_404(session, by, child_id)
        actions.settle(session, by=by, now=clock.now(), child=child, key=key, kept=kept, reason=reason)


def _page(child_id: int) -> str:
    with office().database.writing() as session:
        by = current_actor()
        seen = look_at_child(session, by=by, now=clock.now(), child_id=child_id)
        rows = queries.rows_of(session, child_id)
        answers = {row.key: actions.choices(session, by, row) for row in rows if row.open}
        told = {side: sum(bool(row.of(side)) for row in rows) for side in Side}
    return render_template(
        "reconciling/show.html",
        seen=seen,
        open_rows=[row for row in rows if row.open],
        settled_rows=[row for row in rows if row.settled and not row.open and row.kind is not Kind.SAME],
        other_rows=[row for row in rows if not row.open and not row.settled or row.kind is Kind.SAME],
        answers=answers,
        sides=list(Side),
        told=told,
        reasons=list(Reason),
    )
