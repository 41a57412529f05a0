"""What a hostile parent tries beside the form: other addresses, other methods, links, and the proxy in front."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.campaigns.models import Campaign
from app.campaigns.sealing import seal
from app.children.models import Child
from app.database import Database
from app.merging.actions import merge
from app.notices.models import Notice, NoticeItem, NoticeState
from app.privacy.erasing import erase_child
from app.privacy.identities import Guardian, Identity, seal_identity
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, without
from tests.parents.conftest import DIGITS, Family

GUIDE = Path("docs/families.md")
#: What the outer network may reach, by the room that answers.
OUTSIDE = {"parents", "rehearsals", "languages", "static"}


def opened_by(address: str) -> bool:
    """Does the guide's nginx pass this address on?"""
    rules = re.findall(r"location (=?) ?(/\S*) +\{ proxy_pass", GUIDE.read_text(encoding="utf-8"))
    assert len(rules) == 7
    return any(address == path if exact else address.startswith(path) for exact, path in rules)


def test_the_proxy_of_the_guide_opens_the_families_rooms_and_no_other(app: Flask) -> None:
    rules = list(app.url_map.iter_rules())
    reached = {rule.endpoint for rule in rules if opened_by(rule.rule)}
    assert {endpoint.partition(".")[0] for endpoint in reached} == OUTSIDE
    assert {rule.endpoint for rule in rules if rule.endpoint.partition(".")[0] in OUTSIDE} == reached


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/p/{code}/"),
        ("GET", "/p/{code}/x"),
        ("POST", "/p/{code}"),
        ("PUT", "/p/{code}"),
        ("GET", "/p?code={code}&digits={digits}"),
        ("GET", "/p?over=<script>alert(1)</script>{code}"),
        ("GET", "/parents/sheet?{code}"),
        ("GET", "/parents?code={code}&digits={digits}"),
    ],
)
def test_an_address_beside_the_page_opens_and_repeats_nothing(
    client: FlaskClient, family: Family, method: str, path: str
) -> None:
    answer = client.open(path.format(code=family.code, digits=DIGITS), method=method)
    page = answer.get_data(as_text=True)
    for secret in (family.code, "白露", "近水", "alert(1)"):
        assert secret not in page
        assert secret not in (answer.location or "")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("target", ["//evil.example/p", "/\\evil.example", "https://evil.example/", "javascript:1"])
def test_the_link_to_the_other_language_leads_to_no_other_house(client: FlaskClient, target: str) -> None:
    assert client.get("/language/en", query_string={"next": target}).location == "/"


def test_too_often_says_nothing_of_the_notice(
    client: FlaskClient, family: Family, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    answers = [client.get(f"/p/{family.code}") for _try in range(121)]
    assert answers[-1].status_code == 429
    page = answers[-1].get_data(as_text=True)
    assert family.code not in page
    # In the frame of families: no door to the house's own rooms.
    assert 'class="family"' in page
    assert "/sign-in" not in page
    assert answers[-1].headers["Cache-Control"] == "no-store"
    assert family.code not in caplog.text


def test_a_sealed_campaign_still_tells_the_family_and_changes_nothing(
    client: FlaskClient, database: Database, district: District, family: Family
) -> None:
    with database.writing() as session:
        campaign = session.scalars(select(Campaign)).one()
        seal(session, by=actor(district, "administrator"), now=clock.now(), campaign=campaign)
        items = {one.id: one.state for one in session.scalars(select(NoticeItem))}
    assert client.post("/p", data={"code": family.code, "digits": DIGITS}).status_code == 303
    assert "还有 2 剂疫苗要补" in client.get("/parents").get_data(as_text=True)
    with database.reading() as session:
        assert {one.id: one.state for one in session.scalars(select(NoticeItem))} == items
        assert session.get_one(Notice, family.notice_id).state is not NoticeState.WITHDRAWN


def test_erased_while_its_page_is_open_nothing_more_is_said(
    opened: FlaskClient, database: Database, family: Family
) -> None:
    with database.writing() as session:
        erase_child(session, by=None, now=clock.now(), child=session.get_one(Child, family.child_id))
    page = opened.get("/parents").get_data(as_text=True)
    for secret in ("白露", "近水", "疫苗"):
        assert secret not in page
    assert opened.post("/parents/sheet").mimetype != "application/pdf"


def merged(database: Database, district: District, family: Family, *, asks: bool) -> int:
    """The family's child was written down once more, by another name and phone; that record is kept."""
    with database.writing() as session:
        desk, gone = Desk(session, actor(district, "clerk")), session.get_one(Child, family.child_id)
        kept = desk.enrol(district.classes["near_2"], "白璐", "13900005678")
        if asks:
            desk.doses(kept, without(("MMR", 2), ("HepA-L", 1)))
            assert desk.notice(kept) is not None
        merge(session, by=desk.by, now=clock.now(), on=DAY, kept=kept, gone=gone)
        return kept.id


def test_the_code_of_a_record_that_was_one_child_twice_leads_to_the_one_that_was_kept(
    client: FlaskClient, database: Database, district: District, family: Family
) -> None:
    kept_id = merged(database, district, family, asks=True)
    for digits in (DIGITS, "5678"):
        assert client.post("/p", data={"code": family.code, "digits": digits}).status_code == 303
        page = client.get("/parents").get_data(as_text=True)
        assert "您手上的通知已经换成新的" in page
        assert "白璐" in page
        assert "白露" not in page
        assert client.post("/parents/sheet").mimetype == "application/pdf"
    assert client.post("/p", data={"code": family.code, "digits": "0000"}).status_code == 401
    # It is the kept record that was read, and its trail says so.
    read = select(AuditEvent.subject_id).where(
        AuditEvent.action.startswith("read."), AuditEvent.subject_kind == "child"
    )
    with database.reading() as session:
        assert set(session.scalars(read)) == {kept_id}


def test_while_the_record_that_was_kept_says_nothing_the_old_paper_is_void(
    client: FlaskClient, database: Database, district: District, family: Family
) -> None:
    merged(database, district, family, asks=False)
    assert client.post("/p", data={"code": family.code, "digits": DIGITS}).status_code == 303
    page = client.get("/parents").get_data(as_text=True)
    assert "这张通知已经作废" in page
    assert "白" not in page


def test_a_phone_that_was_taken_out_of_the_record_that_was_kept_opens_nothing(
    client: FlaskClient, database: Database, district: District, family: Family
) -> None:
    """Somebody merged the wrong two and puts it right by hand: the record behind the old paper does not count."""
    kept_id = merged(database, district, family, asks=True)
    with database.writing() as session:
        kept = session.get_one(Child, kept_id)
        own = Identity(name="白璐", guardians=(Guardian("家长白", "母亲", "13900005678"),))
        seal_identity(session, kept, own, now=clock.now())
    assert client.post("/p", data={"code": family.code, "digits": DIGITS}).status_code == 401
    assert client.post("/p", data={"code": family.code, "digits": "5678"}).status_code == 303


@pytest.mark.database
def test_ten_guesses_at_once_are_ten_guesses(app: Flask, database: Database, family: Family) -> None:
    """Each is counted before anything is looked up, so that the lock does not come too late."""
    with ThreadPoolExecutor(10) as pool:
        found = pool.map(
            lambda digits: app.test_client().post("/p", data={"code": family.code, "digits": digits}).status_code,
            [f"{number:04}" for number in range(10)],
        )
        assert sorted(found) == [401] * 3 + [429] * 7
