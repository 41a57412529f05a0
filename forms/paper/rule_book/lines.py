"""One vaccine line of the book: its products, what counts when given, what is owed, how it is thought."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from forms.paper.rule_book import values
from forms.paper.rule_book.sheet import Block, Heading, Points, Row, Table
from forms.paper.rule_book.words import DOSES, FACTS, THINKING
from rules.ages import Day, Span, iso
from rules.law import Law
from rules.rulebook import Book, BookLine, Fact, Part
from rules.schedule import Product, Slot


def blocks_of(line: BookLine, number: int, book: Book) -> Iterator[Block]:
    law = book.law
    yield Heading(2, f"{number} {line.title}（{line.code}）")
    yield Points((*_products(line.products, law), *THINKING[line.thinking], *_settings(line)))
    yield Heading(3, "已种的怎样认定")
    later = [part.since for part in line.given]
    for part in line.given:
        yield Heading(4, _given_title(part, min((day for day in later if day > part.since), default=None), line))
        yield from _tables(line, "given", part, law)
    yield Heading(3, "还要种什么")
    for part in line.owed:
        yield Heading(4, f"{values.cohort(part.born_from, part.born_before) or '每个孩子'}，依据{part.citation}")
        yield from _tables(line, "owed", part, law)


def _products(products: Sequence[Product], law: Law) -> Iterator[str]:
    names = "、".join(values.product(product.code, law) for product in products)
    order = "；同一天有几种时只认一种，排在前面的先认" if len(products) > 1 else ""
    yield f"计入：{names}{order}。"
    for product in products:
        for reading in product.read_as:
            since = f"{iso(reading.from_day)}起" if reading.from_day is not None else ""
            until = f"{iso(reading.before - 1)}及以前" if reading.before is not None else ""
            hint = "，并作提示" if reading.warning else ""
            other = values.product(reading.product, law)
            yield f"{since}{until}记载的{product.name}按{other}认定{hint}（{reading.citation}）。"


def _settings(line: BookLine) -> Iterator[str]:
    if line.gap is not None:
        yield f"推算可种日期时，离本苗最近一剂至少{values.interval(line.gap)}（R9）。"
    if line.exempt_when_live_avoided:
        yield "临床判定不能种活疫苗的，本苗列为豁免（R34）。"


def _given_title(part: Part, until: Day | None, line: BookLine) -> str:
    """From when to when, and for whom."""
    first = part.since == line.given[0].since
    if first and until is None:
        when = "不论哪天种的"
    else:
        since = "" if first else f"{iso(part.since)}起"
        when = "、".join(filter(None, (since, f"{iso(until - 1)}及以前" if until else ""))) + "种的"
    who = values.cohort(part.born_from, part.born_before)
    return "，".join(filter(None, (who, when, f"依据{part.citation}")))


def _tables(line: BookLine, part_name: str, part: Part, law: Law) -> Iterator[Block]:
    doses = [fact for fact in part.facts if isinstance(fact.value, Slot)]
    if doses:
        yield _doses(f"{line.thinking}.{part_name}", doses, law, owed=part_name == "owed")
    rows = [
        Row((sentence(f"{line.thinking}.{part_name}.{_name(fact)}", fact.value, law), fact.citation))
        for fact in part.facts
        if not isinstance(fact.value, Slot)
    ]
    if rows:
        yield Table("facts", ("规定", "依据"), tuple(rows))
    if not doses and not rows:
        yield Points(("有接种日期就计入，没有年龄和间隔的要求。",))


def _name(fact: Fact) -> str:
    """The place of a value without the number of its dose."""
    return ".".join(part for part in fact.path if not part.isdigit())


def _doses(place: str, facts: Iterable[Fact], law: Law, *, owed: bool) -> Table:
    head = ("剂次", "疫苗", "应种年龄", "最短间隔", "建议完成") if owed else ("剂次", "最小年龄", "最短间隔")
    rows: list[Row] = []
    for name, group in groupby(facts, key=_name):
        title, doses = DOSES[f"{place}.{name}"], list(group)
        series = doses[0].path[-1].isdigit()
        if series:
            rows.append(Row((title,)))
        for fact in doses:
            label = title if not series else (f"第{fact.value.dose}剂" if fact.value.dose else "每一剂")
            rows.append(Row((label, *_dose(fact.value, law, owed=owed), fact.citation)))
    return Table("owed" if owed else "given", (*head, "依据"), tuple(rows))


def _dose(slot: Slot, law: Law, *, owed: bool) -> tuple[str, ...]:
    age = values.age(slot.age) if owed or slot.age != Span() else "不限"
    when = (age, values.intervals(slot, owed=owed))
    return (values.product(slot.product, law), *when, values.complete_by(slot)) if owed else when


def sentence(key: str, value: Any, law: Law) -> str:
    """The value in the words of its key; KeyError where nobody wrote words for it."""
    words = FACTS[key]
    if isinstance(words, dict):
        return words[value]
    if isinstance(words, tuple):
        return words[0] if value else words[1]
    name = words.partition("{")[2].partition("}")[0]
    return words.format(**{name: _SAYING[name](value, law)})


def _components(needed: dict[str, int], _law: Law) -> str:
    names = {"M": "麻疹", "R": "风疹", "Mu": "腮腺炎"}
    return "、".join(f"含{names.get(code, code)}成分的{number}剂" for code, number in needed.items())


def _course(course: Any, _law: Law) -> str:
    begun = f"满{values.age(course.begun_before)}前开始的" if course.begun_before else "更晚开始的"
    doses = f"种{course.doses}剂"
    if course.or_doses is not None and course.with_one_from is not None:
        doses += f"（或者{course.or_doses}剂，其中一剂满{values.age(course.with_one_from)}以后）"
    return f"{begun}{doses}"


_SAYING = {
    "age": lambda span, law: values.age(span),
    "interval": lambda span, law: values.interval(span),
    "product": values.product,
    "number": lambda number, law: str(number),
    "components": _components,
    "course": _course,
}
