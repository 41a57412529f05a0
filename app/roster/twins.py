"""Who may be a twin: born the same day, of one surname, with a guardian, a phone or an address in common.

A badge, never a decision: twins are two children, and this is how a clerk sees that the system knows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.privacy.folding import fold_name, fold_phone
from app.privacy.identities import Guardian
from app.roster.known import Known
from app.roster.rows import Row


@dataclass(frozen=True, slots=True, repr=False)
class _Member:
    name: str
    #: What families have in common.
    marks: frozenset[str]


class Families:
    """Everybody in the file and at the school, by birth date and surname."""

    def __init__(self, rows: Iterable[Row], here: Iterable[Known]) -> None:
        self._members: dict[tuple[object, str], dict[str, _Member]] = {}
        for known in here:
            identity = known.identity
            self._add(known.birth_date, identity.name, identity.guardians, identity.address)
        for row in rows:
            if row.birth_date and row.name:
                self._add(row.birth_date, row.name, row.guardians, row.address)

    def twins_of(self, row: Row) -> tuple[str, ...]:
        """The names of those who may be this child's twins."""
        marks = _marks(row.guardians, row.address)
        born = self._members.get((row.birth_date, fold_name(row.name)[:1]), {})
        others = (one for name, one in born.items() if name != fold_name(row.name))
        return tuple(sorted(one.name for one in others if one.marks & marks))

    def _add(self, born: object, name: str, guardians: Iterable[Guardian], address: str) -> None:
        folded = fold_name(name)
        of_day = self._members.setdefault((born, folded[:1]), {})
        marks = _marks(guardians, address)
        before = of_day.get(folded)
        of_day[folded] = _Member(name, marks | before.marks if before else marks)


def _marks(guardians: Iterable[Guardian], address: str) -> frozenset[str]:
    found = set()
    for one in guardians:
        if one.name:
            found.add(f"name {fold_name(one.name)}")
        if one.phone:
            found.add(f"phone {fold_phone(one.phone)}")
    if address:
        found.add(f"address {fold_name(address)}")
    return frozenset(found)
