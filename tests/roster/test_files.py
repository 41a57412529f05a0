"""What comes in as a file: every way a table is saved, and everything that is none, is broken, or is made to hurt."""

import datetime as dt
import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.roster import boxed
from app.roster.opening import FileRefused, open_file
from app.roster.reading import read_roster
from tests.roster.sheets import COLUMNS, child, roster, sheets, text, workbook

FILES = Path(__file__).with_name("files")
TODAY = dt.date(2026, 9, 1)


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        read_roster(content, file_name="名册", today=TODAY)
    return str(refusal.value)


def names(content: bytes) -> list[str]:
    return [row.name for row in read_roster(content, file_name="名册", today=TODAY).rows]


BOTH = ["林小雨", "阿依古丽·买买提"]
ROWS = (COLUMNS, child(1, BOTH[0]), child(2, BOTH[1]))


@pytest.mark.parametrize(
    "content",
    [
        workbook(*ROWS),
        text(*ROWS),
        text(*ROWS, encoding="utf-8-sig"),
        text(*ROWS, encoding="gb18030"),
        text(*ROWS, encoding="utf-16"),
        text(*ROWS, delimiter=";"),
        text(*ROWS, delimiter="\t"),
        text(["2026 年新生名册,,"], *ROWS, delimiter="\t", encoding="gb18030"),
        text(*ROWS[:2], child(2, BOTH[1], 住址="1,2,3,4,5,6,7,8,9,10,11,12;;;;;;;;;;;;;;"), delimiter="\t"),
        text(*ROWS).replace(b"\r\n", b"\n"),
        text(*ROWS).replace(b"\r\n", b"\r"),
        b"\xef\xbb\xbf" + text(*ROWS).rstrip(),
    ],
)
def test_every_way_to_save_a_table(content: bytes) -> None:
    assert names(content) == BOTH


def test_an_old_workbook_whatever_it_is_called() -> None:
    """.xls, and .et, which WPS keeps in the same form."""
    read = read_roster((FILES / "roster.xls").read_bytes(), file_name="名册.et", today=TODAY)
    assert [row.name for row in read.rows] == ["林小雨", "林小雪"]
    assert [row.birth_date for row in read.rows] == [dt.date(2020, 3, 12)] * 2
    assert not any(row.faults for row in read.rows)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b" \r\n ", "空的"),
        (b"%PDF-1.7 ...", "不是表格"),
        (b"\x89PNG\r\n\x1a\n....", "不是表格"),
        (b"\x00\x01\x02\x03", "不是表格"),
        (b"<html><table><tr><td>\xe5\xa7\x93\xe5\x90\x8d</td></tr></table></html>", "网页"),
        (b'<?xml version="1.0"?><Workbook/>', "网页"),
        (b"PK\x03\x04" + b"cut off", "坏了"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "不是表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 60, "坏了"),
        ("姓名,性别\n".encode() + b"\xff\xff\xff", "编码"),
        ('姓名,性别\n"'.encode() + b"x" * 200_000, "太长"),
    ],
)
def test_what_is_no_table_is_told_so(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_a_locked_workbook_is_told_so() -> None:
    assert "密码" in refused((FILES / "locked.xlsx").read_bytes())
    old = bytearray((FILES / "roster.xls").read_bytes())
    begin = old.index(struct.pack("<HH", 0x0809, 16)) + 20
    old[begin : begin + 2] = struct.pack("<H", 0x002F)  # FILEPASS: from here on the stream is encrypted
    assert "密码" in refused(bytes(old))


def test_a_zip_that_is_no_workbook() -> None:
    assert "不是表格" in refused(zipped({"word/document.xml": b"<w/>"}))
    assert "不是表格" in refused(zipped({"photo.jpg": b"x"}))


def test_a_workbook_cut_short() -> None:
    whole = roster(*[child(n) for n in range(50)])
    for length in (200, len(whole) // 2, len(whole) - 10):
        assert refused(whole[:length])


# what is made to hurt


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    parts = parts_of(roster(child(1)))
    parts["xl/sharedStrings.xml"] = b"<sst>" + b" " * (boxed.INFLATED + 1) + b"</sst>"
    bomb = zipped(parts)
    assert len(bomb) < 1 << 20
    assert "太大" in refused(bomb)


def test_a_zip_that_lies_about_its_size() -> None:
    parts = parts_of(roster(child(1)))
    parts["xl/sharedStrings.xml"] = b"<sst>" + b" " * (1 << 22) + b"</sst>"
    bomb = bytearray(zipped(parts))
    place = bomb.rindex(b"xl/sharedStrings.xml") - 46
    assert bomb[place : place + 4] == b"PK\x01\x02"
    bomb[place + 24 : place + 28] = struct.pack("<I", 100)
    assert "坏了" in refused(bytes(bomb))


def test_a_sheet_as_wide_as_excel_allows_does_not_take_the_house_along() -> None:
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "姓名", "x"
    file = io.BytesIO()
    book.save(file)
    assert len(file.getvalue()) < 10_000
    assert "太大" in refused(file.getvalue())


def test_laughs_are_not_multiplied() -> None:
    parts = parts_of(roster(child(1)))
    entities = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = entities + sheet.replace(b"</v>", b"&b;</v>")
    assert refused(zipped(parts))


def test_a_line_of_a_million_cells() -> None:
    assert refused(b"," * 8_000_000)
    assert "列" in refused(text([*COLUMNS, *["x"] * 60], child(1)))


def test_too_many_children_and_content_far_below() -> None:
    many = [[f"孩子{n}", "女", "2020-03-12", "一（1）班"] for n in range(20_001)]
    head = ["姓名", "性别", "出生日期", "班级"]
    assert "20000" in refused(text(head, *many))
    assert len(names(text(head, *many[:20_000]))) == 20_000
    assert "25003" in refused(text(head, many[0], *[[""]] * 25_000, many[1]))


def test_a_box_that_takes_too_long_is_put_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("box", 1)

    monkeypatch.setattr(subprocess, "run", never)
    assert "太大" in refused(b"x")


def test_the_box_imports_nothing_of_the_house() -> None:
    """It is started by path, alone, with nothing but the standard library and the reader of workbooks."""
    program = (
        "import runpy, sys, io; sys.stdin = io.TextIOWrapper(io.BytesIO(b'a,b'));"
        f"runpy.run_path({str(Path(boxed.__file__))!r}, run_name='__main__');"
        "print([name for name in sys.modules if name.split('.')[0] in {'app', 'forms', 'flask', 'sqlalchemy'}])"
    )
    answer = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.endswith("[]\n")


# several sheets


def test_the_first_sheet_with_names_of_columns_is_read() -> None:
    content = sheets({"说明": [["怎么填"], ["一行一个孩子"]], "一年级": ROWS, "二年级": [COLUMNS, child(3)]})
    read = read_roster(content, file_name="名册.xlsx", today=TODAY)
    assert read.sheet == "一年级"
    assert read.other_sheets == ("说明", "二年级")
    assert [row.name for row in read.rows] == BOTH


def test_a_hidden_sheet_is_not_read() -> None:
    content = sheets({"去年": [COLUMNS, child(3)], "今年": ROWS}, hidden=("去年",))
    assert names(content) == BOTH


def test_a_sheet_prints_its_measures_only() -> None:
    (sheet,) = open_file(workbook(*ROWS))
    assert "林小雨" not in f"{sheet} {sheet!r} {[sheet]}"
