"""Tables of the interface: tokens that programs show at the door, and what they sent in under which key."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class Scope(StrEnum):
    """What a token may do, each asked for by itself."""

    READ_RESULTS = "read_results"
    WRITE_ROSTER = "write_roster"
    WRITE_DOSES = "write_doses"


class ApiToken(Base):
    """Only a token's SHA-256 is here; it acts as a user of its own, whom the trail names and nobody signs in as."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked_by_somebody"),
        CheckConstraint("expires_at > made_at", name="lives_a_while"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Which program holds it, in the words of whoever made it.
    label: Mapped[str] = mapped_column(String(40))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    #: To the minute.
    last_used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    def is_live(self, now: dt.datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class SubmissionKind(StrEnum):
    ROSTER = "roster"
    DOSES = "doses"


class Submission(Base):
    """One content that a program sent, by the key it gave it. The content itself is with its import, sealed."""

    __tablename__ = "api_submission"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "client_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[SubmissionKind] = mapped_column(word(SubmissionKind))
    client_key: Mapped[str] = mapped_column(String(64))
    #: A keyed digest: the same content is known again, and nobody tries names against it.
    body_digest: Mapped[str] = mapped_column(String(64))
    #: The number of the import in the table of its kind.
    import_id: Mapped[int]
    sent_at: Mapped[dt.datetime]
