"""Where a notice's code leads: with a public address to a page, without one nowhere; scanners know both."""

import dataclasses
import io
from pathlib import Path

import pytest
import zxingcpp
from flask.testing import FlaskClient
from PIL import Image

from app import create_app
from app.config import SettingError, Settings
from app.database import Database
from app.desk.binding import can_be_bound
from app.desk.finding import find
from app.intake.telling_apart import Kind, tell
from app.notices.codes import read_code
from app.notices.drawing import sheets_of
from app.notices.models import Notice
from app.notices.queries import by_code
from forms.paper import qr
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY
from tests.parents.conftest import Family, notice_of


def environment(**more: str) -> dict[str, str]:
    return {"CHAYAN_DATA": "/nowhere", "CHAYAN_HTTPS": "1", **more}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://chayan.example.cn", "https://chayan.example.cn"),
        ("HTTPS://Chayan.Example.CN/", "https://chayan.example.cn"),
        ("https://chayan.example.cn:8443", "https://chayan.example.cn:8443"),
        ("", None),
        ("  ", None),
    ],
)
def test_the_setting(written: str, meant: str | None) -> None:
    assert Settings.from_environment(environment(CHAYAN_PUBLIC_ADDRESS=written)).public_address == meant


@pytest.mark.parametrize(
    "written",
    [
        "chayan.example.cn",
        "http://chayan.example.cn",
        "https://a.cn/path",
        "https://a.cn?x=1",
        "https://a b",
        "ftp://a.cn",
    ],
)
def test_an_address_that_cannot_be_used(written: str) -> None:
    with pytest.raises(SettingError, match="CHAYAN_PUBLIC_ADDRESS"):
        Settings.from_environment(environment(CHAYAN_PUBLIC_ADDRESS=written))


def test_no_public_page_without_https_but_in_a_demo() -> None:
    with pytest.raises(SettingError, match="CHAYAN_HTTPS=1"):
        Settings.from_environment(environment(CHAYAN_HTTPS="0", CHAYAN_PUBLIC_ADDRESS="https://a.cn"))
    demo = environment(CHAYAN_HTTPS="0", CHAYAN_DEMO="1", CHAYAN_PUBLIC_ADDRESS="http://127.0.0.1:8000")
    assert Settings.from_environment(demo).public_address == "http://127.0.0.1:8000"


def test_without_an_address_there_is_no_page_and_the_code_is_bare(settings: Settings, family: Family) -> None:
    house = create_app(dataclasses.replace(settings, public_address=None))
    client = house.test_client()
    for path in ("/p", f"/p/{family.code}", "/parents"):
        assert client.get(path).status_code == 404
    page = client.get("/sign-in").get_data(as_text=True)
    assert "家长预演" in page
    assert "看通知" not in page
    assert client.get("/rehearsal").status_code == 200
    database = house.extensions["chayan"].database
    with house.test_request_context(), database.reading() as session:
        sheet = sheets_of(session, [session.get_one(Notice, family.notice_id)], DAY)[0]
    assert sheet.address == ""
    database.close()


def test_with_an_address_the_sheet_says_it(app, client: FlaskClient, database: Database, family: Family) -> None:
    with app.test_request_context(), database.reading() as session:
        sheet = sheets_of(session, [notice_of(database, family)], DAY)[0]
    assert sheet.address == f"https://chayan.example.cn/p/{family.code}"
    assert "看通知" in client.get("/sign-in").get_data(as_text=True)


def test_on_paper_the_top_leads_to_the_page_and_the_slip_is_bare(
    family: Family, database: Database, district: District, client: FlaskClient, sign_in, tmp_path: Path
) -> None:
    import subprocess

    sign_in(client, district.users["clerk"])
    pdf = client.post(f"/notices/{family.notice_id}/print").data
    (tmp_path / "notice.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "110", "-gray", "-png", "-singlefile", tmp_path / "notice.pdf", tmp_path / "page"],
        check=True,
    )
    read = [one.text for one in zxingcpp.read_barcodes(Image.open(tmp_path / "page.png"))]
    assert read == [f"https://chayan.example.cn/p/{family.code}", family.code]


def test_every_place_that_scans_knows_both(database: Database, district: District, family: Family) -> None:
    for scanned in (family.code, f"https://chayan.example.cn/p/{family.code}", f"http://x.cn/p/{family.code}/"):
        assert read_code(scanned) == family.code
        assert (tell(scanned).kind, tell(scanned).meant) == (Kind.NOTICE, family.code)
        assert not can_be_bound(scanned)
        with database.reading() as session:
            for who in ("clerk", "nurse"):
                assert find(session, actor(district, who), scanned).child_id == family.child_id
                found = by_code(session, actor(district, who), scanned)
                assert found is not None
                assert found.id == family.notice_id


def test_the_pages_that_scan_know_both(client: FlaskClient, district: District, family: Family, sign_in) -> None:
    address = f"https://a-long-name.of-a-house.example.gov.cn/p/{family.code}"
    sign_in(client, district.users["clerk"])
    assert client.post("/notices/find", data={"code": address}).location == f"/notices/{family.notice_id}"
    assert f"/children/{family.child_id}" in client.post("/desk/find", data={"code": address}).location
    sign_in(client, district.users["nurse"])
    assert str(family.child_id) in client.post("/clinic/find", data={"code": address}).location


@pytest.mark.parametrize(
    "text",
    [
        "https://a.cn/p/白露",
        "https://a.cn/p/123",
        "https://a.cn/x/" + "1" * 21,
        "https://a.cn/p/" + "1" * 21 + "?name=x",
    ],
)
def test_no_name_gets_into_a_square_code(text: str) -> None:
    with pytest.raises(ValueError, match="Only digits"):
        qr.picture(text)


def test_an_address_can_be_read_back() -> None:
    address = "https://chayan.example.cn/p/" + "1" * 21
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr.picture(address))))
    assert read.text == address
