"""Tables of the desks: which machine is which desk of a school, and every save with the token of its form."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Desk(Base):
    """One machine at one school: 1 号台. Its cookie names the row; whoever signs in there works at this desk."""

    __tablename__ = "desk"
    __table_args__ = (
        UniqueConstraint("school_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 999", name="numbered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int]
    #: The class before this desk, and when somebody last worked there (noted once a minute at most).
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"), index=True)
    seen_at: Mapped[dt.datetime]


class DeskSave(Base):
    """A form that was saved at a desk. The same token a second time saves nothing, whatever it carries."""

    __tablename__ = "desk_save"

    #: Made with the form, or by the browser for a scan that waited for the network.
    token: Mapped[str] = mapped_column(String(36), primary_key=True)
    #: None: doses typed from a booklet, which are no check yet.
    check_id: Mapped[int | None] = mapped_column(ForeignKey("check_record.id"), index=True)
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("desk.id"))
