"""What a registry's file said of a child, and what was decided about differences. Neither holds a name or a number."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import word
from app.database import Base


class Kept(StrEnum):
    """Whose word holds; all of them, because they were several doses; or nobody's."""

    BOOKLET = "booklet"
    REGISTRY = "registry"
    CLINIC = "clinic"
    ALL = "all"
    NONE = "none"


class Reason(StrEnum):
    """Why, from a closed list: nothing is typed that could say more of a child than it should."""

    SEEN_IN_BOOKLET = "seen_in_booklet"
    BOOKLET_MISREAD = "booklet_misread"
    REGISTRY_WRONG = "registry_wrong"
    CLINIC_CONFIRMED = "clinic_confirmed"
    SAME_DOSE = "same_dose"
    SEVERAL_DOSES = "several_doses"


class RegistryStatement(Base):
    """Every dose that one import's file has of a child, also those that stood on record already."""

    __tablename__ = "registry_statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("registry_import.id"), index=True)
    #: [product, day] of each.
    doses: Mapped[list[list[str]]] = mapped_column(JSON)


class DoseSettlement(Base):
    """Somebody decided which side holds about one dose. Kept, so that the same difference is not asked twice."""

    __tablename__ = "dose_settlement"

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    #: The marks of what the sides said (see `telling.Told.mark`).
    told: Mapped[list[str]] = mapped_column(JSON)
    kept: Mapped[Kept] = mapped_column(word(Kept))
    reason: Mapped[Reason] = mapped_column(word(Reason))
    settled_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[dt.datetime]
