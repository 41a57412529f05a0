"""What a school writes or says to families about a notice, in three lengths. Text to paste: nothing is sent from here.

What goes to a group names no child and counts none: who owes what is between the school and one family.
"""

import datetime as dt
from dataclasses import dataclass

from forms.translating import translate as _


@dataclass(frozen=True, slots=True)
class Asked:
    """What one family is asked, as far as a message says it."""

    school: str
    class_name: str
    child: str
    owed: int
    visits: int
    certificate: bool
    verify: int
    clinic: str
    phone: str
    open_days: str
    recheck_by: dt.date


def for_the_group(school: str, class_name: str, recheck_by: dt.date, again: bool = False) -> str:
    """For a class's group: the same for everybody, whoever owes something or not."""
    first = (
        _("各位家长好：接种证查验的第二次通知已经装在折好的信里，请今天看一看孩子的书包。")
        if again
        else _("各位家长好：学校看过了接种证，有要补种、补证、核实的，通知已经折好让孩子带回，请看一看书包。")
    )
    rest = _(
        "没有收到的就没有要办的事。疫苗是国家免疫规划的，免费；孩子可以照常上学。"
        "办好以后请把接种证和回执带来，%(month)s 月 %(day)s 日前学校会再看一次。"
        "种过但没有记录的，请接种单位补录；没有记录，不等于没有种。各家的情况请单独问老师，不在群里说。",
        month=recheck_by.month,
        day=recheck_by.day,
    )
    return first + rest + _("（%(school)s %(class_name)s）", school=school, class_name=class_name)


def as_sms(asked: Asked) -> str:
    """For the guardian's phone: what is to be done, where, and that school goes on."""
    place = asked.clinic or _("居住地的接种单位")
    where = _("、").join(one for one in (asked.open_days, asked.phone) if one)
    return _(
        "【%(school)s】%(child)s家长您好：%(what)s请带接种证到%(place)s%(where)s。详见通知书。孩子可以照常上学。",
        school=asked.school,
        child=asked.child,
        what=_what(asked),
        place=place,
        where=f"（{where}）" if where else "",
    )


def to_say(asked: Asked) -> str:
    """To be read out on the phone; the child is named once it is sure who listens."""
    day = asked.recheck_by
    parts = [
        _("您好，我是%(school)s%(class_name)s的老师。请问您是%(child)s的家长吗？（是本人再往下说）", **_who(asked)),
        _("学校看了孩子的接种证。") + _what(asked),
        _("请带上孩子、接种证和通知，到%(place)s。", place=asked.clinic or _("居住地的接种单位")),
        _("接种日是%(days)s。", days=asked.open_days) if asked.open_days else "",
        _("去之前可以先打电话问，号码在通知上。") if asked.phone else "",
        _("要是种过、只是本子上没写，请接种单位补上就行：没有记录，不等于没有种。"),
        _("能不能种、什么时候种，听接种单位医生的。孩子照常上学。"),
        _(
            "办好以后把接种证带来，%(month)s 月 %(day)s 日前我们再看一次。您有什么要问的吗？",
            month=day.month,
            day=day.day,
        ),
    ]
    return "\n".join(part for part in parts if part)


def _what(asked: Asked) -> str:
    said = []
    if asked.certificate:
        said.append(_("还没有看到接种证，丢了的请补办。"))
    if asked.owed and asked.visits:
        said.append(_("还有 %(n)s 剂免疫规划疫苗要补，免费，去 %(v)s 次可以补完。", n=asked.owed, v=asked.visits))
    elif asked.owed:
        said.append(_("还有 %(n)s 剂免疫规划疫苗要补，免费。", n=asked.owed))
    if asked.verify:
        said.append(_("有 %(n)s 种疫苗的记录要请接种单位核实。", n=asked.verify))
    return "".join(said) or _("接种证上的评估要请接种单位核实。")


def _who(asked: Asked) -> dict[str, str]:
    return {"school": asked.school, "class_name": asked.class_name, "child": asked.child}
