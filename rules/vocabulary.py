"""The nouns of the law: what goes into a judgement and what comes out of it.

Doses and findings are named tuples: a child has some dozens of them, and frozen dataclasses take twice as long to make.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rules.ages import Day, Span


class Reason(StrEnum):
    """Why a dose does not count for a line."""

    TOO_YOUNG = "too_young"
    TOO_SOON = "too_soon"
    TOO_OLD = "too_old"
    DUPLICATE = "duplicate"
    WRONG_PRODUCT = "wrong_product"
    DOUBTED = "doubted"
    UNDATED = "undated"
    BEFORE_BIRTH = "before_birth"
    IN_FUTURE = "in_future"


class DoseWarning(StrEnum):
    """What a reader should know of a dose although nothing follows from it."""

    LIVE_INTERVAL = "live_interval"
    SHORT_INTERVAL = "short_interval"
    PRODUCT_WITHDRAWN = "product_withdrawn"


class Status(StrEnum):
    """How a line stands on the day of the check."""

    COMPLETE = "complete"
    UP_TO_DATE = "up_to_date"
    OWED = "owed"
    REVIEW = "review"
    CLOSED = "closed"
    EXEMPT = "exempt"


class State(StrEnum):
    """Where an owed dose stands on the day of the check."""

    WAITING = "waiting"
    DUE = "due"
    OVERDUE = "overdue"


class Verdict(StrEnum):
    """What the doses alone say of the child."""

    CATCH_UP = "catch_up"
    REVIEW = "review"
    WAIVED = "waived"
    COMPLETE = "complete"


class Result(StrEnum):
    """What the school reports: the certificate, the clinic's word and the verdict together."""

    NO_CERTIFICATE = "no_certificate"
    REVIEW = "review"
    CATCH_UP = "catch_up"
    WAIVED = "waived"
    COMPLETE = "complete"


class CertificateState(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    BEING_REPLACED = "being_replaced"
    REPLACED = "replaced"
    DOUBTFUL = "doubtful"


class ClinicResult(StrEnum):
    """The clinic's assessment 预防接种完成情况评估结果."""

    COMPLETE = "complete"
    CATCH_UP = "catch_up"
    NONE = "none"


class Source(StrEnum):
    """Where the record of a dose comes from."""

    BOOKLET = "booklet"
    REGISTRY = "registry"
    CLINIC = "clinic"
    GUARDIAN = "guardian"


class DoubtKind(StrEnum):
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"
    UNTRUE = "untrue"


class Dose(NamedTuple):
    """One dose as recorded: a catalogue code and a day, or no readable day."""

    product: str
    day: Day | None
    source: Source = Source.BOOKLET


@dataclass(frozen=True, slots=True)
class Doubt:
    """A person's doubt on one dose of a line, or (dose None) on every dose of it."""

    line: str
    dose: int | None
    kind: DoubtKind


@dataclass(frozen=True, slots=True)
class Child:
    """Everything that a judgement rests on, and nothing else."""

    birth: Day
    as_of: Day
    doses: tuple[Dose, ...]
    certificate: CertificateState = CertificateState.PRESENT
    clinic_result: ClinicResult = ClinicResult.NONE
    hbsag_exposed_under_2000g: bool = False
    avoid_live: bool = False
    exempt: frozenset[str] = frozenset()
    doubts: tuple[Doubt, ...] = ()


class Fault(NamedTuple):
    """One reason with what it was measured by: `needed` after `since` would have been `from_day`.

    `slot` is the dose number that was tried. Reasons without a measure carry none of these.
    """

    reason: Reason
    slot: int | None = None
    needed: Span | None = None
    since: Day | None = None
    from_day: Day | None = None
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a dose was weighed by: on its `day` it was to be `needed` after `since`, which is the day `ready`.

    `reason`: what the dose would be refused for, and so what was compared: an age or an interval.
    """

    reason: Reason
    slot: int | None
    needed: Span
    since: Day
    ready: Day
    day: Day
    citation: str

    @property
    def met(self) -> bool:
        """Whether the day was reached; a law with days of grace may let a dose count that missed it."""
        return self.day < self.ready if self.reason is Reason.TOO_OLD else self.day >= self.ready


@dataclass(slots=True)
class DoseFate:
    """What became of one recorded dose, line by line."""

    index: int
    counts_for: dict[str, int]
    faults: dict[str, tuple[Fault, ...]]
    warnings: list[DoseWarning]


class Floor(NamedTuple):
    """One thing that an owed dose waits for: `span` after the day `since` is `day`.

    `kind`: `age` (since birth), `line` (the latest dose of the line), another anchor of the line, or `live` (the
    28 days between injected live products).
    """

    kind: str
    span: Span
    since: Day
    day: Day
    citation: str


class Owed(NamedTuple):
    """A dose that is due and not given. `type2_dose`: for polio, which of the doses holding type 2 it is to be."""

    product: str
    dose: int
    earliest: Day
    state: State
    condition: str | None
    because: tuple[str, ...]
    scheduled: Day
    age: Span
    floors: tuple[Floor, ...]
    type2_dose: int | None = None
    #: The day by which it should have been given; None where the texts name none.
    overdue_from: Day | None = None


class Next(NamedTuple):
    """The next dose of a line of which nothing is owed now."""

    product: str
    dose: int
    from_day: Day


class LineFinding(NamedTuple):
    """How one line stands."""

    line: str
    status: Status
    owed: tuple[Owed, ...]
    next: Next | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole judgement of one child on one day under one edition. `child`: all that it rests on."""

    edition: str
    rules_digest: str
    verdict: Verdict
    result: Result
    lines: tuple[LineFinding, ...]
    doses: tuple[DoseFate, ...]
    child: Child
