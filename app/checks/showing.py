"""Turns a judgement into the rows of a page: what is owed, to be verified, not counted, and what is fine."""

from dataclasses import dataclass

from app.checks.judging import Judgement
from forms import wording
from rules import national
from rules.ages import iso
from rules.vocabulary import DoseFate, LineFinding, Owed, Reason, State, Status

_REFUSED = frozenset({Reason.BEFORE_BIRTH, Reason.IN_FUTURE})


@dataclass(frozen=True, slots=True)
class OwedRow:
    vaccine: str
    dose: str
    state: State
    why: str
    when: str | None
    because: str


@dataclass(frozen=True, slots=True)
class UncountedRow:
    what: str
    day: str
    why: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One dose of the grid, or a dose that is owed. `record` is None where nothing is on record yet."""

    number: str
    state: str
    title: str
    caption: tuple[str, ...]
    record: int | None = None


@dataclass(frozen=True, slots=True)
class LineRow:
    name: str
    status: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page says about a judgement, in words."""

    result: str
    summary: str
    say: str
    edition: str
    owed: tuple[OwedRow, ...]
    #: Debts of lines in review: under 核实, never as owed.
    to_verify: tuple[OwedRow, ...]
    uncounted: tuple[UncountedRow, ...]
    warned: tuple[UncountedRow, ...]
    waived: tuple[tuple[str, str], ...]
    not_owed: tuple[str, ...]
    #: The same lines with the number of doses that counted.
    covered: tuple[tuple[str, int], ...]
    following: tuple[tuple[str, str], ...]
    lines: tuple[LineRow, ...]


def show(judgement: Judgement, written: dict[int, str]) -> Shown:
    """The rows of a judgement; `written`: by record, what stands on paper where there is no day or no product."""
    assessment = judgement.assessment
    lines = assessment.lines
    return Shown(
        result=assessment.result.value,
        summary=wording.summary(assessment),
        say=wording.say_next(assessment),
        edition=assessment.edition,
        owed=tuple(_owed_rows(judgement, Status.OWED)),
        to_verify=tuple(_owed_rows(judgement, Status.REVIEW)),
        uncounted=tuple(_uncounted(judgement, written)),
        warned=tuple(_warned(judgement)),
        waived=tuple(
            (wording.line_name(line.line), wording.status_word(line.status))
            for line in lines
            if line.status in (Status.EXEMPT, Status.CLOSED)
        ),
        not_owed=tuple(
            wording.line_name(line.line) for line in lines if line.status in (Status.COMPLETE, Status.UP_TO_DATE)
        ),
        covered=tuple(
            (wording.line_name(line.line), _counted(judgement, line.line))
            for line in lines
            if line.status in (Status.COMPLETE, Status.UP_TO_DATE)
        ),
        following=tuple(
            (
                f"{wording.product_name(line.next.product)} {wording.dose_number(line.next.dose)}",
                iso(line.next.from_day),
            )
            for line in lines
            if line.next
        ),
        lines=tuple(_line_row(judgement, line, written) for line in lines) + tuple(_others(judgement, written)),
    )


@dataclass(frozen=True, slots=True)
class Debts:
    """The part of an answer that changes while doses are typed."""

    result: str
    owed: tuple[OwedRow, ...]
    to_verify: tuple[OwedRow, ...]
    uncounted: tuple[UncountedRow, ...]


def debts(judgement: Judgement) -> Debts:
    """What is owed, to be verified and not counted; quick enough for every date that is typed."""
    return Debts(
        judgement.assessment.result.value,
        tuple(_owed_rows(judgement, Status.OWED)),
        tuple(_owed_rows(judgement, Status.REVIEW)),
        tuple(_uncounted(judgement, {})),
    )


def _owed_rows(judgement: Judgement, status: Status) -> list[OwedRow]:
    rows = []
    for line in judgement.assessment.lines:
        if line.status is not status:
            continue
        before = (None, *line.owed)
        counted = _counted(judgement, line.line)
        rows += [_owed_row(owed, counted, after) for owed, after in zip(line.owed, before, strict=False)]
    return rows


def reasons_by_dose(judgement: Judgement) -> dict[tuple[str, str, int], OwedRow]:
    """Every debt, those to be verified among them, by its line, product and number."""
    found = {}
    for line in judgement.assessment.lines:
        counted = _counted(judgement, line.line)
        for owed, after in zip(line.owed, (None, *line.owed), strict=False):
            found[line.line, owed.product, owed.dose] = _owed_row(owed, counted, after)
    return found


def _counted(judgement: Judgement, line: str) -> int:
    return sum(line in fate.counts_for for fate in judgement.assessment.doses)


def _owed_row(owed: Owed, counted: int, after: Owed | None) -> OwedRow:
    return OwedRow(
        vaccine=wording.product_name(owed.product),
        dose=wording.owed_dose(owed),
        state=owed.state,
        why=wording.why_owed(owed, counted, after),
        when=iso(owed.earliest) if owed.state is State.WAITING else None,
        because="、".join(owed.because),
    )


def _uncounted(judgement: Judgement, written: dict[int, str]) -> list[UncountedRow]:
    """Every dose that does not count for a line; one row for all lines that say the same of it."""
    rows = []
    for fate in judgement.assessment.doses:
        seen: dict[str, list[str]] = {}
        refused = False
        for line, faults in fate.faults.items():
            doubts = tuple(
                doubt.kind for doubt in judgement.case.doubts if doubt.line == line and doubt.dose in (None, fate.index)
            )
            why = wording.why_uncounted(faults, judgement.case, fate.index, doubts)
            seen.setdefault(why, []).append(wording.line_name(line))
            refused = refused or faults[0].reason in _REFUSED
        for why, names in seen.items():
            product = wording.product_name(judgement.case.doses[fate.index].product)
            what = (
                product
                if len(fate.faults) == len(names) and not fate.counts_for
                else f"{product}（{'、'.join(names)}）"
            )
            rows.append(UncountedRow(what, _day_or_text(judgement, fate, written), why, refused))
    return rows


def _warned(judgement: Judgement) -> list[UncountedRow]:
    return [
        UncountedRow(
            wording.product_name(judgement.case.doses[fate.index].product),
            _day_or_text(judgement, fate, {}),
            wording.why_warned(warning),
            refused=False,
        )
        for fate in judgement.assessment.doses
        for warning in fate.warnings
    ]


def _line_row(judgement: Judgement, line: LineFinding, written: dict[int, str]) -> LineRow:
    products = national().products
    cells = [
        _dose_cell(judgement, fate, line.line, written)
        for fate in judgement.assessment.doses
        if line.line in products[judgement.case.doses[fate.index].product].feeds
    ]
    state = "owed" if line.status is Status.OWED else "asked"
    for owed in line.owed:
        when = iso(owed.earliest) if owed.state is State.WAITING else wording.state_word(owed.state)
        cells.append(Cell(str(owed.dose), state, wording.product_name(owed.product), (when,)))
    return LineRow(wording.line_name(line.line), wording.status_word(line.status), tuple(cells))


def _others(judgement: Judgement, written: dict[int, str]) -> list[LineRow]:
    """Doses outside the national lines: shown, never asked for."""
    products = national().products
    cells = [
        _dose_cell(judgement, fate, "", written)
        for fate in judgement.assessment.doses
        if not products[judgement.case.doses[fate.index].product].feeds
    ]
    return [LineRow(wording.line_name("others"), "", tuple(cells))] if cells else []


def _dose_cell(judgement: Judgement, fate: DoseFate, line: str, written: dict[int, str]) -> Cell:
    dose = judgement.case.doses[fate.index]
    record = judgement.inputs["doses"][fate.index].get("record")
    number = fate.counts_for.get(line)
    caption = [
        written.get(record, dose.product) if "outside" in national().products[dose.product].traits else dose.product
    ]
    if dose.day is not None and dose.day >= judgement.case.birth:
        caption.append(wording.compact_age(judgement.case.birth, dose.day))
    return Cell(
        str(number) if number else "·",
        _cell_state(fate, line),
        _day_or_text(judgement, fate, written),
        tuple(caption),
        record,
    )


def _cell_state(fate: DoseFate, line: str) -> str:
    faults = fate.faults.get(line)
    if not faults:
        return "ok"
    if faults[0].reason in _REFUSED:
        return "refused"
    return "unreadable" if faults[0].reason is Reason.UNDATED else "uncounted"


def _day_or_text(judgement: Judgement, fate: DoseFate, written: dict[int, str]) -> str:
    day = judgement.case.doses[fate.index].day
    if day is not None:
        return iso(day)
    record = judgement.inputs["doses"][fate.index].get("record")
    return written.get(record) or wording.no_day()
