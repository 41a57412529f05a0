"""预防接种筛查表: before a dose is given, one A4 a child: questions, consent, what was given, half an hour of watching.

Without a pupil it is the blank sheet. The doctor decides by the answers; the sheet decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.paper.parties import Clinic, Pupil
from forms.paper.printing import Press
from forms.translating import translate as _

#: Room for doses that the doctor adds.
_LINES = 4
MINUTES_OF_WATCHING = 30


@dataclass(frozen=True, slots=True)
class PlannedDose:
    """A dose that is planned for the visit."""

    vaccine: str
    dose: str


@dataclass(frozen=True, slots=True, repr=False)
class ScreeningSheet:
    """One sheet. What is not known stays a line to write on."""

    clinic: Clinic | None = None
    pupil: Pupil | None = None
    #: 10 月 8 日 9:00–9:30; empty where nothing was arranged.
    when: str = ""
    planned: tuple[PlannedDose, ...] = ()
    #: The code of the child's notice, so that the nurse scans this sheet too.
    code: str = ""
    #: Only a girl of the age for it is asked whether she may be pregnant.
    asks_pregnancy: bool = False

    @property
    def lines(self) -> tuple[PlannedDose | None, ...]:
        return (*self.planned, *[None] * max(1, _LINES - len(self.planned)))


def questions(sheet: ScreeningSheet) -> list[str]:
    """What is asked, in the order of the sheet."""
    asked = [
        _("最近一周有没有发热、咳嗽、腹泻、出疹，或者别的不舒服"),
        _("有没有急性病，或者慢性病正在发作"),
        _("以前打疫苗以后有没有高热、晕倒、严重过敏或别的严重反应"),
        _("对药物、食物、疫苗（鸡蛋、明胶、抗生素等）过不过敏"),
        _("有没有癫痫、惊厥、脑病，或者别的神经系统的病"),
        _("有没有免疫缺陷、肿瘤、白血病、艾滋病病毒感染，或者做过移植"),
        _("近三个月有没有用过激素、抗肿瘤药、免疫抑制剂，或者做过放疗"),
        _("近一年有没有输过血、用过免疫球蛋白"),
        _("近四周有没有打过疫苗（写明哪一种、哪一天）"),
        _("有没有心、肺、肝、肾或血液的病，或者别的要告诉医生的事"),
    ]
    return [*asked, _("有没有怀孕，或者可能怀孕")] if sheet.asks_pregnancy else asked


def print_screenings(press: Press, sheets: Sequence[ScreeningSheet]) -> bytes:
    """One PDF, the sheets in the order given, each on a page of its own."""
    asked = [(sheet, questions(sheet)) for sheet in sheets]
    return press.print("screening", sheets=asked, minutes=MINUTES_OF_WATCHING)
