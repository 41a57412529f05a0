"""What is on record of a child: from a story and a birth date to doses, doubts, exemptions and the certificate."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from app.children.kinds import CertificateState, ClinicResult, DoseSource, Origin
from app.demo.chance import Chance
from app.demo.courses import AS_WRITTEN, usual_courses
from app.demo.faults import also_given
from app.demo.histories import Dose, given
from app.demo.stories import Doubted, Exempted, Story
from rules.vocabulary import Result

#: Bundles of vaccines outside the national programme, and how likely a family has them.
_OTHERS: tuple[tuple[tuple[str, ...], float], ...] = (
    ((), 50),
    (("varicella",), 18),
    (("flu",), 8),
    (("varicella", "flu", "hand_foot_mouth"), 8),
    (("hand_foot_mouth", "hib_alone"), 5),
    (("pneumococcus", "rotavirus", "varicella"), 5),
    (("flu_in_the_nose",), 2),
    (("rabies_at_five",), 1),
)
#: A varicella dose ten days after the second MMR: the 28 days between live vaccines were not kept.
_TOO_NEAR = 0.03
#: No certificate lies on the desk.
LOST = frozenset({CertificateState.ABSENT, CertificateState.BEING_REPLACED})
_CLINIC_SAYS = {
    Result.COMPLETE: ((ClinicResult.COMPLETE, 9), (ClinicResult.NONE, 1)),
    Result.CATCH_UP: ((ClinicResult.CATCH_UP, 9), (ClinicResult.NONE, 1)),
    Result.REVIEW: ((ClinicResult.NONE, 1),),
    Result.WAIVED: ((ClinicResult.COMPLETE, 2), (ClinicResult.NONE, 1)),
    Result.NO_CERTIFICATE: ((ClinicResult.NONE, 1),),
}


@dataclass(frozen=True, slots=True)
class Record:
    """Everything a check will know when nothing is left to find out."""

    doses: tuple[Dose, ...]
    certificate: CertificateState
    clinic: ClinicResult
    doubts: tuple[Doubted, ...]
    exemptions: tuple[Exempted, ...]
    born_small: bool


def tell(story: Story, birth: dt.date, chance: Chance) -> Record:
    """The record of a child born on this day to whom this happened. The same chance tells the same record."""
    courses = {series: course for series, course in (usual_courses(birth) | dict(story.courses)).items() if course}
    doses = given(birth, courses, story.habit, chance, story.pause)
    for fault in story.faults:
        doses = fault(doses)
    if doses:
        doses += _others(birth, story, chance)
        doses = also_given("mmr", 2, "Var", days_later=10)(doses) if chance.happens(_TOO_NEAR) else doses
    return Record(
        doses=tuple(_as_on_paper(dose, story) for dose in _in_order(doses)),
        certificate=story.certificate,
        clinic=story.clinic or chance.weighed(_CLINIC_SAYS[story.ends]),
        doubts=story.doubts,
        exemptions=story.exemptions,
        born_small=story.born_small,
    )


def doubted_index(doubt: Doubted, doses: tuple[Dose, ...]) -> int | None:
    """The place of the doubted dose; None for every dose of the line."""
    meant = (doubt.series, doubt.number)
    return next((place for place, dose in enumerate(doses) if (dose.series, dose.number) == meant), None)


def digest(records: Iterable[Record]) -> str:
    """One number for all of it: two machines that made the same children say the same."""
    text = json.dumps([asdict(record) for record in records], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _others(birth: dt.date, story: Story, chance: Chance) -> list[Dose]:
    bundle = chance.weighed(_OTHERS)
    return given(birth, {course: course for course in bundle}, story.habit, chance)


def _as_on_paper(dose: Dose, story: Story) -> Dose:
    # No registry here knows what was given abroad: somebody typed it from the booklet.
    source = DoseSource.BOOKLET if story.origin is Origin.ABROAD else dose.source
    return replace(dose, as_written=AS_WRITTEN.get(dose.product), source=source)


def _in_order(doses: list[Dose]) -> list[Dose]:
    return sorted(doses, key=lambda dose: (dose.day or dt.date.max, dose.series, dose.number, dose.product))
