"""The words of the comparison: what differs, why perhaps, whose word holds, and the reasons to choose from."""

from flask_babel import gettext as _

from app.reconciling.models import Kept, Reason
from app.reconciling.telling import Cause, Kind, Row, Side, Told
from forms.wording import product_name, source_word


def kind_word(row: Row) -> str:
    words = {
        Kind.SAME: _("一样"),
        Kind.OTHER_DATE: _("日期不同"),
        Kind.OTHER_PRODUCT: _("疫苗不同"),
        Kind.NOT_IN_REGISTRY: _("登记系统里没有"),
        Kind.ALONE: _("只有一边有"),
    }
    return words[row.kind]


def cause_word(cause: Cause | None) -> str:
    """What a person should look at first."""
    words = {
        Cause.COMBINED: _("像是联合疫苗，另一边拆开记了"),
        Cause.PRODUCT_NAME: _("同一天，疫苗名称不同"),
        Cause.MONTH_ONLY: _("一边只写了年月，月份对得上"),
        Cause.SWAPPED: _("像是日月写反了"),
        Cause.YEAR: _("像是年份差了一年"),
        Cause.NEIGHBOUR: _("只差几天，像是登记晚了或抄错了"),
        Cause.DIGIT: _("只有一个数字不同，像是抄错了"),
        Cause.TOO_CLOSE: _("相隔不到 28 天，不像是两剂"),
    }
    return words[cause] if cause else ""


def told_words(told: Told) -> str:
    day = told.day or told.partial or _("没有日期")
    return f"{told.as_written or product_name(told.product)} {day}"


def side_word(side: Side) -> str:
    return source_word(side.value)


def kept_word(kept: Kept, row: Row) -> str:
    """On the button."""
    if kept is Kept.ALL:
        return _("这一剂是对的，留着") if row.kind is Kind.NOT_IN_REGISTRY else _("几剂都种过，都留着")
    words = {
        Kept.BOOKLET: _("以接种证为准"),
        Kept.REGISTRY: _("以登记系统为准"),
        Kept.CLINIC: _("以接种单位为准"),
        Kept.NONE: _("没有种过，撤回这一剂"),
    }
    return words[kept]


def reason_word(reason: Reason) -> str:
    words = {
        Reason.SEEN_IN_BOOKLET: _("再看过接种证，证上是这样"),
        Reason.BOOKLET_MISREAD: _("接种证录错了"),
        Reason.REGISTRY_WRONG: _("登记系统记错了"),
        Reason.CLINIC_CONFIRMED: _("问过接种单位"),
        Reason.SAME_DOSE: _("同一剂，两边写法不同"),
        Reason.SEVERAL_DOSES: _("确实是几剂"),
    }
    return words[reason]


def usual_reason(row: Row) -> Reason:
    """The reason that stands in the list at first."""
    if row.kind is Kind.NOT_IN_REGISTRY:
        return Reason.SEEN_IN_BOOKLET
    if row.cause in {Cause.COMBINED, Cause.PRODUCT_NAME, Cause.MONTH_ONLY}:
        return Reason.SAME_DOSE
    return Reason.SEEN_IN_BOOKLET
