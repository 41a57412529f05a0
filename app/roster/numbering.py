"""The numbers of one row: which paper each belongs to, and whether they agree with birth date and sex beside them."""

import datetime as dt
import re
from dataclasses import dataclass

from flask_babel import gettext as _

from app.children.kinds import Sex
from app.privacy.identities import Identifier, IdentifierKind
from app.privacy.resident_ids import IMPOSSIBLE, NumberFinding, birth_date_in, look_at_resident_id, sex_in
from app.roster.reading_cells import Cells
from forms.web.roster import Column
from forms.web.roster_cells import read_number, read_number_kind

_PASSPORT = re.compile(r"[A-Z]{1,3}\d{5,12}[A-Z]?")
_RESIDENT = re.compile(r"\d{14,}[\dX]*")


@dataclass(frozen=True, slots=True, repr=False)
class Numbered:
    """What the numbers of a row say, and with them perhaps what its other columns left out."""

    numbers: tuple[Identifier, ...]
    birth_date: dt.date | None
    sex: Sex | None


def read_numbers(cells: Cells, *, born: dt.date | None, sex: Sex | None) -> Numbered:
    numbers = []
    paper = cells.read(Column.NUMBER_KIND, read_number_kind) or ""
    number = cells.read(Column.NUMBER, read_number) or ""
    if number and _is_resident_id(number, paper):
        findings = look_at_resident_id(number, born, sex)
        faults = [
            _sentence(finding, number, born) for finding in findings if finding is not NumberFinding.UNKNOWN_PLACE
        ]
        for sentence in faults:
            cells.fault(Column.NUMBER, sentence)
        if not IMPOSSIBLE.intersection(findings):
            born, sex = born or birth_date_in(number), sex or sex_in(number)
            numbers.append(Identifier(IdentifierKind.RESIDENT_ID, number))
    elif number and (paper == "passport" or _PASSPORT.fullmatch(number)):
        numbers.append(Identifier(IdentifierKind.PASSPORT, number))
    elif number:
        cells.fault(
            Column.NUMBER,
            _("认不出是什么证件。身份证号是 18 位；别的证件请加一列“证件类型”，写护照、出生证明等。"),
        )
    for column, kind in (
        (Column.CHILD_CODE, IdentifierKind.CHILD_CODE),
        (Column.STUDENT_NUMBER, IdentifierKind.STUDENT_NUMBER),
    ):
        other = cells.read(column, read_number)
        if other:
            numbers.append(Identifier(kind, other))
    return Numbered(tuple(numbers), born, sex)


def _is_resident_id(number: str, paper: str) -> bool:
    if paper == "passport":
        return False
    return paper == "resident_id" or len(number) == 18 or _RESIDENT.fullmatch(number) is not None


def _sentence(finding: NumberFinding, number: str, born: dt.date | None) -> str:
    if finding is NumberFinding.WRONG_FORM:
        if len(number) != 18:
            return _("身份证号要 18 位，这里有 %(n)s 位。请照证件再看一遍。", n=len(number))
        return _("身份证号前 17 位只有数字，最后一位是数字或 X。请照证件再看一遍。")
    if finding is NumberFinding.WRONG_CHECK_DIGIT:
        return _("最后一位对不上，多半有一位写错了。请照证件再看一遍。")
    if finding is NumberFinding.IMPOSSIBLE_DATE:
        return _("号码中间的出生日期不是真的日期。请照证件再看一遍。")
    if finding is NumberFinding.OTHER_BIRTH_DATE:
        said = birth_date_in(number)
        return _(
            "号码里的生日是 %(number)s，出生日期一列是 %(column)s。请照证件改对其中一个。",
            number=said.isoformat() if said else "",
            column=born.isoformat() if born else "",
        )
    return _("从号码看是%(sex)s孩，和性别一列不一样。请照证件改对其中一个。", sex=_("男") if _boy(number) else _("女"))


def _boy(number: str) -> bool:
    return sex_in(number) is Sex.MALE
