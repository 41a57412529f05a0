"""Every clause and reading that the law cites, gathered from the compiled rule data."""

import dataclasses
from functools import cache
from typing import Any

from rules import national


@cache
def citations() -> frozenset[str]:
    """The clauses and readings that the rule data cites, and every reading there is."""
    law = national()
    return frozenset({*law.readings, *_cited(law)})


def _cited(thing: Any) -> set[str]:
    if isinstance(thing, type):
        return set()
    if dataclasses.is_dataclass(thing):
        found: set[str] = set()
        for field in dataclasses.fields(thing):
            value = getattr(thing, field.name)
            found |= {value} if field.name.endswith("citation") else _cited(value)
        return found
    if isinstance(thing, dict):
        thing = tuple(thing.values())
    if isinstance(thing, tuple | list | frozenset):
        return {citation for item in thing for citation in _cited(item)}
    return set()
