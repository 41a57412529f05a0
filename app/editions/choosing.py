"""The terms there are to choose from: the editions of the law, alone or under a province's overlay file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.editions.wording import edition_name
from forms import wording
from rules import compiling, national
from rules.ages import Day
from rules.law import THINKING, Law, UnknownEditionError
from rules.switching import Terms

#: Between an edition and an overlay in the value of a choice.
_WITH = "+"
_OVERLAYS = compiling.DATA / "overlays"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One choice: how a page's address names it, and in words."""

    value: str
    name: str
    terms: Terms


@cache
def choices() -> Mapping[str, Chosen]:
    """Every edition under the national law, then every one under each overlay."""
    found = [
        Chosen(_value(law, edition.id), edition_name(law, edition), Terms(law, edition))
        for law in (national(), *_overlays())
        for edition in reversed(law.editions)
    ]
    return {one.value: one for one in found}


def chosen(value: str | None) -> Chosen | None:
    """The choice of that value; None for any other text."""
    return choices().get(value or "")


def in_force(on: Day) -> Chosen:
    """What holds on a day by itself: the national edition of that day, before the first one the first."""
    law = national()
    try:
        edition = law.edition_on(on)
    except UnknownEditionError:
        edition = law.editions[0]
    return choices()[_value(law, edition.id)]


def line_title(law: Law, code: str) -> str:
    """The short name of a line; of a province's own line the title in its file."""
    if code in THINKING:
        return wording.line_name(code)
    return next((line.title for line in law.lines if line.code == code), code)


def _value(law: Law, edition: str) -> str:
    return f"{edition}{_WITH}{law.overlay.name}" if law.overlay else edition


def _overlays() -> list[Law]:
    return [compiling.load(compiling.DATA, path) for path in sorted(_OVERLAYS.glob("*.yaml"))]
