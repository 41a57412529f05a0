"""The door of the room: what its pages share."""

import datetime as dt

from flask import Blueprint, abort, request
from sqlalchemy.orm import Session

from app import clock
from app.audit.actions import Reading, record_read
from app.campaigns.models import Campaign
from app.oversight import watching
from app.oversight.board import Board, board_closed, board_of
from app.oversight.keeping import closings, of_papers
from app.oversight.models import BoardClosing
from app.oversight.wording import by_word, group_word
from app.papers import explain_missing_fonts
from app.people.access import current_actor
from app.people.roles import Role

pages = Blueprint("oversight", __name__, url_prefix="/oversight")
pages.add_app_template_global(by_word)
pages.add_app_template_global(group_word)
explain_missing_fonts(pages)

#: Who watches over schools. Only the second sees children by name.
WATCHES = (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)


def chosen_campaign(session: Session) -> tuple[list[Campaign], Campaign | None]:
    """All that this person watches, and the one that was asked for, else the newest."""
    campaigns = watching.campaigns_watched(session, current_actor())
    wanted = request.values.get("campaign", "")
    if not wanted:
        return campaigns, campaigns[0] if campaigns else None
    return campaigns, next((one for one in campaigns if str(one.id) == wanted), None) or abort(404)


def here() -> dt.datetime:
    return clock.now().astimezone(clock.CHINA)


def record_look(session: Session, what: Reading, campaign: Campaign, page: str, **more: object) -> None:
    """Each look is in the trail, also where nobody is named."""
    actor = current_actor()
    detail = {"page": page, "campaign": campaign.id, **more}
    subject = ("organisation", actor.organisation_id)
    record_read(session, by=actor, now=clock.now(), what=what, subject=subject, detail=detail)


def chosen_board(
    session: Session, campaign: Campaign, *, leaves_the_house: bool = False
) -> tuple[Board, list[BoardClosing]]:
    """The board of the cut-off that was asked for, else of this moment; and every cut-off that can be asked for.

    What leaves the house is of the cut-off that is looked at, else as `keeping.of_papers` says.
    """
    kept = closings(session, campaign, clock.now())
    wanted = request.values.get("at", "")
    if wanted:
        closing = next((one for one in kept if one.day.isoformat() == wanted), None) or abort(404)
    else:
        closing = of_papers(campaign, kept) if leaves_the_house else None
    if closing is not None:
        return board_closed(session, current_actor(), campaign, closing), kept
    return board_of(session, current_actor(), campaign, clock.today()), kept
