"""查验情况汇总表: a row for every class, school or township, sums, doses and indicators. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.counting.columns import Place, dose_word, places_with, vaccine_word
from app.counting.figures import Figures, sum_of
from app.counting.indicators import Indicator, Reported, dose_indicators, indicators_of
from app.sheets.wording import reason_word
from forms import wording
from forms.paper.tables import Column, Kind, Row, Table, Value


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the summary: a class or a school; `township` is what it belongs to, empty where that says nothing."""

    key: int
    name: str
    figures: Figures
    township: str = ""


@dataclass(frozen=True, slots=True)
class Lined:
    """A printed line: one unit, the sum of a township, or everything."""

    name: str
    figures: Figures
    strong: bool = False


def summary_tables(units: Sequence[Unit], reported: Reported | None) -> tuple[Table, ...]:
    """Children, doses, indicators. `reported` None: a school has no rates of reporting."""
    whole = sum_of(unit.figures for unit in units)
    lines = list(_lines(units))
    return (
        _children(lines, whole, by_school=reported is not None),
        _doses(lines, whole),
        _indicators(whole, reported),
        _dose_indicators(whole),
        _reasons(whole),
    )


def _lines(units: Sequence[Unit]) -> Iterator[Lined]:
    """The units in the order given; behind the last of each township its sum, where there are several townships."""
    several = len({unit.township for unit in units}) > 1
    for place, unit in enumerate(units):
        yield Lined(unit.name, unit.figures)
        after = units[place + 1].township if place + 1 < len(units) else None
        if several and unit.township and unit.township != after:
            own = [one.figures for one in units if one.township == unit.township]
            yield Lined(_("%(name)s 小计", name=unit.township), sum_of(own), strong=True)


def _children(lines: Sequence[Lined], whole: Figures, *, by_school: bool) -> Table:
    schools = (Column(_("应查验学校"), 13, Kind.NUMBER), Column(_("实查验学校"), 13, Kind.NUMBER)) if by_school else ()
    results = ("complete", "catch_up", "review", "no_certificate", "waived")
    columns = (
        Column(_("单位"), 60 if by_school else 86, Kind.NAME),
        *schools,
        Column(_("应查验"), 14, Kind.NUMBER, _("人数")),
        Column(_("实查验"), 14, Kind.NUMBER, _("人数")),
        Column(_("未查验"), 14, Kind.NUMBER, _("人数")),
        *(Column(_result(one), 13, Kind.NUMBER, _("现在的结果")) for one in results),
        Column(_("有证"), 13, Kind.NUMBER, _("首次查验")),
        Column(_("无证"), 13, Kind.NUMBER, _("首次查验")),
        Column(_("已补证"), 13, Kind.NUMBER, _("首次查验")),
        Column(_("需补种"), 13, Kind.NUMBER, _("首次查验")),
        Column(_("已补种全"), 14, Kind.NUMBER, _("首次查验")),
        Column(_("新到龄剂次"), 13, Kind.NUMBER),
    )

    def cells(line: Lined) -> tuple[Value, ...]:
        figures = line.figures
        return (
            line.name,
            *((figures.schools, figures.schools_begun) if by_school else ()),
            figures.expected,
            figures.checked,
            figures.not_checked,
            *(figures.by_result[one] for one in results),
            figures.with_certificate,
            figures.without_certificate,
            figures.replaced,
            figures.baseline.children,
            figures.baseline.caught_up,
            figures.baseline.newly_due + figures.baseline.after_review,
        )

    return Table(
        title=_("人数"),
        caption=_("人数"),
        columns=columns,
        rows=tuple(Row(cells(line), line.strong) for line in lines),
        totals=(Row(cells(Lined(_("合计"), whole)), strong=True),) if lines else (),
        empty=_("没有参加查验的学校或班级。"),
        notes=tuple(_notes(whole)),
    )


def _result(code: str) -> str:
    return _("全程") if code == "complete" else wording.result_word(code)


def _notes(whole: Figures) -> Iterator[str]:
    yield _(
        "应查验＝未查验＋全程＋需补种＋需核实＋无接种证＋无需补种；实查验＝有证＋无证。首次查验的需补种不含卡介苗。"
    )
    doses = whole.baseline.doses
    if doses.too_early or doses.not_owed or doses.found_later:
        yield _(
            "剂次补种率以外：未到间隔 %(early)s 剂，不用补了 %(gone)s 剂。"
            "已补种剂次里，查验前已种、后来补上记录的 %(found)s 剂。",
            early=doses.too_early,
            gone=doses.not_owed,
            found=doses.found_later,
        )
    if whole.baseline.only_due:
        yield _("到龄待种 %(n)s 人，不算需补种。", n=whole.baseline.only_due)


def _doses(lines: Sequence[Lined], whole: Figures) -> Table:
    places = places_with(list(whole.baseline.by_place))
    width = min(8.0, round((277 - 45 - 17 - 14) / len(places), 1))
    columns = (
        Column(_("单位"), round(277 - 17 - 14 - width * len(places), 1), Kind.NAME),
        Column(_("剂次"), 17, Kind.MIDDLE),
        *(Column(dose_word(place), width, Kind.NUMBER, vaccine_word(place.vaccine)) for place in places),
        Column(_("合计"), 14, Kind.NUMBER),
    )
    return Table(
        title=_("剂次"),
        caption=_("首次查验需补种的剂次，和已补种的剂次"),
        columns=columns,
        rows=tuple(row for line in lines for row in _two_rows(line, places)),
        totals=tuple(_two_rows(Lined(_("合计"), whole, strong=True), places)) if lines else (),
        empty=_("没有参加查验的学校或班级。"),
    )


def _two_rows(line: Lined, places: Sequence[Place]) -> Iterator[Row]:
    by_place, doses = line.figures.baseline.by_place, line.figures.baseline.doses
    owed = [by_place[place].owed if place in by_place else 0 for place in places]
    done = [by_place[place].caught_up if place in by_place else 0 for place in places]
    yield Row((line.name, _("需补种"), *(number or None for number in owed), doses.owed), line.strong)
    yield Row((None, _("已补种"), *(number or None for number in done), doses.caught_up), line.strong)


def _indicators(whole: Figures, reported: Reported | None) -> Table:
    general = indicators_of(whole, reported or Reported(0, 0, 0))
    chosen = [one for one in general if reported or one.code not in ("reported", "in_time")]
    return Table(
        title=_("指标"),
        caption=_("指标"),
        columns=_rate_columns(_("指标")),
        rows=tuple(Row(_indicator(one)) for one in chosen),
        notes=(
            _(
                "分母是 0 的，率写 —。补种率、剂次补种率只算首次查验欠的；"
                "接种率是到今天不欠这种疫苗的儿童，接种单位定为不种的不算。"
            ),
        ),
    )


def _dose_indicators(whole: Figures) -> Table:
    chosen = [one for one in dose_indicators(whole) if one.denominator]
    return Table(
        title=_("剂次补种率"),
        caption=_("剂次补种率，按疫苗和剂次"),
        columns=_rate_columns(_("疫苗和剂次")),
        rows=tuple(Row(_indicator(one)) for one in chosen),
        empty=_("首次查验没有要补种的。"),
    )


def _reasons(whole: Figures) -> Table:
    """Owed less caught up, by the reason that was given."""
    counted = whole.baseline.reasons
    words = [(reason_word(code) or _("没有说原因"), number) for code, number in counted.most_common()]
    return Table(
        title=_("没补的原因"),
        caption=_("没补的剂次，按原因"),
        columns=(Column(_("原因"), 80, Kind.TEXT), Column(_("剂次"), 30, Kind.NUMBER)),
        rows=tuple(Row(pair) for pair in words),
        totals=(Row((_("合计"), counted.total()), strong=True),),
        empty=_("首次查验要补的都补了。"),
    )


def _rate_columns(what: str) -> tuple[Column, ...]:
    return (
        Column(what, 80, Kind.TEXT),
        Column(_("分子"), 30, Kind.NUMBER),
        Column(_("分母"), 30, Kind.NUMBER),
        Column(_("率"), 30, Kind.MIDDLE),
        Column(_("目标"), 30, Kind.MIDDLE),
    )


def _indicator(one: Indicator) -> tuple[Value, ...]:
    return one.label, one.numerator, one.denominator, one.percent, f"≥{one.target}%" if one.target else None
