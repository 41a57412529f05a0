"""The door for other programs: a plain mapping in, a plain mapping out (the shapes of JSON).

`read` says which field of the input is wrong and what it should be; `write` gives the assessment in the agreed form.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from rules import catalogue
from rules.ages import Day, iso, parse_day
from rules.compiling import national
from rules.law import Law
from rules.planning import Visit
from rules.vocabulary import (
    Assessment,
    CertificateState,
    Child,
    ClinicResult,
    Dose,
    DoseFate,
    Doubt,
    DoubtKind,
    LineFinding,
    Owed,
    Source,
)

_Choice = TypeVar("_Choice", bound=StrEnum)


class InputError(ValueError):
    """One field of an input cannot be used."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


def read(data: Any, law: Law | None = None) -> Child:
    """The child in the contract's input; InputError names the first field that is wrong.

    Products and lines are those of the law, by default the national one.
    """
    law = law or national()
    if not isinstance(data, Mapping):
        raise InputError("", "a line must hold one JSON object")
    if data.get("id") is None:
        raise InputError("id", "is required")
    birth = _day(data, "birth_date")
    as_of = _day(data, "as_of")
    if as_of < birth:
        raise InputError("as_of", "lies before birth_date")
    _choice(data.get("sex"), "sex", _Sex, _Sex.UNKNOWN)
    doses = _doses(data.get("doses"), law)
    return Child(
        birth,
        as_of,
        doses,
        _choice(data.get("certificate"), "certificate", CertificateState, CertificateState.PRESENT),
        _clinic_result(data.get("clinic_assessment")),
        _switch(data.get("hbsag_exposed_under_2000g"), "hbsag_exposed_under_2000g"),
        "live" in _codes(data.get("avoid"), "avoid", ("live",)),
        frozenset(_codes(data.get("exempt"), "exempt", law.line_codes)),
        _doubts(data.get("doubts"), len(doses), law),
    )


def write(assessment: Assessment, id: Any = None) -> dict[str, Any]:  # noqa: A002
    """The contract's output. Words of closed lists are `StrEnum`: they are their values."""
    return {
        "id": id,
        "verdict": assessment.verdict,
        "result": assessment.result,
        "edition": assessment.edition,
        "rules_digest": assessment.rules_digest,
        "lines": {line.line: _line(line) for line in assessment.lines},
        "doses": [
            {
                "index": fate.index,
                "counts_for": fate.counts_for,
                "reasons": _reasons(fate) if fate.faults else {},
                "warnings": fate.warnings,
            }
            for fate in assessment.doses
        ],
    }


def write_plan(visits: Sequence[Visit]) -> list[dict[str, Any]]:
    """The visits of a plan in the contract's form."""
    return [{"date": iso(visit.day), "give": sorted(dose.product for dose in visit.doses)} for visit in visits]


def _line(line: LineFinding) -> dict[str, Any]:
    following = line.next
    return {
        "status": line.status,
        "owed": [_owed(owed) for owed in line.owed] if line.owed else [],
        "next": {"product": following.product, "dose": following.dose, "from": iso(following.from_day)}
        if following
        else None,
    }


def _owed(owed: Owed) -> dict[str, Any]:
    return {
        "product": owed.product,
        "dose": owed.dose,
        "earliest": iso(owed.earliest),
        "state": owed.state,
        "condition": owed.condition,
        "because": list(owed.because),
    }


def _reasons(fate: DoseFate) -> dict[str, list[str]]:
    """The reasons by line. A dose can miss two intervals at once; the reason is named once."""
    return {line: list(dict.fromkeys(fault.reason for fault in faults)) for line, faults in fate.faults.items()}


class _Sex(StrEnum):
    FEMALE = "F"
    MALE = "M"
    UNKNOWN = "U"


def _day(data: Mapping[str, Any], field: str) -> Day:
    value = data.get(field)
    if value is None:
        raise InputError(field, "is required")
    day = parse_day(value) if isinstance(value, str) else None
    if day is None:
        raise InputError(field, f"found {_short(value)}, expected a calendar date as YYYY-MM-DD")
    if not "1900" <= value[:4] <= "2199":
        raise InputError(field, f"found {value}, expected a year from 1900 to 2199")
    return day


def _doses(value: Any, law: Law) -> tuple[Dose, ...]:
    if not isinstance(value, list):
        raise InputError("doses", "is required, as a list (which may be empty)")
    return tuple([_dose(item, index, law) for index, item in enumerate(value)])


def _dose(item: Any, index: int, law: Law) -> Dose:
    if not isinstance(item, (dict, Mapping)):
        raise InputError(f"doses[{index}]", f"found {_short(item)}, expected an object with product and date")
    name = item.get("product")
    if not isinstance(name, str):
        raise InputError(f"doses[{index}].product", f"found {_short(name)}, expected a product code or name")
    if name not in law.products:
        name = _product_named(name, index, law)
    written = item.get("date")
    # Whatever is not exactly a date is unreadable: the dose is kept and reported as undated.
    day = parse_day(written) if isinstance(written, str) else None
    source = item.get("source")
    if source is None:
        return Dose(name, day)
    return Dose(name, day, _choice(source, f"doses[{index}].source", Source, Source.BOOKLET))


def _product_named(name: str, index: int, law: Law) -> str:
    try:
        return catalogue.resolve(name, law).code
    except catalogue.UnknownProductError as error:
        raise InputError(f"doses[{index}].product", str(error)) from error


def _clinic_result(value: Any) -> ClinicResult:
    if value is None:
        return ClinicResult.NONE
    if not isinstance(value, Mapping):
        raise InputError("clinic_assessment", f"found {_short(value)}, expected an object with result and date")
    return _choice(value.get("result"), "clinic_assessment.result", ClinicResult, ClinicResult.NONE)


def _doubts(value: Any, doses: int, law: Law) -> tuple[Doubt, ...]:
    doubts = []
    for index, item in enumerate(_list(value, "doubts")):
        place = f"doubts[{index}]"
        if not isinstance(item, Mapping):
            raise InputError(place, f"found {_short(item)}, expected an object with line, dose and kind")
        line = item.get("line")
        if not isinstance(line, str) or line not in law.line_codes:
            raise InputError(f"{place}.line", f"found {_short(line)}, expected one of {', '.join(law.line_codes)}")
        dose = item.get("dose")
        if dose is not None and (not isinstance(dose, int) or isinstance(dose, bool) or not 0 <= dose < doses):
            raise InputError(f"{place}.dose", f"found {_short(dose)}, expected the index of one of {doses} doses")
        doubts.append(Doubt(line, dose, _choice(item.get("kind"), f"{place}.kind", DoubtKind, DoubtKind.CONFLICT)))
    return tuple(doubts)


def _choice(value: Any, field: str, kind: type[_Choice], default: _Choice) -> _Choice:
    if value is None:
        return default
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(item.value for item in kind)
        raise InputError(field, f"found {_short(value)}, expected one of {known}") from error


def _codes(value: Any, field: str, known: tuple[str, ...]) -> list[str]:
    items = _list(value, field)
    for item in items:
        if item not in known:
            raise InputError(field, f"found {_short(item)}, expected any of {', '.join(known)}")
    return items


def _list(value: Any, field: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputError(field, f"found {_short(value)}, expected a list")
    return value


def _switch(value: Any, field: str) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        raise InputError(field, f"found {_short(value)}, expected true or false")
    return value


def _short(value: Any) -> str:
    """What was found, cut to a length that a message can carry."""
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
