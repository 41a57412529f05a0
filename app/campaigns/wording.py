"""The words of campaigns: states, stages, what is to be done, and why something cannot be."""

import datetime as dt

from flask_babel import gettext as _

from app.campaigns.actions import NotNow, Refusal
from app.campaigns.clocks import OwnDays
from app.campaigns.models import CampaignState, Kind, Round
from app.campaigns.pace import Pace
from app.campaigns.preparing import Item
from app.campaigns.reminders import Reminder, What
from app.campaigns.settings import LONGEST_DEADLINE, Fault
from app.campaigns.timeline import Stage
from forms.wording import line_name
from forms.wording.days import month_and_day
from rules import national


def campaign_state_word(state: CampaignState) -> str:
    words = {
        CampaignState.PREPARING: _("还没开始，学校看不见"),
        CampaignState.OPEN: _("进行中"),
        CampaignState.SEALED: _("已封存"),
    }
    return words[state]


def kind_word(kind: str) -> str:
    words = {Kind.KINDERGARTEN: _("入托"), Kind.SCHOOL: _("入学"), Kind.JOINING: _("转学、插班、借读")}
    return words[Kind(kind)]


def round_word(round_: Round) -> str:
    return _("秋季") if round_ is Round.AUTUMN else _("春季")


def edition_title(edition: str) -> str:
    """The name of the document behind an edition, with its short name."""
    law = national()
    return f"{law.sources[law.edition(edition).source].title}（{edition}）"


def stage_word(stage: Stage) -> str:
    words = {
        Stage.PREPARING: _("准备"),
        Stage.CHECKING: _("查验"),
        Stage.SUMMARISING: _("汇总"),
        Stage.REPORTED: _("已上报"),
        Stage.CATCHING_UP: _("补种"),
        Stage.RECHECKING: _("复查"),
        Stage.ARCHIVED: _("归档"),
    }
    return words[stage]


def days_left_words(left: int) -> str:
    if left > 0:
        return _("还剩 %(n)s 天", n=left)
    return _("今天到期") if left == 0 else _("已过 %(n)s 天", n=-left)


def reminder_words(one: Reminder, today: dt.date) -> str:
    """还剩 6 天，17 人未查验"""
    left = one.days_left(today)
    when = days_left_words(left) if left is not None else ""
    words = {
        What.CHECK: lambda: _("%(when)s，%(n)s 人未查验", when=when, n=one.number),
        What.CHECK_NEWCOMERS: lambda: _("后来的孩子 %(n)s 人未查验，最早的%(when)s", n=one.number, when=when),
        What.HAND_OUT: lambda: (
            _("%(n)s 张通知还没发给家长", n=one.number)
            + (_("，其中 %(n)s 张还没打印", n=one.of_them) if one.of_them else "")
        ),
        What.SEND_LISTS: lambda: _("%(n)s 个接种单位的名单还没送出，%(when)s", n=one.number, when=when),
        What.LOOK_AGAIN: lambda: _("%(n)s 个孩子补种了，等您复查", n=one.number),
    }
    return words[one.what]()


def own_days_words(days: OwnDays, today: dt.date) -> str:
    """9 月 8 日到校，10 月 8 日前查验，还剩 28 天"""
    words = _("%(day)s到校，%(until)s前查验", day=month_and_day(days.from_day), until=month_and_day(days.until))
    if days.checked:
        return words
    return _("%(words)s，%(left)s", words=words, left=days_left_words((days.until - today).days))


def pace_words(pace: Pace) -> str:
    """9 月 15 日前要查到 50%，还差 28 人，每天还要查 14 人。"""
    goal = _("%(day)s前要查到 %(share)s%%", day=month_and_day(pace.milestone.day), share=pace.milestone.share)
    if not pace.missing:
        return _("%(goal)s，已经做到。", goal=goal)
    if pace.a_day is None:
        return _("%(goal)s，还差 %(n)s 人，没有上学日了。", goal=goal, n=pace.missing)
    return _(
        "%(goal)s，还差 %(n)s 人，还有 %(days)s 个上学日，每天还要查 %(a_day)s 人。",
        goal=goal,
        n=pace.missing,
        days=pace.school_days,
        a_day=pace.a_day,
    )


def focus_words(counts: list[tuple[str, int]]) -> str:
    """脊灰 12 人、麻腮风 3 人"""
    return _("、").join(_("%(line)s %(n)s 人", line=line_name(line), n=number) for line, number in counts)


def item_words(item: Item) -> tuple[str, str]:
    """A line of the checklist: what to do, and why or how."""
    words = {
        Item.CONTACT: (_("定好负责人和电话"), _("教育局和接种单位有事找得到人。由教育局在批次设置里登记。")),
        Item.CLERKS: (_("查验员都有账号"), _("一人一个账号，不合用。")),
        Item.ROSTER: (_("名册已导入"), _("应查验人数从名册来。")),
        Item.LETTER: (_("入学须知已发给家长"), _("请家长带接种证来，没证的先去补办。")),
        Item.MEETING: (_("查验员学过怎么查"), _("认识接种证、评估页和六种结果。")),
        Item.WALL_TABLE: (_("应种剂次表已贴在查验台边"), _("一张 A4，按年龄看该种几剂。")),
        Item.REGISTERS: (_("备好空白登记表"), _("停电的时候用手写，来电再录。")),
        Item.PADS: (_("备好空白剂次单"), _("一张 A4 两份，记一个孩子的全部剂次。")),
        Item.DESK: (_("查验台试过：扫码枪、打印机、网络"), _("扫一个条码，打一张通知。")),
        Item.PRACTICE: (_("每个查验员都演练过"), _("用编的孩子走一遍，什么都不会留下。")),
    }
    return words[item]


def fault_words(fault: Fault) -> str:
    words = {
        Fault.NO_KIND: _("至少选一类孩子。"),
        Fault.JOINS_LATE: _("这一天不能晚于开学第一天。"),
        Fault.TOO_MANY_DAYS: _("填 1 到 %(n)s 天：办法规定最多 30 天。", n=LONGEST_DEADLINE),
        Fault.LIST_DAYS: _("填 1 到 %(n)s 天；不要这条期限，就去掉勾。", n=LONGEST_DEADLINE),
        Fault.CHECKS_BEFORE_TERM: _("查验不能早于开学第一天。"),
        Fault.SUMS_UP_EARLY: _("汇总不能早于查验。"),
        Fault.SUMS_UP_LATE: _("汇总要在查完的期限以内开始。"),
        Fault.CATCHES_UP_BEFORE_TERM: _("补种不能早于开学第一天。"),
        Fault.CATCHES_UP_BACKWARDS: _("补种的最后一天不能早于第一天。"),
        Fault.RECHECKS_EARLY: _("复查要晚于查验期限和补种开始的那天。"),
        Fault.RECHECKS_LATE: _("复查不能早于补种结束，也不能晚于当年 12 月 31 日。"),
        Fault.CUTOFF: _("填 0 到 23 点。"),
        Fault.MILESTONE_DAY: _("进度目标的日期要在开学和查完的期限之间。"),
        Fault.MILESTONE_SHARE: _("百分之几，填 1 到 100。"),
        Fault.MILESTONE_ORDER: _("进度目标要一个比一个晚，一个比一个高。"),
    }
    return words[fault]


def refusal_words(why: NotNow) -> str:
    words = {
        Refusal.SAME_ROUND: lambda: _("这一年这一季已经有一个批次了，请改开学第一天或季节。"),
        Refusal.ANOTHER_OPEN: lambda: _("“%(name)s”还开着。先把它归档封存，再开这一批。", name=why.other),
        Refusal.OPEN_ALREADY: lambda: _("这一批已经开着了。"),
        Refusal.NO_SUCH_EDITION: lambda: _("没有这一版程序，请重新选。"),
    }
    return words[why.refusal]()


def sealed_words(name: str) -> str:
    return _("“%(name)s”已经封存，里面的查验、通知和名单都不再改。", name=name)
