"""What the rules say of a made-up child when every dose and paper is known."""

from typing import Any

from app.demo.children import MadeUpChild
from app.demo.days import TODAY
from app.demo.histories import Dose
from app.demo.records import doubted_index
from app.demo.stories import Doubted
from rules import assess, contract
from rules.vocabulary import Assessment

LIVE = "live"


def judge(child: MadeUpChild) -> Assessment:
    """The judgement of the demo's first day."""
    return assess(contract.read(_case(child)))


def _case(child: MadeUpChild) -> dict[str, Any]:
    record = child.record
    lines = {one.line for one in record.exemptions}
    return {
        "id": "/".join(map(str, child.seat)),
        "birth_date": child.birth.isoformat(),
        "as_of": TODAY.isoformat(),
        "certificate": record.certificate.value,
        "clinic_assessment": {"result": record.clinic.value},
        "hbsag_exposed_under_2000g": record.born_small,
        "avoid": [LIVE] if LIVE in lines else [],
        "exempt": sorted(lines - {LIVE}),
        "doubts": [_doubt(one, record.doses) for one in record.doubts],
        "doses": [
            {"product": dose.product, "date": dose.day and dose.day.isoformat(), "source": dose.source.value}
            for dose in record.doses
        ],
    }


def _doubt(doubt: Doubted, doses: tuple[Dose, ...]) -> dict[str, Any]:
    return {"line": doubt.line, "kind": doubt.kind.value, "dose": doubted_index(doubt, doses)}
