"""Who may be a twin: born the same day, of one surname, with a guardian, a phone or an address in common.

A badge, never a decision: twins are two children, and this is how a clerk sees that the system knows it.
"""

from collections.abc import Iterable

from app.privacy.folding import fold_name, fold_phone
from app.privacy.identities import Guardian
from app.roster.known import Known
from app.roster.rows import Row

#: More names than this do not help anybody, and a home's address is shared by many.
_MOST = 6


class Families:
    """Everybody in the file and at the school, by birth date, surname and what families have in common."""

    def __init__(self, rows: Iterable[Row], here: Iterable[Known]) -> None:
        self._names: dict[tuple[object, ...], dict[str, str]] = {}
        for known in here:
            identity = known.identity
            self._add(known.birth_date, identity.name, identity.guardians, identity.address)
        for row in rows:
            if row.birth_date and row.name:
                self._add(row.birth_date, row.name, row.guardians, row.address)

    def twins_of(self, row: Row) -> tuple[str, ...]:
        """The names of those who may be this child's twins."""
        own = fold_name(row.name)
        found = {
            folded: name
            for mark in _marks(row.guardians, row.address)
            for folded, name in self._names.get((row.birth_date, own[:1], mark), {}).items()
        }
        found.pop(own, None)
        return tuple(sorted(found.values())[:_MOST])

    def _add(self, born: object, name: str, guardians: Iterable[Guardian], address: str) -> None:
        folded = fold_name(name)
        for mark in _marks(guardians, address):
            family = self._names.setdefault((born, folded[:1], mark), {})
            if len(family) <= _MOST:
                family[folded] = name


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
