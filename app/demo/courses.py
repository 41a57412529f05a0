"""The courses of vaccines that children of these years really had: which product at which age.

Tables only. Ages and intervals are the spans of the rules (2m, 6y, 28d); `after` is the least distance from the dose
before it in the same course. What a course is worth under today's law is for the rules to say.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One dose of a course. `visit` names the appointment: doses of one visit are given on one day."""

    product: str
    age: str
    after: str = "28d"
    visit: str = ""
    #: Nobody was called for it sooner.
    not_before: dt.date = dt.date.min


def _course(*steps: tuple[str, ...]) -> tuple[Step, ...]:
    return tuple(Step(*step) for step in steps)


COURSES: dict[str, tuple[Step, ...]] = {
    "bcg": _course(("BCG", "0d")),
    "hepb": _course(("HepB", "0d"), ("HepB", "1m"), ("HepB", "6m", "4m")),
    "hepb_born_small": _course(("HepB", "0d"), ("HepB", "1m"), ("HepB", "2m"), ("HepB", "7m", "4m")),
    # 脊灰
    "three_sugar_pills": _course(("OPV", "2m"), ("OPV", "3m"), ("OPV", "4m"), ("bOPV", "4y")),
    "three_topv": _course(("tOPV", "2m"), ("tOPV", "3m"), ("tOPV", "4m"), ("bOPV", "4y")),
    "one_ipv": _course(("IPV", "2m"), ("bOPV", "3m"), ("bOPV", "4m"), ("bOPV", "4y")),
    # The second IPV that the law of June 2026 asks of those born before it was usual.
    "one_ipv_then_another": (
        *_course(("IPV", "2m"), ("bOPV", "3m"), ("bOPV", "4m"), ("bOPV", "4y")),
        Step("IPV", "4y", "28d", "called in", dt.date(2026, 7, 1)),
    ),
    "two_ipv": _course(("IPV", "2m"), ("IPV", "3m"), ("bOPV", "4m"), ("bOPV", "4y")),
    "four_ipv": _course(("IPV", "2m"), ("IPV", "3m"), ("IPV", "4m"), ("IPV", "18m", "6m", "second 18m")),
    # 百白破
    "four_dtap": _course(("DTaP", "3m"), ("DTaP", "4m"), ("DTaP", "5m"), ("DTaP", "18m", "6m", "second 18m")),
    "four_in_one": _course(
        ("DTaP-Hib", "3m"), ("DTaP-Hib", "4m"), ("DTaP-Hib", "5m"), ("DTaP-Hib", "18m", "6m", "second 18m")
    ),
    "five_in_one": _course(
        ("DTaP-IPV/Hib", "2m"),
        ("DTaP-IPV/Hib", "3m"),
        ("DTaP-IPV/Hib", "4m"),
        ("DTaP-IPV/Hib", "18m", "6m", "second 18m"),
    ),
    "six_in_one": _course(
        ("DTaP-IPV-HepB/Hib", "2m"),
        ("DTaP-IPV-HepB/Hib", "4m"),
        ("DTaP-IPV-HepB/Hib", "11m", "4m"),
        ("DTaP-IPV", "18m", "6m", "second 18m"),
    ),
    "dtap_at_six": _course(("DTaP", "6y")),
    "dt_at_six": _course(("DT", "6y")),
    # 含麻疹成分
    "two_mmr": _course(("MMR", "8m"), ("MMR", "18m")),
    "mr_mmr": _course(("MR", "8m"), ("MMR", "18m")),
    "mv_mmr": _course(("MV", "8m"), ("MMR", "18m")),
    "mv_mm_rubella": _course(("MV", "8m"), ("MM", "18m"), ("RV-rubella", "20m")),
    "two_mmrv": _course(("MMRV", "12m"), ("MMRV", "4y")),
    # 乙脑
    "two_live_je": _course(("JE-L", "8m"), ("JE-L", "2y", "12m")),
    "four_je": _course(("JE-I", "8m"), ("JE-I", "8m", "8d"), ("JE-I", "2y", "1m"), ("JE-I", "6y", "36m")),
    "je_on_arrival": _course(("JE-L", "50m"), ("JE-L", "62m", "12m")),
    "je_changed": _course(("JE-I", "8m"), ("JE-I", "8m", "8d"), ("JE-L", "2y", "1m")),
    # 流脑
    "two_a_two_ac": _course(
        ("MPSV-A", "6m"), ("MPSV-A", "9m", "3m"), ("MPSV-AC", "3y", "12m"), ("MPSV-AC", "6y", "36m")
    ),
    "ac_alone": _course(("MPSV-AC", "3y"), ("MPSV-AC", "6y", "36m")),
    "ac_hib": _course(
        ("MPCV-AC/Hib", "3m"),
        ("MPCV-AC/Hib", "4m"),
        ("MPCV-AC/Hib", "5m"),
        ("MPSV-AC", "3y", "12m"),
        ("MPSV-AC", "6y", "36m"),
    ),
    "conjugate": _course(("MPCV-AC", "6m"), ("MPCV-AC", "8m"), ("MPSV-AC", "3y", "12m"), ("MPSV-AC", "6y", "36m")),
    "four_groups": _course(
        ("MPSV-A", "6m"), ("MPSV-A", "9m", "3m"), ("MPCV-ACYW", "3y", "12m"), ("MPSV-ACYW", "6y", "36m")
    ),
    "conjugate_abroad": _course(("MPCV-ACYW", "12m"), ("MPCV-ACYW", "3y", "12m"), ("MPCV-ACYW", "6y", "36m")),
    # 甲肝
    "one_live_hepa": _course(("HepA-L", "18m")),
    "two_hepa": _course(("HepA-I", "18m"), ("HepA-I", "24m", "6m")),
    "two_hepab": _course(("HepAB", "18m"), ("HepAB", "24m", "6m")),
    # 非免疫规划
    "varicella": _course(("Var", "15m"), ("Var", "4y", "3m")),
    "flu": _course(("IIV", "7m"), ("IIV", "8m"), ("IIV", "26m"), ("IIV", "38m")),
    "flu_in_the_nose": _course(("LAIV", "38m")),
    "hand_foot_mouth": _course(("EV71", "7m"), ("EV71", "8m")),
    "pneumococcus": _course(("PCV13", "2m"), ("PCV13", "4m"), ("PCV13", "6m"), ("PCV13", "13m", "2m")),
    "rotavirus": _course(("RV", "2m"), ("RV", "3m"), ("RV", "4m")),
    "hib_alone": _course(("Hib", "3m"), ("Hib", "4m"), ("Hib", "5m"), ("Hib", "18m", "2m", "second 18m")),
    "rabies_at_five": _course(("RabV", "61m"), ("RabV", "61m", "3d"), ("RabV", "61m", "4d"), ("RabV", "61m", "7d")),
    "foreign_others": _course(("other", "3m"), ("other", "5m"), ("other-live", "14m")),
}

#: What stands on paper for products the catalogue does not know, or knows by another name.
AS_WRITTEN = {
    "other": "Bexsero (MenB)",
    "other-live": "Stamaril (Yellow fever)",
    "DTaP-IPV-HepB/Hib": "Infanrix hexa",
    "MMRV": "Priorix-Tetra",
}


@dataclass(frozen=True, slots=True)
class Usual:
    """Which course of a series most children had who were born in these days."""

    series: str
    course: str
    born_from: dt.date = dt.date.min
    born_before: dt.date = dt.date.max


#: Polio changed in 2016 and 2020, measles for those born from October 2019, the booster at six in 2025.
USUAL = (
    Usual("bcg", "bcg"),
    Usual("hepb", "hepb"),
    Usual("polio", "three_topv", born_before=dt.date(2015, 12, 1)),
    Usual("polio", "one_ipv_then_another", born_from=dt.date(2015, 12, 1), born_before=dt.date(2019, 10, 1)),
    Usual("polio", "two_ipv", born_from=dt.date(2019, 10, 1)),
    Usual("dtp", "four_dtap"),
    Usual("six", "dt_at_six", born_before=dt.date(2018, 11, 1)),
    Usual("six", "dtap_at_six", born_from=dt.date(2018, 11, 1)),
    Usual("mmr", "mr_mmr", born_before=dt.date(2019, 10, 1)),
    Usual("mmr", "two_mmr", born_from=dt.date(2019, 10, 1)),
    Usual("je", "two_live_je"),
    Usual("men", "two_a_two_ac"),
    Usual("hepa", "one_live_hepa"),
)


def usual_courses(birth: dt.date) -> dict[str, str]:
    """Series → course of a child born on this day to whom nothing special happened."""
    return {one.series: one.course for one in USUAL if one.born_from <= birth < one.born_before}
