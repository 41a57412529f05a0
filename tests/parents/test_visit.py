"""A family's page: who gets in, what stands on it, when it is over, and that staff and families keep apart."""

import datetime as dt
import re
import time

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.audit.models import AuditEvent
from app.audit.verifying import verify
from app.children.models import Child
from app.database import Database
from app.notices.models import Notice
from app.parents import visiting
from app.parents.models import FamilyVisit
from app.people.models import FailedSignIn
from app.privacy.erasing import erase_child
from tests.notices.september import DAY, at
from tests.parents.conftest import DIGITS, Family, MakeFamily

NOBODYS = "000000000000000000000"


def look(client: FlaskClient, code: str, digits: str = DIGITS) -> tuple[int, str]:
    answer = client.post("/p", data={"code": code, "digits": digits})
    return answer.status_code, answer.get_data(as_text=True)


def plain(page: str) -> str:
    """Without what differs by the form itself: its token, and the code that was typed."""
    return re.sub(r'value="[^"]*"', "", page)


def test_the_page_says_what_why_when_where_and_what_to_bring(opened: FlaskClient, family: Family) -> None:
    page = opened.get("/parents").get_data(as_text=True)
    for words in ("白露", "近水小学", "一（1）班", "近水卫生院", "周二、周四", "还有 2 剂疫苗要补"):
        assert words in page
    assert "记录里能计入的有 1 剂，满 18 月龄应种第 2 剂" in page
    assert "2026-09-10 周四" in page
    assert "孩子可以照常上学" in page
    assert "孩子本人、接种证、学校发的通知" in page
    assert "白露" not in page.partition("<title>")[2].partition("</title>")[0]


def test_nothing_of_the_phone_or_the_parents_name_is_on_it(opened: FlaskClient) -> None:
    page = opened.get("/parents").get_data(as_text=True)
    assert "1390000" not in page
    assert "家长白" not in page


def test_before_both_match_nothing_is_said_of_the_child(client: FlaskClient, family: Family) -> None:
    for page in (client.get(f"/p/{family.code}").get_data(as_text=True), look(client, family.code, "9999")[1]):
        assert "查看" in page
        for secret in ("白露", "近水", "卫生院", "MMR", "麻腮风"):
            assert secret not in page


def test_the_page_of_a_code_is_the_same_whether_there_is_such_a_notice(client: FlaskClient, family: Family) -> None:
    known, unknown = (client.get(f"/p/{code}") for code in (family.code, NOBODYS))
    assert plain(known.get_data(as_text=True)).replace(family.code, "") == plain(
        unknown.get_data(as_text=True)
    ).replace(NOBODYS, "")
    assert [one.status_code for one in (known, unknown)] == [200, 200]


def test_unknown_code_wrong_digits_no_phone_and_erased_are_refused_alike(
    client: FlaskClient, database: Database, make_family: MakeFamily
) -> None:
    known, mute, gone = make_family("白露"), make_family("安然", phone=""), make_family("程程")
    with database.writing() as session:
        erase_child(session, by=None, now=clock.now(), child=session.get_one(Child, gone.child_id))
    answers = [
        look(client, known.code, "9999"),
        look(client, NOBODYS),
        look(client, mute.code),
        look(client, gone.code),
    ]
    assert {status for status, _page in answers} == {401}
    assert len({plain(page) for _status, page in answers}) == 1
    assert "学校没有登记家长电话的，这一页打不开，请找班主任登记" in answers[0][1]


def test_every_refusal_takes_the_same_time(
    client: FlaskClient, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting, "REFUSED_AFTER", 0.4)
    took = []
    for code in (family.code, NOBODYS):
        begun = time.monotonic()
        assert look(client, code, "9999")[0] == 401
        took.append(time.monotonic() - begun)
    assert min(took) >= 0.4
    assert abs(took[0] - took[1]) < 0.2


@pytest.mark.parametrize(
    "digits", [DIGITS, "１２３４", " 1234 ", "12 34", "13900001234", "+86 139-0000-1234", "１３９００００１２３４"]
)
def test_digits_in_many_ways(client: FlaskClient, family: Family, digits: str) -> None:
    assert look(client, family.code, digits)[0] == 303


def test_a_code_in_many_ways(client: FlaskClient, family: Family) -> None:
    code = family.code
    spaced = " ".join(code[place : place + 4] for place in range(0, 21, 4))
    wide = code.translate({48 + n: 0xFF10 + n for n in range(10)})
    for typed in (spaced, wide, f"https://chayan.example.cn/p/{code}", f"  {code}\n"):
        assert look(client, typed)[0] == 303


def test_a_typo_is_said_at_once_and_costs_no_try(client: FlaskClient, database: Database, family: Family) -> None:
    wrong = str((int(family.code[5]) + 1) % 10)
    for code in (family.code[:5] + wrong + family.code[6:], family.code[:-1], "", "白露"):
        status, page = look(client, code)
        assert status == 422
        assert "写错了一位" in page or "请照通知填" in page
    for digits in ("", "12", "abcd", "12345", "一二三四"):
        status, page = look(client, family.code, digits)
        assert (status, "最后 4 位数字" in page) == (422, True)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FailedSignIn)) == 0


def test_every_guardian_may_look(client: FlaskClient, database: Database, family: Family) -> None:
    from app.privacy.identities import Guardian, Identity, seal_identity

    guardians = (Guardian("甲", "父亲", "0571-5550 8888"), Guardian("乙", "奶奶", "13811115678"))
    with database.writing() as session:
        child = session.get_one(Child, family.child_id)
        seal_identity(session, child, Identity(name="白露", guardians=guardians), now=clock.now())
    assert look(client, family.code, "8888")[0] == 303
    assert look(client, family.code, "5678")[0] == 303
    assert look(client, family.code, DIGITS)[0] == 401


def test_guessing_is_locked_kindly_and_opens_again(client: FlaskClient, family: Family) -> None:
    seen = [look(client, family.code, f"{number:04}")[0] for number in (1, 2)]
    for seconds, number in ((0, 3), (3, 4), (9, 5)):
        clock.fix(at(DAY) + dt.timedelta(seconds=seconds))
        seen.append(look(client, family.code, f"{number:04}")[0])
    assert seen == [401, 401, 401, 401, 429]
    status, page = look(client, family.code)  # the right digits: nothing is looked up
    assert status == 429
    assert "15 分钟" in page
    assert "孩子可以照常上学" in page
    clock.fix(at(DAY) + dt.timedelta(minutes=16))
    assert look(client, family.code)[0] == 303
    assert look(client, family.code, "0001")[0] == 401  # and the count begins anew


def test_longer_and_longer(client: FlaskClient, family: Family) -> None:
    now, waits = at(DAY), []
    for _try in range(9):
        clock.fix(now)
        status, page = look(client, family.code, "0001")
        found = re.search(r"请过 (\d+) (分钟|小时)再试", page)
        waits.append(found.groups() if status == 429 and found else None)
        now += dt.timedelta(hours=25)
    assert waits[4:] == [("15", "分钟"), ("30", "分钟"), ("60", "分钟"), ("2", "小时"), ("4", "小时")]


def test_guessing_at_one_notice_locks_no_other_and_no_desk(
    client: FlaskClient, make_family: MakeFamily, district: object
) -> None:
    one, other = make_family("白露"), make_family("安然")
    for number in range(6):
        clock.fix(at(DAY) + dt.timedelta(minutes=number))
        look(client, one.code, f"{number:04}")
    assert look(client, one.code)[0] == 429
    assert look(client, other.code)[0] == 303
    signed_in = client.post("/sign-in", data={"name": "clerk", "password": "river-stone-seven"})
    assert signed_in.status_code == 303


def test_many_codes_from_one_place_are_slowed(client: FlaskClient, family: Family) -> None:
    from app.notices.codes import new_code

    for _try in range(60):
        assert look(client, new_code())[0] in {401, 429}
    assert look(client, family.code)[0] == 429


def test_after_fifteen_minutes_it_is_over(opened: FlaskClient, database: Database, family: Family) -> None:
    clock.fix(at(DAY) + dt.timedelta(minutes=14, seconds=59))
    assert opened.get("/parents").status_code == 200
    clock.fix(at(DAY) + dt.timedelta(minutes=15))
    for answer in (opened.get("/parents"), opened.post("/parents/sheet")):
        assert answer.location == "/p?over=1"
    assert "过了 15 分钟" in opened.get("/p?over=1").get_data(as_text=True)
    assert look(opened, family.code)[0] == 303
    with database.reading() as session:  # the old one was swept
        assert session.scalar(select(func.count()).select_from(FamilyVisit)) == 1


def test_finished_forgets_on_both_sides(opened: FlaskClient, database: Database) -> None:
    token = opened.get_cookie("chayan_family").value
    assert opened.post("/parents/close").location == "/p?closed=1"
    assert opened.get_cookie("chayan_family") is None
    opened.set_cookie("chayan_family", token)
    assert opened.get("/parents").location == "/p?over=1"
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FamilyVisit)) == 0


def test_the_token_rests_nowhere_and_the_answer_is_not_stored(opened: FlaskClient, database: Database) -> None:
    token = opened.get_cookie("chayan_family").value
    with database.reading() as session:
        assert session.scalars(select(FamilyVisit.token_digest)).one() != token
    for path in ("/p", f"/p/{NOBODYS}", "/parents"):
        answer = opened.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "<script" not in answer.get_data(as_text=True)


def test_a_family_opens_no_page_of_the_staff(opened: FlaskClient, family: Family) -> None:
    for path in ("/", "/desk", f"/children/{family.child_id}", f"/notices/{family.notice_id}", "/password"):
        assert opened.get(path).status_code in {303, 404}
        assert "sign-in" in (opened.get(path).location or "sign-in")
    opened.set_cookie("chayan_session", opened.get_cookie("chayan_family").value)
    assert "/sign-in" in opened.get("/desk").location


def test_the_staff_s_session_opens_no_family_s_page(client: FlaskClient, family: Family, district, sign_in) -> None:
    sign_in(client, district.users["clerk"])
    assert client.get("/parents").location == "/p?over=1"
    client.set_cookie("chayan_family", client.get_cookie("chayan_session").value)
    assert client.get("/parents").location == "/p?over=1"
    assert client.post("/parents/sheet").location == "/p?over=1"


def test_every_look_is_in_the_trail_of_the_school(
    opened: FlaskClient, database: Database, family: Family, district
) -> None:
    opened.get("/parents")
    opened.post("/parents/sheet")
    with database.reading() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.role == "parent")).all()
        assert [one.action for one in events] == ["family.opened", "read.page", "read.print"]
        assert {one.organisation_id for one in events} == {district.places["near"].id}
        assert {one.user_id for one in events} == {None}
        assert events[1].subject_id == family.child_id
        assert family.code not in "".join(one.detail for one in events)
        assert DIGITS not in "".join(one.detail for one in events)


def test_the_sheet_to_take_along(opened: FlaskClient, family: Family, tmp_path) -> None:
    from tests.notices.test_pages import text_of

    answer = opened.post("/parents/sheet")
    assert answer.headers["Content-Disposition"] == "inline; filename=record-query.pdf"
    [page] = text_of(answer.data)
    for words in ("接种记录核实单", "白露", "2020-11-16", "通知上要补的", "家长签名"):
        assert words in page
    assert "1390000" not in page


@pytest.mark.parametrize(
    "typed", ["9" * 4096, "<script>alert(1)</script>" * 170, "' OR 1=1 --", "\x00" * 21, "٣" * 21, "../../etc/passwd"]
)
def test_hostile_input_is_refused_and_not_repeated(client: FlaskClient, family: Family, typed: str) -> None:
    status, page = look(client, typed)
    assert status == 422
    assert len(page) < 6000
    assert "<script>alert" not in page
    assert look(client, family.code, typed)[0] == 422
    opened = client.get("/p/" + typed.replace("/", "").replace("\x00", "0"))
    assert opened.status_code == 200
    assert "alert" not in opened.get_data(as_text=True)


def test_a_form_that_is_too_large_is_refused(client: FlaskClient, family: Family) -> None:
    assert client.post("/p", data={"code": "1" * 100_000, "digits": DIGITS}).status_code == 413


def test_more_than_a_machine_may_ask(client: FlaskClient, family: Family) -> None:
    answers = [client.get("/p").status_code for _try in range(125)]
    assert answers[:100] == [200] * 100
    assert answers[-1] == 429


def test_who_has_many_addresses_of_one_line_is_one(database: Database) -> None:
    assert visiting.neighbourhood("2001:db8:1:2::7") == visiting.neighbourhood("2001:db8:1:2:ffff::1")
    assert visiting.neighbourhood("2001:db8:1:3::7") != visiting.neighbourhood("2001:db8:1:2::7")
    assert visiting.neighbourhood("192.0.2.7") == visiting.neighbourhood("::ffff:192.0.2.7") == "192.0.2.7"


def test_no_notice_no_page(client: FlaskClient, database: Database) -> None:
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0
    assert look(client, NOBODYS)[0] == 401


def test_the_trail_stays_whole(opened: FlaskClient, database: Database) -> None:
    opened.get("/parents")
    with database.reading() as session:
        assert verify(session) == []
