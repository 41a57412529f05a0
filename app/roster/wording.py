"""The words of a comparison: groups, fields, agreements. Numbers and phones show their ends only."""

import datetime as dt
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.clock import CHINA
from app.roster.braking import Brake
from app.roster.groups import Agreement, Group
from app.roster.merging import Change, Field
from app.roster.refusing import AlreadyDecided, Moved, NotApplied, StillOpen
from forms.wording.days import month_and_day

#: Group → its name, what it means, its drawing.
GROUPS = {
    Group.FAULTY: (_l("读不出"), _l("有格子要改"), "cross"),
    Group.DUPLICATE: (_l("可能重复"), _l("也许系统里有了"), "people"),
    Group.CHANGED: (_l("有变化"), _l("同一个人，内容不同"), "swap"),
    Group.TRANSFER: (_l("转入"), _l("系统里有，不在本校"), "arrow-right"),
    Group.TWIN: (_l("可能双胞胎"), _l("同姓同日生，都算新增"), "people"),
    Group.NEW: (_l("新增"), _l("系统里没有"), "plus"),
    Group.SAME: (_l("没变化"), _l("不写入"), "tick"),
}

_FIELDS = {
    Field.NAME: _l("姓名"),
    Field.FORMER_NAME: _l("曾用名"),
    Field.SEX: _l("性别"),
    Field.BIRTH_DATE: _l("出生日期"),
    Field.RESIDENT_ID: _l("身份证号"),
    Field.PASSPORT: _l("其他证件号"),
    Field.CHILD_CODE: _l("儿童编码"),
    Field.STUDENT_NUMBER: _l("学籍号"),
    Field.CLASS: _l("班级"),
    Field.GUARDIAN: _l("监护人"),
    Field.PHONE: _l("监护人电话"),
    Field.ADDRESS: _l("住址"),
    Field.ORIGIN: _l("户籍"),
    Field.SOURCE: _l("来源"),
    Field.FROM_DAY: _l("入班日期"),
}
_NUMBERS = frozenset({Field.RESIDENT_ID, Field.PASSPORT, Field.CHILD_CODE, Field.STUDENT_NUMBER})
_SHOWN_END = 4


def field_word(field: Field) -> str:
    return str(_FIELDS[field])


def value_word(change: Change, text: str) -> str:
    """One side of a change, as much as a page of a school shows of it."""
    if not text:
        return ""
    if change.field in _NUMBERS:
        return _("尾号 %(end)s", end=text[-_SHOWN_END:])
    if change.field is Field.PHONE:
        return phone_word(text)
    words = {
        Field.SEX: {"F": _("女"), "M": _("男")},
        Field.ORIGIN: {"local": _("本地"), "elsewhere": _("外地"), "abroad": _("境外")},
        Field.SOURCE: {"roster": _("新生"), "transfer": _("转入"), "midyear": _("插班"), "guest": _("借读")},
    }.get(change.field, {})
    return words.get(text, text)


def phone_word(phone: str) -> str:
    """138****2200: enough for the family to recognise it."""
    plain = phone.strip()
    return f"{plain[:3]}****{plain[-_SHOWN_END:]}" if len(plain) >= 9 else f"****{plain[-2:]}"


def doubt_word(doubt: str | None) -> str:
    words = {
        "swapped": _("像是日月写反，请核对"),
        "birth_date": _("生日变了，请照证件核对"),
        "sex": _("性别变了，请照证件核对"),
        "name": _("名字完全不同，请核对"),
    }
    return words.get(doubt or "", "")


def agreement_word(agreement: Agreement) -> str:
    words = {
        Agreement.NUMBER: _("号码一样"),
        Agreement.PHONE: _("监护人电话一样"),
        Agreement.GUARDIAN: _("监护人姓名一样"),
        Agreement.ADDRESS: _("住址一样"),
        Agreement.NO_NUMBER_THERE: _("系统里没有身份证号"),
        Agreement.NO_NUMBER_HERE: _("文件里没有身份证号"),
    }
    return words[agreement]


def refusal_word(refusal: NotApplied) -> str:
    """Why nothing was written, to the person who pressed the button."""
    if isinstance(refusal, Moved):
        return _("您看的时候，系统里的内容变了。什么都没有写，请再看一遍。")
    if isinstance(refusal, StillOpen):
        return _("还有没回答的问题，什么都没有写。")
    if isinstance(refusal, AlreadyDecided):
        return _("这份名册已经处理过了，没有再写一遍。")
    return _("这份名册打不开了，什么都没有写。请重新上传。")


def brake_words(brake: Brake) -> str:
    """Why it may be last year's file, each in a sentence with its numbers and examples of rows."""
    said = []
    if brake.older:
        said.append(
            _(
                "%(n)s 人比所写的年级大一岁（共 %(of)s 人看得出年级），像第 %(rows)s 行。",
                n=len(brake.older),
                of=brake.of_grade,
                rows=_rows(brake.older),
            )
        )
    if brake.lower:
        said.append(
            _("%(n)s 人现在已经升到更高的年级，像第 %(rows)s 行。", n=len(brake.lower), rows=_rows(brake.lower))
        )
    if brake.left:
        said.append(_("%(n)s 人已经离开本校，像第 %(rows)s 行。", n=len(brake.left), rows=_rows(brake.left)))
    return "".join(said)


def _rows(numbers: Sequence[int]) -> str:
    return str(_("、").join(map(str, numbers[:3])))


def moment(at: dt.datetime) -> str:
    """9 月 1 日 08:30, on Chinese time."""
    here = at.astimezone(CHINA)
    return f"{month_and_day(here.date())} {here:%H:%M}"
