"""The table of vouchers: which child stands behind an opaque reference, and who printed it when."""

import datetime as dt

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Voucher(Base):
    """One printed slip. What is in its code stands in the dose records that it names."""

    __tablename__ = "voucher"

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    center_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Random; it says nothing about the child to anybody but this table.
    reference: Mapped[bytes] = mapped_column(LargeBinary(8), unique=True)
    dose_record_ids: Mapped[list[int]] = mapped_column(JSON)
    issued_at: Mapped[dt.datetime]
    issued_by: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
