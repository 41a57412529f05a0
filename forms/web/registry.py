"""The columns of a registry's export: what the systems call them, which sheet holds children and which holds doses."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from forms.web.roster import HEADER_WITHIN, folded_header


class RegistryColumn(StrEnum):
    """What an export says of a child or of a dose."""

    CHILD_CODE = "child_code"
    NUMBER = "number"
    NAME = "name"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    VACCINE = "vaccine"
    DAY = "day"
    LOT = "lot"
    UNIT = "unit"


LABELS = {
    RegistryColumn.CHILD_CODE: _l("儿童编码"),
    RegistryColumn.NUMBER: _l("身份证号"),
    RegistryColumn.NAME: _l("姓名"),
    RegistryColumn.SEX: _l("性别"),
    RegistryColumn.BIRTH_DATE: _l("出生日期"),
    RegistryColumn.VACCINE: _l("疫苗"),
    RegistryColumn.DAY: _l("接种日期"),
    RegistryColumn.LOT: _l("批号"),
    RegistryColumn.UNIT: _l("接种单位"),
}
_WRITTEN = {
    RegistryColumn.CHILD_CODE: "儿童编码 儿童编号 接种证号 接种证编号 预防接种证号 预防接种证编号 免疫编码 childcode",
    RegistryColumn.NUMBER: "身份证号 身份证 身份证号码 证件号 证件号码 身份证件号码 公民身份号码 儿童身份证号",
    RegistryColumn.NAME: "姓名 儿童姓名 受种者姓名 受种者 name",
    RegistryColumn.SEX: "性别 儿童性别 sex",
    RegistryColumn.BIRTH_DATE: "出生日期 生日 出生年月日 儿童出生日期 birthday",
    RegistryColumn.VACCINE: "疫苗 疫苗名称 疫苗种类 接种疫苗 接种疫苗名称 疫苗品种 疫苗通用名 vaccine",
    RegistryColumn.DAY: "接种日期 接种时间 接种年月日 实种日期 实际接种日期 vaccinationdate",
    RegistryColumn.LOT: "批号 疫苗批号 生产批号 批次 lot",
    RegistryColumn.UNIT: "接种单位 接种单位名称 接种地点 实种单位 门诊 接种门诊",
}
_MEANT = {word: column for column, words in _WRITTEN.items() for word in words.split()}
#: What says which child is meant.
WHO = frozenset({RegistryColumn.CHILD_CODE, RegistryColumn.NUMBER, RegistryColumn.NAME})
_DOSE = frozenset({RegistryColumn.VACCINE, RegistryColumn.DAY})


@dataclass(frozen=True, slots=True)
class RegistryHeader:
    """Where the names of the columns stand, counted from 0, and what each column says."""

    row: int
    columns: dict[RegistryColumn, int]

    @property
    def has_doses(self) -> bool:
        return self.columns.keys() >= _DOSE and bool(WHO & self.columns.keys())

    @property
    def has_children(self) -> bool:
        return {RegistryColumn.NAME, RegistryColumn.BIRTH_DATE} <= self.columns.keys()


def find_registry_header(rows: Sequence[Sequence[object]]) -> RegistryHeader | None:
    """The row with the names of the columns: the one of the first rows that names most of them."""
    headers = [_header(number, row) for number, row in enumerate(rows[:HEADER_WITHIN])]
    found = [one for one in headers if one.has_doses or one.has_children]
    return max(found, key=lambda one: len(one.columns), default=None)


def _header(number: int, row: Sequence[object]) -> RegistryHeader:
    columns: dict[RegistryColumn, int] = {}
    for place, word in enumerate(row):
        column = _MEANT.get(folded_header(word)) if isinstance(word, str) else None
        if column is not None:
            columns.setdefault(column, place)
    return RegistryHeader(number, columns)
