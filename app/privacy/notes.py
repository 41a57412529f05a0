"""Free words about a child, sealed under the child's own data key: they go with the child's erasing."""

import datetime as dt

from sqlalchemy.orm import Session

from app.children.models import Child
from app.privacy.identities import data_key_of
from app.privacy.sealing import seal, unseal

#: A sealed value tells its length; padded in steps it tells little.
_STEP = 64


def seal_note(session: Session, child: Child, text: str, place: str, *, now: dt.datetime) -> bytes | None:
    """The words for one `place`, such as "contact/7/note"; None where there are none."""
    plain = text.strip().encode("utf-8", "surrogatepass")
    if not plain:
        return None
    return seal(data_key_of(session, child, now), plain + b" " * (-len(plain) % _STEP), _place(child, place))


def open_note(session: Session, child: Child, sealed: bytes | None, place: str, *, now: dt.datetime) -> str:
    """The words again; nothing for a child that was erased."""
    if sealed is None or child.erased_at is not None:
        return ""
    return (
        unseal(data_key_of(session, child, now), sealed, _place(child, place)).decode("utf-8", "surrogatepass").strip()
    )


def _place(child: Child, place: str) -> str:
    return f"child/{child.id}/{place}"
