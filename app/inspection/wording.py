"""Words of deadlines and visits."""

from flask_babel import gettext as _

from app.inspection.models import FindingKind
from app.inspection.overdue import Late


def late_word(late: Late) -> str:
    return {
        Late.NOT_BEGUN: _("还没开始查验"),
        Late.LIST: _("名单没送"),
        Late.LIST_SOON: _("名单快到期"),
        Late.OWN_DAYS: _("转入的孩子过了 30 天没查"),
        Late.RECHECK: _("复查没做完"),
        Late.RECHECK_SOON: _("复查快到期"),
    }[late]


def finding_words() -> dict[FindingKind, str]:
    return {
        FindingKind.NOT_CHECKED: _("有孩子没查验"),
        FindingKind.LIST_NOT_SENT: _("名单没有按时送"),
        FindingKind.NOTICES_NOT_HANDED: _("通知没有发到家长"),
        FindingKind.BOOKLETS: _("接种证保管或退还"),
        FindingKind.RECORDS: _("记录和接种证不一致"),
        FindingKind.RECHECK: _("复查没有做"),
        FindingKind.PRIVACY: _("个人信息保护"),
        FindingKind.OTHER: _("其他"),
    }


def finding_word(kind: FindingKind) -> str:
    return finding_words()[kind]
