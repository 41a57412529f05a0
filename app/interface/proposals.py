"""What a program is told of what it sent: counts, faults by row, whether a person is needed. No name comes back."""

from sqlalchemy.orm import Session

from app.interface.sent_shapes import Proposal, RowChild, RowFault
from app.people.actors import Actor
from app.privacy.keys import keys_of
from app.registry import keeping as kept_exports
from app.registry.comparing import compare
from app.registry.models import RegistryImport
from app.roster.models import ImportState, RosterImport
from app.roster.reviewing import review

_MOST_FAULTS = 500


def roster_proposal(session: Session, waiting: RosterImport) -> Proposal:
    if waiting.state is not ImportState.PROPOSED:
        outcome = dict(waiting.outcome or {})
        rows = sorted(outcome.pop("rows", []))
        told = _decided(waiting, {name: len(ids) for name, ids in outcome.items()})
        return told.model_copy(update={"children": [RowChild(row=row, child_id=child_id) for row, child_id in rows]})
    seen = review(session, waiting)
    faults = [
        RowFault(row=one.row.number, field=fault.column, how=fault.sentence)
        for one in seen.changes.outcomes
        for fault in one.faults
    ]
    return Proposal(
        import_id=waiting.id,
        state=waiting.state.value,
        expires_at=waiting.expires_at,
        counts={
            **{group.value: count for group, count in seen.changes.counts.items()},
            "new_classes": len(seen.changes.new_classes),
            "missing": len(seen.changes.missing),
        },
        faults=faults[:_MOST_FAULTS],
        questions=seen.decision.open_rows + seen.decision.open_classes + seen.decision.held,
        ready=seen.decision.ready,
        seen=seen.decision.stamp,
    )


def doses_proposal(session: Session, by: Actor, waiting: RegistryImport) -> Proposal:
    if waiting.state is not ImportState.PROPOSED:
        counts = {name: n for name, n in (waiting.outcome or {}).items() if isinstance(n, int)}
        return _decided(waiting, counts)
    export = kept_exports.taken_out(keys_of(session), waiting)
    seen = compare(session, by, export)
    faults = [RowFault(row=one.row, field=one.column, how=one.sentence) for one in export.faults]
    return Proposal(
        import_id=waiting.id,
        state=waiting.state.value,
        expires_at=waiting.expires_at,
        counts={
            "new": seen.new_doses,
            "on_record": seen.on_record,
            "before_birth": len(seen.before_birth),
            "left_out": seen.left_out,
            "unknown_children": len(seen.unknown),
            "conflicts": len(seen.conflicts),
        },
        faults=faults[:_MOST_FAULTS],
        questions=len(seen.open) + len(seen.open_products),
        ready=bool(seen.new_doses),
        seen=seen.stamp,
    )


def _decided(waiting: RosterImport | RegistryImport, counts: dict[str, int]) -> Proposal:
    return Proposal(
        import_id=waiting.id,
        state=waiting.state.value,
        expires_at=waiting.expires_at,
        counts=counts,
        faults=[],
        questions=0,
        ready=False,
        seen=None,
    )
