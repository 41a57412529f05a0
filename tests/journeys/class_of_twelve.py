"""一（3）班 on the first Thursday of term: twelve children, who they are and what is known of their doses.

Nobody exists. What the registry knows is shifted from one whole childhood to each birth date; days stay days apart.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from stdnum.cn import ric

from tests.campaigns import EVERYTHING

CLASS = "一（3）班"
_OF_EVERYTHING = dt.date(2020, 3, 12)


@dataclass(frozen=True)
class Pupil:
    """One row of the roster. `lacks`: what the registry does not know: a product, or its n-th dose (from 1)."""

    name: str
    sex: str
    born: dt.date
    serial: int
    guardian: str = "家长"
    lacks: tuple[tuple[str, int], ...] = ()
    known: bool = True

    @cached_property
    def number(self) -> str:
        body = f"330106{self.born:%Y%m%d}{self.serial * 2 + (self.sex == '男'):03d}"
        return body + ric.calc_check_digit(body + "0")

    @cached_property
    def code(self) -> str:
        """The child code on the booklet, as a gun reads it; some begin with a digit that is also a key of the desk."""
        return f"{self.serial % 3 + 1}310{self.born:%Y%m%d}{self.serial:06d}"

    @cached_property
    def phone(self) -> str:
        return f"1390571{self.serial:04d}"

    @property
    def last_four(self) -> str:
        return self.number[-4:]

    @property
    def doses(self) -> list[tuple[str, dt.date]]:
        """What the registry knows."""
        if not self.known:
            return []
        later = self.born - _OF_EVERYTHING
        return [
            (product, dt.date.fromisoformat(day) + later)
            for product, days in EVERYTHING.items()
            for place, day in enumerate(days, start=1)
            if (product, place) not in self.lacks
        ]


_BORN = dt.date(2020, 2, 3)

YUTONG = Pupil("陈雨桐", "女", dt.date(2019, 12, 5), 11)
ZIXUAN = Pupil("王子轩", "男", dt.date(2020, 1, 16), 12, lacks=(("DTaP", 5), ("MPSV-AC", 2)))
SIYUAN = Pupil("李思源", "男", dt.date(2020, 3, 12), 13)
TIANYOU = Pupil("赵天佑", "男", dt.date(2020, 3, 30), 14)
YIFAN = Pupil("刘一帆", "女", dt.date(2020, 4, 8), 15, lacks=(("MMR", 2),))
#: Twins: the names sound alike, the day is the same, so is the phone of the family.
XIAOTONG_EAST = Pupil("周晓彤", "女", _BORN, 16, guardian="周明")
XIAOTONG_TREE = Pupil("周晓桐", "女", _BORN, 17, guardian="周明", lacks=(("HepA-L", 1),))
#: The registry knows nothing of these two: their booklets are typed.
HAORAN = Pupil("孙浩然", "男", dt.date(2020, 1, 20), 18, known=False)
JIAYI = Pupil("吴佳怡", "女", dt.date(2020, 2, 20), 19, known=False)
YUHANG = Pupil("郑宇航", "男", dt.date(2019, 11, 25), 20)
MENGQI = Pupil("何梦琪", "女", dt.date(2020, 2, 26), 21, lacks=(("DTaP", 5),))
#: Too old by now for BCG, which is no longer given.
XIAOCHUAN = Pupil("马小川", "男", dt.date(2020, 3, 3), 22, lacks=(("BCG", 1),))

TWELVE = (
    YUTONG,
    ZIXUAN,
    SIYUAN,
    TIANYOU,
    YIFAN,
    XIAOTONG_EAST,
    XIAOTONG_TREE,
    HAORAN,
    JIAYI,
    YUHANG,
    MENGQI,
    XIAOCHUAN,
)

#: A booklet as a clerk reads it aloud: the vaccine, the day; "." is the day above. Everything is there.
BOOKLET_OF_HAORAN = (
    ("卡介苗", "20200120"),
    ("乙肝疫苗", "."),
    ("乙肝疫苗", "20200221"),
    ("五联疫苗", "20200322"),
    ("五联疫苗", "20200423"),
    ("五联疫苗", "20200524"),
    ("乙肝疫苗", "20200726"),
    ("A群流脑", "20200726"),
    ("A群流脑", "20201028"),
    ("麻腮风", "20200922"),
    ("乙脑减毒", "."),
    ("五联疫苗", "20210723"),
    ("麻腮风", "."),
    ("甲肝减毒", "."),
    ("乙脑减毒", "20220125"),
    ("A群C群流脑多糖疫苗", "20230124"),
    ("百白破", "20260126"),
    ("A群C群流脑多糖疫苗", "."),
)
#: This one ends at eighteen months.
BOOKLET_OF_JIAYI = (
    ("卡介苗", "2020.2.20"),
    ("乙肝疫苗", "."),
    ("乙肝疫苗", "2020.3.23"),
    ("五联疫苗", "2020.4.22"),
    ("五联疫苗", "2020.5.24"),
    ("五联疫苗", "2020.6.25"),
    ("乙肝疫苗", "2020.8.26"),
    ("A群流脑", "."),
    ("麻腮风", "2020.10.26"),
    ("乙脑减毒", "."),
    ("五联疫苗", "2021.8.24"),
    ("麻腮风", "."),
)
