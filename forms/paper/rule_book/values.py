"""Values of the law in compact words: 8月龄, 28天, 脊灰灭活疫苗（IPV）, 2019-10-01起出生."""

from rules.ages import Day, Span, iso
from rules.law import Law
from rules.schedule import Slot


def age(span: Span) -> str:
    """8月龄, 24月龄, 6岁, 出生."""
    if span.months and span.months % 12 == 0 and span.months > 24:
        return f"{span.months // 12}岁"
    if span.months:
        return f"{span.months}月龄"
    return f"{span.days}天龄" if span.days else "出生"


def interval(span: Span) -> str:
    """28天, 6个月, 3年."""
    if span.months and span.months % 12 == 0 and span.months > 12:
        return f"{span.months // 12}年"
    return f"{span.months}个月" if span.months else f"{span.days}天"


def product(code: str, law: Law) -> str:
    """The name and the code; a dash where a series leaves the product to its thinking."""
    found = law.products.get(code)
    return f"{found.name}（{code}）" if found else code or "—"


def cohort(born_from: Day | None, born_before: Day | None) -> str:
    """Who is meant, by birth; empty for everybody."""
    if born_from is not None and born_before is not None:
        return f"{iso(born_from)}至{iso(born_before - 1)}出生的"
    if born_from is not None:
        return f"{iso(born_from)}及以后出生的"
    return f"{iso(born_before - 1)}及以前出生的" if born_before is not None else ""


#: From which day an interval runs: for a dose given, and for one still owed (R9).
_GIVEN = {"previous": "前一剂", "first": "第1剂"}
_OWED = {
    "previous": "最近一剂",
    "first": "计入的第1剂",
    "A": "最近一剂A群流脑",
    "AC": "最近一剂A群C群流脑",
    "polysaccharide": "最后一剂计入的A群多糖",
}


def intervals(slot: Slot, *, owed: bool) -> str:
    anchors = _OWED if owed else _OWED | _GIVEN
    return "；".join(f"距{anchors[anchor]}≥{interval(span)}" for anchor, span in slot.after.items()) or "—"


def complete_by(slot: Slot) -> str:
    if slot.complete_by is None:
        return "—"
    return f"{age(slot.complete_by)}前" if slot.complete_by.months else f"出生{interval(slot.complete_by)}内"
