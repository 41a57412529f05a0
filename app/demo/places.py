"""The made-up district: its areas, offices, health centers, schools and classes. Area codes beginning with 99 do not
exist, nor do phone numbers beginning with 0140.
"""

from dataclasses import dataclass

from app.schools.models import Ownership, Stage

#: Code, name; each area comes after the one it lies in.
AREAS = (
    ("990000", "青山省"),
    ("990100", "青河市"),
    ("990199", "青禾区"),
    ("990199100", "青禾区柳溪镇"),
    ("990199101", "青禾区石桥镇"),
)
DISTRICT, WILLOW_AREA, STONE_AREA = "990199000000", "990199100000", "990199101000"

#: The made-up villages of each health center.
VILLAGES = {
    "willow": ("青禾区柳溪镇桃园村", "青禾区柳溪镇水磨村", "青禾区柳溪镇杏花村", "青禾区柳溪镇柳堤社区"),
    "stone": ("青禾区石桥镇石桥村", "青禾区石桥镇竹坞村", "青禾区石桥镇云岭村", "青禾区石桥镇桥南社区"),
}

ENTRANTS_3, ENTRANTS_6 = "小班", "一年级"

#: School, class, number from 1: where a child sits.
Seat = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Office:
    """The bureau, the CDC or a health center."""

    short: str
    name: str
    area_code: str
    contact_person: str
    phone: str
    address: str
    open_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Class:
    """A class and how many of its children take part: all of an entrants' class, a few newcomers in the others."""

    grade: str
    name: str
    children: int
    #: What the school says it expects; None: it said nothing.
    said: int | None = None
    #: The registry's file did not reach this class: its booklets are still to be typed.
    booklets_to_type: bool = False

    @property
    def entrants(self) -> bool:
        """Does the whole class take part, because all of it is new?"""
        return self.grade in {ENTRANTS_3, ENTRANTS_6}


@dataclass(frozen=True, slots=True)
class School:
    short: str
    name: str
    area_code: str
    center: str
    stage: Stage
    ownership: Ownership
    contact_person: str
    phone: str
    address: str
    classes: tuple[Class, ...]
    #: False: its roster waits in a file for somebody to import it.
    roster_loaded: bool = True


BUREAU = Office("bureau", "青禾区教育局", DISTRICT, "卫老师", "0140-6100001", "青禾区育才路1号")
CDC = Office("cdc", "青禾区疾病预防控制中心", DISTRICT, "田医生", "0140-6100100", "青禾区康宁路8号")
CENTERS = (
    Office("willow", "柳溪镇卫生院", WILLOW_AREA, "江护士", "0140-6100201", "青禾区柳溪镇柳堤街12号", (1, 3, 5)),
    Office("stone", "石桥镇卫生院", STONE_AREA, "石护士", "0140-6100202", "青禾区石桥镇桥南街30号", (2, 4, 6)),
)


def _entrants(grade: str, pattern: str, classes: int, each: int) -> tuple[Class, ...]:
    return tuple(Class(grade, pattern.format("一二三四五"[n], n + 1), each, said=each) for n in range(classes))


def _newcomers(**children: int) -> tuple[Class, ...]:
    """One class of each grade, with this many who came from elsewhere."""
    names = {"middle": ("中班", "中一班"), "senior": ("大班", "大一班")}
    numbers = {"two": "二", "three": "三", "four": "四", "five": "五", "six": "六"}
    names |= {word: (f"{sign}年级", f"{sign}（1）班") for word, sign in numbers.items()}
    return tuple(Class(*names[word], count) for word, count in children.items())


_KINDERGARTEN, _PRIMARY = "小{0}班", "一（{1}）班"

SCHOOLS = (
    School(
        "lab",
        "青禾区实验小学",
        STONE_AREA,
        "stone",
        Stage.PRIMARY,
        Ownership.PUBLIC,
        "周敏",
        "0140-6100301",
        "青禾区石桥镇书院路6号",
        (
            *_entrants(ENTRANTS_6, _PRIMARY, 3, 42),
            Class(ENTRANTS_6, "一（4）班", 42, said=43, booklets_to_type=True),
            *_newcomers(two=3, three=3, four=2, five=2, six=2),
        ),
    ),
    School(
        "willow_primary",
        "柳溪镇中心小学",
        WILLOW_AREA,
        "willow",
        Stage.PRIMARY,
        Ownership.PUBLIC,
        "柳老师",
        "0140-6100302",
        "青禾区柳溪镇学府路2号",
        (*_entrants(ENTRANTS_6, _PRIMARY, 5, 40), *_newcomers(two=4, three=3, four=3, five=4, six=2)),
    ),
    School(
        "dawn",
        "启明小学",
        STONE_AREA,
        "stone",
        Stage.PRIMARY,
        Ownership.PRIVATE,
        "明老师",
        "0140-6100303",
        "青禾区石桥镇启明巷9号",
        (*_entrants(ENTRANTS_6, _PRIMARY, 2, 40), *_newcomers(two=3, three=2, four=2, five=2, six=1)),
    ),
    School(
        "willow_kindergarten",
        "柳溪镇中心幼儿园",
        WILLOW_AREA,
        "willow",
        Stage.KINDERGARTEN,
        Ownership.PUBLIC,
        "杨老师",
        "0140-6100304",
        "青禾区柳溪镇学府路5号",
        (*_entrants(ENTRANTS_3, _KINDERGARTEN, 4, 27), *_newcomers(middle=2, senior=3)),
    ),
    School(
        "wheat",
        "麦田幼儿园",
        WILLOW_AREA,
        "willow",
        Stage.KINDERGARTEN,
        Ownership.PRIVATE,
        "麦老师",
        "0140-6100305",
        "青禾区柳溪镇麦田路17号",
        (*_entrants(ENTRANTS_3, _KINDERGARTEN, 3, 25), *_newcomers(middle=3, senior=2)),
    ),
    School(
        "stone_kindergarten",
        "石桥镇中心幼儿园",
        STONE_AREA,
        "stone",
        Stage.KINDERGARTEN,
        Ownership.PUBLIC,
        "桥老师",
        "0140-6100306",
        "青禾区石桥镇桥南街3号",
        _entrants(ENTRANTS_3, _KINDERGARTEN, 2, 23),
        roster_loaded=False,
    ),
)
