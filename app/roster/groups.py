"""What a comparison comes to: each row of the file in one group, with everything a person needs to decide."""

from dataclasses import dataclass
from enum import StrEnum

from app.roster.class_names import NewClass
from app.roster.known import Known, Place
from app.roster.merging import Change
from app.roster.rows import Fault, Row


class Group(StrEnum):
    """Every row stands in exactly one; the order is the one in which they are looked at."""

    FAULTY = "faulty"
    DUPLICATE = "duplicate"
    CHANGED = "changed"
    TRANSFER = "transfer"
    TWIN = "twin"
    NEW = "new"
    SAME = "same"


class Agreement(StrEnum):
    """What of the row agrees with the record of a child who may be the same; told without showing the record."""

    NUMBER = "number"
    PHONE = "phone"
    GUARDIAN = "guardian"
    ADDRESS = "address"
    #: The record has no identity number, or the row has none: it can prove nothing.
    NO_NUMBER_THERE = "no_number_there"
    NO_NUMBER_HERE = "no_number_here"


@dataclass(frozen=True, slots=True, repr=False)
class Match:
    """A child of the system whom the row means, or may mean, and what would change."""

    known: Known
    #: The enrolment at this school that the row speaks of; None for a child who is not here.
    place: Place | None
    changes: tuple[Change, ...]
    agreements: frozenset[Agreement] = frozenset()

    @property
    def child_id(self) -> int:
        return self.known.child_id

    @property
    def doubtful(self) -> bool:
        return any(change.doubt for change in self.changes)

    def __repr__(self) -> str:
        return f"<Match with child {self.child_id}, not shown>"


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """One row, compared."""

    row: Row
    group: Group
    #: The class it goes to; None for a faulty row, or where the file says none for a child that has one.
    class_id: int | None = None
    new_class: NewClass | None = None
    match: Match | None = None
    candidates: tuple[Match, ...] = ()
    #: The number is taken, so the row cannot be a new child.
    may_be_new: bool = True
    #: Others born the same day of the same family: rows of the file and children of the school, by name.
    twins: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    #: Differs as soon as anything of the above does.
    stamp: str = ""

    def __repr__(self) -> str:
        return f"<Outcome {self.group} of row {self.row.number}, not shown>"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A roster against the present state."""

    outcomes: tuple[Outcome, ...]
    new_classes: tuple[NewClass, ...]
    #: Children of the classes in the file whom the file does not name; shown, never removed.
    missing: tuple[Known, ...]
    #: How many children are in classes that the file does not name at all.
    untouched: int

    def of(self, group: Group) -> list[Outcome]:
        return [one for one in self.outcomes if one.group is group]

    @property
    def counts(self) -> dict[Group, int]:
        return {group: len(self.of(group)) for group in Group}
