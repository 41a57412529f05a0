"""Tables of the people: users, their open sessions, and failed sign-ins."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base
from app.people.roles import Role

__all__ = ["FailedSignIn", "FailureKind", "Role", "User", "UserSession"]


class User(Base):
    """A person who may sign in, or a program that never does. Users are switched off, never deleted: the audit trail
    names them.
    """

    __tablename__ = "user_account"  # "user" is a reserved word on PostgreSQL

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The 工号; compared without regard to case, stored in lower case.
    sign_in_name: Mapped[str] = mapped_column(String(60), unique=True)
    shown_name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(word(Role))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    #: Whom a token speaks as: in the trail like everybody, at no sign-in page and in no list of people.
    program: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]


class UserSession(Base):
    """A signed-in browser. The cookie holds a random token, the table only its SHA-256."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    #: As at sign-in: a user who was moved or given another role signs in again.
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Role] = mapped_column(word(Role))
    opened_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime] = mapped_column(index=True)


class FailureKind(StrEnum):
    """What failures are counted by: at the sign-in page, and at the page of families."""

    NAME = "name"
    ADDRESS = "address"
    CODE = "code"
    FAMILY_ADDRESS = "family_address"


class FailedSignIn(Base):
    """Failures in a row of one account name or notice's code (also of those nobody has) or one client address, as keyed
    digests.
    """

    __tablename__ = "failed_sign_in"
    __table_args__ = (UniqueConstraint("kind", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FailureKind] = mapped_column(word(FailureKind))
    digest: Mapped[str] = mapped_column(String(64))
    failures: Mapped[int]
    last_failure_at: Mapped[dt.datetime] = mapped_column(index=True)
    blocked_until: Mapped[dt.datetime]
