"""The board, its bulletin and its workbook, without a name of a child on them."""

import datetime as dt

from flask import Response, abort, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app.audit.actions import Reading
from app.audit.queries import last_days
from app.campaigns.pace import next_pace, paces
from app.campaigns.queries import deadline
from app.checks.counting import Counts
from app.languages import speak_chinese
from app.office import office
from app.oversight import charts
from app.oversight.board import Board, By
from app.oversight.bulletin import as_text, bulletin, coverages
from app.oversight.dating import as_of, at_cutoff
from app.oversight.keeping import of_papers
from app.oversight.models import BoardClosing
from app.oversight.pages import WATCHES, chosen_board, chosen_campaign, here, pages, record_look
from app.papers import as_form, chosen_form
from app.people.access import admit, current_actor
from app.sheets.wording import reason_word

pages.add_app_template_global(reason_word, "open_reason")


#: Schools without a beginning, and behind, that stand on the board; the others are in the bulletin.
SHOWN = 10
#: Cut-offs among which the board offers a choice; every other one is a link behind the picture by day.
OFFERED = 6


@pages.get("")
@admit(*WATCHES)
def board() -> str:
    by = request.args.get("by", By.TOWNSHIP.value)
    if by not in set(By):
        abort(404)
    with office().database.writing() as session:
        campaigns, campaign = chosen_campaign(session)
        if campaign is None:
            return render_template("oversight/board.html", campaign=None)
        found, kept = chosen_board(session, campaign)
        record_look(session, Reading.LIST, campaign, "board", schools=len(found.whole.stands))
        counts, groups = Counts(found.whole.figures.by_result), found.groups(By(by))
        return render_template(
            "oversight/board.html",
            campaign=campaign,
            campaigns=campaigns,
            board=found,
            closings=kept,
            papers_of=_papers_of(found, kept),
            offered=OFFERED,
            by=By(by),
            groups=groups,
            scale=charts.scale_of(groups),
            until=deadline(campaign),
            now=here(),
            as_of=as_of(found, here()),
            at_cutoff=at_cutoff(found, here()),
            behind=found.behind[:SHOWN],
            seen=_heard_of(session, found, SHOWN),
            funnel=charts.funnel_of(found.whole),
            trend=charts.trend_of(campaign, found.whole, found.today),
            whisker_of=charts.whisker_of,
            coverages=coverages(found.whole),
            paces=paces(campaign, counts, found.today),
            next=next_pace(campaign, counts, found.today),
            By=By,
        )


@pages.post("/bulletin")
@admit(*WATCHES)
def make_bulletin() -> AnyResponse:
    """As a PDF or a workbook."""
    form = chosen_form()
    with office().database.writing() as session:
        _campaigns, campaign = chosen_campaign(session)
        if campaign is None:
            abort(404)
        found, _kept = chosen_board(session, campaign, leaves_the_house=True)
        record_look(session, form.reading, campaign, "bulletin", day=found.today.isoformat())
        sheet = bulletin(found, here(), current_actor().shown_name, _heard_of(session, found))
    return as_form(sheet, form, f"bulletin-{found.today:%Y%m%d}")


@pages.post("/bulletin/text")
@admit(*WATCHES)
def bulletin_text() -> AnyResponse:
    """For a message to schools, so in Chinese: words and whole numbers."""
    speak_chinese()
    with office().database.writing() as session:
        _campaigns, campaign = chosen_campaign(session)
        if campaign is None:
            abort(404)
        found, _kept = chosen_board(session, campaign, leaves_the_house=True)
        record_look(session, Reading.EXPORT, campaign, "bulletin", day=found.today.isoformat())
        answer = Response(as_text(found, here()), mimetype="text/plain; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"bulletin-{found.today:%Y%m%d}.txt")
    return answer


def _papers_of(board: Board, kept: list[BoardClosing]) -> dt.date | None:
    """The day that this page's papers are of; None: of this moment."""
    last = of_papers(board.campaign, kept)
    return board.today if board.closed_at else last.day if last else None


def _heard_of(session: Session, board: Board, most: int | None = None) -> dict[int, dt.date]:
    """When those schools of which somebody asks were last heard of, up to the day of the board."""
    asked = {one.school.id for one in (*board.whole.silent[:most], *board.behind[:most])}
    return last_days(session, asked, since=board.campaign.joins_from, until=board.today)
