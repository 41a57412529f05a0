"""Forms for what stands beside the doses: the certificate, doubts, the clinic's exemptions, and one dose put right."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, StringField
from wtforms.validators import Length, ValidationError

from forms.web.choosing import Choices, OneOf, OneOfCards
from forms.web.dates import NoDate, Written, read_day
from forms.web.doses import LONGEST_LOT, LONGEST_UNIT, DoseEntry, read_day_of_dose
from forms.web.one_line import one_line
from forms.web.vaccines import Vaccine, WhichVaccine, read_vaccine
from forms.wording import line_name
from rules.law import THINKING

LIVE = "live"
LINES = tuple(THINKING)

CERTIFICATE_KINDS: Choices = [
    ("booklet", _l("纸质接种证")),
    ("electronic", _l("电子接种证")),
    ("proof", _l("预防接种证明")),
    ("report", _l("接种单位的查验报告")),
]
CERTIFICATE_STATES: Choices = [
    ("present", _l("有，看到了")),
    ("absent", _l("没有")),
    ("being_replaced", _l("补办中")),
    ("replaced", _l("已补办")),
    ("doubtful", _l("有疑问")),
]
WHEREABOUTS: Choices = [
    ("", _l("没有记")),
    ("seen", _l("看过就还了")),
    ("kept", _l("学校留着")),
    ("returned", _l("已归还")),
]
CLINIC_RESULTS: Choices = [
    ("complete", _l("已完成")),
    ("catch_up", _l("需补种")),
    ("none", _l("没有评估")),
    ("", _l("还没看")),
]
DOUBT_KINDS: Choices = [
    ("unreadable", _l("看不清")),
    ("conflict", _l("记录互相矛盾")),
    ("untrue", _l("可能不真实")),
]
OUTCOMES: Choices = [
    ("holds", _l("核实了，记录没错")),
    ("corrected", _l("记录已改正")),
    ("withdrawn", _l("记录已撤回")),
]
#: A school writes down what the clinic's paper says is to be done, never why.
EXEMPTION_KINDS: Choices = [("deferred", _l("暂不接种")), ("contraindicated", _l("不接种"))]
EXEMPTION_KINDS_AT_CLINIC: Choices = [
    ("deferred", _l("暂缓")),
    ("contraindicated", _l("禁忌")),
    ("had_disease", _l("已患过这种病")),
]
EVIDENCE: Choices = [
    ("clinic_paper", _l("接种单位开的证明")),
    ("booklet_entry", _l("接种证上写着")),
    ("registry", _l("登记系统里有")),
]

#: States in which nobody has a certificate in hand.
_WITHOUT = frozenset({"absent", "being_replaced"})
_OFF = {"autocomplete": "off", "spellcheck": "false"}


class CertificateForm(Form):
    """What was shown of the certificate, and what the clinic's assessment page says."""

    state = OneOfCards(_l("接种证"), offers=CERTIFICATE_STATES)
    kind = OneOf(_l("是哪一种"), offers=CERTIFICATE_KINDS, default="booklet")
    whereabouts = OneOf(_l("现在在哪里"), offers=WHEREABOUTS, default="seen")
    clinic_result = OneOfCards(_l("评估页上写着"), offers=CLINIC_RESULTS, default="")
    clinic_unit = StringField(
        _l("评估的接种单位"), [Length(max=120, message=_l("太长，120 个字以内。"))], filters=[one_line], render_kw=_OFF
    )
    clinic_day = StringField(_l("评估日期"), description=_l("像 20260820。"), render_kw=_OFF)
    instead_of = StringField()

    def __init__(self, *args: Any, birth_date: dt.date, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._birth_date, self._today = birth_date, today
        self.day: dt.date | None = None

    def at_clinic(self, now: str | None) -> None:
        """A clinic issues and replaces certificates; what a school saw of them it leaves as it is."""
        self.state.offer(one for one in CERTIFICATE_STATES if one[0] in {"being_replaced", "replaced", now})
        if now is None:
            self.whereabouts.data = ""  # a school's business

    @property
    def in_hand(self) -> bool:
        return self.state.data not in _WITHOUT

    @property
    def assessed(self) -> bool:
        return self.in_hand and self.clinic_result.data in {"complete", "catch_up"}

    def validate_clinic_result(self, field: OneOfCards) -> None:
        if not self.in_hand and field.data in {"complete", "catch_up"}:
            raise ValidationError(_("证不在，评估页就看不到。请改接种证那一项，或者把这里选成“还没看”。"))

    def validate_clinic_day(self, field: StringField) -> None:
        if not (field.data or "").strip() or not self.assessed:
            return
        try:
            day = read_day(field.data or "")
        except NoDate as fault:
            raise ValidationError(str(fault)) from fault
        if day > self._today:
            raise ValidationError(_("%(day)s 还没到。请看年份是不是写错了。", day=day.isoformat()))
        if day < self._birth_date:
            raise ValidationError(_("%(day)s 比出生日期还早。请看是不是写错了。", day=day.isoformat()))
        self.day = day


class DoubtForm(Form):
    """What somebody cannot believe or read: one dose, or every dose of a line."""

    about = OneOf(_l("对什么存疑"))
    kind = OneOfCards(_l("为什么"), offers=DOUBT_KINDS)

    def offer(self, doses: Sequence[tuple[int, str]]) -> None:
        """`doses`: the records that can be doubted, in words; after them every line as a whole."""
        choices = [("", _("请选一剂，或者一种疫苗的全部记录"))]
        choices += [(f"dose-{number}", words) for number, words in doses]
        choices += [(f"line-{line}", _("%(line)s的全部记录", line=line_name(line))) for line in LINES]
        self.about.offer(choices)

    def validate_about(self, field: OneOf) -> None:
        if not field.data:
            raise ValidationError(_("请选对什么存疑。"))

    @property
    def dose_record_id(self) -> int | None:
        kind, _dash, number = (self.about.data or "").partition("-")
        return int(number) if kind == "dose" else None

    @property
    def line(self) -> str:
        return (self.about.data or "").partition("-")[2]


class SettleForm(Form):
    """How a doubt ended."""

    outcome = OneOfCards(_l("核实下来"), offers=OUTCOMES)


class ExemptionForm(Form):
    """The clinic's word that something is not given, or not now. There is no field for why."""

    line = OneOf(_l("哪种疫苗"))
    kind = OneOfCards(_l("临床判定"))
    valid_to = StringField(
        _l("到哪天为止"), description=_l("判定上写的最后一天，像 20261231；没有写就空着。"), render_kw=_OFF
    )
    evidence = OneOfCards(_l("从哪里看到的"), offers=EVIDENCE)

    def __init__(self, *args: Any, today: dt.date, at_clinic: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.day: dt.date | None = None
        self.kind.offer(EXEMPTION_KINDS_AT_CLINIC if at_clinic else EXEMPTION_KINDS)
        self.line.offer([("", _("请选"))] + [(line, line_name(line)) for line in (*LINES, LIVE)])

    def validate_line(self, field: OneOf) -> None:
        if not field.data:
            raise ValidationError(_("请选哪种疫苗。"))

    def validate_valid_to(self, field: StringField) -> None:
        if not (field.data or "").strip():
            return
        try:
            day = read_day(field.data or "")
        except NoDate as fault:
            raise ValidationError(str(fault)) from fault
        if day < self._today:
            raise ValidationError(_("%(day)s 已经过了，判定不再管用，不用登记。", day=day.isoformat()))
        if day.year > self._today.year + 20:
            raise ValidationError(_("%(day)s 太远了。请看年份是不是写错了。", day=day.isoformat()))
        self.day = day


class DoseForm(Form):
    """One dose, put right."""

    vaccine = StringField(_l("疫苗"), filters=[one_line], render_kw={**_OFF, "list": "vaccines"})
    which = StringField()
    day = StringField(
        _l("接种日期"), filters=[one_line], description=_l("只有年月写 2021-03，看不清写 /。"), render_kw=_OFF
    )
    source = OneOf(_l("从哪里看来的"))
    lot = StringField(
        _l("批号"),
        [Length(max=LONGEST_LOT, message=_l("批号太长，40 个字以内。"))],
        filters=[one_line],
        render_kw=_OFF,
    )
    unit = StringField(
        _l("接种单位"),
        [Length(max=LONGEST_UNIT, message=_l("接种单位太长，120 个字以内。"))],
        filters=[one_line],
        render_kw=_OFF,
    )
    settles_doubts = BooleanField(_l("这样改过，对这一剂的存疑就清楚了"))

    def __init__(
        self, *args: Any, birth_date: dt.date, today: dt.date, sources: Choices, on_record: str | None, **kwargs: Any
    ) -> None:
        """`on_record`: what stands there instead of a day; it may stay, whatever it is."""
        super().__init__(*args, **kwargs)
        self._birth_date, self._today, self._on_record = birth_date, today, on_record
        self.source.offer(sources)
        #: What the vaccine could be, when it had to be asked.
        self.candidates: tuple[tuple[str, str], ...] = ()
        self._vaccine: Vaccine | None = None
        self._written: Written | None = None

    @property
    def entry(self) -> DoseEntry:
        if self._vaccine is None or self._written is None:
            raise ValueError("Ask for the entry of a form that validates.")
        return DoseEntry(self._vaccine, self._written, _text(self.lot), _text(self.unit))

    def validate_vaccine(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise ValidationError(_("是哪种疫苗？请写上。"))
        try:
            self._vaccine = read_vaccine(field.data or "", self.which.data or "")
        except WhichVaccine as question:
            self.candidates = question.choices
            raise ValidationError(str(question)) from question

    def validate_day(self, field: StringField) -> None:
        if self._on_record and field.data == self._on_record:
            self._written = Written(partial=self._on_record)
            return
        try:
            self._written = read_day_of_dose((field.data or "").strip(), self._birth_date, self._today)
        except NoDate as fault:
            raise ValidationError(str(fault)) from fault


def _text(field: StringField) -> str | None:
    return field.data or None
