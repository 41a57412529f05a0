"""The new first class of a school: fifty-nine children in two classes, and one who comes in the middle of September.

Nobody exists. Every child has a plan: what the registry does not know of it, and the key that its assessment page asks
for at the desk.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from forms.wording import product_name
from tests.journeys.class_of_twelve import Pupil
from tests.journeys.roster_file import as_bytes

CLASSES = ("一（3）班", "一（4）班")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"
_GIVEN = ("安然", "博文", "春晓", "东来", "恩泽")
_FIRST = dt.date(2019, 11, 25)
_AT_SIX = (("DTaP", 5), ("MPSV-AC", 2))


@dataclass(frozen=True)
class Plan:
    """What happens to a child at the desk on the first day: the key, and the result it leads to."""

    lacks: tuple[tuple[str, int], ...]
    key: str
    result: str


_READY = Plan((), "1", "已种齐")
_TWO_OWED = Plan(_AT_SIX, "2", "需补种")
_ONE_OWED = Plan((("HepA-L", 1),), "2", "需补种")
_REFUSES = Plan((("MMR", 2),), "2", "需补种")
_LOST = Plan((), "/1", "无接种证")
#: The clinic says that all is done and a dose is missing in the registry: it stands in the booklet, as it turns out.
_ASKED = Plan((("DTaP", 5),), "1", "需核实")
#: Too old for BCG, which is no longer given.
_TOO_OLD = Plan((("BCG", 1),), "1", "无需补种")
_PLANS = (*[_READY] * 41, *[_TWO_OWED] * 10, *[_ONE_OWED] * 4, _REFUSES, _LOST, _ASKED, _TOO_OLD, _ONE_OWED)


def _pupil(place: int, plan: Plan) -> Pupil:
    name = _SURNAMES[place % len(_SURNAMES)] + _GIVEN[place // len(_SURNAMES)]
    born = _FIRST + dt.timedelta(days=2 * place)
    return Pupil(name, "女" if place % 2 else "男", born, 200 + place, guardian=f"{name[0]}家长", lacks=plan.lacks)


SIXTY = [(_pupil(place, plan), plan) for place, plan in enumerate(_PLANS)]
#: The last one comes by transfer.
NEWCOMER = SIXTY[-1][0]
FIRST_DAY = SIXTY[:-1]
REFUSES, LOST, ASKED = (next(one for one, plan in SIXTY if plan is wanted) for wanted in (_REFUSES, _LOST, _ASKED))
#: Those who come to the health center with their notices, and those whose doses come in a file of the registry.
BY_NOTICE = [one for one, plan in SIXTY if plan is _TWO_OWED][:3]
BY_FILE = [one for one, plan in FIRST_DAY if plan in (_TWO_OWED, _ONE_OWED) and one not in BY_NOTICE]
#: Whoever goes home with a notice on the first day.
ASKED_FOR = [one for one, plan in FIRST_DAY if plan.result in ("需补种", "需核实", "无接种证")]
#: The dose of six that stands in a booklet.
IN_THE_BOOKLET = ASKED.born.replace(year=2026) + dt.timedelta(days=8)


def class_of(pupil: Pupil) -> str:
    """Mixed, as a school mixes them; the one who comes later joins the first class."""
    place = [one for one, _plan in SIXTY].index(pupil)
    return CLASSES[0] if pupil is NEWCOMER else CLASSES[place // 2 % 2]


def school_roster() -> bytes:
    """As the office writes it: one sheet, two classes."""
    rows = (_row(one, class_of(one), "新生") for one, _plan in FIRST_DAY)
    return as_bytes(
        ("班级", "姓名", "性别", "出生日期", "身份证号", "儿童编码", "监护人", "关系", "联系电话", "来源"), rows
    )


def newcomer_roster(day: dt.date) -> bytes:
    columns = (
        "班级",
        "姓名",
        "性别",
        "出生日期",
        "身份证号",
        "儿童编码",
        "监护人",
        "关系",
        "联系电话",
        "来源",
        "入班日期",
    )
    return as_bytes(columns, [[*_row(NEWCOMER, CLASSES[0], "转入"), day]])


def registry_file(doses: Iterator[tuple[Pupil, str, dt.date]]) -> bytes:
    """A dose a row, as a registry exports it."""
    rows = ([one.code, one.name, one.born, product_name(product), day] for one, product, day in doses)
    return as_bytes(("儿童编码", "姓名", "出生日期", "疫苗名称", "接种日期"), rows)


def known() -> Iterator[tuple[Pupil, str, dt.date]]:
    """What the registry knows when term begins."""
    return ((one, product, day) for one, _plan in FIRST_DAY for product, day in one.doses)


def given_later(day: dt.date) -> Iterator[tuple[Pupil, str, dt.date]]:
    """What the registry knows in October of those who were vaccinated and not scanned."""
    return ((one, product, day) for one in BY_FILE for product, _number in one.lacks)


def _row(pupil: Pupil, school_class: str, source: str) -> list[object]:
    who = [pupil.name, pupil.sex, pupil.born, pupil.number, pupil.code]
    return [school_class, *who, pupil.guardian, "母亲", pupil.phone, source]
