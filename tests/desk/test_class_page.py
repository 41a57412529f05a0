"""The class on one page: everybody stands somewhere, numbers add up, doses to be verified are no debts."""

import re

from flask.testing import FlaskClient

from tests.desk.conftest import Browser
from tests.district import District


def page_of(client: FlaskClient, district: District, show: str = "") -> str:
    return client.get(f"/desk/classes/{district.classes['near_1'].id}?show={show}").text


def test_rows_say_what_is_owed_which_paper_is_out_and_who_looked(
    clerk: FlaskClient, children: dict[str, int], district: District
) -> None:
    clerk.post(f"/desk/children/{children['欠甲肝']}", data={"answer": "catch_up"})
    page = page_of(clerk, district)
    row = page.partition("李小欠")[2].partition("</tr>")[0]
    assert "甲肝 1" in row
    assert f"09-03 {district.users['clerk'].shown_name}" in row
    assert "4 人 ＝ 未查验 3 ＋ 需补种 1" in re.sub(r"\s+", " ", page)


def test_a_chip_shows_its_children_only(clerk: FlaskClient, children: dict[str, int], district: District) -> None:
    clerk.post(f"/desk/children/{children['欠甲肝']}", data={"answer": "catch_up"})
    owing, rest = page_of(clerk, district, "catch_up"), page_of(clerk, district, "not_checked")
    assert ("李小欠" in owing, "张齐全" in owing) == (True, False)
    assert ("李小欠" in rest, "张齐全" in rest) == (False, True)
    assert "张齐全" in page_of(clerk, district, "<script>")


def test_printed_papers_are_ticked_off_here(clerk: FlaskClient, children: dict[str, int], district: District) -> None:
    clerk.post(f"/desk/children/{children['欠甲肝']}", data={"answer": "catch_up"})
    assert "登记已交家长" not in page_of(clerk, district)
    clerk.post(f"/classes/{district.classes['near_1'].id}/notices/print", data={"which": "all"})
    assert "登记已交家长" in page_of(clerk, district)


def test_another_school_s_class_is_not_there(browser: Browser, children: dict[str, int], district: District) -> None:
    foreign = district.classes["foreign_1"].id
    assert browser().get(f"/desk/classes/{foreign}").status_code == 404
