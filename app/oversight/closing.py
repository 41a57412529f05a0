"""As of when: the moment of the figures, and what the last cut-off hour closed. Pure."""

import datetime as dt

from flask_babel import gettext as _

from app.campaigns.queries import counting_day
from app.oversight.board import Board
from forms.wording.days import month_and_day


def as_of(board: Board, now: dt.datetime) -> str:
    """The moment, and which day's figures it belongs to."""
    day = counting_day(board.campaign, now)
    words = {"now": now.strftime("%Y-%m-%d %H:%M"), "day": day.isoformat(), "hour": board.campaign.cutoff_hour}
    return _("截至 %(now)s（每天 %(hour)s 点截数，算 %(day)s 的）", **words)


def at_cutoff(board: Board, now: dt.datetime) -> str:
    """What is closed: who was looked at until the last cut-off, and who came after it and counts for the next day."""
    day = counting_day(board.campaign, now) - dt.timedelta(1)
    closed = sum(number for one, number in board.whole.by_day.items() if one <= day)
    return _(
        "%(day)s %(hour)s 点截数时已查验 %(n)s 人，此后又查了 %(more)s 人。",
        day=month_and_day(day),
        hour=board.campaign.cutoff_hour,
        n=closed,
        more=board.whole.figures.checked - closed,
    )
