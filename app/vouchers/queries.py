"""Reading a voucher at the desk: is it one of ours, whose is it, and which of its doses are on record already?"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import Child
from app.children.queries import effective_doses
from app.people.actors import Actor
from app.people.scope import children_in_scope
from app.schools.models import Organisation
from app.vouchers import signing
from app.vouchers.actions import private_key
from app.vouchers.models import Voucher
from app.vouchers.signing import VoucherDose


class NobodyHere(signing.VoucherRefused):
    """A true voucher, but of a child that this person does not see."""


@dataclass(frozen=True, slots=True)
class Read:
    """A voucher that holds: the child, the center that signed, and what it says beside what is on record."""

    child_id: int
    center: str
    issued_on: dt.date
    doses: tuple[VoucherDose, ...]
    #: Those of `doses` that the record does not have (any more).
    not_on_record: tuple[VoucherDose, ...]


def read_voucher(session: Session, actor: Actor, text: str) -> Read:
    """What a scanned voucher says to this person. Raises a `signing.VoucherRefused`, see its subclasses."""
    public = private_key(session).public_key()
    said = signing.verify(text, {signing.key_id(public): public})
    row = session.scalars(select(Voucher).where(Voucher.reference == said.reference)).one_or_none()
    mine = children_in_scope(actor).with_only_columns(Child.id)
    if row is None or session.scalar(mine.where(Child.id == row.child_id)) is None:
        raise NobodyHere("A child of another place, or of nobody any more.")
    known = {(dose.product, dose.day) for dose in effective_doses(session, row.child_id)}
    return Read(
        child_id=row.child_id,
        center=session.get_one(Organisation, said.center_id).name,
        issued_on=said.issued_on,
        doses=said.doses,
        not_on_record=tuple(dose for dose in said.doses if (dose.product, dose.day) not in known),
    )
