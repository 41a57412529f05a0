"""The part 核实 of a notice: what is unclear of each line in review, in the sentences of the screen."""

from collections.abc import Sequence
from itertools import groupby

from flask_babel import gettext as _

from app.checks.judging import Judgement
from app.notices.models import NoticeItem
from forms import wording
from forms.paper.notice import Question
from rules.ages import iso
from rules.vocabulary import Reason, Status

#: Doses that do not count for these reasons put nothing in question.
_HARMLESS = frozenset({Reason.DUPLICATE, Reason.TOO_OLD, Reason.WRONG_PRODUCT})


def questions(judgement: Judgement, items: Sequence[NoticeItem]) -> tuple[Question, ...]:
    """One question a line, with every dose that depends on the answer."""
    in_review = {line.line for line in judgement.assessment.lines if line.status is Status.REVIEW}
    found = []
    for line, doses in groupby(items, key=lambda item: item.line):
        remarks = _remarks(judgement, line) if line in in_review else ()
        found.append(
            Question(
                vaccine=wording.line_name(line),
                remarks=remarks or (_("学校没有看到这几剂的记录。"),),
                doses=tuple(f"{wording.product_name(one.product)} {wording.dose_number(one.dose)}" for one in doses),
            )
        )
    return tuple(found)


def _remarks(judgement: Judgement, line: str) -> tuple[str, ...]:
    """Each dose of the line that does not count, and why."""
    case, found = judgement.case, []
    for fate in judgement.assessment.doses:
        faults = fate.faults.get(line)
        if not faults or faults[0].reason in _HARMLESS:
            continue
        doubts = tuple(one.kind for one in case.doubts if one.line == line and one.dose in (None, fate.index))
        day = case.doses[fate.index].day
        which = iso(day) if day is not None else wording.no_day()
        why = wording.why_uncounted(faults, case, fate.index, doubts)
        found.append(_("%(which)s：%(why)s", which=which, why=why))
    return tuple(found)
