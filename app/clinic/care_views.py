"""Everything beside doses on one page: pauses, who got a lot, suspected events, children handed over or received."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.children.models import Child
from app.clinic import care_actions, care_queries, drawing
from app.clinic.handing_over import gone_over
from app.clinic.kinds import PauseReason
from app.clinic.models import HandOver
from app.clinic.pages import pages
from app.clinic.wording import pause_word
from app.office import office
from app.papers import as_form, chosen_form
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import child_or_404
from app.privacy.identities import open_identities
from app.privacy.notes import open_note
from app.schools.models import Organisation
from forms.web.clinic import LONGEST_LOT, PauseForm
from forms.wording import product_name
from rules import national


@pages.get("/care")
@admit(Role.NURSE)
def care() -> str:
    return _page(_pause_form(), "")


@pages.post("/care/lot")
@admit(Role.NURSE)
def lot() -> str:
    """Who got a lot or a vial. By POST: a lot is no name, but the list is about people."""
    return _page(_pause_form(), request.form.get("lot", "").strip()[:LONGEST_LOT])


@pages.post("/care/pauses")
@admit(Role.NURSE)
def pause_product() -> AnyResponse | tuple[str, int]:
    form = _pause_form(request.form)
    if not form.validate():
        return _page(form, ""), 422
    wanted = (form.lot.data or "").strip() or None
    with office().database.writing() as session:
        because = PauseReason(form.because.data)
        by, now, product = current_actor(), clock.now(), form.product.data
        care_actions.pause_product(session, by=by, now=now, product=product, lot=wanted, because=because)
    flash(_("暂停了。约好要种这种疫苗的孩子列在下面，请告诉他们。"))
    return redirect(url_for("clinic.care"), 303)


@pages.post("/care/pauses/<int:pause_id>/end")
@admit(Role.NURSE)
def end_pause(pause_id: int) -> AnyResponse:
    with office().database.writing() as session:
        pause = care_queries.pause_or_404(session, current_actor(), pause_id)
        care_actions.end_pause(session, by=current_actor(), now=clock.now(), pause=pause)
    return redirect(url_for("clinic.care"), 303)


@pages.post("/care/events/<int:event_id>/reported")
@admit(Role.NURSE)
def event_reported(event_id: int) -> AnyResponse:
    with office().database.writing() as session:
        event = care_queries.event_or_404(session, current_actor(), event_id)
        care_actions.report_event(session, by=current_actor(), now=clock.now(), event=event, on=clock.today())
    return redirect(url_for("clinic.care"), 303)


@pages.post("/care/children/<int:child_id>/received")
@admit(Role.NURSE)
def received(child_id: int) -> AnyResponse:
    with office().database.writing() as session:
        child = child_or_404(session, current_actor(), child_id)
        for row, _child in care_queries.to_receive(session, current_actor()):
            if row.child_id == child.id:
                care_actions.receive(session, by=current_actor(), now=clock.now(), hand_over=row)
    return redirect(url_for("clinic.care"), 303)


@pages.post("/care/hand-overs")
@admit(Role.NURSE)
def hand_over_list() -> AnyResponse:
    """The list that goes to the other centers with the children."""
    actor, form = current_actor(), chosen_form()
    with office().database.writing() as session:
        rows = gone_over(session, actor)
        if not rows:
            flash(_("没有移交出去的孩子。"), "error")
            return redirect(url_for("clinic.care"), 303)
        detail = {"children": [one.child_id for one in rows]}
        subject = ("organisation", actor.organisation_id)
        record_read(session, by=actor, now=clock.now(), what=form.reading, subject=subject, detail=detail)
        sheet = drawing.hand_over_sheet(session, actor, rows, clock.today())
    return as_form(sheet, form, "hand-over")


def _pause_form(typed: MultiDict[str, str] | None = None) -> PauseForm:
    form = PauseForm(typed)
    form.product.offer([(code, product_name(code)) for code in national().products])
    form.because.offer([(one.value, pause_word(one)) for one in PauseReason])
    return form


def _page(form: PauseForm, lot: str) -> str:
    actor, now, today = current_actor(), clock.now(), clock.today()
    with office().database.writing() as session:
        pauses = care_queries.pauses(session, actor)
        invited = {one.id: care_queries.invited_for(session, actor, one.product, today) for one in pauses}
        got = care_queries.who_got(session, actor, lot) if lot else []
        events = [
            (one, session.get_one(Child, one.child_id)) for one in session.scalars(care_queries.events_in_scope(actor))
        ]
        away, arrived = care_queries.handed_over(session, actor), care_queries.to_receive(session, actor)
        children = [
            *(child for rows in invited.values() for child, _appointment, _session in rows),
            *(child for child, _dose, _trace in got),
            *(child for _row, child in (*events, *away, *arrived)),
        ]
        if children:
            detail = {"children": sorted({child.id for child in children})}
            subject = ("organisation", actor.organisation_id)
            record_read(session, by=actor, now=now, what=Reading.LIST, subject=subject, detail=detail)
        place = "adverse_event/{}/description"
        return render_template(
            "clinic/care.html",
            form=form,
            lot=lot,
            got=got,
            pauses=pauses,
            invited=invited,
            events=[
                (one, child, open_note(session, child, one.description_sealed, place.format(one.id), now=now))
                for one, child in events
            ],
            away=away,
            arrived=arrived,
            open_items=care_queries.open_items_of(session, [child.id for _row, child in away]),
            names={one: identity.name for one, identity in open_identities(session, children).items()},
            centers=_centers(session, [row for row, _child in (*away, *arrived)]),
        )


def _centers(session: Session, rows: Iterable[HandOver]) -> dict[int, str]:
    ids = {one for row in rows for one in (row.from_center_id, row.to_center_id)}
    return {one: session.get_one(Organisation, one).name for one in ids}
