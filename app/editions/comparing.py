"""Two terms side by side: for a child every line that differs with its reasons, for many the counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.checks.judging import Judgement
from app.editions.choosing import Chosen, line_title
from app.editions.wording import dose_words, line_word
from forms import wording
from rules.ages import iso
from rules.law import Law
from rules.switching import Asked, LineChange, Switch, Tally, switch, switch_all
from rules.vocabulary import Assessment, Owed, Verdict
from rules.vocabulary import Child as Case

#: Children listed by name on one page; the counts are of all.
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ChangedDose:
    day: str
    product: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line: how it stands under both, and the sentences for what is newly owed or no longer."""

    name: str
    before: str
    after: str
    newly: tuple[tuple[str, str, str], ...]
    gone: tuple[tuple[str, str, str], ...]
    doses: tuple[ChangedDose, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One dose of the table: how many children are newly asked for it, and how many no longer."""

    line: str
    vaccine: str
    dose: str
    newly: int
    gone: int


@dataclass(frozen=True, slots=True)
class District:
    """What a change of terms means for many. `listed`: the first children who are newly owed something."""

    tally: Tally
    rows: tuple[Row, ...]
    verdicts: tuple[tuple[Verdict, Verdict, int], ...]
    listed: tuple[tuple[int, tuple[str, ...]], ...]


def compare_child(judgement: Judgement, before: Chosen, after: Chosen) -> tuple[Switch, tuple[ChangedLine, ...]]:
    found = switch(judgement.case, before.terms, after.terms)
    return found, tuple(_line(change, found, before.terms.law, after.terms.law) for change in found.lines)


def compare_many(cases: Iterable[tuple[int, Case]], before: Chosen, after: Chosen) -> District:
    """The counts over all children; of those newly owed something the first ones with their doses."""
    tally = Tally()
    listed = []
    for child, found in switch_all(cases, before.terms, after.terms, tally):
        if found.newly_owed and len(listed) < MOST_LISTED:
            listed.append((child, tuple(_short(line, owed, after.terms.law) for line, owed in found.newly_owed)))
    asked = sorted({*tally.newly_owed, *tally.no_longer_owed}, key=lambda one: (_place(one, after.terms.law), one))
    rows = tuple(
        Row(
            line_title(after.terms.law, one[0]),
            wording.product_name(one[1]),
            wording.dose_number(one[2]),
            tally.newly_owed[one],
            tally.no_longer_owed[one],
        )
        for one in asked
    )
    moved = sorted(tally.verdicts.items(), key=lambda item: -item[1])
    verdicts = tuple((first, second, number) for (first, second), number in moved if first is not second)
    return District(tally, rows, verdicts, tuple(listed))


def _place(asked: Asked, law: Law) -> int:
    codes = law.line_codes
    return codes.index(asked[0]) if asked[0] in codes else len(codes)


def _short(line: str, owed: Owed, law: Law) -> str:
    return f"{line_title(law, line)} {wording.owed_dose(owed)}"


def _line(change: LineChange, found: Switch, before: Law, after: Law) -> ChangedLine:
    child = found.before.child
    return ChangedLine(
        line_title(after if change.after else before, change.line),
        line_word(change.before),
        line_word(change.after),
        _reasons(change.line, change.newly_owed, found.after),
        _reasons(change.line, change.no_longer_owed, found.before),
        tuple(
            ChangedDose(
                iso(day) if (day := child.doses[dose.index].day) is not None else wording.no_day(),
                wording.product_name(child.doses[dose.index].product),
                *dose_words(dose, change),
            )
            for dose in change.doses
        ),
    )


def _reasons(line: str, owed: tuple[Owed, ...], assessment: Assessment) -> tuple[tuple[str, str, str], ...]:
    """What is asked, why, and by which clauses."""
    counted = sum(line in fate.counts_for for fate in assessment.doses)
    debts = next((finding.owed for finding in assessment.lines if finding.line == line), ())
    return tuple(
        (
            f"{wording.product_name(one.product)} {wording.owed_dose(one)}",
            wording.why_owed(one, counted, earlier),
            "、".join(one.because),
        )
        for earlier, one in zip((None, *debts), debts, strict=False)
        if one in owed
    )
