"""The rehearsal says what the judgement says, asks for nobody, and keeps nothing."""

import datetime as dt
import logging

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.config import Settings
from app.database import Base, Database
from app.parents.rehearsing import next_term, rehearse
from forms.web.booklet import ROWS
from forms.web.rehearsal import RehearsalForm, grid_of
from tests.district import District
from tests.notices.september import at

AUGUST = dt.date(2026, 8, 10)
#: A whole booklet of a child born on 2020-03-05 but for what is due at six; one IPV and three bOPV.
TYPED = {
    "birth_date": "20200305",
    "term_day": "2026-09-01",
    "day-BCG-1": "20200305",
    **{f"day-HepB-{n}": day for n, day in enumerate(("20200305", "20200406", "20200907"), 1)},
    **{f"day-Polio-{n}": day for n, day in enumerate(("20200506", "20200608", "20200709", "20240306"), 1)},
    "vaccine-Polio-1": "IPV",
    **{f"vaccine-Polio-{n}": "bOPV" for n in (2, 3, 4)},
    **{f"day-DTP-{n}": day for n, day in enumerate(("20200608", "20200709", "20200810", "20210907"), 1)},
    **{f"day-MMR-{n}": day for n, day in enumerate(("20201106", "20210907"), 1)},
    **{f"day-JE-{n}": day for n, day in enumerate(("20201106", "20220307"), 1)},
    **{f"vaccine-JE-{n}": "JE-L" for n in (1, 2)},
    **{f"day-MenA-{n}": day for n, day in enumerate(("20200907", "20201208"), 1)},
    **{f"day-MenAC-{n}": day for n, day in enumerate(("20230306", "20260310"), 1)},
    "day-HepA-1": "20210907",
    "vaccine-HepA-1": "HepA-L",
}


@pytest.fixture(autouse=True)
def _in_august() -> None:
    clock.fix(at(AUGUST))


def page_of(client: FlaskClient, **more: str) -> str:
    answer = client.post("/rehearsal", data={**TYPED, **more})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_it_says_what_will_be_asked_and_why(client: FlaskClient) -> None:
    page = page_of(client)
    assert "开学时会要补 2 剂" in page
    assert "含Ⅱ型的只有 1 剂，要补含Ⅱ型的第 2 剂" in page
    assert "满 6 岁应种第 5 剂" in page
    assert "现在去，可以这样安排" in page
    assert "都不影响入园、入学" in page
    assert 'value="20210907"' in page  # what was typed is still there to be changed


def test_the_edition_in_force_on_the_first_day_of_term_judges(settings: Settings) -> None:
    """Born 2019-10-02: 2021's law asks for no second IPV, 2026's does; the day decides."""
    found = {}
    for today in (dt.date(2025, 8, 10), AUGUST):
        form = RehearsalForm(data={"birth_date": "20191002", "term_day": next_term(today).isoformat()}, today=today)
        assert form.validate()
        typed = {name: value for name, value in TYPED.items() if name.startswith(("day-", "vaccine-"))}
        grid = grid_of(typed)
        grid.understand(birth_date=form.birth_day, today=today, on_record={})
        found[today.year] = rehearse(form, grid, today)
    assert found[2025].law != found[2026].law
    ipv = [[row.dose for row in one.owed if "IPV" in row.vaccine] for one in found.values()]
    assert ipv[0] == []
    assert len(ipv[1]) == 1


def test_a_birthday_before_term_is_asked_for_later(client: FlaskClient) -> None:
    younger = {name: _later(day) for name, day in TYPED.items() if name.startswith("day-") and name != "day-MenAC-2"}
    page = page_of(client, birth_date="20200825", **younger, **{"day-MenAC-2": ""})
    assert "到了日子再去的" in page
    assert "2026-08-25 起可种" in page


def test_nothing_owed(client: FlaskClient) -> None:
    page = page_of(
        client,
        **{"day-Polio-2": "20200608", "vaccine-Polio-2": "IPV", "day-DTP-5": "20260310", "vaccine-DTP-5": "DTaP"},
    )
    assert "到那天没有要补的" in page
    assert "开学时会要补" not in page


def test_what_does_not_count_is_said(client: FlaskClient) -> None:
    page = page_of(client, **{"day-MMR-2": "20201116"})
    assert "填了，但没有计入的" in page
    assert "麻腮风" in page


def test_it_asks_for_no_name_and_no_number(client: FlaskClient) -> None:
    page = client.get("/rehearsal").get_data(as_text=True)
    names = {part.partition('"')[0] for part in page.split('name="')[1:]} - {"viewport", "robots", "color-scheme"}
    cells = {f"{part}-{row.key}-{n + 1}" for row in ROWS for n in range(row.most) for part in ("day", "vaccine")}
    assert names - cells == {"birth_date", "term_day", "hbsag_exposed_under_2000g", "format-detection"}
    assert "不保存" in page


def test_nothing_is_kept(
    client: FlaskClient, database: Database, district: District, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.get("/rehearsal")
    before, caplog_before = counted(database), len(caplog.records)
    answer = client.post("/rehearsal", data=TYPED)
    assert answer.status_code == 200
    assert counted(database) == before
    assert len(caplog.records) == caplog_before
    assert not answer.headers.getlist("Set-Cookie")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not any(b"20200305" in file.read_bytes() for file in settings.data_dir.rglob("*") if file.is_file())


def test_without_a_token_and_without_a_cookie(app) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert app.test_client().post("/rehearsal", data=TYPED).status_code == 200
    assert app.test_client().post("/p", data={"code": "0" * 21, "digits": "1234"}).status_code == 400


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("birth_date", "", "认不出是哪天"),
        ("birth_date", "20270101", "还没到"),
        ("birth_date", "19990101", "太早"),
        ("birth_date", "2020-13-40", "没有"),
        ("term_day", "2026-08-01", "今天或以后的日子"),
        ("term_day", "2029-09-01", "一年半以内"),
        ("day-BCG-1", "20261001", "还没到"),
        ("day-BCG-1", "20190101", "比出生日期"),
        ("day-BCG-1", "昨天", "认不出是哪天"),
        ("vaccine-JE-1", "", "证上是哪一种"),
        ("vaccine-JE-1", "RabV", "证上是哪一种"),
    ],
)
def test_wrong_answers_are_said_and_nothing_is_lost(client: FlaskClient, field: str, typed: str, said: str) -> None:
    answer = client.post("/rehearsal", data={**TYPED, field: typed})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert 'value="20210907"' in page


def test_full_width_digits_and_unreadable_dates(client: FlaskClient) -> None:
    page = page_of(client, birth_date="２０２０．３．５", **{"day-MMR-2": "/"})
    assert "没有能认出的接种日期" in page


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>" * 200, "9" * 4096, "\x00", "' OR 1=1 --"])
def test_hostile_input(client: FlaskClient, typed: str) -> None:
    for field in ("birth_date", "term_day", "day-BCG-1", "vaccine-JE-1"):
        answer = client.post("/rehearsal", data={**TYPED, field: typed})
        assert answer.status_code in {200, 422}  # a lone control character is an empty cell
        assert "<script" not in answer.get_data(as_text=True)
        assert len(answer.data) < 60_000


def test_too_much_is_refused(client: FlaskClient) -> None:
    long = client.post("/rehearsal", data={**TYPED, "more": "x" * 100_000})
    assert long.status_code == 413
    assert "填的内容太长" in long.get_data(as_text=True)
    answers = [client.post("/rehearsal", data={"birth_date": ""}).status_code for _try in range(62)]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("today", "term"),
    [
        (dt.date(2026, 1, 2), dt.date(2026, 9, 1)),
        (dt.date(2026, 9, 1), dt.date(2026, 9, 1)),
        (dt.date(2026, 11, 26), dt.date(2026, 11, 26)),
    ],
)
def test_the_next_term(today: dt.date, term: dt.date) -> None:
    assert next_term(today) == term


def _later(day: str) -> str:
    """The same day in the life of a child born on 2020-08-25."""
    return (dt.date.fromisoformat(day) + (dt.date(2020, 8, 25) - dt.date(2020, 3, 5))).isoformat()


def counted(database: Database) -> dict[str, int]:
    with database.reading() as session:
        tables = Base.metadata.sorted_tables
        return {one.name: session.scalar(select(func.count()).select_from(one)) or 0 for one in tables}
