"""The lines that a 查验证明 names: not completed, and not asked for. Why is said in words that a school may see."""

import datetime as dt
from collections.abc import Sequence

from flask_babel import gettext as _

from app.checks.judging import Judgement
from app.children.models import Exemption
from forms import wording
from forms.paper.notice import Waived
from forms.wording import english
from rules.vocabulary import Status

#: The word of an exemption that covers every injected live vaccine.
_LIVE = "live"


def waived_lines(judgement: Judgement, exemptions: Sequence[Exemption]) -> tuple[Waived, ...]:
    """Closed by age, or exempt by a clinic's decision; never a diagnosis."""
    found = []
    for line in judgement.assessment.lines:
        if line.status is Status.CLOSED:
            why = _("已过补种年龄，不再补种")
        elif line.status is Status.EXEMPT:
            why = _exempt(line.line, exemptions)
        else:
            continue
        found.append(Waived(wording.line_name(line.line), why, english.waived(line.line, line.status.value)))
    return tuple(found)


def _exempt(line: str, exemptions: Sequence[Exemption]) -> str:
    """临床判定：暂不接种，至 2027-03-01"""
    decided = [one for one in exemptions if one.line == line] or [one for one in exemptions if one.line == _LIVE]
    if not decided:
        return _("临床判定：不接种")
    said = _("临床判定：%(what)s", what=wording.exemption_word(decided[-1].kind.value))
    until: dt.date | None = decided[-1].valid_to
    return _("%(said)s，至 %(day)s", said=said, day=until.isoformat()) if until else said
