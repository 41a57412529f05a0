"""An export beside the record: which doses are new, which stand there already, which cannot be."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import DoseRecord
from app.people.actors import Actor
from app.registry.matching import Match, Meeting, match_children
from app.registry.rows import Export, FileDose

_AT_ONCE = 500
#: What tells one dose of a child from another.
Given = tuple[str, dt.date]


@dataclass(slots=True, repr=False)
class Proposal:
    """What an export would add to one child of ours."""

    child_id: int
    match: Match
    #: Everything the file has of this child, and of it what is to be written, with its product.
    doses: list[FileDose] = field(default_factory=list)
    new: list[tuple[FileDose, str]] = field(default_factory=list)
    on_record: int = 0
    #: Before the child was born.
    before_birth: list[FileDose] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<Proposal for child {self.child_id}, not shown>"


@dataclass(slots=True, repr=False)
class Comparison:
    """Everything the page of a waiting export shows, and everything that writing it needs."""

    export: Export
    proposals: list[Proposal]
    #: Nobody has said yet whether it is one of the candidates.
    open: list[Match]
    #: Answered: none of the candidates.
    turned_down: list[Match]
    unknown: list[Match]
    conflicts: list[Match]

    @property
    def new_doses(self) -> int:
        return sum(len(one.new) for one in self.proposals)

    @property
    def on_record(self) -> int:
        return sum(one.on_record for one in self.proposals)

    @property
    def before_birth(self) -> list[FileDose]:
        return [dose for one in self.proposals for dose in one.before_birth]

    @property
    def left_out(self) -> int:
        """Doses of children who are not ours, or not yet."""
        return sum(len(one.child.doses) for one in (*self.open, *self.turned_down, *self.unknown, *self.conflicts))

    @property
    def open_products(self) -> dict[str, int]:
        """Names of vaccines that nobody has explained yet."""
        return {name: n for name, n in self.export.unknown_products.items() if name not in self.export.products}

    @property
    def stamp(self) -> str:
        """Two comparisons with one stamp write the same."""
        writes = [
            (one.child_id, [(product, dose.day.isoformat(), dose.lot, dose.unit) for dose, product in one.new])
            for one in self.proposals
            if one.new
        ]
        text = json.dumps([self.export.salt, writes], ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def __repr__(self) -> str:
        return f"<Comparison of {len(self.proposals)} children, not shown>"


def compare(session: Session, actor: Actor, export: Export) -> Comparison:
    """The export beside the record as it is now, the answers counted in."""
    seen = Comparison(export, [], [], [], [], [])
    by_child: dict[int, Proposal] = {}
    for match in match_children(session, actor, export.children):
        chosen = _chosen(match, export)
        if chosen is not None:
            # Two children of the file that are one of ours: their doses go together.
            by_child.setdefault(chosen, Proposal(chosen, match)).doses.extend(match.child.doses)
        else:
            _put_aside(seen, match)
    seen.proposals = list(by_child.values())
    _sort_out(seen, _ever_recorded(session, by_child), _births(by_child.values()))
    return seen


def _chosen(match: Match, export: Export) -> int | None:
    if match.how is Meeting.SURE:
        return match.candidates[0].id
    if match.how is Meeting.ASK:
        answer = export.answers.get(match.child.row)
        return answer if answer in {one.id for one in match.candidates} else None
    return None


def _put_aside(seen: Comparison, match: Match) -> None:
    if match.how is Meeting.CONFLICT:
        seen.conflicts.append(match)
    elif match.how is Meeting.UNKNOWN:
        seen.unknown.append(match)
    elif match.child.row in seen.export.answers:
        seen.turned_down.append(match)
    else:
        seen.open.append(match)


def _births(proposals: Iterable[Proposal]) -> dict[int, dt.date]:
    return {
        one.child_id: next(child.birth_date for child in one.match.candidates if child.id == one.child_id)
        for one in proposals
    }


def _ever_recorded(session: Session, ids: Iterable[int]) -> dict[int, set[Given]]:
    """Every dose ever on record, also those that somebody corrected or withdrew: a file does not bring them back."""
    found: dict[int, set[Given]] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), _AT_ONCE):
        rows = session.execute(
            select(DoseRecord.child_id, DoseRecord.product, DoseRecord.day).where(
                DoseRecord.child_id.in_(ordered[start : start + _AT_ONCE]), DoseRecord.day.is_not(None)
            )
        )
        for child_id, product, day in rows:
            found.setdefault(child_id, set()).add((product, day))
    return found


def _sort_out(seen: Comparison, recorded: dict[int, set[Given]], births: dict[int, dt.date]) -> None:
    answers = seen.export.products
    for one in seen.proposals:
        known = set(recorded.get(one.child_id, ()))
        for dose in one.doses:
            product = dose.product or answers.get(dose.named)
            if not product:
                continue
            if dose.day < births[one.child_id]:
                one.before_birth.append(dose)
            elif (product, dose.day) in known:
                one.on_record += 1
            else:
                known.add((product, dose.day))
                one.new.append((dose, product))
