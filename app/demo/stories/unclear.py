"""Children about whom nothing can be decided without a look: too early, no day, contradictions, doubts."""

from functools import partial

from app.children.kinds import ClinicResult, DoubtKind
from app.demo.faults import earlier, illegible, missing, month_only, soon_after
from app.demo.stories.kinds import Doubted, Story, shares
from rules.vocabulary import Result

_unclear = partial(Story, ends=Result.REVIEW)

UNCLEAR = (
    _unclear("hepb_too_early", "乙肝第3剂不满6月龄就种了", shares(1, 0.9), faults=(soon_after("hepb", 3, 50),)),
    _unclear("ac_too_soon", "两剂A群C群流脑相隔不到3年", shares(0, 1), faults=(soon_after("men", 4, 700),)),
    _unclear("je_too_soon", "乙脑两剂相隔不到12个月", shares(0.8, 0.6), faults=(soon_after("je", 2, 300),)),
    _unclear("dtap_too_soon", "百白破第4剂离第3剂不到6个月", shares(0.8, 0, 5, 0), faults=(soon_after("dtp", 4, 150),)),
    _unclear("dt_too_early", "5岁多就种了白破", shares(0, 0, 0, 4), faults=(earlier("six", 1, 200),)),
    _unclear("month_only", "麻腮风第2剂只写到月", shares(1.2, 1), faults=(month_only("mmr", 2),)),
    _unclear("month_only_je", "乙脑第2剂只写到月", shares(0.4, 0.4, 0, 4), faults=(month_only("je", 2),)),
    _unclear(
        "illegible", "乙肝第3剂的日期洇了水，看不清", shares(0.6, 0.6), faults=(illegible("hepb", 3, "20●●-11-?"),)
    ),
    _unclear(
        "conflict",
        "接种证和系统对不上：甲肝",
        shares(0.8, 0.9),
        doubts=(Doubted("HepA", DoubtKind.CONFLICT, "hepa", 1),),
    ),
    _unclear(
        "conflict_at_six",
        "接种证和系统对不上：6岁的A群C群流脑",
        shares(0, 0.6, 0, 3),
        doubts=(Doubted("Men", DoubtKind.CONFLICT, "men", 4),),
    ),
    _unclear(
        "unreadable",
        "乙肝第2剂的批号和日期难认",
        shares(0.4, 0.3),
        doubts=(Doubted("HepB", DoubtKind.UNREADABLE, "hepb", 2),),
    ),
    _unclear(
        "untrue",
        "流脑的记录像是后来补写的",
        shares(0.4, 0.4),
        doubts=(Doubted("Men", DoubtKind.UNTRUE, "men"),),
    ),
    _unclear(
        "clinic_differs",
        "评估页写“已完成”，记录里还差一剂",
        shares(0.9, 1),
        faults=(missing("je", 2),),
        clinic=ClinicResult.COMPLETE,
    ),
)
