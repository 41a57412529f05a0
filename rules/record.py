"""The doses of one line of one child, put in order and made ready to be judged.

Judging keeps only what failed. A record that is `told` also keeps every comparison that was met, for those who ask why.
"""

from collections.abc import Callable, Iterable, Sequence

from rules.ages import Day, Span
from rules.schedule import Product, Slot
from rules.vocabulary import Comparison, DoseFate, DoseWarning, Fault, Reason

#: Reasons that send a line to review when it owes something without the dose (section 4).
SUSPICIOUS = frozenset({Reason.TOO_YOUNG, Reason.TOO_SOON, Reason.UNDATED, Reason.DOUBTED})

_DUPLICATE = (Fault(Reason.DUPLICATE),)
_DOUBTED = (Fault(Reason.DOUBTED),)


class Given:
    """A dose with a day on which it can have been given. `adds`: what it brings to its day (MMR's older cohort)."""

    __slots__ = ("adds", "day", "index", "product")

    def __init__(self, index: int, day: Day, product: Product, adds: frozenset[str]) -> None:
        self.index = index
        self.day = day
        self.product = product
        self.adds = adds


class Record:
    """What is known of one line. `given`: every dose given (duplicates are none); `judged`: those without a doubt.

    While the line is judged, `counted` grows and the fates of the child's doses are written; `suspect` turns true with
    the first dose that could explain a debt away.
    """

    __slots__ = ("counted", "fates", "given", "judged", "line", "suspect", "told")

    def __init__(self, line: str, fates: Sequence[DoseFate], *, told: bool = False) -> None:
        self.line = line
        self.fates = fates
        self.given: list[Given] = []
        self.judged: list[Given] = []
        self.counted: list[Given] = []
        self.suspect = False
        #: By dose, what it was weighed by; None unless somebody asks.
        self.told: dict[int, list[Comparison]] | None = {} if told else None

    @property
    def latest(self) -> Day | None:
        """The day of the latest dose given, counted or not (R9)."""
        return self.given[-1].day if self.given else None

    def count(self, dose: Given, number: int | None = None) -> None:
        """Let the dose fill the next place of its line, or the place `number`."""
        self.counted.append(dose)
        self.fates[dose.index].counts_for[self.line] = len(self.counted) if number is None else number

    def refuse(self, dose: Given, faults: tuple[Fault, ...], *, suspicious: bool = True) -> None:
        """Keep the dose out, with every reason."""
        self.fates[dose.index].faults[self.line] = faults
        if suspicious:
            self.suspect = True

    def warn(self, dose: Given, warning: DoseWarning) -> None:
        """Say something of the dose from which nothing follows."""
        self.fates[dose.index].warnings.append(warning)

    def tell(self, dose: Given, number: int | None, reason: Reason, span: Span, since: Day, citation: str) -> None:
        """Keep one comparison: whether on its day the dose was `span` after `since`."""
        if self.told is not None:
            ready = span.after(since)
            self.told.setdefault(dose.index, []).append(
                Comparison(reason, number, span, since, ready, dose.day, citation)
            )

    def take(
        self,
        entries: list[tuple[Day, int, int, Product]],
        doubted: Callable[[int], bool] | None,
        shares_a_day: bool,
    ) -> None:
        """Order the entries (day, rank, index, product), set duplicates aside and put doubts on record.

        The winner of a day is chosen before anything is judged. With `shares_a_day` a further product of a day stays
        for the components that it adds.
        """
        entries.sort()
        given = self.given
        day_before = -1
        for day, _rank, index, product in entries:
            if day != day_before:
                day_before = day
                adds = held = product.components
            else:
                adds = product.components - held
                if not (shares_a_day and adds):
                    self.fates[index].faults[self.line] = _DUPLICATE
                    continue
                held = held | adds
            given.append(Given(index, day, product, adds))
        if doubted is None:
            self.judged = given
            return
        for dose in given:
            if doubted(dose.index):
                self.refuse(dose, _DOUBTED)
            else:
                self.judged.append(dose)


def shortfalls(
    record: Record, slot: Slot, dose: Given, birth: Day, anchors: dict[str, Day], age: Span | None = None
) -> tuple[Fault, ...]:
    """Every reason why the dose cannot fill the slot as the next dose of its line; empty when it can.

    `age`: the minimum age, where it is not that of the slot.
    """
    faults: tuple[Fault, ...] = ()
    day = dose.day + slot.grace
    age = age or slot.age
    ready = age.after(birth)
    if day < ready:
        faults = (Fault(Reason.TOO_YOUNG, len(record.counted) + 1, age, birth, ready, slot.citation),)
    for anchor, span in slot.after.items():
        since = anchors.get(anchor)
        if since is not None:
            ready = span.after(since)
            if day < ready:
                fault = Fault(Reason.TOO_SOON, len(record.counted) + 1, span, since, ready, slot.citation)
                faults = (*faults, fault)
    if record.told is not None:
        _tell(record, slot, dose, birth, anchors, age)
    return faults


def _tell(record: Record, slot: Slot, dose: Given, birth: Day, anchors: dict[str, Day], age: Span) -> None:
    number = len(record.counted) + 1
    record.tell(dose, number, Reason.TOO_YOUNG, age, birth, slot.citation)
    for anchor, span in slot.after.items():
        since = anchors.get(anchor)
        if since is not None:
            record.tell(dose, number, Reason.TOO_SOON, span, since, slot.citation)


def fill(
    record: Record, doses: Iterable[Given], slots: Sequence[Slot], birth: Day, *, innocent_before: Day = 0
) -> None:
    """Judge a plain series: each dose is tried on the next open slot; after the last one a dose is extra.

    A dose given before the day `innocent_before` raises no suspicion when it is refused (R15).
    """
    anchors: dict[str, Day] = {}
    for dose in doses:
        number = len(record.counted)
        if number == len(slots):
            return
        faults = shortfalls(record, slots[number], dose, birth, anchors)
        if faults:
            record.refuse(dose, faults, suspicious=dose.day >= innocent_before)
            continue
        record.count(dose)
        anchors["previous"] = dose.day
        if number == 0:
            anchors["first"] = dose.day
