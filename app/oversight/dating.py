"""As of when: the moment of the figures, and what the last cut-off hour closed. Pure."""

import datetime as dt

from flask_babel import gettext as _

from app.campaigns.queries import counting_day
from app.clock import CHINA
from app.oversight.board import Board
from forms.wording.days import month_and_day

#: A cut-off that was closed later than this after its hour says so.
PROMPT = dt.timedelta(minutes=5)


def as_of(board: Board, now: dt.datetime) -> str:
    """The moment, and which day's figures it belongs to; or the cut-off, and when it was taken if that was late."""
    campaign = board.campaign
    if board.closed_at is None:
        day = counting_day(campaign, now)
        words = {"now": now.strftime("%Y-%m-%d %H:%M"), "day": day.isoformat(), "hour": campaign.cutoff_hour}
        return _("截至 %(now)s（每天 %(hour)s 点截数，算 %(day)s 的）", **words)
    taken = board.closed_at.astimezone(CHINA)
    hour = dt.datetime.combine(board.today, dt.time(campaign.cutoff_hour), CHINA)
    if taken < hour + PROMPT:
        return _("%(day)s %(hour)s 点截的数", day=board.today.isoformat(), hour=campaign.cutoff_hour)
    words = {"day": board.today.isoformat(), "hour": campaign.cutoff_hour, "taken": taken.strftime("%Y-%m-%d %H:%M")}
    return _("%(day)s %(hour)s 点该截的数，到 %(taken)s 才截下来", **words)


def at_cutoff(board: Board, now: dt.datetime) -> str:
    """What the last cut-off closed, and who was looked at after it and counts for the next day.

    Nothing is to be said of a cut-off that was taken in time: all its figures are what it closed.
    """
    day = board.today if board.closed_at else counting_day(board.campaign, now) - dt.timedelta(1)
    closed = sum(number for one, number in board.whole.by_day.items() if one <= day)
    more = board.whole.figures.checked - closed
    if board.closed_at and not more:
        return ""
    return _(
        "%(day)s %(hour)s 点截数时已查验 %(n)s 人，此后又查了 %(more)s 人。",
        day=month_and_day(day),
        hour=board.campaign.cutoff_hour,
        n=closed,
        more=more,
    )
