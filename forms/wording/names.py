"""Names of vaccines, lines and states, as the official table and the counter use them."""

from forms.translating import speaks_english
from forms.translating import translate as _
from forms.wording import english
from rules import national
from rules.vocabulary import Owed


def product_name(code: str) -> str:
    """The name of a catalogue product, `脊灰灭活疫苗（IPV）`; the code alone for what the catalogue lacks.

    Whoever reads English gets the name that clinics abroad know, or the code, which is English already.
    """
    if speaks_english():
        return english.product(code)
    product = national().products.get(code)
    if product is None:
        return code
    return f"{product.name}（{code}）" if code in _ALSO_BY_CODE else product.name


#: The official table has four columns for polio.
_POLIO_DOSES = 4
#: Booklets show these letters beside the name, and the name alone is mistaken for its sister's.
_ALSO_BY_CODE = frozenset({"IPV", "bOPV", "tOPV"})


def line_name(code: str) -> str:
    """The short name of a line: 脊灰."""
    names = {
        "BCG": _("卡介苗"),
        "HepB": _("乙肝"),
        "Polio": _("脊灰"),
        "DTP": _("百白破"),
        "MMR": _("麻腮风"),
        "JE": _("乙脑"),
        "Men": _("流脑"),
        "HepA": _("甲肝"),
        "live": _("注射的活疫苗"),
        "others": _("其他疫苗"),
    }
    return names.get(code, code)


def no_day() -> str:
    """Stands where a date should be."""
    return _("没有日期")


def dose_number(number: int) -> str:
    return _("第 %(n)s 剂", n=number)


def owed_dose(owed: Owed) -> str:
    """Which dose is owed, as the official table counts: 第 5 剂; an IPV beyond the fourth polio dose is 补 1 剂."""
    if owed.type2_dose and owed.dose > _POLIO_DOSES:
        return _("补 1 剂（含Ⅱ型%(dose)s）", dose=dose_number(owed.type2_dose))
    return dose_number(owed.dose)


def short_dose(line: str, product: str, dose: int) -> str:
    """A dose in a list: 百白破 5, 脊灰 IPV 5."""
    which = f" {product}" if product in _ALSO_BY_CODE else ""
    return f"{line_name(line)}{which} {dose}"


def to_verify(line: str) -> str:
    """A line in review, in a list: its doses are questions, not debts."""
    return _("%(line)s 待核实", line=line_name(line))


def result_word(result: str | None) -> str:
    """The five results a school reports, and the sixth: nobody looked yet."""
    words = {
        "complete": _("已种齐"),
        "catch_up": _("需补种"),
        "review": _("需核实"),
        "no_certificate": _("无接种证"),
        "waived": _("无需补种"),
    }
    return words.get(result or "", _("未查验"))


def status_word(status: str) -> str:
    words = {
        "complete": _("全程"),
        "up_to_date": _("到今天不欠"),
        "owed": _("欠种"),
        "review": _("待核实"),
        "closed": _("超龄不补"),
        "exempt": _("临床判定不种"),
    }
    return words[status]


def state_word(state: str) -> str:
    return {"overdue": _("已过月龄"), "due": _("已到年龄"), "waiting": _("未到间隔")}[state]


def certificate_word(state: str | None) -> str:
    words = {
        "present": _("接种证已见"),
        "absent": _("没有接种证"),
        "being_replaced": _("接种证补办中"),
        "replaced": _("接种证已补办"),
        "doubtful": _("接种证有疑问"),
    }
    return words.get(state or "", _("接种证还没看"))


def clinic_result_word(result: str | None) -> str:
    words = {"complete": _("已完成"), "catch_up": _("需补种"), "none": _("没有评估")}
    return words.get(result or "", _("还没看"))


def source_word(source: str) -> str:
    words = {
        "booklet": _("接种证"),
        "registry": _("登记系统"),
        "clinic": _("接种单位"),
        "guardian": _("家长回忆"),
    }
    return words[source]


def exemption_word(kind: str) -> str:
    """What a school sees of a clinic's decision: never why."""
    return _("暂不接种") if kind == "deferred" else _("不接种")


def doubt_word(kind: str) -> str:
    words = {"conflict": _("记录互相矛盾"), "unreadable": _("看不清"), "untrue": _("可能不真实")}
    return words[kind]
