"""What a province changed, side by side with the nation: where, which value, before and after."""

from typing import Any

from forms.paper.rule_book import values
from forms.paper.rule_book.lines import sentence
from forms.paper.rule_book.sheet import Row, Table
from forms.paper.rule_book.words import DOSES, FACTS
from rules.ages import Span, iso
from rules.law import Change, Law
from rules.rulebook import Book

_PARTS = {"given": "已种的认定", "owed": "还要种的", "line": "", "products": "产品"}
#: Values of a dose, of a line and of a product.
_ITEMS = {
    "born_from": "从哪天起出生",
    "born_before": "到哪天前出生",
    "age": "年龄",
    "after": "最短间隔",
    "complete_by": "建议完成",
    "product": "疫苗",
    "title": "名称",
    "same_day": "同一天先认哪种",
    "gap": "离最近一剂",
    "exempt_when_live_avoided": "不能种活疫苗的列为豁免",
    "name": "名称",
    "feeds": "计入",
    "aliases": "别名",
    "label": "说明书",
    "registry": "登记编码",
    "live_injected": "注射活疫苗",
    "oral": "口服",
}


def table(book: Book) -> Table:
    overlay = book.law.overlay
    assert overlay
    thinking = {line.code: line.thinking for line in book.lines}
    rows = [Row(_change(change, thinking.get(change.place.line, ""), book.law)) for change in overlay.changes]
    if overlay.grace_days:
        rows.append(Row(("通则", "宽限天数", "没有", f"{overlay.grace_days}天", overlay.grace_citation)))
    return Table("changes", ("何处", "哪一项", "国家", "本省", "依据"), tuple(rows))


def _change(change: Change, thinking: str, law: Law) -> tuple[str, ...]:
    place = change.place
    who = values.cohort(place.born_from, place.born_before)
    where = " ".join(filter(None, (place.line, _PARTS[place.part], place.version, who)))
    if not change.path:
        added = law.products[place.version].name if place.part == "products" else str(change.after)
        return where, "新增", "—", added, change.citation
    key = f"{thinking}.{place.part}.{'.'.join(part for part in change.path if not part.isdigit())}"
    if key in FACTS:
        said = (sentence(key, change.before, law), sentence(key, change.after, law))
        return where, "规定", *said, change.citation
    last = change.path[-1]
    series = DOSES.get(f"{thinking}.{place.part}.{change.path[0]}", "")
    number = next((f"第{part}剂" for part in change.path if part.isdigit()), "")
    item = "，".join(filter(None, (series, number, _ITEMS.get(last, last if last != change.path[0] else ""))))
    return where, item, _value(change.before, last, law), _value(change.after, last, law), change.citation


def _value(value: Any, item: str, law: Law) -> str:
    if isinstance(value, Span):
        return values.interval(value) if item == "gap" else values.age(value)
    if isinstance(value, dict):
        return "；".join(f"{name}≥{values.interval(span)}" for name, span in value.items()) or "—"
    if isinstance(value, tuple | frozenset):
        return "、".join(_value(one, item, law) for one in value) or "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and item.startswith("born_"):
        return iso(value)
    if item == "product":
        return values.product(value, law)
    return "—" if value is None else str(value)
