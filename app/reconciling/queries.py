"""What each side says of some children's doses, and what was settled about them."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.children.kinds import DoseSource
from app.children.models import Child, DoseRecord, Doubt
from app.children.queries import effective_doses_of
from app.people.actors import Actor
from app.people.scope import children_in_scope
from app.reconciling.comparing import compare
from app.reconciling.guessing import is_outside
from app.reconciling.models import DoseSettlement, RegistryStatement
from app.reconciling.telling import Row, Side, Told
from app.registry.models import RegistryImport

_SIDES = {
    DoseSource.BOOKLET: Side.BOOKLET,
    DoseSource.GUARDIAN: Side.BOOKLET,
    DoseSource.REGISTRY: Side.REGISTRY,
    DoseSource.CLINIC: Side.CLINIC,
}


def rows_of(session: Session, child_id: int) -> list[Row]:
    return rows_of_many(session, [child_id])[child_id]


def rows_of_many(session: Session, child_ids: Sequence[int]) -> dict[int, list[Row]]:
    """The comparison of each of at most some hundred children, in few questions."""
    doses = effective_doses_of(session, child_ids)
    stated = _statements(session, child_ids)
    settled = _settlements(session, child_ids)
    found = {}
    for child_id in child_ids:
        told = [_told(dose) for dose in doses.get(child_id, [])]
        told += [Told(Side.REGISTRY, product, dt.date.fromisoformat(day)) for product, day in stated.get(child_id, [])]
        found[child_id] = compare(told, settled.get(child_id, []))
    return found


def doubted_children(session: Session, actor: Actor) -> Sequence[Child]:
    """The children this person may see about whom the sides contradict each other."""
    doubted = exists().where(Doubt.child_id == Child.id, Doubt.by_comparing.is_(True), Doubt.settled_at.is_(None))
    return session.scalars(children_in_scope(actor).where(doubted).order_by(Child.id)).all()


def _told(dose: DoseRecord) -> Told:
    return Told(
        side=_SIDES[dose.source],
        product=dose.product,
        day=dose.day,
        as_written=(dose.as_written or "") if is_outside(dose.product) else "",
        partial=dose.partial_date or "",
        record=dose.id,
    )


def _statements(session: Session, child_ids: Sequence[int]) -> dict[int, list[list[str]]]:
    """Of each child what the newest file says that was not taken back."""
    wanted = (
        select(RegistryStatement.child_id, RegistryStatement.doses)
        .join(RegistryImport, RegistryImport.id == RegistryStatement.import_id)
        .where(RegistryStatement.child_id.in_(child_ids), RegistryImport.undone_at.is_(None))
        .order_by(RegistryStatement.id)
    )
    return dict(session.execute(wanted).all())


def _settlements(session: Session, child_ids: Sequence[int]) -> dict[int, list[list[str]]]:
    wanted = select(DoseSettlement.child_id, DoseSettlement.told).where(DoseSettlement.child_id.in_(child_ids))
    found: dict[int, list[list[str]]] = {}
    for child_id, told in session.execute(wanted.order_by(DoseSettlement.id)):
        found.setdefault(child_id, []).append(told)
    return found
