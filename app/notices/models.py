"""Tables of notices and of the doses they ask for."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class NoticePart(StrEnum):
    """What a notice asks of the family, in the order of the sheet; one may carry several: 补证, 补种, 核实."""

    CERTIFICATE = "certificate"
    CATCH_UP = "catch_up"
    VERIFY = "verify"


class NoticeKind(StrEnum):
    """What the paper is: it asks, it asks again (催种), or it says that nothing is asked."""

    FIRST = "first"
    SECOND = "second"
    PASSED = "passed"
    WAIVED = "waived"


#: 查验合格证明 and 查验证明: they ask for nothing and are in no count of notices.
CERTIFICATES = frozenset({NoticeKind.PASSED, NoticeKind.WAIVED})


class NoticeState(StrEnum):
    """Drafted → printed → handed → slip back; or replaced by a later one, or withdrawn."""

    DRAFTED = "drafted"
    PRINTED = "printed"
    HANDED = "handed"
    SLIP_BACK = "slip_back"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


#: Nobody goes by these any more; their codes are dead.
ENDED = frozenset({NoticeState.REPLACED, NoticeState.WITHDRAWN})
_LIVE = "state NOT IN ('replaced', 'withdrawn')"


class ItemState(StrEnum):
    """What became of one dose on a notice.

    Given: a record fills it, however that came in. Not owed: nothing was given, but nothing is asked any more (exempt,
    too old for it, or the line was completed another way). Failed: not given, for a reason.
    """

    OPEN = "open"
    GIVEN = "given"
    NOT_OWED = "not_owed"
    FAILED = "failed"


class Notice(Base):
    """A notice of one check. Exactly one is live for every child that needs one."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "uq_notice_one_live_of_an_enrolment",
            "enrolment_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
        UniqueConstraint("school_id", "campaign_id", "number"),
        CheckConstraint("print_count >= 0", name="printed_or_not"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("check_record.id"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(word(NoticeKind), default=NoticeKind.FIRST)
    #: Counts up in a school and campaign; it stands on the sheet.
    number: Mapped[int]
    #: 20 random digits and a check digit: digits only, so that an input method cannot swallow a scanner's keys.
    code: Mapped[str] = mapped_column(String(21), unique=True)
    #: The parts (`NoticePart`) in the order of the sheet.
    parts: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[NoticeState] = mapped_column(word(NoticeState), index=True)
    print_count: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    printed_at: Mapped[dt.datetime | None]
    handed_at: Mapped[dt.datetime | None]
    slip_back_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))


class NoticeHeading(Base):
    """The two lines that a school writes on its notices itself."""

    __tablename__ = "notice_heading"

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    line: Mapped[str] = mapped_column(String(60))
    contact: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


class NoticeItem(Base):
    """One dose on a notice, on a line of its own; the clinic's entry, or a registry's, closes it."""

    __tablename__ = "notice_item"
    __table_args__ = (
        UniqueConstraint("notice_id", "line", "dose"),
        CheckConstraint("(state = 'failed') = (failed_because IS NOT NULL)", name="failed_for_a_reason"),
        CheckConstraint("(state = 'given') = (dose_record_id IS NOT NULL)", name="given_by_a_record"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    part: Mapped[NoticePart] = mapped_column(word(NoticePart))
    line: Mapped[str] = mapped_column(String(16))
    product: Mapped[str] = mapped_column(String(32))
    dose: Mapped[int]
    earliest: Mapped[dt.date]
    #: due, overdue or waiting on the day of the check: the baseline of every rate.
    state_at_check: Mapped[str] = mapped_column(String(16))
    state: Mapped[ItemState] = mapped_column(word(ItemState), index=True)
    dose_record_id: Mapped[int | None] = mapped_column(ForeignKey("dose_record.id"))
    failed_because: Mapped[str | None] = mapped_column(String(32))
    closed_at: Mapped[dt.datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
