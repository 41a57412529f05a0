"""The words of the board."""

from flask_babel import gettext as _

from app.oversight.board import By
from app.oversight.hints import Hint, Kind
from app.schools.models import Ownership, Stage
from forms.wording import product_name


def by_word(by: By) -> str:
    return {By.TOWNSHIP: _("乡镇街道"), By.STAGE: _("学段"), By.OWNERSHIP: _("公办民办")}[by]


def group_word(by: By, name: str) -> str:
    """What a group is called; a school of which nobody wrote it down is in a group too."""
    words = {
        Stage.KINDERGARTEN.value: _("幼儿园"),
        Stage.PRIMARY.value: _("小学"),
        Ownership.PUBLIC.value: _("公办"),
        Ownership.PRIVATE.value: _("民办"),
    }
    return name or _("没有登记") if by is By.TOWNSHIP else words.get(name, _("没有登记"))


def hint_words(hint: Hint) -> str:
    """What looks odd, never who did wrong."""
    more = {
        "product": product_name(hint.product) if hint.product else "",
        "day": hint.day.isoformat() if hint.day else "",
        "n": len(hint.children),
        "all": hint.of,
    }
    if hint.kind is Kind.HEAPED:
        return _("%(product)s：%(all)s 剂里有 %(n)s 剂是 %(day)s 同一天种的", **more)
    if hint.kind is Kind.BEFORE_BIRTH:
        return _("%(product)s：%(day)s 早于出生日期", **more)
    if hint.kind is Kind.AFTER_ENTRY:
        return _("%(product)s：%(day)s 晚于录入那天", **more)
    if hint.kind is Kind.TOO_CLOSE:
        days = (hint.lines[1].day - hint.lines[0].day).days
        return _("%(product)s：%(day)s 那剂离上一剂只有 %(days)s 天", days=days, **more)
    return _("%(n)s 人的 %(all)s 剂记录完全相同", **more)
