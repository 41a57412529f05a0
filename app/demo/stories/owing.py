"""Children who owe something: the booster at six, the second look at type 2, a record that ends too soon."""

import datetime as dt
from functools import partial

from app.children.kinds import Origin
from app.demo.faults import blank, missing, nothing_after, remembered
from app.demo.histories import Pause
from app.demo.stories.kinds import Story, shares
from rules.vocabulary import Result

ABROAD = {
    "bcg": "",
    "hepb": "",
    "dtp": "six_in_one",
    "polio": "",
    "mmr": "two_mmrv",
    "je": "",
    "men": "conjugate_abroad",
    "hepa": "two_hepa",
    "others": "foreign_others",
}
ONE_IPV = {"polio": "one_ipv"}

_owing = partial(Story, ends=Result.CATCH_UP)

OWING = (
    _owing(
        "nothing_at_six",
        "6岁的百白破和流脑都还没种",
        shares(0, 4.5),
        faults=(missing("six", 1), missing("men", 4)),
    ),
    _owing("no_dtap_at_six", "6岁的百白破还没种", shares(0, 2.5), faults=(missing("six", 1),)),
    _owing("no_second_ac", "6岁的A群C群流脑还没种", shares(0, 2), faults=(missing("men", 4),)),
    _owing("one_ipv", "一剂脊灰灭活、三剂滴剂", shares(0, 2.4, 0, 14), courses=ONE_IPV),
    _owing(
        "one_ipv_nothing_at_six",
        "一剂脊灰灭活、三剂滴剂，6岁的百白破还没种",
        shares(0, 0.4),
        courses=ONE_IPV,
        faults=(missing("six", 1),),
    ),
    _owing(
        "sugar_pills",
        "脊灰糖丸（未注明价型）：2016年5月前种的含Ⅱ型，之后的不含",
        shares(0, 0, 0, 8),
        courses={"polio": "three_sugar_pills"},
    ),
    _owing("topv_withdrawn", "三价滴剂种到2016年5月停用以后", shares(), courses={"polio": "three_topv"}),
    _owing("single_measles", "麻疹、麻腮、风疹单苗", shares(0, 0, 0, 4), courses={"mmr": "mv_mm_rubella"} | ONE_IPV),
    _owing("mv_mmr", "麻疹一剂、麻腮风一剂", shares(0, 0, 0, 4), courses={"mmr": "mv_mmr"} | ONE_IPV),
    _owing("mr_and_mmr", "2019年10月后出生，第一剂是麻风", shares(0.3, 0.8), courses={"mmr": "mr_mmr"}),
    _owing("no_booster_at_six", "上小学后转来，白破没种", shares(0, 0, 0, 5), faults=(missing("six", 1),)),
    _owing("no_fourth_je", "乙脑灭活只有三剂", shares(0, 1), courses={"je": "four_je"}, faults=(missing("je", 4),)),
    _owing("no_second_je", "乙脑减毒只有一剂", shares(2.5, 0.8, 5, 0), faults=(missing("je", 2),)),
    _owing("no_second_mmr", "麻腮风只有一剂", shares(1.5, 0.6, 5, 0), faults=(missing("mmr", 2),)),
    _owing("no_hepa", "甲肝没种", shares(2, 0.6, 0, 0), faults=(missing("hepa", 1),)),
    _owing("one_hepa", "甲肝灭活只有一剂", shares(1, 0.4), courses={"hepa": "two_hepa"}, faults=(missing("hepa", 2),)),
    _owing("no_first_ac", "3岁的A群C群流脑没种", shares(4.5, 0.4, 0, 0), faults=(missing("men", 3, 4),)),
    _owing("no_fourth_polio", "4岁的脊灰没种", shares(0, 0.8, 5, 0), faults=(missing("polio", 4),)),
    _owing("no_fourth_dtap", "百白破只有三剂", shares(1.6), faults=(missing("dtp", 4),)),
    _owing("no_third_hepb", "乙肝只有两剂", shares(0.6, 0.3), faults=(missing("hepb", 3),)),
    _owing("ends_at_18_months", "1岁半以后没有记录", shares(0.9, 0.5, 0, 3), faults=(nothing_after(580),)),
    _owing("ends_at_one", "满1岁以后没有记录", shares(0.6, 0.3), faults=(nothing_after(380),)),
    _owing("blank", "接种证是空白的", shares(0.3, 0.2), faults=(blank,)),
    _owing("remembered", "乙脑加强只有家长记得", shares(0.6, 0.4, 0, 0), faults=(remembered("je", 2),)),
    _owing(
        "begun_again",
        "8月龄后停了，2026年8月重新开始，有的还没到间隔",
        shares(0.6, 0.4, 0, 4),
        pause=Pause("8m", dt.date(2026, 8, 10)),
    ),
    _owing("no_bcg_at_three", "不满4岁，没有卡介苗", shares(0.9), courses={"bcg": ""}),
    _owing(
        "abroad", "境外接种：六联、麻腮风水痘，没有乙脑", shares(0.5, 0.5, 10, 5), courses=ABROAD, origin=Origin.ABROAD
    ),
)
