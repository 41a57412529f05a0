"""The words of lists: their number, states, deadlines, and why something cannot be done now."""

from flask_babel import gettext as _

from app.campaigns.models import Campaign, Round
from app.reports.actions import Refusal
from app.reports.models import Report, ReportState, ReturnReason, WhyDropped


def report_number(campaign: Campaign, school_id: int, center_id: int, sequence: int) -> str:
    """名2026秋-0012-0007-01: the round, the school, the health center, the list."""
    term = "秋" if campaign.round is Round.AUTUMN else "春"
    return f"名{campaign.year}{term}-{school_id:04}-{center_id:04}-{sequence:02}"


def number_of(campaign: Campaign, report: Report) -> str:
    return report_number(campaign, report.school_id, report.health_center_id, report.sequence)


def report_kind(sequence: int, *, supplements: bool = True) -> str:
    """The list, one in place of a returned list, or a supplement."""
    if sequence == 1:
        return _("名单")
    return _("补报 %(n)s", n=sequence - 1) if supplements else _("重报")


def kind_of(report: Report) -> str:
    return report_kind(report.sequence, supplements=report.counts.get("supplements", True))


def return_reason(reason: ReturnReason) -> str:
    words = {
        ReturnReason.NOT_OURS: _("有的孩子不归我们管"),
        ReturnReason.UNREADABLE: _("看不清，或者缺页"),
        ReturnReason.WRONG_RECORDS: _("接种记录和我们的对不上"),
        ReturnReason.INCOMPLETE: _("还有要报的孩子没报"),
        ReturnReason.BY_PHONE: _("其他，已经打电话说明"),
    }
    return words[reason]


def why_dropped(why: WhyDropped) -> str:
    words = {
        WhyDropped.LEFT: _("已离校"),
        WhyDropped.MOVED: _("改由别的接种单位管理"),
        WhyDropped.CAUGHT_UP: _("已补齐"),
        WhyDropped.CORRECTED: _("核对以后不欠"),
    }
    return words[why]


def report_state_word(state: ReportState) -> str:
    words = {
        ReportState.FROZEN: _("已定稿，还没送出"),
        ReportState.SENT: _("已送出"),
        ReportState.ACKNOWLEDGED: _("接种单位已接收"),
        ReportState.RETURNED: _("已退回"),
    }
    return words[state]


def refusal_words(refusal: Refusal) -> str:
    words = {
        Refusal.NOTHING_NEW: _("没有新的孩子要补报，已报的也没有变化。"),
        Refusal.NOT_FROZEN: _("这份名单不能送出。请先定稿。"),
        Refusal.NOT_SENT: _("学校还没有送出这份名单。"),
    }
    return words[refusal]


#: What pages say of a list.
ON_PAGES = (report_kind, kind_of, report_state_word, return_reason)
