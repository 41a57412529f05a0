"""Composes the book: general rules, the lines, a province's changes, readings, catalogue, documents."""

from collections.abc import Iterator

from forms.paper.rule_book import changes, lines, values
from forms.paper.rule_book.sheet import Block, Heading, Points, Row, Sheet, Table
from rules.ages import iso
from rules.law import Law
from rules.rulebook import Book
from rules.schedule import Label, Product

_COMPONENTS = ("M", "R", "Mu")
_NUMERALS = "一二三四五六七八九十"


def compose(book: Book) -> Sheet:
    law, edition = book.law, book.edition
    source = law.sources[edition.source]
    overlay = law.overlay.title if law.overlay else "无"
    head = [
        (
            "程序",
            f"{source.title}{f'，{source.number}' if source.number else ''}（{edition.id}，{iso(edition.in_force)}起）",
        ),
        ("查验日期", iso(book.on)),
        ("出生日期", iso(book.born) if book.born is not None else "不限，各组分别列出"),
        ("本省规定", overlay),
    ]
    foot = f"{edition.id}{f'＋{law.name}' if law.overlay else ''}　{iso(book.on)}"
    return Sheet(
        "预防接种证查验规则册",
        source.title,
        tuple(head),
        tuple(_numbered(book)),
        foot,
        law.digest,
        "本册所列的规定、条款和判读已逐项核对。",
        ("编制", "审核（疾控机构医生）", "批准（盖章）"),
    )


def _numbered(book: Book) -> Iterator[Block]:
    parts = [("通则", list(_general(book))), ("各苗", list(_all_lines(book)))]
    if book.law.overlay:
        parts.append((f"{book.law.overlay.title}的规定与国家规定不同之处", [changes.table(book)]))
    parts += [
        ("判读", [_readings(book.law)]),
        ("产品目录", list(_catalogue(book.law))),
        ("依据的文件", [_sources(book.law)]),
    ]
    for numeral, (title, blocks) in zip(_NUMERALS, parts, strict=False):
        yield Heading(1, f"{numeral}、{title}")
        yield from blocks


def _general(book: Book) -> Iterator[Block]:
    law = book.law
    interval = values.interval(law.live_interval)
    if law.overlay and law.overlay.grace_days:
        grace = (
            f"早于最小年龄或最短间隔不超过{law.overlay.grace_days}天的，仍然计入；推算可种日期时不减。",
            law.overlay.grace_citation,
        )
    else:
        grace = ("年龄和间隔没有宽限的天数。", "R4")
    rules = [
        ("满若干月或岁，是若干月或年以后的同一天；当月没有这一天的，取下个月1日。间隔的天数是两个日期相减。", "R3"),
        grace,
        ("按日期先后逐剂认定：年龄和间隔都够的计入；不够的不计入，下一剂再试同一剂次。证上印的剂次不作依据。", "R6"),
        (
            "没有日期、日期早于出生或晚于查验当天的不计入。同一苗同一天只计一剂。最后一剂以后的是多余的，不作为问题。",
            "",
        ),
        (f"已种的按接种当天的规定认定，早于2021-03-01的按2021年版的数值；还欠的按{book.edition.id}认定。", "R7、R24"),
        ("达到应种年龄而没有计入剂次的是欠种；过了建议完成的年龄另记逾期，没有写明的用后面一剂的。", "R8、R10"),
        ("推算可种日期时，间隔从最近一次接种算起，不论那一剂是否计入。", "R9"),
        ("有剂次因为太早、间隔太短、没有日期或有疑问而没有计入，少了它又欠种的，全苗待核实，不说成没有种。", "R6"),
        (
            f"两种注射的减毒活疫苗不在同一天种的，至少隔{interval}；还没种的推迟到够{interval}，"
            "已经种了而不够的仍计入，只作提示。",
            f"{law.live_citation}、R20",
        ),
        (f"只补缺的剂次，不从头种起；满{values.age(law.ends_at)}起，没有完成的不再补种。", law.ends_citation),
    ]
    yield Table("facts", ("规定", "依据"), tuple(Row(rule) for rule in rules))


def _all_lines(book: Book) -> Iterator[Block]:
    for number, line in enumerate(book.lines, start=1):
        yield from lines.blocks_of(line, number, book)


def _readings(law: Law) -> Table:
    rows = (Row((reading.id, reading.text)) for reading in law.readings.values())
    return Table("readings", ("编号", "文本没有写明或可以两解处，本系统的判读"), tuple(rows))


def _sources(law: Law) -> Table:
    rows = (
        Row((source.id, source.title, source.number or "—", iso(source.in_force), source.note or ""))
        for source in law.sources.values()
    )
    return Table("sources", ("编号", "文件", "文号", "施行", "说明"), tuple(rows))


def _catalogue(law: Law) -> Iterator[Block]:
    yield Points(("说明书年龄、总剂数和登记系统编码只供查看，不用来判断。（？）是各处不一或没有核实的。",))
    head = ("代码", "名称", "计入", "性质", "说明书年龄", "剂数", "登记编码")
    yield Table("products", head, tuple(Row(_product(product)) for product in law.products.values()))


def _product(product: Product) -> tuple[str, ...]:
    nature = {
        "注射活疫苗": product.live_injected,
        "口服": product.oral,
        "含Ⅱ型": "type2" in product.traits,
        "结合": "conjugate" in product.traits,
        "成分" + "＋".join(part for part in _COMPONENTS if part in product.components): bool(product.components),
    }
    codes = "、".join(one.code + ("（？）" if one.unsure else "") for one in product.registry)
    return (
        product.code,
        product.name,
        "、".join(product.feeds) or "—",
        "、".join(name for name, holds in nature.items() if holds) or "—",
        *_label(product.label),
        codes or "—",
    )


def _label(label: Label | None) -> tuple[str, str]:
    if label is None:
        return "—", "—"
    until = f"，满{values.age(label.age_before)}前" if label.age_before else "起"
    unsure = "（？）" if label.unsure else ""
    return f"{values.age(label.age_from)}{until}{unsure}", str(label.doses or "—")
