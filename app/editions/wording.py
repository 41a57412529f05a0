"""The words of a comparison: editions by name, verdicts, and what became of a line or a dose."""

from flask_babel import gettext as _

from forms import wording
from rules.law import Law
from rules.schedule import Edition
from rules.switching import DoseChange, LineChange
from rules.vocabulary import LineFinding, Verdict


def edition_name(law: Law, edition: Edition) -> str:
    """国家免疫规划…（2026年版）, with the overlay's title where there is one. Not translated: names of documents."""
    title = law.sources[edition.source].title
    return f"{title} ＋ {law.overlay.title}" if law.overlay else title


def verdict_word(verdict: Verdict) -> str:
    """What the doses alone say; the result of a check has the same words."""
    return wording.result_word(verdict)


def line_word(finding: LineFinding | None) -> str:
    """How the line stands: 欠种 2 剂; a line that one of the laws does not have is not checked there."""
    if finding is None:
        return _("不查")
    word = wording.status_word(finding.status)
    return _("%(word)s %(n)s 剂", word=word, n=len(finding.owed)) if finding.owed else word


def dose_words(change: DoseChange, line: LineChange) -> tuple[str, str]:
    """What the dose counts as before and after."""
    return _counts_as(change.before.counts_for.get(line.line)), _counts_as(change.after.counts_for.get(line.line))


def _counts_as(number: int | None) -> str:
    return _("计为%(dose)s", dose=wording.dose_number(number)) if number else _("没有计入")
