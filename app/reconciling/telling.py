"""One dose as one side tells it, and the words of a comparison. Pure."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Who tells: 接种证 (also what a guardian says), 登记系统, 接种单位."""

    BOOKLET = "booklet"
    REGISTRY = "registry"
    CLINIC = "clinic"


class Kind(StrEnum):
    """How the sides stand to each other about one dose."""

    SAME = "same"
    OTHER_DATE = "other_date"
    OTHER_PRODUCT = "other_product"
    #: On record, and the registry's file, which goes further, does not have it.
    NOT_IN_REGISTRY = "not_in_registry"
    #: Only the registry or the clinic tells it. A booklet that was not typed whole is silent about much: no difference.
    ALONE = "alone"


#: The sides contradict each other: one dose, two truths.
CONTRADICTIONS = frozenset({Kind.OTHER_DATE, Kind.OTHER_PRODUCT})
#: What somebody is asked to settle.
QUESTIONS = CONTRADICTIONS | {Kind.NOT_IN_REGISTRY}


class Cause(StrEnum):
    """Why two sides may differ about one dose; the likeliest first."""

    COMBINED = "combined"
    PRODUCT_NAME = "product_name"
    MONTH_ONLY = "month_only"
    SWAPPED = "swapped"
    YEAR = "year"
    NEIGHBOUR = "neighbour"
    DIGIT = "digit"
    #: Closer together than two doses of one vaccine can be.
    TOO_CLOSE = "too_close"


@dataclass(frozen=True, slots=True)
class Told:
    """A dose as one side tells it. `record`: the dose record that holds it, if one does."""

    side: Side
    product: str
    day: dt.date | None
    as_written: str = ""
    partial: str = ""
    record: int | None = None

    @property
    def mark(self) -> str:
        """The same for the same words of the same side; says nothing to who reads it."""
        said = f"{self.side}|{self.product}|{self.as_written}|{self.day or self.partial}"
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Row:
    """What the sides say of one dose."""

    told: tuple[Told, ...]
    kind: Kind
    cause: Cause | None = None
    #: Somebody decided on exactly this before.
    settled: bool = False

    @property
    def key(self) -> str:
        """Names the row in a form; another one as soon as anybody tells anything else."""
        return hashlib.sha256("".join(sorted(self.marks)).encode()).hexdigest()[:20]

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(one.mark for one in self.told)

    @property
    def open(self) -> bool:
        return self.kind in QUESTIONS and not self.settled

    @property
    def sides(self) -> list[Side]:
        return [side for side in Side if any(one.side is side for one in self.told)]

    def of(self, side: Side) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.side is side)

    @property
    def day(self) -> dt.date | None:
        return min((one.day for one in self.told if one.day), default=None)
