"""The pages of pictures: what is read is shown with whose it is, within the scope; nothing is kept."""

import io
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.checks.models import Check
from app.children.models import Certificate, Child
from app.database import Database
from app.intake import limits
from app.intake.keeping_warm import readers
from app.notices.codes import new_code
from app.notices.models import Notice
from app.people.models import User
from app.privacy.identities import Identifier, IdentifierKind, open_identity, seal_identity
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign
from tests.checking import MORNING
from tests.district import District
from tests.intake.pictures import bomb, page, png

SignIn = Callable[[FlaskClient, User], None]
CHILD_CODE = "330106202020034071"
#: Possible, made up, and of another birth date than the children of the tests have.
RESIDENT = "110101202003070024"


@pytest.fixture(scope="module", autouse=True)
def _readers_end() -> Iterator[None]:
    yield
    readers.close()


@pytest.fixture
def child(database: Database, district: District) -> Child:
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        made = child_with_doses(session, district, EVERYTHING, name="李小禾", clinic=None)
        numbers(session, made, (IdentifierKind.CHILD_CODE, CHILD_CODE), (IdentifierKind.RESIDENT_ID, RESIDENT))
        return made


def numbers(session: object, child: Child, *kinds: tuple[IdentifierKind, str]) -> None:
    from dataclasses import replace

    before = open_identity(session, child)  # type: ignore[arg-type]
    assert before is not None
    identifiers = tuple(Identifier(kind, number) for kind, number in kinds)
    seal_identity(session, child, replace(before, identifiers=identifiers), now=MORNING)  # type: ignore[arg-type]


@pytest.fixture
def clerk(client: FlaskClient, district: District, sign_in: SignIn) -> FlaskClient:
    sign_in(client, district.users["clerk"])
    return client


def sent(client: FlaskClient, *files: tuple[str, bytes]) -> str:
    data = {"files": [(io.BytesIO(content), name) for name, content in files]}
    return client.post("/intake/photos", data=data, content_type="multipart/form-data").text


def test_several_at_once_each_with_its_own_answer(clerk: FlaskClient, child: Child, database: Database) -> None:
    text = sent(
        clerk,
        ("证.png", png(page(("Code128", CHILD_CODE), ("EAN13", "6901028075831")))),
        ("空.png", png(np.full((300, 300), 200, np.uint8))),
        ("大.png", bomb(20_000)),
        ("名单.jpg", b"\xe5\xa7\x93"),
    )
    assert text.count('class="card photo-file"') == 4 + 1  # one is the template for the script
    for words in ("证.png", "李小禾", "查这个孩子", "6901028075831", "没有读到码", "照片太大", "这不是照片"):
        assert words in text
    with database.reading() as session:
        assert session.scalars(select(Check)).all() == []
        (read,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "read.list"))
        assert f'"children":[{child.id}]' in read.detail


def test_a_number_is_shown_by_its_last_four_and_a_strange_birth_date_is_said(clerk: FlaskClient, child: Child) -> None:
    text = sent(clerk, ("id.png", png(page(("Code128", RESIDENT)))))
    assert "尾号 0024" in text
    assert "号码里的出生日期和名册上的不一样" in text


def test_codes_of_two_children_on_one_picture_are_asked_about(
    clerk: FlaskClient, child: Child, database: Database, district: District
) -> None:
    with database.writing() as session:
        other = child_with_doses(session, district, EVERYTHING, name="王小苗", clinic=None)
        numbers(session, other, (IdentifierKind.CHILD_CODE, "330106202020034072"))
    both = png(page(("Code128", CHILD_CODE), ("Code128", "330106202020034072")))
    assert "不是同一个孩子的" in sent(clerk, ("two.png", both))
    assert "不是同一个孩子的" not in sent(clerk, ("one.png", png(page(("Code128", CHILD_CODE)))))


def test_another_district_learns_nothing(
    client: FlaskClient, child: Child, database: Database, district: District, sign_in: SignIn
) -> None:
    sign_in(client, district.users["foreign_clerk"])
    text = sent(client, ("a.png", png(page(("Code128", CHILD_CODE), ("QRCode", new_code())))))
    assert "李小禾" not in text
    assert "名册里没有这个号码" in text
    assert "这里没有这张通知" in text
    line = client.post("/intake/line", data={"code": CHILD_CODE}).text
    assert "李小禾" not in line


def test_a_script_in_a_code_is_text(clerk: FlaskClient, child: Child) -> None:
    script = "<script>alert(1)</script>" * 40
    text = sent(clerk, ("x.png", png(page(("QRCode", script), scale=4))), ("<img src=x>.png", b"nothing"))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "共 1000 个字" in text
    assert "<img src=x>" not in text


def test_a_name_in_a_code_finds_nobody(clerk: FlaskClient, child: Child) -> None:
    """Only a whole number says who is meant: words in a code are no search."""
    assert "result-line" not in clerk.post("/intake/line", data={"code": "李小禾"}).text


def test_no_file_and_too_many_are_sentences(clerk: FlaskClient, child: Child) -> None:
    none = clerk.post("/intake/photos", data={}, content_type="multipart/form-data")
    assert (none.status_code, "还没有选照片" in none.text) == (422, True)
    many = {"files": [(io.BytesIO(b"x"), f"{number}.png") for number in range(limits.MOST_FILES + 1)]}
    refused = clerk.post("/intake/photos", data=many, content_type="multipart/form-data")
    assert (refused.status_code, "一次最多 30 个" in refused.text) == (422, True)


def test_the_camera_may_compile_and_nothing_else_may(clerk: FlaskClient, child: Child) -> None:
    camera = clerk.get("/intake/camera").headers["Content-Security-Policy"]
    photos = clerk.get("/intake/photos").headers["Content-Security-Policy"]
    assert camera == photos.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    assert "eval" not in photos


def test_a_frame_of_the_camera_gives_the_texts(clerk: FlaskClient, child: Child) -> None:
    frame = {"frame": (io.BytesIO(png(page(("Code128", CHILD_CODE)))), "frame.jpg")}
    assert clerk.post("/intake/frame", data=frame).json == {"codes": [CHILD_CODE]}
    assert clerk.post("/intake/frame", data={}).json == {"codes": []}
    assert clerk.post("/intake/frame", data={"frame": (io.BytesIO(b"no"), "x")}).json == {"codes": []}


def test_under_the_camera_stands_the_result(
    clerk: FlaskClient, child: Child, database: Database, district: District
) -> None:
    assert "未查验" in clerk.post("/intake/line", data={"code": CHILD_CODE}).text
    clerk.post(f"/desk/children/{child.id}", data={"answer": "complete"})
    line = clerk.post("/intake/line", data={"code": CHILD_CODE}).text
    assert "已种齐" in line
    assert f"/desk/children/{child.id}" in line


def test_a_notice_leads_to_the_child_also_when_it_ended(
    clerk: FlaskClient, child: Child, database: Database, district: District
) -> None:
    clerk.post(f"/desk/children/{child.id}", data={"answer": "absent"})
    with database.writing() as session:
        notice = session.scalars(select(Notice)).one()
        code = notice.code
    assert "李小禾" in sent(clerk, ("n.png", png(page(("QRCode", code)))))
    with database.reading() as session:
        seen = str(session.scalars(select(Certificate)).one().id)
    clerk.post(f"/desk/children/{child.id}", data={"answer": "complete", "instead_of": seen})
    assert "已经被新的代替" in sent(clerk, ("n.png", png(page(("QRCode", code)))))


@pytest.mark.parametrize("typed", [RESIDENT, f"李小禾 女 汉 2020-03-07 青山省 {RESIDENT}", f"{RESIDENT}　李小禾"])
def test_what_a_reader_of_identity_cards_types_finds_the_child(clerk: FlaskClient, child: Child, typed: str) -> None:
    answer = clerk.post("/desk/find", data={"code": typed})
    assert (answer.location or "").startswith(f"/desk/children/{child.id}")
