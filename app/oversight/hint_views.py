"""Records that look odd, of a school or of a clinic, with the rows behind them; names for the CDC only."""

from flask import abort, render_template, request
from sqlalchemy import select

from app.audit.actions import Reading
from app.children.models import Child
from app.office import office
from app.oversight.hints import hints_of_clinic, hints_of_school
from app.oversight.pages import WATCHES, chosen_campaign, pages, record_look
from app.oversight.watching import places_watched, watched_schools
from app.oversight.wording import hint_words
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import children_in_scope
from app.privacy.identities import open_identities
from app.schools.models import SchoolClass
from forms.wording import product_name

pages.add_app_template_global(hint_words)

#: Hints, and rows of one, that stand on a page.
MOST, MOST_LINES = 200, 100


@pages.get("/hints")
@admit(*WATCHES)
def hints() -> str:
    """One school or one clinic at a time: it reads every dose of it."""
    actor = current_actor()
    with office().database.writing() as session:
        _campaigns, campaign = chosen_campaign(session)
        if campaign is None:
            return render_template("oversight/hints.html", campaign=None)
        places = places_watched(session, actor, campaign)
        chosen, unit = request.args.get("school", type=int), request.args.get("clinic", "").strip()[:120]
        own = {one.school.id: one.school for one in places}
        place = (own.get(chosen) or abort(404)) if chosen else None
        if place is not None:
            found = hints_of_school(session, campaign, place.id)
        else:
            found = hints_of_clinic(session, campaign, watched_schools(actor), unit) if unit else []
        shown = found[:MOST]
        named = {line.child for hint in shown for line in hint.lines[:MOST_LINES]}
        wanted = children_in_scope(actor).where(Child.id.in_(named))
        children = session.scalars(wanted).all() if named and actor.role is Role.CDC_DOCTOR else []
        names = open_identities(session, list(children))
        record_look(session, Reading.LIST, campaign, "hints", school=chosen, children=sorted(names))
        ids = {line.class_id for hint in shown for line in hint.lines}
        classes = select(SchoolClass).where(SchoolClass.id.in_(ids))
        return render_template(
            "oversight/hints.html",
            campaign=campaign,
            places=places,
            clinics=sorted({one.clinic for one in places} - {""}),
            place=place,
            unit="" if place else unit,
            hints=shown,
            number=len(found),
            most_lines=MOST_LINES,
            classes={one.id: one for one in session.scalars(classes)} if ids else {},
            names=names,
            product_name=product_name,
        )
