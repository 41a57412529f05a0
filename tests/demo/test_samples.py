"""The files to try the import with: five mistakes, each of its kind, a pair of twins, and the booklets to be typed."""

import csv
import datetime as dt

import pytest
from openpyxl import load_workbook

from app.demo.children import population
from app.demo.families import TWINS
from app.demo.samples import BOOKLETS, COLUMNS, ROSTER_AS_TEXT, ROSTER_WITH_MISTAKES, write_samples
from app.privacy.resident_ids import NumberFinding, look_at_resident_id


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("room") / "samples"
    write_samples(folder)
    return folder


@pytest.fixture(scope="module")
def roster(folder):
    rows = list(load_workbook(folder / ROSTER_WITH_MISTAKES).active.iter_rows(values_only=True))
    assert rows[2] == COLUMNS
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows[3:]]


def test_the_workbook_has_its_mistakes_and_no_others(roster) -> None:
    def faults(row) -> set[str]:
        number, born = row["身份证号"], row["出生日期"]
        found = set()
        if not row["姓名"]:
            found.add("no name")
        if not isinstance(born, dt.datetime):
            found.add(f"born {born}")
        elif isinstance(number, str) and len(number) == 18 and look_at_resident_id(number, born.date(), None):
            found.update(look_at_resident_id(number, None, None))
        if isinstance(number, int | float):
            found.add("digits lost")
        return found

    found = [fault for row in roster for fault in faults(row)]
    assert sorted(found) == sorted(["no name", "born 2021.13.1", NumberFinding.WRONG_CHECK_DIGIT, "digits lost"])
    assert roster[-1]["姓名"] == roster[2]["姓名"]
    assert roster[-1]["身份证号"] == roster[2]["身份证号"]


def test_the_twins_are_in_it_side_by_side(roster) -> None:
    seats = next(together for together in TWINS if together[0][0] == "stone_kindergarten")
    one, other = (roster[number - 1] for _, _, number in seats)

    assert one["出生日期"] == other["出生日期"]
    assert one["联系电话"] == other["联系电话"]
    assert one["姓名"] != other["姓名"]


def test_the_text_file_is_in_the_old_encoding_with_every_way_to_write_a_date(folder) -> None:
    content = (folder / ROSTER_AS_TEXT).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    rows = list(csv.DictReader(content.decode("gb18030").splitlines()))

    assert len(rows) == 23
    assert {"".join(sign for sign in row["出生日期"] if not sign.isdigit()) for row in rows} == {
        "--",
        "..",
        "",
        "年月日",
        "//",
    }


def test_every_booklet_that_nobody_has_typed_can_be_read(folder) -> None:
    rows = list(load_workbook(folder / BOOKLETS).active.iter_rows(values_only=True))[1:]
    untyped = [c for c in population() if not c.school.roster_loaded or c.school_class.booklets_to_type]

    assert {(row[0], row[1]) for row in rows} == {(c.school_class.name, c.identity.name) for c in untyped}
    assert [row for row in rows if "接种证丢了" in row[3]]
