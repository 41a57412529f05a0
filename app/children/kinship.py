"""Who at a school is a twin or a sibling: said beside a name, so that nobody takes one child for the other."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from enum import StrEnum

from app.privacy.roster import Entry


class Kin(StrEnum):
    """The nearest one that a child has on the roster."""

    TWIN = "twin"
    #: Born on one day with one family name, and no phone to tell.
    PERHAPS_TWIN = "perhaps_twin"
    SIBLING = "sibling"


def kin_of(roster: Sequence[Entry], wanted: Collection[int]) -> dict[int, Kin]:
    """Of these children those that have a twin or a sibling; same guardian's phone is the same family."""
    families: dict[int, list[Entry]] = defaultdict(list)
    birthdays: dict[tuple[object, str], list[Entry]] = defaultdict(list)
    for entry in roster:
        for phone in entry.phones:
            families[phone].append(entry)
        birthdays[entry.birth_date, entry.name[:1]].append(entry)
    found: dict[int, Kin] = {}
    for entry in roster:
        if entry.child_id in wanted:
            kin = _kin(entry, [one for phone in entry.phones for one in families[phone]], birthdays)
            if kin is not None:
                found[entry.child_id] = kin
    return found


def _kin(entry: Entry, family: Sequence[Entry], birthdays: dict[tuple[object, str], list[Entry]]) -> Kin | None:
    others = [one for one in family if one.child_id != entry.child_id]
    if any(one.birth_date == entry.birth_date for one in others):
        return Kin.TWIN
    same_day = [one for one in birthdays[entry.birth_date, entry.name[:1]] if one.child_id != entry.child_id]
    # Two known phones that differ are two families.
    if any(not (one.phones and entry.phones) for one in same_day):
        return Kin.PERHAPS_TWIN
    return Kin.SIBLING if others else None
