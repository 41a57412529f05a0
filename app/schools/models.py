"""Tables of the places: areas, organisations and school classes."""

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class OrganisationKind(StrEnum):
    """Bureau over schools, CDC over health centers: two lines of supervision."""

    BUREAU = "bureau"
    CDC = "cdc"
    HEALTH_CENTER = "health_center"
    SCHOOL = "school"


class Ownership(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"


class Stage(StrEnum):
    KINDERGARTEN = "kindergarten"
    PRIMARY = "primary"


class Area(Base):
    """A place of the administrative division (GB/T 2260 and its statistical extension): province down to village."""

    __tablename__ = "area"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)


class Organisation(Base):
    """A bureau, CDC, health center or school; supervised along one line: bureau → school, CDC → health center."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OrganisationKind] = mapped_column(word(OrganisationKind), index=True)
    name: Mapped[str] = mapped_column(String(120))
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Schools only: the health center of every child that has no other by residence.
    default_health_center_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_person: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    #: ISO weekdays, 1 = Monday: when a health center vaccinates.
    open_days: Mapped[list[int]] = mapped_column(JSON, default=list)
    ownership: Mapped[Ownership | None] = mapped_column(word(Ownership))
    stage: Mapped[Stage | None] = mapped_column(word(Stage))


class SchoolClass(Base):
    """A class of a school; what is expected of it is counted from active enrolments, not stored."""

    __tablename__ = "school_class"
    __table_args__ = (UniqueConstraint("school_id", "grade", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    grade: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(30))
    #: A number the school typed; it stands beside the counted one as 名册差额.
    expected_by_school: Mapped[int | None]
