"""The pages of notices in a browser: printing counts before it prints, codes open only what one may see."""

import re
import subprocess

import pytest
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.database import Database
from app.notices.models import Notice, NoticeState
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, at, open_campaign, without


@pytest.fixture
def notices(database: Database, district: District) -> dict[str, int]:
    """Three children of one class with a notice, one at the neighbours'."""
    clock.fix(at(DAY))
    found = {}
    with database.writing() as session:
        open_campaign(session, district)
        open_campaign(session, district, "other_bureau")
        desk = Desk(session, actor(district, "clerk"))
        for name, school_class in [("白露", "near_1"), ("安然", "near_1"), ("程程", "near_1"), ("邻家", "foreign_1")]:
            child = desk.enrol(district.classes[school_class], name)
            desk.doses(child, without(("MMR", 2)))
            notice = desk.notice(child)
            assert notice is not None
            found[name] = notice.id
    return found


def notice(database: Database, number: int) -> Notice:
    with database.reading() as session:
        return session.get_one(Notice, number)


def text_of(pdf: bytes) -> list[str]:
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return ["".join(page.split()) for page in found.stdout.decode().split("\f")[:-1]]


def test_printing_one_counts_and_leaves_a_line(database, notices, browser) -> None:
    client = browser("clerk")
    for copy in (1, 2):
        answer = client.post(f"/notices/{notices['白露']}/print")
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"] == "inline; filename=notices.pdf"
        [page] = text_of(answer.data)
        assert "白露" in page
        assert ("第2次打印" in page) == (copy == 2)
        printed = notice(database, notices["白露"])
        assert (printed.print_count, printed.state) == (copy, NoticeState.PRINTED)
    with database.reading() as session:
        reads = session.scalars(select(AuditEvent).where(AuditEvent.action == "read.print")).all()
    assert [event.subject_id for event in reads] == [printed.child_id] * 2


def test_a_class_prints_in_its_order_and_once_more_only_what_is_new(database, district, notices, browser) -> None:
    client, here = browser("clerk"), f"/classes/{district.classes['near_1'].id}/notices"
    client.post(f"/notices/{notices['安然']}/print")
    page = client.get(here).get_data(as_text=True)
    assert "打印没打过的 2 张" in page
    assert "全班 3 张都打" in page
    assert "其中 1 张打印过" in page

    new = text_of(client.post(f"{here}/print", data={"which": "new"}).data)
    assert ["白露" in new[0], "程程" in new[1], len(new)] == [True, True, 2]
    everything = text_of(client.post(f"{here}/print", data={"which": "all"}).data)
    assert [next(name for name in notices if name in page) for page in everything] == ["安然", "白露", "程程"]
    assert all("第2次打印" in page for page in everything)
    nothing = client.post(f"{here}/print", data={"which": "new"})
    assert nothing.status_code == 303


def test_what_was_handed_out_is_ticked_and_can_be_taken_back(database, district, notices, browser) -> None:
    client, here = browser("clerk"), f"/classes/{district.classes['near_1'].id}/notices"
    client.post(f"{here}/print")
    client.post(f"{here}/handed", data={"notice": [notices["白露"], notices["安然"], notices["邻家"], 987654]})
    states = {name: notice(database, number).state.value for name, number in notices.items()}
    assert states == {"白露": "handed", "安然": "handed", "程程": "printed", "邻家": "drafted"}
    client.post(f"/notices/{notices['白露']}/taken-back")
    assert notice(database, notices["白露"]).state is NoticeState.PRINTED
    client.post(f"/notices/{notices['白露']}/slip")
    assert notice(database, notices["白露"]).state is NoticeState.SLIP_BACK
    index = client.get("/notices").get_data(as_text=True)
    assert "回执已交回" in index


def test_a_notice_that_was_never_printed_cannot_be_handed_out(database, notices, browser) -> None:
    answer = browser("clerk").post(f"/notices/{notices['白露']}/handed", follow_redirects=True)
    assert "还没有打印过" in answer.get_data(as_text=True)
    assert notice(database, notices["白露"]).state is NoticeState.DRAFTED


def test_a_code_opens_the_notice_for_those_who_may_see_it(database, notices, browser) -> None:
    code = notice(database, notices["白露"]).code
    spaced = f"{code[:7]} {code[7:14]} {code[14:]}".translate({48 + n: 0xFF10 + n for n in range(10)})
    for who in ("clerk", "school_head", "class_clerk", "nurse"):
        answer = browser(who).post("/notices/find", data={"code": spaced})
        assert answer.location == f"/notices/{notices['白露']}"
    for who in ("far_clerk", "far_nurse", "foreign_clerk"):
        answer = browser(who).post("/notices/find", data={"code": code}, follow_redirects=True)
        assert "没有找到这个码的通知" in answer.get_data(as_text=True)
        assert "白露" not in answer.get_data(as_text=True)
    for who in ("bureau_auditor", "administrator", "cdc_doctor"):
        assert browser(who).post("/notices/find", data={"code": code}).status_code == 403


def test_a_foreign_code_and_none_at_all_look_the_same(database, notices, browser) -> None:
    client = browser("clerk")
    foreign = notice(database, notices["邻家"]).code
    pages = [
        client.post("/notices/find", data={"code": code}, follow_redirects=True).get_data(as_text=True)
        for code in (foreign, "0" * 21, "abc")
    ]
    # A form's token holds the second it was made in.
    assert len({re.sub(r'name="csrf_token" value="[^"]*"', "", page) for page in pages}) == 1


def test_a_replaced_code_says_so_and_shows_the_way(database, district, notices, browser) -> None:
    old = notice(database, notices["白露"])
    with database.writing() as session:
        desk = Desk(session, actor(district, "clerk"))
        child = session.get_one(type(district.children["near_1"]), old.child_id)
        desk.doses(child, (("HepB", "2026-09-01"),))
        new = desk.notice(child, DAY.replace(day=20))
    assert new is not None
    client = browser("nurse")
    found = client.post("/notices/find", data={"code": old.code}, follow_redirects=True).get_data(as_text=True)
    assert "已经被新的代替" in found
    assert f"/notices/{new.id}" in found
    clerk = browser("clerk")
    refused = clerk.post(f"/notices/{old.id}/print", follow_redirects=True)
    assert "已经作废" in refused.get_data(as_text=True)
    assert notice(database, old.id).print_count == 0


def test_a_nurse_sees_and_does_not_print(notices, browser) -> None:
    client = browser("nurse")
    assert client.get(f"/notices/{notices['白露']}").status_code == 200
    assert client.post(f"/notices/{notices['白露']}/print").status_code == 403
    assert client.get(f"/notices/{notices['邻家']}").status_code == 404


def test_no_name_in_title_or_address(notices, browser) -> None:
    page = browser("clerk").get(f"/notices/{notices['白露']}").get_data(as_text=True)
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title
    assert "白露" not in title


def test_no_font_no_print_and_nothing_counted(database, notices, browser, monkeypatch) -> None:
    from app.notices import pages as views
    from forms.paper.fonts import FontMissing

    def refuse() -> None:
        raise FontMissing("没有装汉字字体")

    monkeypatch.setattr(views, "press", refuse)
    answer = browser("clerk").post(f"/notices/{notices['白露']}/print")
    assert answer.status_code == 503
    assert "没有汉字字体" in answer.get_data(as_text=True)
    assert notice(database, notices["白露"]).print_count == 0
