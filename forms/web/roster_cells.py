"""Reads one cell of a roster: what people and table programs make of a name, a date, a number that must stay whole.

A cell is text, a number, a truth value, a date or nothing. What cannot be read raises `CellFault`, a sentence that says
what to write instead; what was read is shown beside it by `as_read`.
"""

import datetime as dt
import re
import unicodedata

from flask_babel import gettext as _

from forms.web.dates import NoDate, read_written

Cell = str | int | float | bool | dt.date | None

#: Table programs keep fifteen digits of a number; what comes after is gone.
_WHOLE_DIGITS = 10**15
_NOTHING = frozenset(
    {"无", "没有", "暂无", "空", "/", "\\", "-", "--", "—", "——", "n/a", "na", "null", "none", "待补", "未填"}
)
_FORMULA = re.compile(r"[=@]|[+-](?![\d(])")
_FORCED_TEXT = re.compile(r"""="([^"]*)"|'(.*)""")
_EXPONENT = re.compile(r"\d(\.\d+)?e\+?\d{1,3}", re.IGNORECASE)
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_PHONE = re.compile(r"\+?[\d\s()-]{7,20}")
_CODE = re.compile(r"[0-9A-Z]{4,30}")
#: Day 1 of table programs is 1 January 1900, and they believe in a 29 February 1900.
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)

_SEXES = {"男": "M", "男性": "M", "男孩": "M", "男生": "M", "m": "M", "male": "M", "1": "M"}
_SEXES |= {"女": "F", "女性": "F", "女孩": "F", "女生": "F", "f": "F", "female": "F", "2": "F"}
_RELATIONS = {"父": "父亲", "爸": "父亲", "爸爸": "父亲", "母": "母亲", "妈": "母亲", "妈妈": "母亲", "父子": "父亲"}
_RELATIONS |= {"父女": "父亲", "母子": "母亲", "母女": "母亲"}
_ORIGINS = {
    "local": "本地 本市 本区 本县 本街道 本乡镇 户籍 是 常住",
    "elsewhere": "外地 外省 外市 外区 外县 流动 非户籍 非本地 否",
    "abroad": "境外 国外 外籍 港澳台 外国",
}
_SOURCES = {
    "roster": "新生 名册 入学 入托 入园 招生 正常入学 就近入学 统一招生",
    "transfer": "转入 转学 转园 转校 转学转入",
    "midyear": "插班 插班生 中途入园 中途入学",
    "guest": "借读 借读生",
}
_ORIGIN_OF = {word: value for value, words in _ORIGINS.items() for word in words.split()}
_SOURCE_OF = {word: value for value, words in _SOURCES.items() for word in words.split()}


class CellFault(ValueError):
    """This cell cannot be kept; the message is a sentence for the person who has the file."""


def as_read(cell: Cell) -> str:
    """The cell in as many characters as a list of faults has room for."""
    text = f"{cell:.6g}".upper() if isinstance(cell, float) and abs(cell) >= _WHOLE_DIGITS else plain_text(cell)
    return text if len(text) <= 24 else text[:24] + "…"


def plain_text(cell: Cell) -> str:
    """The cell as one line of text without what nobody sees: controls, zero-width marks, spaces at the ends."""
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE_DIGITS:
        return str(int(cell))
    text = "".join(" " if c.isspace() else c for c in str(cell) if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(text.split())


def is_blank(cell: Cell) -> bool:
    """Nothing, or what people write for nothing."""
    return plain_text(cell).casefold() in _NOTHING | {""}


def read_text(cell: Cell, longest: int = 60) -> str:
    text = "" if is_blank(cell) else plain_text(cell)
    if _FORMULA.match(text):
        raise CellFault(_("这一格是公式，不是文字。请只留结果，写成普通文字。"))
    if len(text) > longest:
        raise CellFault(_("太长，最多 %(n)s 个字。请看看是不是几格连在了一起。", n=longest))
    return text


def read_name(cell: Cell) -> str:
    name = read_text(cell)
    if name and not any(unicodedata.category(letter)[0] == "L" for letter in name):
        raise CellFault(_("这不像姓名。请看看列有没有错位。"))
    return name


def read_sex(cell: Cell) -> str:
    text = plain_text(cell)
    found = _SEXES.get(_folded(text))
    if text and found is None:
        raise CellFault(_("性别请写男或女。"))
    return found or ""


def read_date(cell: Cell) -> dt.date | None:
    """A whole day, however it is written; a number is the day that a table program means by it."""
    if is_blank(cell):
        return None
    if isinstance(cell, dt.date):
        return cell
    text = _TIME.sub("", plain_text(cell))
    if isinstance(cell, int | float) or re.fullmatch(r"\d{5}", text, re.ASCII):
        serial = _serial(cell if isinstance(cell, int | float) else int(text))
        if serial is not None:
            return serial
    try:
        written = read_written(text)
    except NoDate:
        raise CellFault(_("这不是一个日期。请写成 2020-03-12 或 20200312。")) from None
    if written.day is None:
        raise CellFault(_("要写到哪一天，像 2020-03-12。"))
    return written.day


def read_number(cell: Cell) -> str:
    """A number of which every digit counts, in half-width capitals."""
    if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= _WHOLE_DIGITS:
        raise CellFault(_lost_digits())
    text = plain_text(cell)
    if forced := _FORCED_TEXT.fullmatch(text):
        text = (forced[1] or forced[2] or "").strip()
    if is_blank(text):
        return ""
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if _EXPONENT.fullmatch(plain):
        raise CellFault(_lost_digits())
    if not _CODE.fullmatch(plain):
        raise CellFault(_("号码只有数字和字母，4 到 30 位。请照证件再看一遍。"))
    return plain


def read_phone(cell: Cell) -> str:
    text = "" if is_blank(cell) else unicodedata.normalize("NFKC", plain_text(cell))
    if not text:
        return ""
    digits = re.sub(r"\D", "", text)
    if _EXPONENT.fullmatch(text.replace(" ", "")):
        raise CellFault(_("表格软件把电话变成了 %(text)s。请把这一列设成“文本”，再重新输入。", text=as_read(text)))
    if len(digits) >= 14 and not text.startswith("+"):
        raise CellFault(_("这一格里不止一个电话。请只留一个。"))
    if not _PHONE.fullmatch(text):
        raise CellFault(_("电话只写数字，像 13800000000 或 0571-80000000。"))
    if digits.startswith("1") and len(digits) != 11:
        raise CellFault(_("手机号要 11 位，这里有 %(n)s 位。", n=len(digits)))
    return text


def read_number_kind(cell: Cell) -> str:
    """resident_id, passport (which stands for every other paper too), or nothing."""
    text = _folded(plain_text(cell))
    if not text or is_blank(text):
        return ""
    return "resident_id" if "身份证" in text and not re.search("港|澳|台|外国", text) or "户口" in text else "passport"


def read_relation(cell: Cell) -> str:
    text = read_text(cell, 20)
    return _RELATIONS.get(text, text)


def read_origin(cell: Cell) -> str:
    return _one_of(cell, _ORIGIN_OF, _("户籍请写本地、外地或境外。"))


def read_source(cell: Cell) -> str:
    return _one_of(cell, _SOURCE_OF, _("来源请写新生、转入、插班或借读。"))


def _one_of(cell: Cell, words: dict[str, str], sentence: str) -> str:
    text = plain_text(cell)
    if is_blank(text):
        return ""
    found = words.get(_folded(text).removesuffix("户籍").removesuffix("户口") or text)
    if found is None:
        raise CellFault(sentence)
    return found


def _serial(number: float) -> dt.date | None:
    return _SERIAL_ZERO + dt.timedelta(days=int(number)) if int(number) in _SERIALS else None


def _lost_digits() -> str:
    return str(_("表格软件把号码当成了数字，后面几位已经丢了。请把这一列设成“文本”，再照证件重新输入。"))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
