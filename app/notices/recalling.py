"""The doses on record, as a notice shows them: by line, so that a parent can dispute a missing one."""

from collections.abc import Mapping

from app.checks.judging import Judgement
from app.children.models import DoseRecord
from forms import wording
from forms.paper.notice import Entry, Record
from forms.wording import english
from rules import national
from rules.ages import iso
from rules.vocabulary import DoseFate


def records(judgement: Judgement, written: Mapping[int, DoseRecord]) -> tuple[Record, ...]:
    """Every dose the check knew, line by line; a combined vaccine stands in each of its lines.

    What feeds no line has only its days: a paper of the school names nothing that families pay for.
    """
    products = national().products
    codes = [judgement.case.doses[fate.index].product for fate in judgement.assessment.doses]
    found = []
    for line in (finding.line for finding in judgement.assessment.lines):
        fates = [
            fate for fate, code in zip(judgement.assessment.doses, codes, strict=True) if line in products[code].feeds
        ]
        if fates:
            entries = tuple(_entry(judgement, fate, line, written) for fate in fates)
            found.append(Record(wording.line_name(line), entries, english.line(line)))
    others = [fate for fate, code in zip(judgement.assessment.doses, codes, strict=True) if not products[code].feeds]
    if others:
        entries = tuple(Entry(_day(judgement, fate, written)) for fate in others)
        found.append(Record(wording.line_name("others"), entries, english.line("others")))
    return tuple(found)


def _entry(judgement: Judgement, fate: DoseFate, line: str, written: Mapping[int, DoseRecord]) -> Entry:
    return Entry(_day(judgement, fate, written), counts=line not in fate.faults)


def _day(judgement: Judgement, fate: DoseFate, written: Mapping[int, DoseRecord]) -> str:
    """The day, or what stands on the paper in its place."""
    day = judgement.case.doses[fate.index].day
    if day is not None:
        return iso(day)
    record = written.get(judgement.inputs["doses"][fate.index].get("record", 0))
    return (record and record.partial_date) or wording.no_day()
