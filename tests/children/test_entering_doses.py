"""The sheet of doses on its page: kept whole or not at all, every fault in its row, nothing typed is lost."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from app.children.models import Child, DoseRecord
from app.children.queries import effective_doses
from app.database import Database
from tests.children.conftest import Browser, Kept
from tests.district import District


def typed(*rows: tuple[str, str], **more: str) -> dict[str, str]:
    data = {"do": "save", "source": "booklet", **more}
    for number, (vaccine, day) in enumerate(rows, 1):
        data |= {f"vaccine-{number}": vaccine, f"day-{number}": day}
    return data


def doses_of(database: Database, child: Child) -> list[DoseRecord]:
    with database.reading() as session:
        return effective_doses(session, child.id)


def test_a_booklet_is_copied_in_one_go(
    clerk: FlaskClient, kid: Child, database: Database, trail: Callable[[], list[str]]
) -> None:
    rows = [("卡介苗", "20200305"), ("乙肝", "."), ("IPV", "2020年5月8日"), ("百白破", "/"), ("麻腮风", "202011")]
    answer = clerk.post(f"/children/{kid.id}/doses", data=typed(*rows, **{"lot-1": "甲 1", "unit-1": "近水卫生院"}))
    assert (answer.status_code, answer.location) == (303, f"/children/{kid.id}")
    assert [(one.product, one.day and one.day.isoformat(), one.partial_date) for one in doses_of(database, kid)] == [
        ("BCG", "2020-03-05", None),
        ("HepB", "2020-03-05", None),
        ("IPV", "2020-05-08", None),
        ("DTaP", None, "看不清"),
        ("MMR", None, "2020-11"),
    ]
    first = doses_of(database, kid)[0]
    assert (first.lot, first.unit, first.source, first.withdrawn) == ("甲 1", "近水卫生院", "booklet", False)
    assert trail()[-1] == "dose.entered"
    assert "已记 5 剂" in clerk.get(f"/children/{kid.id}").text


@pytest.mark.parametrize(
    ("vaccine", "day", "sentence"),
    [
        ("乙肝", "20271012", "2027-10-12 还没到。请看年份是不是写错了。"),
        ("乙肝", "20200304", "2020-03-04 比出生日期 2020-03-05 还早"),
        ("乙肝", "20210230", "没有 20210230 这一天"),
        ("乙肝", "<script>alert(1)</script>", "认不出是哪天"),
        ("乙脑疫苗", "20201110", "有 2 种：乙脑减毒活疫苗、乙脑灭活疫苗"),
        ("<b>神仙水</b>", "20201110", "目录里没有"),
        ("", "20201110", "是哪种疫苗"),
        ("乙肝", "", "还缺日期"),
    ],
)
def test_one_faulty_row_holds_the_whole_sheet(
    clerk: FlaskClient, kid: Child, kept: Kept, vaccine: str, day: str, sentence: str
) -> None:
    before = kept()
    answer = clerk.post(f"/children/{kid.id}/doses", data=typed(("卡介苗", "20200305"), (vaccine, day)))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept() == before
    for text in ("卡介苗", "20200305", vaccine, day):
        assert f'value="{escape(text)}"' in answer.text
    assert "<script>alert" not in answer.text
    assert "<b>神仙水" not in answer.text


def test_an_answer_to_a_question_is_kept_while_other_rows_are_mended(clerk: FlaskClient, kid: Child) -> None:
    rows = [("乙脑疫苗", "20201110"), ("乙肝", "昨天")]
    page = clerk.post(f"/children/{kid.id}/doses", data=typed(*rows, **{"which-1": "JE-I"})).text
    assert 'name="which-1" value="JE-I"' in page


def test_what_nobody_sees_is_not_kept(clerk: FlaskClient, kid: Child, database: Database) -> None:
    """A NUL in a text is what PostgreSQL refuses."""
    data = typed(("黄热病\x00疫苗", "2020\x00?"), **{"which-1": "other", "lot-1": "\x00甲\x071"})
    assert clerk.post(f"/children/{kid.id}/doses", data=data).status_code == 303
    row = doses_of(database, kid)[0]
    assert (row.as_written, row.partial_date, row.lot) == ("黄热病 疫苗", "2020 ?", "甲 1")


def test_a_vaccine_outside_the_catalogue_keeps_its_words(clerk: FlaskClient, kid: Child, database: Database) -> None:
    data = typed(("<i>黄热病</i>疫苗", "20240101"), **{"which-1": "other-live"})
    assert clerk.post(f"/children/{kid.id}/doses", data=data).status_code == 303
    assert [(one.product, one.as_written) for one in doses_of(database, kid)] == [("other-live", "<i>黄热病</i>疫苗")]
    for address in (f"/children/{kid.id}", f"/children/{kid.id}/doses"):
        assert "<i>黄热病" not in clerk.get(address).text


def test_two_hundred_doses_are_refused_in_a_sentence_and_all_still_there(
    clerk: FlaskClient, kid: Child, kept: Kept
) -> None:
    before = kept()
    days = [f"{dt.date(2020, 3, 5) + dt.timedelta(days=n):%Y%m%d}" for n in range(200)]
    data = typed(*[("乙肝", day) for day in days])
    for number in range(1, 201):
        data |= {f"lot-{number}": f"批{number}", f"unit-{number}": "近水卫生院", f"which-{number}": ""}
    answer = clerk.post(f"/children/{kid.id}/doses", data=data)
    assert answer.status_code == 422
    assert "这里填了 200 剂，一剂都还没有保存" in answer.text
    assert kept() == before
    for number, day in enumerate(days, 1):
        assert f'name="day-{number}" value="{day}"' in answer.text
        assert f'value="批{number}"' in answer.text


def test_more_rows_judge_nothing_and_lose_nothing(clerk: FlaskClient, kid: Child, kept: Kept) -> None:
    before = kept()
    answer = clerk.post(f"/children/{kid.id}/doses", data=typed(("乙肝", "昨天"), do="more", source="guardian"))
    assert answer.status_code == 200
    assert 'name="day-22"' in answer.text
    assert 'name="day-23"' not in answer.text
    assert 'value="昨天"' in answer.text
    assert 'value="guardian" checked' in answer.text
    assert kept() == before


def test_enter_without_a_script_saves_nothing(clerk: FlaskClient, kid: Child, kept: Kept) -> None:
    """The first button of a form is the one that Enter presses."""
    before = kept()
    page = clerk.get(f"/children/{kid.id}/doses").text
    form = page[page.index('id="sheet"') :]
    assert form.index('value="look"') < form.index('value="save"')
    assert clerk.post(f"/children/{kid.id}/doses", data=typed(("乙肝", "20200305"), do="look")).status_code == 200
    assert kept() == before


def test_a_dose_on_record_is_said_and_left_out_by_a_tick(clerk: FlaskClient, kid: Child, database: Database) -> None:
    clerk.post(f"/children/{kid.id}/doses", data=typed(("乙肝", "20200305")))
    again = typed(("乙肝疫苗", "2020-3-5"), ("卡介苗", "20200305"))
    answer = clerk.post(f"/children/{kid.id}/doses", data=again)
    assert answer.status_code == 422
    assert "已经有了（接种证）" in answer.text
    assert len(doses_of(database, kid)) == 1
    assert clerk.post(f"/children/{kid.id}/doses", data={**again, "skip-1": "1"}).status_code == 303
    assert [one.product for one in doses_of(database, kid)] == ["HepB", "BCG"]
    assert "已记 1 剂，跳过 1 剂" in clerk.get(f"/children/{kid.id}").text


def test_a_school_writes_what_it_saw_a_nurse_what_her_clinic_gave(
    browser: Browser, clerk: FlaskClient, kid: Child, database: Database
) -> None:
    nurse = browser("nurse")
    assert nurse.post(f"/children/{kid.id}/doses", data=typed(("乙肝", "20200305"))).status_code == 422
    assert clerk.post(f"/children/{kid.id}/doses", data=typed(("乙肝", "20200305"), source="clinic")).status_code == 422
    assert doses_of(database, kid) == []
    rows = typed(("乙肝", "20200305"), source="clinic")
    assert nurse.post(f"/children/{kid.id}/doses", data=rows).status_code == 303
    guardian = typed(("百白破", "2020-06"), source="guardian")
    assert clerk.post(f"/children/{kid.id}/doses", data=guardian).status_code == 303
    assert [one.source for one in doses_of(database, kid)] == ["clinic", "guardian"]


def test_another_organisation_writes_nothing(browser: Browser, kid: Child, kept: Kept, district: District) -> None:
    before = kept()
    for who in ("far_clerk", "foreign_clerk", "far_nurse"):
        assert browser(who).post(f"/children/{kid.id}/doses", data=typed(("乙肝", "20200305"))).status_code == 404
    assert browser("cdc_doctor").post(f"/children/{kid.id}/doses", data=typed(("乙肝", "20200305"))).status_code == 403
    assert kept() == before
