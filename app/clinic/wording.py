"""The words of the health center's desk."""

import datetime as dt

from flask_babel import gettext as _

from app.clinic.kinds import ContactResult, ContactWay, EndedBecause, PauseReason, Seriousness, WhyNot
from forms.wording.days import month_and_day


def why_not_word(why: str) -> str:
    words = {
        WhyNot.REFUSED: _("家长不同意"),
        WhyNot.ILL: _("生病，过几天再来"),
        WhyNot.CONTRAINDICATED: _("有禁忌"),
        WhyNot.MOVED: _("搬走了"),
        WhyNot.NO_STOCK: _("没有疫苗"),
        WhyNot.NOT_REACHED: _("联系不上"),
        WhyNot.ELSEWHERE: _("说在别处种了，没有记录"),
        WhyNot.NOT_COME: _("约了没来"),
    }
    return words[WhyNot(why)]


def pause_word(reason: str) -> str:
    words = {
        PauseReason.NO_STOCK: _("没有疫苗"),
        PauseReason.COLD_CHAIN: _("冷链出了问题"),
        PauseReason.RECALL: _("质量问题或召回"),
        PauseReason.ADVERSE_EVENT: _("出现异常反应，先停"),
        PauseReason.STAFF: _("人手不够"),
        PauseReason.WEATHER: _("天气或疫情"),
        PauseReason.SCHOOL: _("学校有安排"),
    }
    return words[PauseReason(reason)]


def way_word(way: str) -> str:
    words = {
        ContactWay.CALL: _("打电话"),
        ContactWay.MESSAGE: _("发消息"),
        ContactWay.VISIT: _("上门"),
        ContactWay.SCHOOL: _("请学校转告"),
    }
    return words[ContactWay(way)]


def contact_word(result: str) -> str:
    words = {
        ContactResult.WILL_COME: _("答应来"),
        ContactResult.TOLD: _("已告知"),
        ContactResult.NO_ANSWER: _("没人接"),
        ContactResult.WRONG_NUMBER: _("号码不对"),
        ContactResult.ELSEWHERE: _("说在别处种了"),
        ContactResult.MOVED: _("搬走了"),
        ContactResult.REFUSES: _("不同意种"),
    }
    return words[ContactResult(result)]


def ended_word(why: str) -> str:
    words = {
        EndedBecause.CAME: _("来了"),
        EndedBecause.MISSED: _("没来"),
        EndedBecause.MOVED: _("改了时间"),
        EndedBecause.CANCELLED: _("取消了"),
    }
    return words[EndedBecause(why)]


def seriousness_word(seriousness: str) -> str:
    words = {
        Seriousness.MILD: _("一般反应"),
        Seriousness.SERIOUS: _("严重"),
        Seriousness.URGENT: _("死亡、群体性或引起关注"),
    }
    return words[Seriousness(seriousness)]


def clock_time(minutes: int) -> str:
    """540 → 9:00"""
    return f"{minutes // 60}:{minutes % 60:02}"


def day_word(day: dt.date) -> str:
    """10 月 8 日（周四）"""
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return _("%(day)s（%(name)s）", day=month_and_day(day), name=names[day.weekday()])


def short_day(day: dt.date) -> str:
    """10-8, for a narrow column"""
    return f"{day.month}-{day.day}"
