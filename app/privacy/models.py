"""Tables of the private part: one data key per child, blind indexes, and the version of each school's roster."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class IndexKind(StrEnum):
    """What can be found without opening anything: whole values of many possibilities, each kind under its own key.

    Nothing short is here: an index of the last four digits has 10,000 values and would tell them to anyone who counts.
    A name alone is not here either: the frequent ones would show by their frequency; with the birth date they do not.
    """

    NAME_AND_BIRTH = "name_and_birth"
    RESIDENT_ID = "resident_id"
    CHILD_CODE = "child_code"
    STUDENT_NUMBER = "student_number"
    PASSPORT = "passport"
    PHONE = "phone"


#: Different valid numbers are different children; one number is one child.
_ONE_CHILD_ONLY = text("kind IN ('resident_id', 'child_code', 'student_number', 'passport')")


class ChildKey(Base):
    """The data key of one child, wrapped by a master key that is not in the database."""

    __tablename__ = "child_key"
    __table_args__ = (
        CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="there_or_destroyed"),
        CheckConstraint("(wrapped IS NULL) = (master_version IS NULL)", name="wrapped_by_a_version"),
    )

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), primary_key=True)
    wrapped: Mapped[bytes | None]
    #: Which master key wraps it; indexed, because a rotation looks for those left behind.
    master_version: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[dt.datetime]
    #: The row stays, so that a lost key can be told from a destroyed one.
    destroyed_at: Mapped[dt.datetime | None]


class ChildIndex(Base):
    """A keyed digest of something that finds a child. A merged or erased child has no rows here."""

    __tablename__ = "child_index"
    __table_args__ = (
        Index("ix_child_index_kind_digest", "kind", "digest"),
        # The last wall; the action before it answers in a sentence.
        Index(
            "uq_child_index_one_child_a_number",
            "kind",
            "digest",
            unique=True,
            sqlite_where=_ONE_CHILD_ONLY,
            postgresql_where=_ONE_CHILD_ONLY,
        ),
    )

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), primary_key=True)
    kind: Mapped[IndexKind] = mapped_column(word(IndexKind), primary_key=True)
    digest: Mapped[bytes] = mapped_column(primary_key=True)


class RosterVersion(Base):
    """Counts the changes to a school's roster, so that every process knows when its decrypted copy is old."""

    __tablename__ = "roster_version"

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    version: Mapped[int]
