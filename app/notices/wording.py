"""The words of notices: their number, parts, states, and why something cannot be done now."""

from flask_babel import gettext as _

from app.campaigns.models import Campaign, Round
from app.notices.actions import Refusal
from app.notices.models import ItemState, Notice, NoticeKind, NoticePart, NoticeState


def sheet_number(campaign: Campaign, school_id: int, number: int) -> str:
    """2026秋-0012-0057: the round, the school, the sheet; the same in every language."""
    term = "秋" if campaign.round is Round.AUTUMN else "春"
    return f"{campaign.year}{term}-{school_id:04}-{number:04}"


def kind_word(kind: NoticeKind) -> str:
    words = {
        NoticeKind.FIRST: _("通知"),
        NoticeKind.SECOND: _("催种"),
        NoticeKind.PASSED: _("查验合格证明"),
        NoticeKind.WAIVED: _("查验证明"),
    }
    return words[kind]


def part_word(part: str) -> str:
    return {NoticePart.CERTIFICATE: _("补证"), NoticePart.CATCH_UP: _("补种"), NoticePart.VERIFY: _("核实")}[
        NoticePart(part)
    ]


def parts_words(notice: Notice) -> str:
    """What the paper asks for; a certificate by its name."""
    return _("、").join(part_word(part) for part in notice.parts) or kind_word(notice.kind)


def notice_state_word(state: NoticeState) -> str:
    words = {
        NoticeState.DRAFTED: _("还没打印"),
        NoticeState.PRINTED: _("已打印"),
        NoticeState.HANDED: _("已发给家长"),
        NoticeState.SLIP_BACK: _("回执已交回"),
        NoticeState.REPLACED: _("已被新的代替"),
        NoticeState.WITHDRAWN: _("已撤回"),
    }
    return words[state]


def item_state_word(state: ItemState) -> str:
    words = {
        ItemState.OPEN: _("还没种"),
        ItemState.GIVEN: _("已种"),
        ItemState.NOT_OWED: _("不用再补"),
        ItemState.FAILED: _("没有种成"),
    }
    return words[state]


def refusal_words(refusal: Refusal) -> str:
    return {
        Refusal.ENDED: _("这张通知已经作废，不能再用。请看这个孩子现在的通知。"),
        Refusal.NOT_PRINTED: _("这张通知还没有打印过。请先打印，再记发放和回执。"),
        Refusal.NOTHING_OPEN: _("这张通知上的事都办好了，不用再催。"),
        Refusal.NOT_PASSED: _("这次查验还有要办的事，没有证明可打。请打通知。"),
        Refusal.NO_CAMPAIGN: _("现在没有进行中的查验批次，证明没有编号，打不了。"),
    }[refusal]
