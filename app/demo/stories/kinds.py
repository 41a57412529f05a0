"""What a story is: a kind of history, and how many children of each group have it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.children.kinds import CertificateState, ClinicResult, DoubtKind, ExemptionKind, Origin
from app.demo.faults import Fault
from app.demo.histories import Habit, Pause
from rules.vocabulary import Result


class Group(StrEnum):
    """小班 and 一年级 as rosters; newcomers of 中班 and 大班; newcomers of grades two to six."""

    THREE = "three"
    SIX = "six"
    MIDDLE = "middle"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Doubted:
    """Somebody doubts a dose, or (number None) every dose of a line."""

    line: str
    kind: DoubtKind
    series: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Exempted:
    """The clinic's word on a line, or on every live vaccine."""

    line: str
    kind: ExemptionKind
    for_good: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A story changes the usual courses, or what stands on paper of them.

    `ends` is what it is meant to come out as when a check knows everything (the rules decide, a test compares);
    `share`: how many of about a hundred children of each group; `courses`: series → course, "" for none.
    """

    name: str
    words: str
    share: Mapping[Group, float]
    ends: Result
    courses: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    habit: Habit = Habit.USUAL
    pause: Pause | None = None
    certificate: CertificateState = CertificateState.PRESENT
    #: What the assessment page says; None: what usually stands there for children who end so.
    clinic: ClinicResult | None = None
    doubts: tuple[Doubted, ...] = ()
    exemptions: tuple[Exempted, ...] = ()
    born_small: bool = False
    origin: Origin | None = None


def shares(three: float = 0, six: float = 0, middle: float = 0, older: float = 0) -> dict[Group, float]:
    return {Group.THREE: three, Group.SIX: six, Group.MIDDLE: middle, Group.OLDER: older}
