"""Where the code of a notice leads a family: an address where the house has a public one, else nowhere."""

from sqlalchemy.orm import Session

#: What every session of the database carries along; `app.office` puts it there.
CARRIED_AS = "public_address"
#: The page of one notice; its code stands behind it.
PATH = "/p/"


def address_for_families(session: Session, code: str) -> str:
    """https://chayan.example.cn/p/… with the code at its end; empty where families cannot reach this house."""
    public: str | None = session.info.get(CARRIED_AS)
    return f"{public}{PATH}{code}" if public else ""
