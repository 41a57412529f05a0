"""未完成国家免疫规划疫苗接种儿童登记表: what a school reports to a health center. A cover with counts, then the list.

The cover is a letter, the list a table across; number, seal and page stand on every page. The workbook has the same
tables, and the counts of the letter on a worksheet of their own.
"""

import datetime as dt
from dataclasses import dataclass

from forms.paper.parties import Pupil
from forms.paper.printing import Press
from forms.paper.tables import Column, Kind, Row, Table, TableSheet
from forms.translating import translate as _


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the cover; the strong ones are what the letter is about."""

    label: str
    value: int
    strong: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class ReportLine:
    """One child of the list."""

    position: int
    pupil: Pupil
    #: The end of the child's code, as much as a list shows; empty where there is none.
    code: str
    #: Name and phone, a guardian each.
    guardians: tuple[str, ...]
    #: 需补种, 需核实, 无接种证
    result: str
    #: 百白破疫苗 4、5; those that wait for an interval carry a mark.
    owed: tuple[str, ...]
    to_verify: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class DroppedLine:
    """A child of an earlier list that does not belong there any more."""

    position: int
    pupil: Pupil
    code: str
    #: What it stood there for.
    owed: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class SumRow:
    """One vaccine: how many children owe each dose, and all of them."""

    vaccine: str
    by_dose: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.by_dose)


@dataclass(frozen=True, slots=True)
class SumTable:
    """Sums that add up both ways."""

    doses: tuple[int, ...]
    rows: tuple[SumRow, ...]

    @property
    def by_dose(self) -> tuple[int, ...]:
        return tuple(sum(row.by_dose[place] for row in self.rows) for place in range(len(self.doses)))

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


@dataclass(frozen=True, slots=True, repr=False)
class ReportSheet:
    """Everything that one list says."""

    school: str
    center: str
    campaign: str
    number: str
    #: The first digits of the seal; empty on a draft.
    seal: str
    is_draft: bool
    #: 1 for the list, 2 and more for its supplements.
    sequence: int
    drawn_on: dt.date
    until: dt.date
    figures: tuple[Figure, ...]
    listed_before: int
    only_due: int
    lines: tuple[ReportLine, ...]
    sums: SumTable
    edition: str
    made_by: str
    #: The differences of a supplement: how many of `lines` stood on a list with other debts, and who is off it.
    changed: int = 0
    dropped: tuple[DroppedLine, ...] = ()
    #: A supplement, 补报; otherwise sequence 2 and more stand in place of a returned list, 重报.
    supplements: bool = True

    @property
    def expected(self) -> int:
        return sum(figure.value for figure in self.figures)

    @property
    def new(self) -> int:
        return len(self.lines) - self.changed

    @property
    def title(self) -> str:
        return _("未完成国家免疫规划疫苗接种儿童登记表")

    @property
    def waits(self) -> bool:
        """Is a dose marked as waiting for its interval?"""
        return any(WAITING in text for line in self.lines for text in line.owed)


#: Behind the number of a dose that cannot be given yet.
WAITING = "*"


def print_report(press: Press, sheet: ReportSheet) -> bytes:
    return press.print(
        "report", sheet=sheet, children=children_table(sheet), dropped=dropped_table(sheet), sums=sums_table(sheet)
    )


def tables_of(sheet: ReportSheet) -> TableSheet:
    """The list as a workbook has it."""
    parts = [_cover(sheet), children_table(sheet)]
    parts += [table for table in (dropped_table(sheet), sums_table(sheet)) if table.rows]
    until = _("%(day)s 前送达", day=sheet.until.isoformat())
    return TableSheet(
        title=sheet.title,
        facts=(sheet.school, sheet.campaign, _("送：%(center)s", center=sheet.center), until),
        tables=tuple(parts),
        number=sheet.number,
        seal=sheet.seal,
        drawn_on=sheet.drawn_on,
        hands=(_("填表人 %(name)s", name=sheet.made_by), _("审核人"), _("单位（章）")),
    )


def children_table(sheet: ReportSheet) -> Table:
    return Table(
        title=_("名单"),
        columns=(
            Column(_("序号"), 10, Kind.MIDDLE),
            Column(_("班级"), 22),
            Column(_("姓名"), 32, Kind.NAME),
            Column(_("性别"), 10, Kind.MIDDLE),
            Column(_("出生日期"), 21, Kind.DATE),
            Column(_("儿童编码"), 16),
            Column(_("监护人与电话"), 34),
            Column(_("结果"), 18),
            Column(_("要补的疫苗与剂次"), 80),
            Column(_("备注"), 26),
        ),
        rows=tuple(_child(line) for line in sheet.lines),
        empty=_("没有要补种、要核实或者没有接种证的儿童。"),
        notes=(_("* 还没到间隔，到了日子再种。"),) if sheet.waits else (),
    )


def dropped_table(sheet: ReportSheet) -> Table:
    return Table(
        title=_("从名单上去掉的儿童"),
        columns=(
            Column(_("序号"), 10, Kind.MIDDLE),
            Column(_("班级"), 22),
            Column(_("姓名"), 32, Kind.NAME),
            Column(_("性别"), 10, Kind.MIDDLE),
            Column(_("出生日期"), 21, Kind.DATE),
            Column(_("儿童编码"), 16),
            Column(_("为什么"), 52),
            Column(_("原来要补的疫苗与剂次"), 106),
        ),
        rows=tuple(
            Row((*_who(line.position, line.pupil, line.code), line.why, _list(line.owed))) for line in sheet.dropped
        ),
    )


def sums_table(sheet: ReportSheet) -> Table:
    """要补的剂数, adding up both ways; a vaccine's zero stays blank."""
    sums = sheet.sums
    return Table(
        title=_("要补的剂数，按疫苗和剂次"),
        columns=(
            Column(_("疫苗"), 62, Kind.NAME),
            *(Column(_("第 %(n)s 剂", n=dose), 19, Kind.MIDDLE) for dose in sums.doses),
            Column(_("合计"), 19, Kind.MIDDLE),
        ),
        rows=tuple(Row((row.vaccine, *(number or None for number in row.by_dose), row.total)) for row in sums.rows),
        totals=(Row((_("合计"), *(number or None for number in sums.by_dose), sums.total), strong=True),),
    )


def _cover(sheet: ReportSheet) -> Table:
    figures = [(_("应查验"), sheet.expected), *((figure.label, figure.value) for figure in sheet.figures)]
    listed = [
        (_("本次名单"), len(sheet.lines)),
        (_("其中新报"), sheet.new),
        (_("其中要补的有变化"), sheet.changed),
        (_("从名单上去掉"), len(sheet.dropped)),
        (_("以前的名单已报"), sheet.listed_before),
        (_("刚到应种年龄，不列入名单"), sheet.only_due),
        (_("要补的剂数"), sheet.sums.total),
    ]
    return Table(
        title=_("封面"),
        columns=(Column(_("项目"), 70), Column(_("数"), 25, Kind.NUMBER)),
        rows=tuple(Row(pair) for pair in (*figures, *listed)),
        notes=(
            _(
                "判断依据《%(edition)s》。名单供接种单位评估时参考，种不种、什么时候种，由接种单位的医生决定。",
                edition=sheet.edition,
            ),
            _("收件回执：□ 接收　□ 退回，原因：　　　　　　接收人　　　　　　日期　　　　　　接种单位（章）"),
        ),
    )


def _child(line: ReportLine) -> Row:
    owed = [_list(line.owed)]
    if line.to_verify:
        owed.append(_("核实以后才知道：%(what)s", what=_("；").join(line.to_verify)))
    guardians = "\n".join(line.guardians)
    who = _who(line.position, line.pupil, line.code)
    return Row((*who, guardians, line.result, "\n".join(owed), line.remark or None))


def _who(position: int, pupil: Pupil, code: str) -> tuple[int, str, str, str, dt.date, str]:
    sex = _("女") if pupil.sex == "F" else _("男")
    return position, pupil.class_name, pupil.name, sex, pupil.birth_date, f"…{code}" if code else _NONE


def _list(doses: tuple[str, ...]) -> str:
    return _("；").join(doses) or _NONE


_NONE = "—"
