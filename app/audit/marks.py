"""A mark to note outside the house: by it a later look finds out that the database was put back to an older copy.

A copy from yesterday is in itself whole, so nothing inside can tell. A mark on paper can: it names the newest day of
the trail, and its letters hang on every day before it.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditHead

_LETTERS = 16


def mark(session: Session) -> str | None:
    """Where the trail stands: "9-3f2a61c09be7d415". None before the first event."""
    newest = select(AuditHead.serial, AuditHead.opened).order_by(AuditHead.serial.desc()).limit(1)
    head = session.execute(newest).first()
    return f"{head.serial}-{head.opened.hex()[:_LETTERS]}" if head else None


def holds(session: Session, noted: str) -> bool:
    """Is the trail still the one in which this mark was noted?"""
    serial, _, letters = noted.strip().partition("-")
    if not serial.isdecimal() or len(letters) != _LETTERS:
        return False
    opened = session.scalar(select(AuditHead.opened).where(AuditHead.serial == int(serial)))
    return opened is not None and opened.hex().startswith(letters)
