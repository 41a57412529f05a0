"""The nurse's list: who is missing what, narrowed as wanted, asked to come by ticking; a child by its code."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.clinic import drawing, queries
from app.clinic.care_queries import to_receive
from app.clinic.listing import Listing, Narrowing, booked_days, list_missing
from app.clinic.ordering import Order, order
from app.clinic.pages import pages
from app.clinic.session_actions import NotPlanned, assign
from app.clinic.sessions import bookable, session_or_404
from app.clinic.suggesting import temporary_sessions
from app.desk.finding import LONGEST, find
from app.office import office
from app.papers import as_form, chosen_form
from app.people.access import admit, current_actor
from app.people.roles import Role


@pages.get("")
@admit(Role.NURSE)
def missing() -> str:
    actor, today = current_actor(), clock.today()
    with office().database.writing() as session:
        listing = narrowed(session, narrowing())
        _record(session, listing)
        days = booked_days(session, listing.lines, today)
        return render_template(
            "clinic/missing.html",
            listing=listing,
            order=order([one.missing for one in listing.lines], today, days),
            sessions=bookable(session, actor, today),
            suggested=temporary_sessions(listing.everybody, today),
            arrived=len(to_receive(session, actor)),
            today=today,
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
        flash(_("这张通知已经作废，下面是这个孩子现在的情况。"))
    return redirect(url_for("clinic.child", child_id=found.child_id), 303)


@pages.post("/book")
@admit(Role.NURSE)
def book() -> AnyResponse:
    """Ask the ticked children to come, or everybody whom the narrowing leaves."""
    wanted, ticked = narrowing(request.form), set(request.form.getlist("child", type=int))
    back = redirect(url_for("clinic.missing") + "?" + wanted.but(page=wanted.page), 303)
    session_id = request.form.get("session_id", type=int)
    if session_id is None or not (ticked or request.form.get("everybody")):
        flash(_("还没有勾孩子，或者还没有选哪一天。"), "error")
        return back
    with office().database.writing() as session:
        found = session_or_404(session, current_actor(), session_id, lock=True)
        children = [one.missing for one in narrowed(session, wanted).lines]
        chosen = [one for one in children if request.form.get("everybody") or one.child.id in ticked]
        try:
            done = assign(session, by=current_actor(), now=clock.now(), found=found, children=chosen)
        except NotPlanned:
            flash(_("这一场已经暂停，没有约。"), "error")
            return back
    flash(_("约了 %(n)s 个孩子。", n=done.asked))
    if done.no_room or done.nothing_to_give:
        flash(
            _(
                "没有约上：名额不够 %(room)s 个，那天没有能种的 %(none)s 个。",
                room=done.no_room,
                none=done.nothing_to_give,
            ),
            "error",
        )
    return redirect(url_for("clinic.session", session_id=session_id), 303)


@pages.post("/list")
@admit(Role.NURSE)
def missing_sheet() -> AnyResponse:
    """The list as it is narrowed, to work from on paper."""
    actor, form = current_actor(), chosen_form()
    with office().database.writing() as session:
        lines = narrowed(session, narrowing(request.args)).lines
        detail = {"children": [one.missing.child.id for one in lines]}
        subject = ("organisation", actor.organisation_id)
        record_read(session, by=actor, now=clock.now(), what=form.reading, subject=subject, detail=detail)
        sheet = drawing.missing_sheet(session, actor, lines, clock.today())
    return as_form(sheet, form, "missing")


@pages.get("/order")
@admit(Role.NURSE)
def order_weeks() -> str:
    """Doses per vaccine and week; numbers only, nobody's name."""
    wanted = narrowing()
    with office().database.reading() as session:
        table = _order(session, wanted)
    return render_template("clinic/order.html", order=table, narrowing=wanted)


@pages.post("/order")
@admit(Role.NURSE)
def order_sheet() -> AnyResponse:
    with office().database.reading() as session:
        table = _order(session, narrowing(request.args))
        sheet = drawing.order_sheet(session, current_actor(), table, clock.today())
    return as_form(sheet, chosen_form(), "order")


def narrowing(source: MultiDict[str, str] | None = None) -> Narrowing:
    """What the address, or a form that came from the list, asks for."""
    asked = request.args if source is None else source
    return Narrowing(
        school=asked.get("school", type=int),
        school_class=asked.get("class", type=int),
        village=asked.get("village", "")[:12],
        product=asked.get("product", "")[:32],
        stand=asked.get("stand", "")[:20],
        page=asked.get("page", 1, type=int),
    )


def narrowed(session: Session, wanted: Narrowing) -> Listing:
    actor = current_actor()
    return list_missing(session, actor, queries.missing_children(session, actor), wanted, clock.today())


def _order(session: Session, wanted: Narrowing) -> Order:
    listing, today = narrowed(session, wanted), clock.today()
    return order([one.missing for one in listing.lines], today, booked_days(session, listing.lines, today))


def _record(session: Session, listing: Listing) -> None:
    actor = current_actor()
    detail = {"children": [one.missing.child.id for one in listing.shown]}
    subject = ("organisation", actor.organisation_id)
    record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
