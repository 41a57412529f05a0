"""Twins, siblings, namesakes and the children whom README and tests call by name: who belongs together.

A family is made from the first seat of its line.
"""

import datetime as dt

from app.children.kinds import Sex
from app.demo.places import Seat

#: One family, one birth date: in one class, in two classes, three at once, and in the roster that is still a file.
TWINS: tuple[tuple[Seat, ...], ...] = (
    (("lab", "一（1）班", 5), ("lab", "一（1）班", 6)),
    (("lab", "一（2）班", 3), ("lab", "一（3）班", 3)),
    (("lab", "一（4）班", 17), ("lab", "一（4）班", 18)),
    (("willow_primary", "一（1）班", 10), ("willow_primary", "一（1）班", 11)),
    (("willow_primary", "一（4）班", 20), ("willow_primary", "一（4）班", 21), ("willow_primary", "一（4）班", 22)),
    (("willow_kindergarten", "小一班", 4), ("willow_kindergarten", "小一班", 5)),
    (("wheat", "小二班", 7), ("wheat", "小二班", 8)),
    (("stone_kindergarten", "小一班", 9), ("stone_kindergarten", "小一班", 10)),
)
#: One family, two birth dates.
SIBLINGS: tuple[tuple[Seat, ...], ...] = (
    (("willow_primary", "一（2）班", 15), ("willow_kindergarten", "小二班", 3)),
    (("willow_primary", "一（5）班", 2), ("willow_kindergarten", "小三班", 11)),
    (("lab", "一（3）班", 9), ("wheat", "小一班", 2)),
    (("dawn", "一（1）班", 7), ("stone_kindergarten", "小一班", 3)),
    (("willow_primary", "一（3）班", 30), ("willow_primary", "三（1）班", 2)),
)
#: Name, sex and birth date of children who have more than a made-up name of their own.
NAMED: dict[Seat, tuple[str, Sex, dt.date]] = {
    ("lab", "一（3）班", 12): ("林知夏", Sex.FEMALE, dt.date(2020, 3, 5)),
    # Two children of one name, sex and birth date, in two schools: they have nothing to do with each other.
    ("willow_primary", "一（3）班", 8): ("王梓涵", Sex.FEMALE, dt.date(2020, 4, 18)),
    ("dawn", "一（2）班", 8): ("王梓涵", Sex.FEMALE, dt.date(2020, 4, 18)),
    ("willow_kindergarten", "小四班", 6): ("张一", Sex.MALE, dt.date(2023, 2, 20)),
    ("wheat", "小三班", 14): ("张一", Sex.MALE, dt.date(2023, 2, 20)),
}
#: Birth dates that somebody should meet: the oldest grade, a leap day, the spring in which tOPV was withdrawn.
BORN: dict[Seat, dt.date] = {seat: born for seat, (_, _, born) in NAMED.items()} | {
    ("willow_primary", "六（1）班", 1): dt.date(2014, 11, 20),
    ("lab", "六（1）班", 2): dt.date(2015, 1, 31),
    ("lab", "一（3）班", 20): dt.date(2020, 2, 29),
    ("dawn", "五（1）班", 1): dt.date(2016, 1, 20),
}
#: What happened to them.
STORY_OF: dict[Seat, str] = {
    ("lab", "一（3）班", 12): "one_ipv_nothing_at_six",
    ("lab", "一（2）班", 20): "no_bcg",
    ("lab", "一（3）班", 9): "usual",
    ("lab", "一（3）班", 15): "deferred",
    ("dawn", "五（1）班", 1): "topv_withdrawn",
}
#: Names they had before.
FORMER_NAMES: dict[Seat, str] = {
    ("lab", "一（1）班", 21): "小满",
    ("willow_primary", "一（2）班", 33): "豆豆",
    ("wheat", "小一班", 19): "年年",
}
#: Came from another school of the district: where from, since when, until when.
CAME_FROM: dict[Seat, tuple[str, str, dt.date, dt.date]] = {
    ("lab", "二（1）班", 1): ("willow_primary", "一（1）班", dt.date(2025, 9, 1), dt.date(2026, 7, 5)),
    ("dawn", "三（1）班", 1): ("willow_primary", "二（1）班", dt.date(2025, 9, 1), dt.date(2026, 7, 5)),
    ("willow_kindergarten", "大一班", 1): ("wheat", "中一班", dt.date(2024, 9, 2), dt.date(2026, 7, 10)),
}

#: Seat → the seat whose family it belongs to; for twins also whose birth date it has.
TWIN_OF: dict[Seat, Seat] = {seat: together[0] for together in TWINS for seat in together[1:]}
FAMILY_OF: dict[Seat, Seat] = {seat: together[0] for together in (*TWINS, *SIBLINGS) for seat in together[1:]}
