"""Children who have everything their age asks for, by one of many ways."""

import datetime as dt
from functools import partial

from app.children.kinds import CertificateState
from app.demo.faults import second_entry
from app.demo.histories import Habit, Pause
from app.demo.stories.kinds import Story, shares
from rules.vocabulary import Result

FIVE_IN_ONE = {"dtp": "five_in_one", "polio": ""}
FOUR_IN_ONE = {"dtp": "four_in_one"}

_complete = partial(Story, ends=Result.COMPLETE)

COMPLETE = (
    _complete("punctual", "每一剂都按时", shares(17, 15, 20, 0), habit=Habit.PUNCTUAL),
    _complete("usual", "每一剂都种了，晚几天", shares(19, 17, 20, 14)),
    _complete("late", "每一剂都种了，常常晚几个月", shares(10, 8, 10, 4), habit=Habit.LATE),
    _complete("five_in_one", "五联疫苗四剂", shares(11, 10, 10, 14), courses=FIVE_IN_ONE),
    _complete("four_in_one", "四联疫苗（百白破-Hib）四剂", shares(3, 4, 5, 0), courses=FOUR_IN_ONE),
    _complete("ac_hib", "AC-Hib 三联疫苗", shares(4, 4, 5, 0), courses={"men": "ac_hib"}),
    _complete("conjugate", "A群C群流脑结合疫苗", shares(2, 2, 0, 0), courses={"men": "conjugate"}),
    _complete("four_groups", "四价流脑疫苗", shares(1, 1, 0, 3), courses={"men": "four_groups", "polio": "four_ipv"}),
    _complete("four_je", "乙脑灭活疫苗", shares(2, 3, 5, 3), courses={"je": "four_je", "polio": "four_ipv"}),
    _complete("je_changed", "乙脑先灭活后减毒", shares(0.5, 0.5), courses={"je": "je_changed"}),
    _complete("two_hepa", "甲肝灭活疫苗两剂", shares(3, 3, 5, 0), courses={"hepa": "two_hepa"}),
    _complete("two_hepab", "甲乙肝联合疫苗两剂", shares(0.5, 0.5), courses={"hepa": "two_hepab"}),
    _complete("four_ipv", "脊灰灭活疫苗四剂", shares(2, 2, 0, 8), courses={"polio": "four_ipv"}),
    _complete(
        "second_ipv",
        "一剂脊灰灭活、三剂滴剂，今年夏天补了第二剂灭活",
        shares(0, 1.5, 0, 10),
        courses={"polio": "one_ipv_then_another"},
    ),
    _complete(
        "born_small",
        "母亲乙肝表面抗原阳性、出生体重不足2000克，乙肝四剂",
        shares(0.5, 0.4),
        courses={"hepb": "hepb_born_small"},
        born_small=True,
    ),
    _complete(
        "caught_up_at_three",
        "1岁半后停了，2025年春天集中补齐",
        shares(2),
        pause=Pause("18m", dt.date(2025, 4, 7)),
    ),
    _complete(
        "caught_up_at_six",
        "4岁后停了，2026年7月集中补齐",
        shares(0, 2.5),
        pause=Pause("4y", dt.date(2026, 7, 6)),
        habit=Habit.PUNCTUAL,
    ),
    _complete(
        "same_day_pair",
        "同一天两条乙脑记录，产品不同",
        shares(0.7, 0.7),
        faults=(second_entry("je", 2, product="JE-I"),),
    ),
    _complete(
        "same_day_dtp",
        "同一天两条百白破记录，单苗和四联",
        shares(0.4, 0.4),
        faults=(second_entry("dtp", 3, product="DTaP-Hib"),),
    ),
    _complete("replaced", "接种证丢过，已经补办", shares(0.5, 0.5), certificate=CertificateState.REPLACED),
    _complete(
        "two_days",
        "同一剂记了两个日期，接种证和系统差五天",
        shares(0.6, 0.5, 0, 0),
        faults=(second_entry("hepb", 3, days=5),),
    ),
)
