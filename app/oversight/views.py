"""The board in its first form: one table of schools, without a name on it."""

from flask import Blueprint, render_template

from app import clock
from app.audit.actions import Reading, record_read
from app.campaigns.queries import deadline, open_campaign
from app.office import office
from app.oversight import queries
from app.people.access import admit, current_actor
from app.people.roles import Role

pages = Blueprint("oversight", __name__, url_prefix="/oversight")


@pages.get("")
@admit(Role.BUREAU_AUDITOR)
def board() -> str:
    actor = current_actor()
    with office().database.writing() as session:
        campaign = open_campaign(session, actor.organisation_id)
        until = deadline(campaign) if campaign else None
        rows = queries.school_rows(session, actor, campaign) if campaign else []
        subject = ("organisation", actor.organisation_id)
        record_read(
            session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail={"schools": len(rows)}
        )
        return render_template(
            "oversight/board.html",
            campaign=campaign,
            rows=rows,
            total=queries.total(rows),
            until=until,
            days_left=(until - clock.today()).days if until else None,
            now=clock.now().astimezone(clock.CHINA),
        )
