"""Whatever language the screen has, papers, templates and messages that leave the house are Chinese."""

import datetime as dt
import io
import re
import subprocess
from collections.abc import Callable

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import clock
from app.database import Database
from app.people.models import User
from app.roster.reading import FileRefused, read_roster
from forms.web.vaccines import plain_name, read_vaccine
from rules import national
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign, without
from tests.checking import DAY, MORNING, check
from tests.district import District

SignIn = Callable[[FlaskClient, User], None]
PDF, WORKBOOK = {"as": "pdf"}, {"as": "xlsx"}
#: Letters that stand on Chinese papers, too: products, editions, the hash.
LATIN = {"bOPV", "MPSV", "dtap"}


@pytest.fixture
def reader(client: FlaskClient, database: Database, district: District) -> FlaskClient:
    """Somebody who reads English, in a district with one child that owes a dose and one that is complete."""
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        for doses, name in ((without("bOPV", "HepA-L"), "李小欠"), (EVERYTHING, "张齐全")):
            check(session, district, child_with_doses(session, district, doses, name=name, clinic=None))
    client.set_cookie("chayan_language", "en")
    return client


@pytest.mark.parametrize(
    ("who", "address", "sent"),
    [
        *[
            ("clerk", "/classes/{class}/notices/print", {"layout": one, "which": "all"})
            for one in ("a4", "a5", "large")
        ],
        ("clerk", "/classes/{class}/notices/list", {}),
        ("clerk", "/classes/{class}/certificates/print", {}),
        *[("clerk", "/sheets/classes/{class}/register", one) for one in (PDF, WORKBOOK)],
        *[("clerk", "/sheets/summary", one) for one in (PDF, WORKBOOK)],
        *[("clerk", "/sheets/feedback", {"month": "2026-09"} | one) for one in (PDF, WORKBOOK)],
        *[("clerk", "/reports/centers/{center}/preview", one) for one in (PDF, WORKBOOK)],
        *[("clerk", f"/campaigns/papers/{one}", None) for one in ("letter", "table", "register", "doses", "screening")],
        ("clerk", "/desk/card", None),
        ("clerk", "/roster/template", None),
        *[("nurse", "/clinic/list", one) for one in (PDF, WORKBOOK)],
        *[("nurse", "/clinic/order", one) for one in (PDF, WORKBOOK)],
        *[("bureau_auditor", "/oversight/bulletin", one) for one in (PDF, WORKBOOK)],
        ("bureau_auditor", "/oversight/bulletin/text", {}),
        *[("bureau_auditor", "/sheets/summary", one) for one in (PDF, WORKBOOK)],
    ],
)
def test_a_paper_is_chinese(
    reader: FlaskClient, district: District, sign_in: SignIn, who: str, address: str, sent: dict[str, str] | None
) -> None:
    sign_in(reader, district.users[who])
    places = {"{class}": district.classes["near_1"].id, "{center}": district.places["near_center"].id}
    for word, number in places.items():
        address = address.replace(word, str(number))
    answer = reader.get(address) if sent is None else reader.post(address, data=sent)
    assert answer.status_code == 200
    said = words_of(answer)
    assert re.search("[\u4e00-\u9fff]{2}", said)
    assert english_in(said, district) == set()


def test_a_frozen_list_is_chinese(reader: FlaskClient, district: District, sign_in: SignIn) -> None:
    """It is drawn when it is frozen and printed from what was kept."""
    sign_in(reader, district.users["clerk"])
    frozen = reader.post(f"/reports/centers/{district.places['near_center'].id}/freeze").location
    for form in (PDF, WORKBOOK):
        said = words_of(reader.post(f"{frozen}/print", data=form))
        assert "李小欠" in said
        assert english_in(said, district) == set()


def test_the_template_is_read_back_and_its_example_is_no_child(
    reader: FlaskClient, district: District, sign_in: SignIn
) -> None:
    sign_in(reader, district.users["clerk"])
    template = reader.get("/roster/template").data
    with pytest.raises(FileRefused, match="没有孩子"):
        read_roster(template, file_name="名册.xlsx", today=DAY)


def test_a_campaign_is_offered_a_chinese_name(reader: FlaskClient, district: District, sign_in: SignIn) -> None:
    sign_in(reader, district.users["bureau_auditor"])
    assert re.search(r'value="\d{4}年[春秋]季"', reader.get("/campaigns/new").text)


def test_what_an_english_page_shows_can_be_typed(app: Flask) -> None:
    """A dose that is corrected comes with its vaccine's name in the form."""
    with app.test_request_context("/", headers={"Cookie": "chayan_language=en"}):
        for code in national().products:
            assert read_vaccine(plain_name(code)).product == code


def english_in(said: str, district: District) -> set[str]:
    """The people of the tests have Latin names."""
    for user in district.users.values():
        said = said.replace(user.shown_name, " ")
    return set(re.findall("[A-Za-z]{4,}", said)) - LATIN


def words_of(answer: TestResponse) -> str:
    kind = answer.mimetype
    if kind == "application/pdf":
        told = subprocess.run(["pdftotext", "-", "-"], input=answer.data, capture_output=True, check=True)
        return told.stdout.decode()
    if kind == "text/plain":
        return answer.text
    assert "spreadsheet" in kind
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    return " ".join([*book.sheetnames, *(str(cell) for cell in cells if not isinstance(cell, dt.date | None))])
