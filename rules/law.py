"""The law of the land: sources, editions, products and lines, compiled once and then only looked up."""

from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from rules.ages import Day, Span
from rules.lines import bcg, dtp, hepa, hepb, je, men, mmr, polio
from rules.schedule import Edition, LineCode, Product, Reading, Source, Spelling

#: The line codes in the order of every list and print, each with its thinking.
THINKING: dict[str, ModuleType] = {
    "BCG": bcg,
    "HepB": hepb,
    "Polio": polio,
    "DTP": dtp,
    "MMR": mmr,
    "JE": je,
    "Men": men,
    "HepA": hepa,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value of the law stands: a line and its part, and which version; for a product the part `products`."""

    line: str
    part: str
    version: str = ""
    born_from: Day | None = None
    born_before: Day | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an overlay replaced or, where nothing stood `before`, added."""

    place: Place
    path: tuple[str, ...]
    before: Any
    after: Any
    citation: str


@dataclass(frozen=True, slots=True)
class Overlay:
    """A province's rules on top of the national ones: what it changed, and its days of grace."""

    name: str
    title: str
    changes: tuple[Change, ...]
    grace_days: int = 0
    grace_citation: str = ""


class UnknownEditionError(LookupError):
    """No edition of that name, or none in force on that day."""


@dataclass(frozen=True, slots=True)
class Version:
    """A rule for a birth cohort: `rank` orders versions, oldest first; cohort limits may be open."""

    rank: int
    rule: Any
    born_from: Day | None = None
    born_before: Day | None = None

    def applies(self, birth: Day) -> bool:
        return (self.born_from is None or birth >= self.born_from) and (
            self.born_before is None or birth < self.born_before
        )

    def overlaps(self, other: "Version") -> bool:
        """Whether a child can belong to both cohorts."""
        starts = max(self.born_from or 0, other.born_from or 0)
        ends = [limit for limit in (self.born_before, other.born_before) if limit is not None]
        return not ends or starts < min(ends)


@dataclass(frozen=True, slots=True)
class LineLaw:
    """One line: its facts and its thinking.

    `ranks` orders the products of one day; `gap` is R9's distance from the latest dose of the line.
    """

    code: str
    title: str
    thinking: ModuleType
    ranks: dict[str, int]
    gap: Span | None
    exempt_when_live_avoided: bool
    given: tuple[Version, ...]
    owed: tuple[Version, ...]
    #: The rules of `given`, where every cohort has the same.
    for_everyone: tuple[Any, ...] | None = field(init=False)

    def __post_init__(self) -> None:
        by_cohort = any(version.born_from or version.born_before for version in self.given)
        rules = None if by_cohort else tuple(version.rule for version in self.given)
        object.__setattr__(self, "for_everyone", rules)

    def given_rules(self, birth: Day) -> tuple[Any, ...]:
        """What makes a dose of a child born on `birth` count, oldest rule first."""
        if self.for_everyone is not None:
            return self.for_everyone
        return tuple(version.rule for version in self.given if version.applies(birth))

    def owed_rule(self, edition: Edition, birth: Day) -> Any:
        """What a child born on `birth` owes under the edition: the newest version that applies."""
        for version in reversed(self.owed):
            if version.rank <= edition.rank and version.applies(birth):
                return version.rule
        raise LookupError(f"{self.code}: no rule for this birth cohort under {edition.id}")


@dataclass(frozen=True, slots=True)
class Law:
    """Everything that a judgement looks up. `digest` names the exact rule data."""

    sources: dict[str, Source]
    readings: dict[str, Reading]
    editions: tuple[Edition, ...]
    products: dict[str, Product]
    spelling: Spelling
    lines: tuple[LineLaw, ...]
    live_interval: Span
    live_citation: str
    ends_at: Span
    ends_citation: str
    digest: str
    overlay: Overlay | None = None
    #: Looked up for every child or dose: the codes of the lines, the injected live products, and the lines that each
    #: product feeds with its rank of a day.
    line_codes: tuple[str, ...] = field(init=False)
    live_codes: frozenset[str] = field(init=False)
    places: dict[str, tuple[tuple[LineCode, int], ...]] = field(init=False)

    def __post_init__(self) -> None:
        live = frozenset(code for code, product in self.products.items() if product.live_injected)
        ranks = {line.code: line.ranks for line in self.lines}
        places = {
            code: tuple((line, ranks[line][code]) for line in product.feeds) for code, product in self.products.items()
        }
        object.__setattr__(self, "line_codes", tuple(ranks))
        object.__setattr__(self, "live_codes", live)
        object.__setattr__(self, "places", places)

    @property
    def name(self) -> str:
        """`national`, or the name of the overlay that lies on it."""
        return self.overlay.name if self.overlay else "national"

    def edition_on(self, day: Day) -> Edition:
        """The edition in force on `day`."""
        for edition in reversed(self.editions):
            if edition.in_force <= day:
                return edition
        raise UnknownEditionError(f"no edition is in force before {self.editions[0].id}: name the edition")

    def edition(self, name: str) -> Edition:
        for edition in self.editions:
            if edition.id == name:
                return edition
        known = ", ".join(edition.id for edition in self.editions)
        raise UnknownEditionError(f"unknown edition {name!r}: there are {known}")
