"""Men: an A-line before 24 months, then two doses of A+C; conjugates may stand for the A-line as their labels ask."""

from dataclasses import dataclass, field

from rules.ages import Day, Span
from rules.lines.forecast import COMPLETE, Forecast, line_anchors
from rules.record import Given, Record
from rules.schedule import Slot, Step
from rules.vocabulary import Child, DoseWarning, Fault, Reason


@dataclass(frozen=True, slots=True)
class Course:
    """What a label asks of conjugates alone, by the age at the first one (R17)."""

    doses: int
    citation: str
    begun_before: Span | None = None
    or_doses: int | None = None
    with_one_from: Span | None = None


@dataclass(frozen=True, slots=True)
class GivenRule:
    """The A-line ends at `a_ends`; from then on any product holding A and C is an A+C dose. `grace`: see Slot."""

    in_force: Day
    polysaccharide_from: Span
    conjugate_from: Span
    a_ends: Span
    a_doses: int
    a_interval: Span
    conjugate_interval: Span
    conjugate_courses: tuple[Course, ...]
    ac_interval: Span
    short_after_polysaccharide: Span
    short_after_a: Span
    citation: str
    grace: int = 0


@dataclass(frozen=True, slots=True)
class OwedRule:
    a_ends: Span
    a: tuple[Slot, ...]
    ac: tuple[Slot, ...]
    ac_age_without_a: Span
    citation: str


@dataclass(slots=True)
class Progress:
    """The counted doses of each half; `finished`: nothing more is wanted of the A-line."""

    a: list[Given] = field(default_factory=list)
    ac: list[Given] = field(default_factory=list)
    finished: bool = False

    @property
    def last_polysaccharide(self) -> Day | None:
        return max((dose.day for dose in self.a if "conjugate" not in dose.product.traits), default=None)


def judge(record: Record, child: Child, rules: tuple[GivenRule, ...]) -> Progress:
    rule = rules[-1]
    progress = Progress()
    ends = rule.a_ends.after(child.birth)
    for dose in record.judged:
        polysaccharide_ac = "AC" in dose.product.traits and "conjugate" not in dose.product.traits
        if dose.day >= ends or (polysaccharide_ac and dose.day + rule.grace >= ends):
            _judge_late(record, dose, rule, progress, child.birth)
        elif polysaccharide_ac:
            too_young = Fault(Reason.TOO_YOUNG, rule.a_doses + 1, rule.a_ends, child.birth, ends, rule.citation)
            record.refuse(dose, (too_young,))
            record.tell(dose, rule.a_doses + 1, Reason.TOO_YOUNG, rule.a_ends, child.birth, rule.citation)
        elif not progress.finished:
            _judge_a(record, dose, rule, progress, child.birth)
    return progress


def _judge_a(record: Record, dose: Given, rule: GivenRule, progress: Progress, birth: Day) -> None:
    conjugate = "conjugate" in dose.product.traits
    day = dose.day + rule.grace
    number = len(progress.a) + 1
    age = rule.conjugate_from if conjugate else rule.polysaccharide_from
    faults = []
    ready = age.after(birth)
    record.tell(dose, number, Reason.TOO_YOUNG, age, birth, rule.citation)
    if day < ready:
        faults.append(Fault(Reason.TOO_YOUNG, number, age, birth, ready, rule.citation))
    if progress.a:
        previous = progress.a[-1]
        both = conjugate and "conjugate" in previous.product.traits
        span = rule.conjugate_interval if both else rule.a_interval
        ready = span.after(previous.day)
        record.tell(dose, number, Reason.TOO_SOON, span, previous.day, rule.citation)
        if day < ready:
            faults.append(Fault(Reason.TOO_SOON, number, span, previous.day, ready, rule.citation))
    if faults:
        record.refuse(dose, tuple(faults))
        return
    record.count(dose, number)
    progress.a.append(dose)
    progress.finished = _finished(progress.a, rule, birth)


def _finished(doses: list[Given], rule: GivenRule, birth: Day) -> bool:
    if any("conjugate" not in dose.product.traits for dose in doses):
        return len(doses) >= rule.a_doses
    for course in rule.conjugate_courses:
        if course.begun_before is None or doses[0].day < course.begun_before.after(birth):
            break
    if len(doses) >= course.doses:
        return True
    if course.or_doses is None or course.with_one_from is None:
        return False
    return len(doses) >= course.or_doses and doses[-1].day >= course.with_one_from.after(birth)


def _judge_late(record: Record, dose: Given, rule: GivenRule, progress: Progress, birth: Day) -> None:
    """A dose from the end of the A-line on: the A vaccine comes too late, an A+C dose is the first or the second."""
    first = rule.a_doses + 1
    if "AC" not in dose.product.traits:
        ends = rule.a_ends.after(birth)
        record.refuse(dose, (Fault(Reason.TOO_OLD, None, rule.a_ends, birth, ends, rule.citation),), suspicious=False)
        record.tell(dose, None, Reason.TOO_OLD, rule.a_ends, birth, rule.citation)
    elif not progress.ac:
        if _short(dose, rule, progress):
            record.warn(dose, DoseWarning.SHORT_INTERVAL)
        record.tell(dose, first, Reason.TOO_YOUNG, rule.a_ends, birth, rule.citation)
        record.count(dose, first)
        progress.ac.append(dose)
    elif len(progress.ac) == 1:
        since = progress.ac[0].day
        ready = rule.ac_interval.after(since)
        record.tell(dose, first + 1, Reason.TOO_SOON, rule.ac_interval, since, rule.citation)
        if dose.day + rule.grace < ready:
            fault = Fault(Reason.TOO_SOON, first + 1, rule.ac_interval, since, ready, rule.citation)
            record.refuse(dose, (fault,))
        else:
            record.count(dose, first + 1)
            progress.ac.append(dose)


def _short(dose: Given, rule: GivenRule, progress: Progress) -> bool:
    """Whether a first A+C dose came nearer to the A-line than asked; it counts all the same (R18)."""
    polysaccharide = progress.last_polysaccharide
    if (
        progress.finished
        and polysaccharide is not None
        and dose.day < rule.short_after_polysaccharide.after(polysaccharide)
    ):
        return True
    return bool(progress.a) and dose.day < rule.short_after_a.after(progress.a[-1].day)


def forecast(record: Record, progress: Progress, child: Child, rule: OwedRule, gap: Span) -> Forecast:
    if len(progress.ac) == len(rule.ac):
        return COMPLETE
    ends = rule.a_ends.after(child.birth)
    steps: list[Step] = []
    if child.as_of < ends and not progress.finished:
        for slot in rule.a[min(len(progress.a), 1) :]:
            steps.append(_step(slot, child.birth, gap, until=ends, moves=("A",)))
    for slot in rule.ac[len(progress.ac) :]:
        first = slot is rule.ac[0]
        age = rule.ac_age_without_a if first and not progress.finished else slot.age
        steps.append(_step(slot, child.birth, gap, age=age, moves=("AC",)))
    return Forecast(steps, _anchors(record, progress, ends))


def _anchors(record: Record, progress: Progress, ends: Day) -> dict[str, Day]:
    """The days of each half: `A` (the A vaccine at any age, conjugates before 24 months), `AC`, `polysaccharide`."""
    anchors = line_anchors(record)
    for dose in record.given:
        conjugate, ac = "conjugate" in dose.product.traits, "AC" in dose.product.traits
        anchors["A" if not ac or (conjugate and dose.day < ends) else "AC"] = dose.day
    # Only the interval from the last dose of a finished A-line is measured from a counted dose.
    if progress.finished and progress.last_polysaccharide is not None:
        anchors["polysaccharide"] = progress.last_polysaccharide
    return anchors


def _step(
    slot: Slot, birth: Day, gap: Span, *, moves: tuple[str, ...], age: Span | None = None, until: Day | None = None
) -> Step:
    return Step(
        product=slot.product,
        dose=slot.dose,
        age=age or slot.age,
        after=slot.after,
        overdue_from=slot.complete_by.after(birth) if slot.complete_by else None,
        citation=slot.citation,
        until=until,
        gap=gap,
        moves=moves,
    )
