"""What a family knows: the code of its notice, and the last four digits of a guardian's phone.

A code that never was, a child without a phone, an erased child and wrong digits are one and the same here.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.notices.models import Notice
from app.parents.standing import child_of
from app.privacy.folding import fold_phone
from app.privacy.identities import Guardian, open_identity

DIGITS = 4
#: A telephone; fewer digits are no phone that somebody can be reached at.
_SHORTEST_PHONE = 7
_LONGEST = 40


def read_digits(text: str) -> str | None:
    """The last four digits of what was typed: four, or the whole phone; None if it is neither."""
    plain = unicodedata.normalize("NFKC", text[: _LONGEST + 1])
    digits = fold_phone(plain)
    if len(plain) > _LONGEST or re.search(r"[^\d\s+()\-–—]", plain) or not digits.isascii():
        return None
    return digits[-DIGITS:] if len(digits) == DIGITS or len(digits) >= _SHORTEST_PHONE else None


def proven_notice(session: Session, code: str, digits: str) -> Notice | None:
    """The notice of this code if the digits are those of a guardian's phone.

    Of a child that was written down twice the record that was kept decides, since that is what will be read.
    """
    notice = session.scalars(select(Notice).where(Notice.code == code)).one_or_none()
    identity = open_identity(session, child_of(session, notice)) if notice else None
    if notice is None or identity is None or not _match(identity.guardians, digits):
        return None
    return notice


def _match(guardians: Iterable[Guardian], digits: str) -> bool:
    phones = [fold_phone(one.phone) for one in guardians]
    endings = [phone[-DIGITS:].encode() for phone in phones if len(phone) >= _SHORTEST_PHONE]
    # Every one is looked at, whichever fits.
    return sum(hmac.compare_digest(ending, digits.encode()) for ending in endings) > 0
