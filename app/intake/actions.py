"""Keeping the doses of a signed voucher, after a person has looked at them and said yes."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.dose_actions import enter_doses
from app.children.kinds import DoseSource
from app.children.models import Child, DoseRecord
from app.people.actors import Actor
from app.vouchers.queries import Read, read_voucher
from app.vouchers.signing import VoucherDose
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a voucher says, parted by what can be done with it."""

    read: Read
    #: Not on record: may be kept.
    new: tuple[VoucherDose, ...]
    #: Was on record and was corrected or withdrawn since: the record is newer than the paper.
    since_changed: tuple[VoucherDose, ...]

    @property
    def here_already(self) -> tuple[VoucherDose, ...]:
        return tuple(dose for dose in self.read.doses if dose not in self.read.not_on_record)


def propose(session: Session, actor: Actor, code: str) -> Proposal:
    """Look at a voucher; nothing is kept. Raises a VoucherRefused."""
    read = read_voucher(session, actor, code)
    ever = select(DoseRecord.product, DoseRecord.day).where(DoseRecord.child_id == read.child_id)
    was_here = {(product, day) for product, day in session.execute(ever)}
    changed = tuple(dose for dose in read.not_on_record if (dose.product, dose.day) in was_here)
    return Proposal(read, tuple(dose for dose in read.not_on_record if dose not in changed), changed)


def keep_voucher(
    session: Session, *, by: Actor, now: dt.datetime, code: str, chosen: Collection[int]
) -> list[DoseRecord]:
    """Keep the chosen ones of the new doses, counted from 0, as entered by the clinic that signed. Twice is once."""
    proposal = propose(session, by, code)
    doses = [dose for number, dose in enumerate(proposal.new) if number in chosen]
    if not doses:
        return []
    entries = [
        DoseEntry(Vaccine(dose.product), Written(day=dose.day), unit=proposal.read.center[:120]) for dose in doses
    ]
    child = session.get_one(Child, proposal.read.child_id)
    return enter_doses(session, by=by, now=now, child=child, entries=entries, source=DoseSource.CLINIC)
