"""Children without a certificate, and those who are not complete and yet owe nothing: too old, exempt."""

from functools import partial

from app.children.kinds import CertificateState, ClinicResult, ExemptionKind, Origin
from app.demo.faults import missing
from app.demo.stories.kinds import Exempted, Story, shares
from app.demo.stories.owing import ABROAD
from rules.vocabulary import Result

NO_LIVE = {"mmr": "", "je": "four_je", "polio": "four_ipv", "hepa": "two_hepa"}
ABROAD_AND_HERE = ABROAD | {"je": "je_on_arrival"}

_lost = partial(Story, ends=Result.NO_CERTIFICATE)
_waived = partial(Story, ends=Result.WAIVED)

WITHOUT = (
    _lost(
        "lost",
        "接种证丢了，剂次在系统里查得到",
        shares(0.9, 1, 0, 2),
        certificate=CertificateState.ABSENT,
    ),
    _lost(
        "lost_and_owing",
        "接种证丢了，还差一剂",
        shares(0.5, 0.5),
        faults=(missing("hepa", 1),),
        certificate=CertificateState.ABSENT,
    ),
    _lost(
        "being_replaced",
        "接种证正在补办",
        shares(0.9, 0.9, 0, 2),
        certificate=CertificateState.BEING_REPLACED,
    ),
    _waived("no_bcg", "满4岁，没有卡介苗，不再补", shares(0, 0.8, 10, 2), courses={"bcg": ""}),
    _waived(
        "deferred",
        "临床判定暂缓接种麻腮风",
        shares(0.5, 0.4),
        faults=(missing("mmr", 2),),
        exemptions=(Exempted("MMR", ExemptionKind.DEFERRED),),
    ),
    _waived(
        "no_live",
        "临床判定不接种注射减毒活疫苗",
        shares(0.5, 0.3),
        courses=NO_LIVE,
        exemptions=(Exempted("live", ExemptionKind.CONTRAINDICATED, for_good=True),),
    ),
    _waived(
        "had_disease",
        "得过乙脑，临床判定不再接种",
        shares(0, 0.2),
        faults=(missing("je", 1, 2),),
        exemptions=(Exempted("JE", ExemptionKind.HAD_DISEASE, for_good=True),),
    ),
    _waived(
        "abroad_and_here",
        "境外接种，来后补了乙脑；没有卡介苗，不再补",
        shares(0, 0.4),
        courses=ABROAD_AND_HERE,
        origin=Origin.ABROAD,
        clinic=ClinicResult.NONE,
    ),
)
