"""The trail on pages: who did what, to take along as a file, and whether it is whole, day by day."""

import time
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit import looking, marks, queries, wording
from app.audit.actions import Reading, record, record_read
from app.audit.asking import address_of, asked_for, page_number
from app.audit.exporting import MOST, china_minute, csv_of, moment_words, sheet_of
from app.audit.queries import PAGE, Asked
from app.office import office
from app.papers import as_xlsx
from app.people.access import admit, current_actor
from app.people.actors import Actor
from app.people.roles import Role
from app.people.scope import child_or_404, organisations_in_scope
from app.people.wording import role_name
from app.privacy.identities import open_identity
from app.schools.models import Organisation
from forms.paper.workbook import workbook

pages = Blueprint("audit", __name__)
for word in (china_minute, moment_words, *wording.ON_PAGES):
    pages.add_app_template_global(word)
pages.add_app_template_global(lambda role: role_name(Role(role)) if role in set(Role) else role, "any_role_name")

_WATCH = (Role.BUREAU_AUDITOR, Role.ADMINISTRATOR)
#: One look may keep the page waiting this long.
_SECONDS = 4.0
_MOST_OF_A_CHILD = 200


@pages.get("/audit")
@admit(*_WATCH)
def events() -> str:
    actor, asked, page = current_actor(), asked_for(request.args, clock.today()), page_number(request.args)
    with office().database.reading() as session:
        total = queries.count(session, actor, asked)
        page = min(page, max(1, -(-total // PAGE)))
        return render_template(
            "audit/events.html",
            lines=queries.lines(session, actor, asked, limit=PAGE, offset=(page - 1) * PAGE),
            total=total,
            page=page,
            number_of_pages=-(-total // PAGE),
            asked=asked,
            address=address_of(asked),
            kinds=wording.kinds(),
            most=MOST,
            **_choices(session, actor, asked),
        )


@pages.post("/audit/export")
@admit(*_WATCH)
def export() -> AnyResponse:
    actor, asked, as_text = current_actor(), asked_for(request.form, clock.today()), request.form.get("as") == "csv"
    with office().database.writing() as session:
        sheet = sheet_of(queries.lines(session, actor, asked, limit=MOST), asked, clock.today())
        detail = {"rows": len(sheet.tables[0].rows), "from": asked.first, "to": asked.last, "kind": asked.kind}
        subject = ("organisation", asked.organisation_id or actor.organisation_id)
        record(session, by=actor, now=clock.now(), action="audit.exported", subject=subject, detail=detail)
    if not as_text:
        return as_xlsx(workbook(sheet), "audit")
    answer = Response(csv_of(sheet), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="audit.csv")
    return answer


@pages.get("/audit/chain")
@admit(*_WATCH)
def chain() -> str:
    actor, asked = current_actor(), asked_for(request.args, clock.today())
    with office().database.reading() as session:
        states = looking.states(session, actor, asked.first.isoformat(), asked.last.isoformat())
        places = session.scalars(organisations_in_scope(actor))
        return render_template(
            "audit/chain.html",
            states=states,
            names={place.id: place.name for place in places},
            asked=asked,
            mark=marks.mark(session),
        )


@pages.post("/audit/chain")
@admit(*_WATCH)
def look_again() -> AnyResponse:
    asked, until = asked_for(request.form, clock.today()), time.monotonic() + _SECONDS
    with office().database.writing() as session:
        found = looking.look(
            session,
            by=current_actor(),
            now=clock.now(),
            first=asked.first.isoformat(),
            last=asked.last.isoformat(),
            in_time=lambda: time.monotonic() < until,
        )
    if found.broken:
        flash(_("有 %(n)s 个单位日对不上，排在最前面。请告诉管理员，不要改数据。", n=found.broken), "error")
    else:
        flash(_("校验了 %(n)s 个单位日，都对得上。", n=found.days))
    if found.left:
        flash(_("还有 %(n)s 个没来得及校验，再点一次接着做。", n=found.left))
    return redirect(url_for("audit.chain", **address_of(asked)), 303)


@pages.get("/children/<int:child_id>/trail")
@admit(Role.SCHOOL_HEAD, Role.CDC_DOCTOR)
def of_child(child_id: int) -> str:
    """Who did what with this child's record, for those who may see the child."""
    actor = current_actor()
    with office().database.writing() as session:
        child = child_or_404(session, actor, child_id)
        lines = queries.lines_of_child(session, child.id, limit=_MOST_OF_A_CHILD)
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("child", child.id))
        return render_template(
            "audit/child.html", child=child, identity=open_identity(session, child), lines=lines, most=_MOST_OF_A_CHILD
        )


def _choices(session: Session, actor: Actor, asked: Asked) -> dict[str, Any]:
    """Places of the scope; people only of a place that was chosen."""
    places = session.scalars(organisations_in_scope(actor).order_by(Organisation.kind, Organisation.name)).all()
    people = queries.people_of(session, actor, asked.organisation_id) if asked.organisation_id else []
    return {
        "choices_of_places": [(one.id, one.name) for one in places],
        "choices_of_people": [(one.id, one.shown_name) for one in people],
    }
