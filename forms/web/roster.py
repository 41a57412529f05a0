"""The columns of a roster: what a school calls them, in which row they stand, and which ones nobody asked for."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l

#: A title, a school's name, a date may stand above the names of the columns.
HEADER_WITHIN = 15
MOST_COLUMNS = 60
MOST_CHILDREN = 20_000


class Column(StrEnum):
    """What a roster can say of a child."""

    NAME = "name"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    NUMBER_KIND = "number_kind"
    NUMBER = "number"
    CHILD_CODE = "child_code"
    STUDENT_NUMBER = "student_number"
    GRADE = "grade"
    CLASS = "class"
    GUARDIAN = "guardian"
    RELATION = "relation"
    PHONE = "phone"
    FATHER = "father"
    FATHER_PHONE = "father_phone"
    MOTHER = "mother"
    MOTHER_PHONE = "mother_phone"
    ADDRESS = "address"
    ORIGIN = "origin"
    SOURCE = "source"
    FROM_DAY = "from_day"
    FORMER_NAME = "former_name"


#: How we call them, on the page and in the template.
LABELS = {
    Column.NAME: _l("姓名"),
    Column.SEX: _l("性别"),
    Column.BIRTH_DATE: _l("出生日期"),
    Column.NUMBER_KIND: _l("证件类型"),
    Column.NUMBER: _l("身份证号"),
    Column.CHILD_CODE: _l("儿童编码"),
    Column.STUDENT_NUMBER: _l("学籍号"),
    Column.GRADE: _l("年级"),
    Column.CLASS: _l("班级"),
    Column.GUARDIAN: _l("监护人"),
    Column.RELATION: _l("关系"),
    Column.PHONE: _l("联系电话"),
    Column.FATHER: _l("父亲姓名"),
    Column.FATHER_PHONE: _l("父亲电话"),
    Column.MOTHER: _l("母亲姓名"),
    Column.MOTHER_PHONE: _l("母亲电话"),
    Column.ADDRESS: _l("住址"),
    Column.ORIGIN: _l("户籍"),
    Column.SOURCE: _l("来源"),
    Column.FROM_DAY: _l("入班日期"),
    Column.FORMER_NAME: _l("曾用名"),
}

#: What people write above them. Looked up after `folded_header`, so without spaces, stars and what stands in brackets.
_WRITTEN = {
    Column.NAME: "姓名 儿童姓名 学生姓名 幼儿姓名 孩子姓名 宝宝姓名 名字 name",
    Column.SEX: "性别 儿童性别 学生性别 幼儿性别 sex gender",
    Column.BIRTH_DATE: "出生日期 生日 出生年月日 出生年月 出生日 儿童出生日期 幼儿出生日期 学生出生日期 birthday",
    Column.NUMBER_KIND: "证件类型 证件类别 身份证件类型 证件种类",
    Column.NUMBER: (
        "身份证号 身份证 身份证号码 证件号 证件号码 身份证件号 身份证件号码 公民身份号码 居民身份证号 儿童身份证号 "
        "学生身份证号 幼儿身份证号 儿童身份证号码 学生身份证号码 幼儿身份证号码 幼儿身份证件号码 学生身份证件号码 "
        "儿童证件号 护照号 护照号码 idnumber"
    ),
    Column.CHILD_CODE: "儿童编码 儿童编号 接种证号 接种证编号 接种卡号 预防接种证号 预防接种证编号 免疫编码 childcode",
    Column.STUDENT_NUMBER: "学籍号 学籍号码 全国学籍号 学籍编号 全国学籍号码",
    Column.GRADE: "年级 年级名称 所在年级 就读年级 grade",
    Column.CLASS: "班级 班 班别 班级名称 所在班级 就读班级 分班 class",
    Column.GUARDIAN: "监护人 监护人姓名 家长 家长姓名 联系人 联系人姓名 监护人名称 guardian",
    Column.RELATION: "关系 与儿童关系 与学生关系 与幼儿关系 与监护人关系 监护人关系 亲属关系 与本人关系 relation",
    Column.PHONE: "电话 联系电话 手机 手机号 手机号码 电话号码 家长电话 监护人电话 联系方式 家长手机 监护人手机",
    Column.FATHER: "父亲姓名 父亲 爸爸姓名 爸爸",
    Column.FATHER_PHONE: "父亲电话 父亲手机 父亲联系电话 父亲手机号 父亲联系方式 爸爸电话 爸爸手机",
    Column.MOTHER: "母亲姓名 母亲 妈妈姓名 妈妈",
    Column.MOTHER_PHONE: "母亲电话 母亲手机 母亲联系电话 母亲手机号 母亲联系方式 妈妈电话 妈妈手机",
    Column.ADDRESS: "住址 家庭住址 现住址 现住地址 家庭地址 居住地址 地址 详细地址 address",
    Column.ORIGIN: "户籍 户籍类型 户籍性质 本地外地 是否本地户籍 origin",
    Column.SOURCE: "来源 入班方式 入学方式 入园方式 就读方式 学生来源 source",
    Column.FROM_DAY: "入班日期 入学日期 入园日期 入托日期 入校日期 报到日期 转入日期 入学时间 入园时间 入班时间",
    Column.FORMER_NAME: "曾用名 原名",
}
_MEANT = {word: column for column, words in _WRITTEN.items() for word in words.split()}
_BRACKETS = re.compile(r"[(\[【〔<].*?[)\]】〕>]")
_DECORATION = re.compile(r"[\s*:#、。.,/_\-]")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the names of the columns stand, and what each column says."""

    #: Counted from 0.
    row: int
    columns: dict[Column, int]
    #: Words above columns that are not read, and names that came twice.
    unused: tuple[str, ...]


def column_of(written: object, own: Mapping[str, Column] | None = None) -> Column | None:
    """Which column is meant by a word above it; `own`: what a school said its words mean, folded."""
    if not isinstance(written, str):
        return None
    plain = folded_header(written)
    if own and plain in own:
        return own[plain]
    return _MEANT.get(plain) or _MEANT.get(plain.rstrip("0123456789"))


def find_header(rows: Sequence[Sequence[object]], own: Mapping[str, Column] | None = None) -> Header | None:
    """The row with the names of the columns: the one of the first rows that names most of them, and 姓名 among them."""
    headers = (_header(number, row, own) for number, row in enumerate(rows[:HEADER_WITHIN]))
    found = [one for one in headers if Column.NAME in one.columns and len(one.columns) > 1]
    return max(found, key=lambda one: len(one.columns), default=None)


def likely_header(rows: Sequence[Sequence[object]]) -> tuple[str, ...]:
    """Where no row names the columns in words we know: the words of the first row that looks as if it did."""
    found: list[str] = []
    for row in rows[:HEADER_WITHIN]:
        words = [" ".join(word.split())[:20] for word in row if isinstance(word, str) and word.strip()]
        if len(words) > len(found) and not any(map(str.isdigit, words)):
            found = words
    return tuple(dict.fromkeys(found)) if len(found) > 1 else ()


def _header(number: int, row: Sequence[object], own: Mapping[str, Column] | None) -> Header:
    columns: dict[Column, int] = {}
    unused = []
    for place, word in enumerate(row):
        column = column_of(word, own)
        if column is not None and column not in columns:
            columns[column] = place
        elif isinstance(word, str) and word.strip() and folded_header(word) not in {"序号", "编号", "no"}:
            unused.append(" ".join(word.split())[:20])
    return Header(number, columns, tuple(unused))


def folded_header(written: str) -> str:
    """A word above a column without width, spaces, stars and what stands in brackets."""
    plain = unicodedata.normalize("NFKC", written)
    return _DECORATION.sub("", _BRACKETS.sub("", plain)).casefold()
