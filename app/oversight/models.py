"""Tables of the board: counted classes, their sums by school, which classes changed since, and what a cut-off closed.

The counts are derived and can be thrown away: `scripts/recount` makes them anew. What a cut-off closed cannot be made
again, and is numbers of schools only. No foreign keys: nothing that is counted may keep a row from being changed.
"""

import datetime as dt

from sqlalchemy import JSON, BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class BoardChange(Base):
    """A class whose rows changed. Triggers write it in the transaction of the change itself (see `marking`)."""

    __tablename__ = "board_change"

    class_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: The number of the writing transaction: two desks of one class never wait for each other here.
    written_in: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class BoardClass(Base):
    """A class of a campaign as it was counted last."""

    __tablename__ = "board_class"

    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    class_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    school_id: Mapped[int] = mapped_column(index=True)
    #: By measure (`app.oversight.measures`); what is 0 is not there.
    children: Mapped[dict[str, int]] = mapped_column(JSON)
    doses: Mapped[dict[str, int]] = mapped_column(JSON)
    #: A pause ends the day before: from this day on the counts are others though nobody wrote anything.
    stale_on: Mapped[dt.date | None] = mapped_column(index=True)


class BoardSchool(Base):
    """The sum of the classes of a school."""

    __tablename__ = "board_school"

    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    children: Mapped[dict[str, int]] = mapped_column(JSON)
    doses: Mapped[dict[str, int]] = mapped_column(JSON)
    #: The last cut-off that closed exactly these counts; None while they are newer.
    closed_on: Mapped[dt.date | None]


class BoardClosing(Base):
    """A cut-off of a campaign: the day it closed, and when that was done in truth (a server may have been off)."""

    __tablename__ = "board_closing"

    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    closed_at: Mapped[dt.datetime]


class BoardSchoolDay(Base):
    """A school as a cut-off closed it; a day on which nothing of it changed has no row."""

    __tablename__ = "board_school_day"

    campaign_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    school_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    children: Mapped[dict[str, int]] = mapped_column(JSON)
