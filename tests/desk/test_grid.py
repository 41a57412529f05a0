"""The keypad grid: dates judged while typed, impossible refused, unlikely asked, saved whole or not at all."""

import datetime as dt
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.children.models import DoseRecord
from app.database import Database
from forms.web.booklet import ROWS
from forms.web.dose_grid import DoseGrid
from tests.campaigns import EVERYTHING
from tests.desk.conftest import Browser, Counted
from tests.district import District

BORN, TODAY = dt.date(2020, 3, 12), dt.date(2026, 9, 3)
ROW_OF = {
    "BCG": "BCG",
    "HepB": "HepB",
    "IPV": "Polio",
    "bOPV": "Polio",
    "DTaP": "DTP",
    "MMR": "MMR",
    "JE-L": "JE",
    "MPSV-A": "MenA",
    "MPSV-AC": "MenAC",
    "HepA-L": "HepA",
}


def whole_booklet() -> dict[str, str]:
    """Everything the child of the tests had, each product named."""
    form, used = {}, dict.fromkeys((row.key for row in ROWS), 0)
    for product, days in EVERYTHING.items():
        for day in days:
            key = ROW_OF[product]
            used[key] += 1
            form |= {f"day-{key}-{used[key]}": day.replace("-", ""), f"vaccine-{key}-{used[key]}": product}
    return form


def judged(clerk: FlaskClient, child: int, **cells: str) -> dict[str, Any]:
    answer = clerk.post(f"/desk/children/{child}/doses/judge", data={k.replace("__", "-"): v for k, v in cells.items()})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json
    return found


def doses(database: Database, child: int) -> list[tuple[str, str | None]]:
    with database.reading() as session:
        rows = session.scalars(select(DoseRecord).where(DoseRecord.child_id == child).order_by(DoseRecord.id)).all()
    return [(row.product, row.day.isoformat() if row.day else row.partial_date) for row in rows]


@pytest.fixture
def blank(children: dict[str, int]) -> int:
    return children["没记录"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("20210312", "2021-03-12"),
        ("2021.3.12", "2021-03-12"),
        ("2021年3月12日", "2021-03-12"),
        ("21/3/12", "2021-03-12"),
        ("２０２１０３１２", "2021-03-12"),
    ],
)
def test_dates_as_people_write_them(clerk: FlaskClient, blank: int, typed: str, title: str) -> None:
    cell = judged(clerk, blank, **{"day-HepB-1": typed})["cells"]["HepB-1"]
    assert (cell["state"], cell["title"]) == ("ok", title)
    assert "1岁" in cell["caption"] or "12月龄" in cell["caption"]


def test_the_age_at_a_date_stands_beside_it(clerk: FlaskClient, blank: int) -> None:
    told = judged(clerk, blank, **{"day-MMR-1": "20201115", "vaccine-MMR-1": "MMR"})
    assert told["cells"]["MMR-1"]["caption"] == "MMR · 8月龄＋3天"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("20200311", "比出生日期"), ("20271012", "还没到"), ("20210230", "没有 20210230 这一天"), ("abc", "认不出")],
)
def test_the_impossible_is_refused(clerk: FlaskClient, blank: int, typed: str, sentence: str) -> None:
    cell = judged(clerk, blank, **{"day-HepB-1": typed})["cells"]["HepB-1"]
    assert cell["state"] == "refused"
    assert sentence in cell["say"]


def test_the_unlikely_is_asked_and_a_yes_counts_for_that_day_only(clerk: FlaskClient, blank: int) -> None:
    near = {"day-MenA-1": "20200915", "day-MenA-2": "20201125"}
    cell = judged(clerk, blank, **near)["cells"]["MenA-2"]
    assert cell["state"] == "asked"
    assert "要满 3 个月" in cell["say"]
    sure = judged(clerk, blank, **near, **{"sure-MenA-2": "2020-11-25"})["cells"]["MenA-2"]
    assert sure["state"] == "uncounted"
    other = judged(clerk, blank, **near, **{"sure-MenA-2": "2020-11-24"})["cells"]["MenA-2"]
    assert other["state"] == "asked"


def test_an_earlier_date_further_right_is_asked(clerk: FlaskClient, blank: int) -> None:
    cells = {"day-DTP-1": "20200716", "day-DTP-2": "20200615"}
    cell = judged(clerk, blank, **cells)["cells"]["DTP-2"]
    assert cell["state"] == "asked"
    assert "2020-07-16" in cell["say"]


@pytest.mark.parametrize("cell", ["JE-1", "Polio-1", "HepA-1"])
def test_a_row_that_the_booklet_has_twice_is_asked_never_guessed(clerk: FlaskClient, blank: int, cell: str) -> None:
    found = judged(clerk, blank, **{f"day-{cell}": "20220315"})["cells"][cell]
    assert found["state"] == "asked"
    assert len(found["choices"]) >= 2


@pytest.mark.parametrize("name", ["JE-I", "乙脑灭活疫苗", "乙脑灭活"])
def test_a_product_by_code_or_name(clerk: FlaskClient, blank: int, name: str) -> None:
    cell = judged(clerk, blank, **{"day-JE-1": "20201116", "vaccine-JE-1": name})["cells"]["JE-1"]
    assert cell["caption"].startswith("JE-I")


def test_letters_that_fit_both_are_asked(clerk: FlaskClient, blank: int) -> None:
    cell = judged(clerk, blank, **{"day-JE-1": "20201116", "vaccine-JE-1": "yn"})["cells"]["JE-1"]
    assert [code for code, _name in cell["choices"]] == ["JE-L", "JE-I"]


def test_a_full_stop_is_the_date_above_a_nought_none_a_stroke_unreadable(clerk: FlaskClient, blank: int) -> None:
    told = judged(clerk, blank, **{"day-BCG-1": "20200312", "day-HepB-1": "。", "day-HepB-2": "0", "day-HepB-3": "／"})
    assert [told["cells"][key]["title"] for key in ("HepB-1", "HepB-2", "HepB-3")] == ["2020-03-12", "未种", "看不清"]
    nothing_above = judged(clerk, blank, **{"day-BCG-1": "."})["cells"]["BCG-1"]
    assert nothing_above["state"] == "refused"


def test_the_verdict_follows_the_typing(clerk: FlaskClient, blank: int) -> None:
    assert "需补种" in judged(clerk, blank)["rail"]
    whole = judged(clerk, blank, **whole_booklet())
    assert "已种齐" in whole["rail"]
    assert {cell["state"] for cell in whole["cells"].values()} == {"ok"}


def test_judging_keeps_nothing(clerk: FlaskClient, blank: int, counted: Counted) -> None:
    before = counted(DoseRecord)
    judged(clerk, blank, **whole_booklet())
    assert counted(DoseRecord) == before


def test_a_booklet_is_saved_whole_and_once(clerk: FlaskClient, blank: int, database: Database) -> None:
    form = {**whole_booklet(), "token": "12345678-1234-1234-1234-123456789012"}
    for _ in range(2):
        assert clerk.post(f"/desk/children/{blank}/doses", data=form).location == f"/desk/children/{blank}"
    assert sorted(doses(database, blank)) == sorted(
        (product, day) for product, days in EVERYTHING.items() for day in days
    )


def test_one_cell_that_is_open_holds_everything_and_nothing_is_lost(
    clerk: FlaskClient, blank: int, database: Database
) -> None:
    """As without a script: sent at once, judged at once."""
    form = {**whole_booklet(), "day-MenA-2": "20201125"}
    answer = clerk.post(f"/desk/children/{blank}/doses", data=form)
    assert answer.status_code == 422
    assert doses(database, blank) == []
    assert 'name="sure-MenA-2" value="2020-11-25"' in answer.text
    assert 'value="20210914"' in answer.text
    assert clerk.post(f"/desk/children/{blank}/doses", data={**form, "sure-MenA-2": "2020-11-25"}).status_code == 303
    assert len(doses(database, blank)) == 22


def test_a_dose_on_record_stands_in_its_row_and_is_refused_again(clerk: FlaskClient, children: dict[str, int]) -> None:
    child = children["齐全"]
    assert "已有 5 剂" in clerk.get(f"/desk/children/{child}/doses").text
    cell = judged(clerk, child, **{"day-BCG-2": "20200312"})["cells"]["BCG-2"]
    assert cell["state"] == "refused"
    assert "已经有了" in cell["say"]


def test_an_unreadable_dose_is_kept_as_a_fact(clerk: FlaskClient, blank: int, database: Database) -> None:
    clerk.post(f"/desk/children/{blank}/doses", data={"day-HepB-1": "/", "day-HepB-2": "0"})
    assert doses(database, blank) == [("HepB", "看不清")]


def test_markup_in_a_cell_is_only_text(clerk: FlaskClient, blank: int) -> None:
    told = judged(clerk, blank, **{"day-BCG-1": "<script>alert(1)</script>"})
    page = clerk.post(f"/desk/children/{blank}/doses", data={"day-BCG-1": "<script>alert(1)</script>"})
    assert "<script>alert" not in told["rail"] + page.text


def test_another_school_s_child_has_no_grid(browser: Browser, blank: int, district: District) -> None:
    foreign = district.children["foreign_1"].id
    clerk = browser()
    assert clerk.get(f"/desk/children/{foreign}/doses").status_code == 404
    assert clerk.post(f"/desk/children/{foreign}/doses/judge").status_code == 404


def test_twenty_two_places() -> None:
    assert sum(row.places for row in ROWS) == 22
    grid = DoseGrid()
    grid.understand(birth_date=BORN, today=TODAY, on_record={})
    assert grid.entries == grid.faulty == []
