"""A notice in the order of the sheet: every paragraph as the one string that the template places.

Paragraphs keep their line ends and tabs (`white-space: pre-wrap` in notice.css): one box a paragraph instead of one a
word makes a notice five times as fast to lay out as a table of cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from forms.paper import notice_english as english
from forms.paper import notice_words as words
from forms.paper.fitting import Setting, ems
from forms.paper.notice import NoticeSheet, OwedDose, Visit
from forms.translating import translate as _

_ENTRIES_A_LINE = 6
#: Ems of a name from which on it is set smaller.
_LONG_NAME = 14
_RULE, _DASH = "＿", "┄"


@dataclass(frozen=True)
class Page:
    """A sheet in one setting, ready to be placed."""

    sheet: NoticeSheet
    setting: Setting
    lacks_type: bool = False

    # The strip on top stays outside when the sheet is folded: nothing of the record is on it.

    @property
    def above(self) -> str:
        """Above the name: the school's own line, the school."""
        return f"{self.sheet.heading.line}　{self.sheet.pupil.school}\n".lstrip("　")

    @property
    def is_long(self) -> bool:
        return ems(self.sheet.pupil.name) > _LONG_NAME

    @property
    def beside(self) -> str:
        """Below the name: class, number, which print, and the code in digits."""
        sheet = self.sheet
        copy = _("　【第 %(n)s 次打印】", n=sheet.copy) if sheet.copy > 1 else ""
        number = _("编号 %(number)s", number=sheet.number)
        scan = _("　扫码可查") if sheet.address else ""
        return f"\n{sheet.pupil.class_name}　{number}{copy}\n{sheet.code_in_groups}{scan}"

    @property
    def fold(self) -> str:
        if not self.sheet.kind.asks:
            return ""
        return self._ruled(_("折叠：先把下边折到这条线，再沿线把上面折到背后，只露出姓名"))

    @property
    def born(self) -> str:
        return f"　{words.born(self.sheet)}" if self.sheet.kind.asks else ""

    @property
    def greeting(self) -> str:
        return words.greeting(self.sheet)

    @property
    def letter(self) -> str:
        return words.letter(self.sheet)

    @property
    def closing(self) -> str:
        return words.closing(self.sheet)

    @property
    def english_letter(self) -> str:
        if not self.setting.bilingual:
            return ""
        return f"{english.title(self.sheet)}\n{english.letter(self.sheet)}"

    @property
    def clinic_name(self) -> str:
        return self.sheet.clinic.name if self.sheet.clinic else _("请到居住地的接种单位")

    @property
    def clinic(self) -> str:
        """Behind the name: where it is, when it is open, what to bring."""
        where, bring = self.sheet.clinic, _("带上：孩子、接种证、这张通知")
        if self.setting.bilingual:
            bring += f"\n{english.BRING}"
        if where is None:
            return "\n" + _("社区卫生服务中心或乡镇卫生院，不清楚的请问班主任。") + bring
        days = _("接种日 %(days)s", days=where.open_days) if where.open_days else ""
        phone = _("电话 %(phone)s", phone=where.phone) if where.phone else ""
        first = f"　{where.address}" if where.address else ""
        return f"{first}\n" + "　".join(one for one in (days, phone, bring) if one)

    @property
    def owed_heading(self) -> str:
        here = _("要补的疫苗，%(n)s 剂", n=self.sheet.still_owed)
        plan = words.plan_words(self.sheet)
        told = f"{here}。{plan}" if plan else here
        if not self.setting.bilingual:
            return told
        return f"{told}\n{english.HEADINGS['owed']}: {self.sheet.still_owed}. {english.plan(self.sheet)}".rstrip()

    @cached_property
    def visits(self) -> list[tuple[str, str]]:
        return [(self._when(visit), "\n".join(self._doses(visit))) for visit in self.sheet.visits]

    @property
    def waived(self) -> str:
        return "\n".join(self._english(f"{one.vaccine}\t{one.why}", one.english) for one in self.sheet.waived)

    def heading(self, which: str, chinese: str) -> str:
        return f"{chinese}  {english.HEADINGS[which]}" if self.setting.bilingual else chinese

    @property
    def records_heading(self) -> str:
        return self.heading("records", _("学校看到的接种记录"))

    @property
    def records(self) -> str:
        if self.setting.record_runs_on:
            return self._record_run() + self._uncounted()
        lines = []
        for record in self.sheet.records:
            name = f"{record.vaccine} {record.english}" if self.setting.bilingual else record.vaccine
            for first in range(0, len(record.entries), _ENTRIES_A_LINE):
                row = "　".join(map(str, record.entries[first : first + _ENTRIES_A_LINE]))
                lines.append(f"{name if not first else ''}\t{row}")
        return "\n".join(lines or [_("没有看到。")]) + self._uncounted()

    @property
    def advice(self) -> str:
        asked = _("请到接种单位核对补录。没有记录，不等于没有种。")
        lines = [asked, words.advice(self.sheet)]
        if self.setting.bilingual:
            lines = [asked, f"{english.MISSED}", words.advice(self.sheet), english.advice(self.sheet)]
        lines[1:1] = self.sheet.remarks
        if self.lacks_type:
            lines.append(_("名字里的 〓 是打印不出来的字，请用笔写上。"))
        return ("" if self.setting.advice_runs_on else "\n").join(lines)

    @property
    def signed(self) -> str:
        sheet, day = self.sheet, self.sheet.printed_on
        date = _("%(year)s 年 %(month)s 月 %(day)s 日", year=day.year, month=day.month, day=day.day)
        seal = _("%(school)s（章）", school=sheet.pupil.school)
        who = "" if sheet.kind.asks else _("查验人 %(line)s　", line=_RULE * 6)
        contact = f"{sheet.heading.contact}\n" if sheet.heading.contact else ""
        return f"{contact}{who}{seal}　{date}"

    @property
    def cut(self) -> str:
        return self._ruled(_("办好以后沿线剪下，交回班主任"))

    @property
    def slip(self) -> str:
        sheet, wide = self.sheet, self.setting.slip_rules
        who = f"　{sheet.pupil.name}　{sheet.pupil.class_name}"
        given = _("□ 已补种　补种日期 %(line)s　□ 暂缓，%(line2)s再来", line=_RULE * wide, line2=_RULE * wide)
        papers = _("□ 已补证　□ 已核实，不用补　　接种单位盖章")
        signed = _("监护人签名 %(line)s　%(number)s", line=_RULE * (wide + 2), number=sheet.number)
        lines = [who, given, papers, signed]
        if self.setting.bilingual:
            lines.append(english.SLIP)
        return "\n".join(lines)

    def _ruled(self, told: str) -> str:
        """Words in a dashed line across the sheet: as text, for a dashed border is drawn dash by dash.

        What is too long on the right is cut off by the edge.
        """
        dashes = int((self.setting.rule_ems - ems(told)) / 2)
        return f"{_DASH * dashes} {told} {_DASH * (dashes + 12)}"

    def _when(self, visit: Visit) -> str:
        label = english.visit(visit) if self.setting.bilingual else ""
        if self.setting.stacked:
            return "　".join(one for one in (visit.label, label, visit.when) if one)
        if len(visit.doses) == 1 and visit.when:
            return f"{visit.label} {visit.when[:10]}"
        return "\n".join(one for one in (f"{visit.label}　{label}".strip(), visit.when) if one)

    def _doses(self, visit: Visit) -> Iterator[str]:
        for dose in visit.doses:
            told = self._dose(dose)
            if self.setting.english_beside and dose.english:
                yield f"{told}　{dose.english}"
            else:
                yield self._english(told, dose.english)

    def _dose(self, dose: OwedDose) -> str:
        number, _open, more = dose.dose.partition("（")
        mark = "☑" if dose.done else "□"
        name = f"{mark} {dose.vaccine}　{number}"
        told = [more.rstrip("）"), dose.age, dose.done or dose.state]
        told_in_one = _("，").join(one for one in told if one)
        gap = "\t" if ems(name) < self.setting.dose_ems else "\n\t"
        note = f"\n　 {dose.note}" if dose.note else ""
        return f"{name}{gap}{told_in_one}{note}"

    def _english(self, line: str, told: str) -> str:
        return f"{line}\n　 {told}" if self.setting.bilingual and told else line

    def _record_run(self) -> str:
        told = [f"{record.vaccine} {_('、').join(map(str, record.entries))}" for record in self.sheet.records]
        return _("；").join(told) + _("。") if told else _("没有看到。")

    def _uncounted(self) -> str:
        return "\n" + _("* 这一剂先没有计入，原因可以问接种单位。") if self.sheet.uncounted else ""
