"""Pages of notices: how far each class is, one notice, ticking off what was handed out, slips coming back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.children.models import Child, Enrolment
from app.children.queries import class_of
from app.notices import actions, passing, queries, wording
from app.notices.actions import NotNow
from app.notices.batching import BATCH
from app.notices.drawing import sheets_of
from app.notices.models import ENDED, Notice, NoticeState
from app.notices.pages import SCHOOL, SEE, pages, refused
from app.notices.second_call import to_call_again
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import class_or_404, classes_in_scope
from app.privacy.identities import open_identity
from app.schools.ordering import class_order

#: A scanner sends 21 digits, or an address with them; nobody types more than this.
_LONGEST = 200


@pages.get("/notices")
@admit(*SCHOOL)
def index() -> str:
    with office().database.reading() as session:
        classes = sorted(session.scalars(classes_in_scope(current_actor())), key=class_order)
        return render_template(
            "notices/index.html",
            rows=queries.tallies(session, classes),
            most=BATCH,
            may_set_heading=current_actor().role is Role.SCHOOL_HEAD,
        )


@pages.post("/notices/find")
@admit(*SEE)
def find() -> AnyResponse:
    with office().database.reading() as session:
        found = queries.by_code(session, current_actor(), request.form.get("code", "")[:_LONGEST])
    if found is None:
        flash(_("没有找到这个码的通知。请扫通知右上角的方码；别的学校的通知，这里看不到。"), "error")
        home = "clinic.missing" if current_actor().role is Role.NURSE else "notices.index"
        return redirect(url_for(home), 303)
    return redirect(url_for("notices.show", notice_id=found.id), 303)


@pages.get("/notices/<int:notice_id>")
@admit(*SEE)
def show(notice_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        notice = queries.notice_or_404(session, actor, notice_id)
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("child", notice.child_id))
        return _page(session, notice)


@pages.post("/notices/<int:notice_id>/handed")
@admit(*SCHOOL)
def handed(notice_id: int) -> AnyResponse:
    return _step(notice_id, actions.hand_out)


@pages.post("/notices/<int:notice_id>/slip")
@admit(*SCHOOL)
def slip(notice_id: int) -> AnyResponse:
    return _step(notice_id, actions.receive_slip)


@pages.post("/notices/<int:notice_id>/taken-back")
@admit(*SCHOOL)
def taken_back(notice_id: int) -> AnyResponse:
    return _step(notice_id, actions.take_back)


@pages.get("/classes/<int:class_id>/notices")
@admit(*SCHOOL)
def of_class(class_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        school_class = class_or_404(session, actor, class_id)
        rows = queries.of_class(session, actor, school_class)
        detail = {"children": [row.child.child_id for row in rows]}
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=("class", class_id), detail=detail)
        return render_template(
            "notices/of_class.html",
            school_class=school_class,
            rows=rows,
            tally=queries.tallies(session, [school_class])[0],
            open_still=len(to_call_again(session, [row.notice for row in rows], clock.today())),
            wait_until=passing.window_end(session, school_class.school_id, clock.today()),
            certified=passing.certifiable(session, school_class),
        )


@pages.post("/classes/<int:class_id>/notices/handed")
@admit(*SCHOOL)
def hand_out_many(class_id: int) -> AnyResponse:
    """What was ticked on the class's list."""
    actor, ticked = current_actor(), set(request.form.getlist("notice", type=int))
    with office().database.writing() as session:
        school_class = class_or_404(session, actor, class_id)
        rows = queries.of_class(session, actor, school_class)
        chosen = [row.notice for row in rows if row.notice.id in ticked and row.notice.state is NoticeState.PRINTED]
        for notice in chosen:
            actions.hand_out(session, by=actor, now=clock.now(), notice=notice)
    flash(
        _("已记 %(n)s 张发给家长。", n=len(chosen))
        if chosen
        else _("勾了的里面没有打印过、还没发的。发了哪几张，就勾哪几张。")
    )
    return redirect(url_for("notices.of_class", class_id=class_id), 303)


def _step(notice_id: int, act: Callable[..., Any]) -> AnyResponse:
    with office().database.writing() as session:
        notice = queries.notice_or_404(session, current_actor(), notice_id)
        try:
            act(session, by=current_actor(), now=clock.now(), notice=notice)
        except NotNow as why:
            return refused(why, notice)
        flash(wording.notice_state_word(notice.state))
    return redirect(url_for("notices.show", notice_id=notice_id), 303)


def _page(session: Session, notice: Notice) -> str:
    child = session.get_one(Child, notice.child_id)
    live = queries.live_notice(session, notice.enrolment_id)
    return render_template(
        "notices/show.html",
        paper=notice,  # base.html has a component of the name "notice"
        child=child,
        identity=open_identity(session, child),
        school_class=class_of(session, session.get_one(Enrolment, notice.enrolment_id)),
        sheet=sheets_of(session, [notice], clock.today())[0],
        items=queries.items_of(session, [notice.id]).get(notice.id, []),
        live=live if live is not None and live.id != notice.id else None,
        ended=notice.state in ENDED,
        may_act=current_actor().role in SCHOOL,
        may_call_again=bool(to_call_again(session, [notice], clock.today())),
    )
