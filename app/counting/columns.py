"""The places of the official register: a column for every vaccine and dose, and which dose stands in which."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from forms.translating import translate as _


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A vaccine of the official register and how many doses it has columns for."""

    code: str
    doses: int


#: In the order of the official table. DT stands apart from the line it belongs to, and so do the two halves of 流脑.
VACCINES = (
    Vaccine("BCG", 1),
    Vaccine("HepB", 3),
    Vaccine("Polio", 4),
    Vaccine("DTP", 5),
    Vaccine("DT", 1),
    Vaccine("MMR", 2),
    Vaccine("JE", 4),
    Vaccine("MenA", 2),
    Vaccine("MenAC", 2),
    Vaccine("HepA", 2),
)
_DOSES = {vaccine.code: vaccine.doses for vaccine in VACCINES}
#: A product with a column of its own, whatever its number in the line.
_OF_A_PRODUCT = {"DT": "DT"}
#: Lines that count their doses through several columns: 流脑's third and fourth are A+C.
_PARTS = {"Men": ("MenA", "MenAC")}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A column. `dose` is one more than the official number for doses beyond the table: 补."""

    vaccine: str
    dose: int

    @property
    def beyond(self) -> bool:
        return self.dose > _DOSES[self.vaccine]


def place_of(line: str, product: str, dose: int) -> Place:
    """Where a dose of a line stands: every DT in the one column of DT, what lies beyond the table in 补."""
    if product in _OF_A_PRODUCT:
        return Place(_OF_A_PRODUCT[product], 1)
    vaccine, *later = columns_of(line)
    for following in later:
        if dose <= _DOSES[vaccine]:
            break
        vaccine, dose = following, dose - _DOSES[vaccine]
    return Place(vaccine, min(dose, _DOSES[vaccine] + 1))


def columns_of(line: str) -> tuple[str, ...]:
    """The columns through which a line counts its doses, in their order."""
    return _PARTS.get(line, (line,))


@cache
def official_places() -> tuple[Place, ...]:
    return tuple(Place(vaccine.code, dose) for vaccine in VACCINES for dose in range(1, vaccine.doses + 1))


def places_with(more: Sequence[Place]) -> tuple[Place, ...]:
    """The official places, and 补 behind a vaccine of which one of `more` needs it."""
    beyond = {place for place in more if place.beyond}
    return tuple(
        Place(vaccine.code, dose)
        for vaccine in VACCINES
        for dose in range(1, vaccine.doses + 2)
        if dose <= vaccine.doses or Place(vaccine.code, dose) in beyond
    )


def vaccine_word(code: str) -> str:
    """The short names of the official table."""
    words = {
        "BCG": _("卡介苗"),
        "HepB": _("乙肝"),
        "Polio": _("脊灰"),
        "DTP": _("百白破"),
        "DT": _("白破"),
        "MMR": _("含麻疹"),
        "JE": _("乙脑"),
        "MenA": _("A群流脑"),
        "MenAC": _("A＋C流脑"),
        "HepA": _("甲肝"),
    }
    return words[code]


def dose_word(place: Place) -> str:
    return _("补") if place.beyond else str(place.dose)
