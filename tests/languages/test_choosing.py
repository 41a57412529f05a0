"""Pages speak the language that was chosen; papers and what families read stay Chinese."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.database import Database
from app.languages import chosen, speak_chinese
from app.people.models import User
from app.schools.models import Area, Organisation, SchoolClass
from rules import national
from tests.campaigns import open_campaign
from tests.district import District

SignIn = Callable[[FlaskClient, User], None]
#: What a person must type, and the province of the sample overlay.
SAID_IN_CHINESE = {"年", "月", "日", "班级", "样例省"}
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    client.set_cookie("chayan_language", "en")
    return client


def test_chinese_unless_somebody_chose(client: FlaskClient) -> None:
    page = client.get("/sign-in", headers={"Accept-Language": "en-GB,en"}).text

    assert '<html lang="zh-CN"' in page
    assert "登录" in page
    assert "/language/en?next=/sign-in" in page


def test_a_choice_stays_and_goes_back_to_its_page(client: FlaskClient) -> None:
    answer = client.get("/language/en?next=/sign-in")

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    page = client.get("/sign-in").text
    assert '<html lang="en"' in page
    assert "Sign in" in page
    client.get("/language/zh_CN?next=/sign-in")
    assert '<html lang="zh-CN"' in client.get("/sign-in").text


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_nobody_is_led_elsewhere(client: FlaskClient, address: str) -> None:
    assert "elsewhere" not in client.get("/language/en", query_string={"next": address}).location


@pytest.mark.parametrize("code", ["fr", "en_US", "", "../zh_CN"])
def test_there_are_two_languages(client: FlaskClient, code: str) -> None:
    assert client.get(f"/language/{code}").status_code == 404


def test_a_strange_cookie_is_chinese(client: FlaskClient) -> None:
    client.set_cookie("chayan_language", "en'; drop table child")

    assert '<html lang="zh-CN"' in client.get("/sign-in").text


def test_a_paper_is_chinese_whatever_the_page_spoke(app: Flask) -> None:
    with app.test_request_context("/", headers={"Cookie": "chayan_language=en"}):
        assert chosen() == "en"
        speak_chinese()
        assert chosen() == "zh_CN"


@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        (
            "clerk",
            ["/desk/classes", "/children", "/notices", "/reports", "/roster/import", "/intake/camera"],
        ),
        ("school_head", ["/campaigns", "/archive", "/retention", "/practice"]),
        ("nurse", ["/clinic", "/clinic/sessions", "/clinic/care", "/children", "/reports"]),
        ("bureau_auditor", ["/oversight", "/oversight/doses", "/audit", "/replays", "/editions", "/archive"]),
        ("administrator", ["/users", "/organisations"]),
    ],
)
def test_pages_speak_english(
    reader: FlaskClient, database: Database, district: District, sign_in: SignIn, who: str, addresses: list[str]
) -> None:
    """But for the names of people, places and texts, which nobody translates."""
    sign_in(reader, district.users[who])
    with database.writing() as session:
        open_campaign(session, district)
        names = names_in(session)
    for address in addresses:
        answer = reader.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        left = words_of(answer.text)
        for name in names:
            left = left.replace(name, " ")
        assert set(CHINESE.findall(left)) <= SAID_IN_CHINESE, address


def names_in(session: Session) -> list[str]:
    """The longer ones first: one may be a part of another."""
    found = {"中文", *(source.title for source in national().sources.values())}
    for column in (Organisation.name, User.shown_name, SchoolClass.name, Area.name, Campaign.name):
        found.update(session.scalars(select(column)))
    return sorted(filter(None, found), key=len, reverse=True)


def words_of(page: str) -> str:
    """What is read and what is read out."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    spoken = re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]*)"', page)
    return " ".join([re.sub(r"<[^>]+>", " ", page), *spoken])
