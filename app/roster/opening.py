"""From uploaded bytes to the cells of a table, read in a process of its own (see `boxed`); what fails is a sentence."""

import datetime as dt
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

#: What a cell can hold once it is opened.
Cell = str | int | float | bool | dt.date | None

_BOX = Path(__file__).with_name("boxed.py")
_PATIENCE = 40.0
MOST_RAW_ROWS = 25_000


class FileRefused(ValueError):
    """Nothing was read; the message is a sentence for the person who chose the file."""


class WhichColumns(FileRefused):
    """The names of the columns are not known, or one that is needed is missing; `words` are what stands above them."""

    def __init__(self, sentence: str, words: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.words = words


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the file, from its first row on. Prints its measures only."""

    name: str
    height: int
    width: int
    rows: tuple[tuple[Cell, ...], ...]

    def __repr__(self) -> str:
        return f"<Sheet of {self.height} rows, not shown>"


def open_file(content: bytes, *, most_rows: int = MOST_RAW_ROWS) -> list[Sheet]:
    """Every visible sheet of a workbook, `most_rows` of each; of a text file the one table."""
    if not content.strip():
        raise FileRefused(_("文件是空的。请看看是不是选错了文件。"))
    answer = _boxed(content, most_rows)
    if "refused" in answer:
        raise FileRefused(_sentence(answer["refused"]))
    return [
        Sheet(one["name"], one["height"], one["width"], tuple(tuple(map(_cell, row)) for row in one["rows"]))
        for one in answer["sheets"]
    ]


def _boxed(content: bytes, most_rows: int) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_BOX), str(most_rows)]
    try:
        # Only our own file is started; what was uploaded goes in through a pipe and stays out of the disk.
        done = subprocess.run(  # noqa: S603
            command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {"refused": "too_large"}  # ran against the ceiling and died
    return answer


def _cell(plain: Any) -> Cell:
    if isinstance(plain, list):
        return dt.date.fromisoformat(plain[0])
    return plain  # type: ignore[no-any-return]


def _sentence(word: str) -> str:
    if word == "too_large":
        return _(
            "文件展开以后太大，或者很远的地方还有内容（比如第 1048576 行）。请把名册复制到一张新表格里，再传一次。"
        )
    if word == "locked":
        return _("文件加了密码，打不开。请用表格软件去掉打开密码，另存以后再传。")
    if word == "web_page":
        return _("这个文件里面是网页，不是表格。请用表格软件打开它，另存为 .xlsx，再传一次。")
    if word == "no_table":
        return _("这不是表格文件。能读 .xlsx、.xls、.et、.ods 和 .csv；请用表格软件另存一份再传。")
    if word == "encoding":
        return _("文本文件的编码认不出来。请用表格软件打开，另存为 .xlsx，再传一次。")
    if word == "long_cell":
        return _("有一格的内容太长，多半是少了一个引号。请用表格软件打开看看，另存为 .xlsx，再传一次。")
    if word == "empty":
        return _("文件是空的。请看看是不是选错了文件。")
    return _("文件坏了，或者没有下载完。请用表格软件打开看看，另存为 .xlsx，再传一次。")
