"""Issuing a voucher: the doses of one child, as they stand on record, signed by this installation."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.models import Child, DoseRecord
from app.clock import CHINA
from app.people.actors import Actor
from app.privacy.keys import keys_of
from app.vouchers import signing
from app.vouchers.models import Voucher


@dataclass(frozen=True, slots=True)
class Issued:
    """The row that was kept and the digits that go on paper."""

    row: Voucher
    digits: str


def issue(session: Session, *, by: Actor, now: dt.datetime, child: Child, doses: Sequence[DoseRecord]) -> Issued:
    """A voucher of these doses, all of them with a day. By a nurse: the center that signs is the nurse's."""
    row = Voucher(
        child_id=child.id,
        center_id=by.organisation_id,
        reference=secrets.token_bytes(signing.REFERENCE_BYTES),
        dose_record_ids=[dose.id for dose in doses],
        issued_at=now,
        issued_by=by.user_id,
    )
    digits = signing.sign(private_key(session), _content(row, doses, now))
    session.add(row)
    session.flush()
    detail = {"voucher": row.id, "doses": row.dose_record_ids}
    record(session, by=by, now=now, action="voucher.issued", subject=("child", child.id), detail=detail)
    return Issued(row, digits)


def private_key(session: Session) -> Ed25519PrivateKey:
    """The installation's signing key: made from the key file, so that nothing more has to be backed up."""
    return Ed25519PrivateKey.from_private_bytes(keys_of(session).signing_seed("voucher"))


def _content(row: Voucher, doses: Sequence[DoseRecord], now: dt.datetime) -> signing.Voucher:
    given = tuple(signing.VoucherDose(dose.product, dose.day) for dose in doses if dose.day is not None)
    return signing.Voucher(row.center_id, row.reference, now.astimezone(CHINA).date(), given)
