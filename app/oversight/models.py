"""Tables of the board: counted classes, their sums by school, and which classes changed since they were counted.

All of it is derived and can be thrown away: `scripts/recount` makes it anew. Hence no foreign keys: nothing that is
counted may keep a row from being changed.
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
