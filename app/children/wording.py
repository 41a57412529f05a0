"""The short words that lists of children need."""

from flask_babel import gettext as _

from app.children.kinship import Kin
from app.children.models import DoseRecord
from forms import wording
from forms.web.vaccines import Vaccine, shown_name


def sex_word(sex: str) -> str:
    return {"F": _("女"), "M": _("男")}[sex]


def certificate_short(state: str | None) -> str:
    """Under a heading that says 接种证 already."""
    words = {
        "present": _("已见"),
        "absent": _("没有"),
        "being_replaced": _("补办中"),
        "replaced": _("已补办"),
        "doubtful": _("有疑问"),
    }
    return words.get(state or "", "—")


def kin_word(kin: Kin) -> str:
    return {Kin.TWIN: _("双胞胎"), Kin.PERHAPS_TWIN: _("双胞胎？"), Kin.SIBLING: _("兄弟姐妹")}[kin]


def why_found(matched: str) -> str:
    """Why a search shows a child; nothing where the name itself says it."""
    words = {
        "number": _("号码一致"),
        "former_name": _("曾用名"),
        "last_four": _("后四位"),
        "birth_date": _("出生日期"),
        "pinyin": _("拼音"),
        "pinyin_part": _("拼音"),
        "look_alike": _("字形相近"),
        "homophone": _("同音字"),
        "near_sound": _("音相近"),
    }
    return words.get(matched, "")


def dose_name(dose: DoseRecord) -> str:
    return shown_name(Vaccine(dose.product, dose.as_written))


def dose_day(dose: DoseRecord) -> str:
    """The day, or what stands there instead of one."""
    return dose.day.isoformat() if dose.day else dose.partial_date or wording.no_day()


def dose_words(dose: DoseRecord) -> str:
    """A dose in one line: 乙肝疫苗 2020-03-05."""
    return f"{dose_name(dose)} {dose_day(dose)}"
