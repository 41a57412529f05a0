"""Down to a school, a class, and to names for who may see them; the dose view. Each look is recorded."""

from flask import abort, render_template
from sqlalchemy import select

from app import clock
from app.audit.actions import Reading, record_read
from app.campaigns.queries import taking_part
from app.checks.queries import latest_checks
from app.children.models import Child, Enrolment
from app.counting.columns import dose_word, vaccine_word
from app.office import office
from app.oversight.board import board_of, group_of, stand_of
from app.oversight.bulletin import coverages
from app.oversight.doses import HeatRow, age_bars, dose_lines, doses_of_schools, heat_map, products
from app.oversight.measures import figures_from
from app.oversight.models import BoardClass
from app.oversight.pages import WATCHES, chosen_campaign, pages, record_look
from app.oversight.watching import class_watched_or_404
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import children_in_scope
from app.privacy.identities import open_identities
from app.schools.models import SchoolClass
from app.schools.ordering import class_order
from forms.wording import line_name, product_name

for _words in (vaccine_word, dose_word):
    pages.add_app_template_global(_words)


@pages.get("/schools/<int:watched_school_id>")
@admit(*WATCHES)
def school(watched_school_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        _campaigns, campaign = chosen_campaign(session)
        if campaign is None:
            abort(404)
        stand = stand_of(session, actor, campaign, clock.today(), watched_school_id) or abort(404)
        record_look(session, Reading.LIST, campaign, "school", school=watched_school_id)
        classes = session.execute(
            select(SchoolClass, BoardClass.children)
            .join(BoardClass, (BoardClass.class_id == SchoolClass.id) & (BoardClass.campaign_id == campaign.id))
            .where(SchoolClass.school_id == watched_school_id)
        ).all()
        group = group_of(stand.school.name, [stand])
        return render_template(
            "oversight/school.html",
            campaign=campaign,
            stand=stand,
            group=group,
            coverages=coverages(group),
            classes=[(one, figures_from(kept)) for one, kept in sorted(classes, key=lambda row: class_order(row[0]))],
            sees_names=actor.role is Role.CDC_DOCTOR,
        )


@pages.get("/classes/<int:named_class_id>")
@admit(Role.CDC_DOCTOR)
def named_class(named_class_id: int) -> str:
    """The children of a class by name, as far as they are in this person's care."""
    actor = current_actor()
    with office().database.writing() as session:
        chosen = class_watched_or_404(session, actor, named_class_id)
        _campaigns, campaign = chosen_campaign(session)
        if campaign is None:
            abort(404)
        own = children_in_scope(actor).with_only_columns(Child.id)
        wanted = taking_part(campaign).where(Enrolment.class_id == chosen.id, Child.id.in_(own)).add_columns(Child)
        rows = session.execute(wanted).all()
        names = open_identities(session, [child for _enrolment, child in rows])
        checks = latest_checks(session, [enrolment.id for enrolment, _child in rows])
        found = [(child, names[child.id], checks.get(enrolment.id)) for enrolment, child in rows if child.id in names]
        detail = {"page": "class", "campaign": campaign.id, "children": [child.id for child, _name, _check in found]}
        subject = ("school_class", chosen.id)
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
        return render_template("oversight/class.html", campaign=campaign, school_class=chosen, children=found)


@pages.get("/doses")
@admit(*WATCHES)
def doses() -> str:
    with office().database.writing() as session:
        _campaigns, campaign = chosen_campaign(session)
        if campaign is None:
            return render_template("oversight/doses.html", campaign=None)
        board = board_of(session, current_actor(), campaign, clock.today())
        record_look(session, Reading.LIST, campaign, "doses", schools=len(board.whole.stands))
        measures = doses_of_schools(session, campaign, board.whole)
        return render_template(
            "oversight/doses.html",
            campaign=campaign,
            lines=dose_lines(measures, board.whole.figures),
            age_bars=age_bars,
            products=[(vaccine_word(one), product_name(code), number) for one, code, number in products(measures)],
            heat=heat_map(board.whole),
            shade=HeatRow.shade,
            coverages=coverages(board.whole),
            line_name=line_name,
        )
