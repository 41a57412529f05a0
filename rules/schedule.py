"""The law as frozen data: sources, editions, products, and the pieces that every line is made of."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, NewType

from rules.ages import Day, Span
from rules.vocabulary import DoseWarning

#: Names that must stand elsewhere in the law; the loader looks them up.
SourceId = NewType("SourceId", str)
ProductCode = NewType("ProductCode", str)
LineCode = NewType("LineCode", str)
#: What an interval can be measured from; see `Slot`. The last three are those of Men.
Anchor = Literal["previous", "first", "A", "AC", "polysaccharide"]


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the law; days are those from which it is in force."""

    id: str
    title: str
    in_force: Day
    number: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A decision of ours where the texts are silent or can be read in two ways; cited like a clause."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A rule edition: which document speaks for a line from a day on. `rank` orders editions, oldest first."""

    id: str
    source: str
    in_force: Day
    rank: int


@dataclass(frozen=True, slots=True)
class Rereading:
    """From a day on a recorded product is taken for another one (R5, R22)."""

    product: ProductCode
    citation: str
    from_day: Day | None = None
    before: Day | None = None
    warning: DoseWarning | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What the leaflet says: from which age, before which, how many doses in all. Shown, never judged by.

    `unsure`: leaflets differ, or we have not seen one that settles it.
    """

    age_from: Span
    age_before: Span | None = None
    doses: int | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class RegistryCode:
    """A code of the immunisation registries; where they differ it is `unsure` and names a possibility only."""

    code: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Spelling:
    """How names of products are read: `same` replaces the left by the right, `beside` are words that say nothing."""

    same: dict[str, str]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the catalogue. `feeds` are line codes; `traits` are what the lines ask of a product."""

    code: str
    name: str
    feeds: tuple[LineCode, ...]
    live_injected: bool = False
    oral: bool = False
    components: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    read_as: tuple[Rereading, ...] = ()
    label: Label | None = None
    registry: tuple[RegistryCode, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One dose of a series: its minimum age is also its scheduled age. `dose`: its number, unless the thinking counts.

    `after` maps an anchor to a minimum interval. The anchor `previous` is the previous counted dose when a given dose
    is judged, and the latest dose given when an owed one is forecast (R9); `first` is the counted first dose in both.
    `grace`: the days by which a given dose may come too early and count all the same; the national law has none (R4).
    """

    age: Span
    citation: str
    dose: int = 0
    product: ProductCode = ProductCode("")
    after: dict[Anchor, Span] = field(default_factory=dict)
    complete_by: Span | None = None
    grace: int = 0


class Step(NamedTuple):
    """A dose that a line still wants: when it is scheduled and what it waits for.

    `after`: anchor → interval. `gap`: days after the latest dose of the whole line, whatever else is stated (R9).
    `until`: not owed when its earliest day would be on or after that day. `moves`: the anchors that giving it moves,
    beside `line` and `previous`. `type2_dose`: a polio dose asked for as this number of those that hold type 2.
    """

    product: str
    dose: int
    age: Span
    after: dict[Anchor, Span]
    overdue_from: Day | None
    citation: str
    condition: str | None = None
    until: Day | None = None
    gap: Span | None = None
    moves: tuple[str, ...] = ()
    type2_dose: int | None = None
