"""The table of checks: what went in, what came out, by which law. Immutable: the database refuses changes."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Check(Base):
    """A child judged on one day. A correction is a new row of the same number that supersedes this one."""

    __tablename__ = "check_record"  # "check" is a reserved word
    __table_args__ = (
        # Two desks that check one child in the same second make one check and one refusal, not two firsts.
        Index(
            "uq_check_record_one_of_a_number",
            "enrolment_id",
            "number",
            unique=True,
            sqlite_where=text("supersedes_id IS NULL"),
            postgresql_where=text("supersedes_id IS NULL"),
        ),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        CheckConstraint("NOT withdrawn OR supersedes_id IS NOT NULL", name="withdraws_a_check"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    #: The enrolment's child, kept here so that a child's history needs no detour.
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    #: 1 is the first check, 2 and more are re-checks.
    number: Mapped[int]
    as_of: Mapped[dt.date]
    by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[dt.datetime]
    #: Exactly what the rules were given and what they answered: judged again, it must come out the same.
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    findings: Mapped[dict[str, Any]] = mapped_column(JSON)
    edition: Mapped[str] = mapped_column(String(32))
    rules_digest: Mapped[str] = mapped_column(String(80))
    #: The result among the findings, once more as a column: every count is made of it.
    result: Mapped[str] = mapped_column(String(16))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("check_record.id"), unique=True)
    #: This row says that the one it supersedes was undone and nothing took its place.
    withdrawn: Mapped[bool] = mapped_column(default=False)
