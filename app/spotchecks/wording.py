"""Words of a spot check."""

from flask_babel import gettext as _

from app.spotchecks.measuring import Word
from app.spotchecks.models import Outcome, SpotKind, SpotState


def spot_kind_word(kind: SpotKind) -> str:
    return {SpotKind.RECORDS: _("记录和接种证对不对得上"), SpotKind.COVERAGE: _("快速接种率调查")}[kind]


def spot_state_word(state: SpotState) -> str:
    return {SpotState.DRAWN: _("在查"), SpotState.CLOSED: _("已结束"), SpotState.ABANDONED: _("作废")}[state]


def outcome_word(outcome: Outcome | None) -> str:
    words = {
        Outcome.AGREES: _("一致"),
        Outcome.DIFFERS: _("日期或疫苗不同"),
        Outcome.MISSING_HERE: _("证上有，系统没有"),
        Outcome.NOT_IN_BOOKLET: _("系统有，证上没有"),
        Outcome.VACCINATED: _("已种"),
        Outcome.NOT_VACCINATED: _("没有种"),
        Outcome.NOT_SEEN: _("没见到证"),
    }
    return words[outcome] if outcome else _("还没查")


def decision_words(word: Word, target: float) -> str:
    goal = f"{100 * target:g}%"
    return {
        Word.REACHED: _("达到 %(goal)s：区间下限不低于它。", goal=goal),
        Word.MISSED: _("没有达到 %(goal)s：区间上限低于它。", goal=goal),
        Word.OPEN: _("还不能断定：%(goal)s 在区间里面。", goal=goal),
    }[word]


def share_words(value: float | None) -> str:
    return "—" if value is None else f"{100 * value:.1f}%"
