"""One desk at a time at one child's record."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import Child


def hold(session: Session, child: Child) -> None:
    """Until this transaction ends: on PostgreSQL other desks wait here; on SQLite every writer waits already."""
    session.execute(select(Child.id).where(Child.id == child.id).with_for_update())
