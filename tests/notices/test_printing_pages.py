"""Pages that print more than one: chosen children, a school, certificates, second calls, the list to tick."""

import pytest
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.config import Settings
from app.notices import pages as room
from app.notices.batching import BATCH, batches_of, print_batch
from app.notices.models import Notice, NoticeHeading, NoticeKind, NoticeState
from forms.paper.fitting import Layout, Style
from tests.actors import actor
from tests.notices.september import DAY, Desk, at, open_campaign, without
from tests.notices.test_pages import text_of


@pytest.fixture
def notices(database, district):
    """Two classes of near with notices, and a child that passed."""
    clock.fix(at(DAY))
    found = {}
    with database.writing() as session:
        open_campaign(session, district)
        desk = Desk(session, actor(district, "clerk"))
        for name, place in [("白露", "near_1"), ("安然", "near_1"), ("程程", "near_1"), ("丁一", "near_2")]:
            child = desk.enrol(district.classes[place], name)
            desk.doses(child, without(("MMR", 2)))
            found[name] = desk.notice(child).id
        for name in ("方圆", "高山"):
            child = desk.enrol(district.classes["near_1"], name)
            desk.doses(child)
            desk.notice(child)
            found[name] = child.id
    return found


def test_ticked_children_are_printed_in_class_order(district, notices, browser) -> None:
    client, here = browser("clerk"), f"/classes/{district.classes['near_1'].id}/notices"
    ticked = [notices["程程"], notices["安然"], notices["丁一"]]
    texts = text_of(client.post(f"{here}/print", data={"which": "chosen", "notice": ticked}).data)
    assert [next(name for name in notices if name in page) for page in texts] == ["安然", "程程"]
    assert client.post(f"{here}/print", data={"which": "chosen"}).status_code == 303


def test_a_school_prints_class_by_class(notices, browser) -> None:
    texts = text_of(browser("school_head").post("/notices/print", data={"which": "new"}).data)
    assert [next(name for name in notices if name in page) for page in texts] == ["安然", "白露", "程程", "丁一"]


def test_a_class_clerk_prints_the_own_class_only(notices, browser) -> None:
    texts = text_of(browser("class_clerk").post("/notices/print", data={"which": "new"}).data)
    assert len(texts) == 3
    assert not any("丁一" in page for page in texts)


def test_more_than_a_batch_is_refused_and_nothing_counted(
    database, notices, browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.notices import print_views

    monkeypatch.setattr(print_views, "BATCH", 3)
    monkeypatch.setattr(room, "BATCH", 3)
    answer = browser("clerk").post("/notices/print", data={"which": "all"}, follow_redirects=True)
    assert "这次要打印 4 张，一次最多 3 张" in answer.get_data(as_text=True)
    with database.reading() as session:
        assert not any(session.scalars(select(Notice.print_count)))


@pytest.mark.parametrize(("layout", "pages"), [("a4", 3), ("a5", 2), ("large", 3), ("nonsense", 3)])
def test_every_layout_can_be_chosen(district, notices, browser, layout: str, pages: int) -> None:
    answer = browser("clerk").post(
        f"/classes/{district.classes['near_1'].id}/notices/print", data={"which": "all", "layout": layout}
    )
    assert len(text_of(answer.data)) == pages


def test_two_languages_on_one_sheet(notices, browser) -> None:
    [text] = text_of(browser("clerk").post(f"/notices/{notices['白露']}/print", data={"english": "1"}).data)
    assert "MMRdose2" in text


def test_a_batch_is_printed_from_ids_in_their_order(database, settings: Settings, notices, app) -> None:
    ids = [notices["程程"], notices["白露"], 987654]
    texts = text_of(print_batch(settings, ids, DAY))
    assert [next(name for name in notices if name in page) for page in texts] == ["程程", "白露"]
    assert len(text_of(print_batch(settings, ids, DAY, Style(Layout.HALF)))) == 1
    with pytest.raises(ValueError, match="at most"):
        print_batch(settings, [1] * (BATCH + 1), DAY)


def test_batches_hold_fifty_and_lose_nobody() -> None:
    ids = list(range(120))
    assert [len(one) for one in batches_of(ids)] == [50, 50, 20]
    assert [one for batch in batches_of(ids) for one in batch] == ids


def test_the_list_to_tick_has_every_live_notice(database, district, notices, browser) -> None:
    answer = browser("clerk").post(f"/classes/{district.classes['near_1'].id}/notices/list")
    [text] = text_of(answer.data)
    assert "通知发放单" in text
    assert all(name in text for name in ("安然", "白露", "程程"))
    assert "丁一" not in text
    assert answer.headers["Content-Disposition"] == "inline; filename=list.pdf"
    with database.reading() as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.action == "read.print")).all()
    assert len(events) == 1


def test_certificates_of_a_class(database, district, notices, browser) -> None:
    client, here = browser("clerk"), f"/classes/{district.classes['near_1'].id}"
    page = client.get(f"{here}/notices").get_data(as_text=True)
    assert "打印证明 2 张" in page
    texts = text_of(client.post(f"{here}/certificates/print").data)
    assert ["方圆" in texts[0], "高山" in texts[1], len(texts)] == [True, True, 2]
    assert all("预防接种查验合格证明" in text for text in texts)
    again = text_of(client.post(f"{here}/certificates/print").data)
    assert all("第2次打印" in text for text in again)
    assert "通知 3 张" in client.get(f"{here}/notices").get_data(as_text=True)  # certificates are none


def test_a_certificate_of_one_child(database, notices, browser) -> None:
    client, way = browser("clerk"), "/children/{}/certificate/print"
    assert way.format(notices["方圆"]) in client.get(f"/children/{notices['方圆']}").get_data(as_text=True)
    [text] = text_of(client.post(way.format(notices["方圆"])).data)
    assert "合格证明" in text
    with database.reading() as session:
        owing = session.get_one(Notice, notices["白露"]).child_id
    assert way.format(owing) not in client.get(f"/children/{owing}").get_data(as_text=True)
    answer = client.post(way.format(owing), follow_redirects=True)
    assert "没有证明可打" in answer.get_data(as_text=True)


def test_a_second_call_for_a_class(database, district, notices, browser) -> None:
    client, here = browser("clerk"), f"/classes/{district.classes['near_1'].id}/notices"
    client.post(f"{here}/print", data={"which": "all"})
    page = client.get(here).get_data(as_text=True)
    assert "给 3 个还没办完的孩子做催种通知" in page
    assert "可以先不催" in page
    client.post(f"{here}/again")
    texts = text_of(client.post(f"{here}/print", data={"which": "new"}).data)
    assert len(texts) == 3
    assert all("催种通知书" in text for text in texts)
    with database.reading() as session:
        states = session.execute(select(Notice.kind, Notice.state)).all()
    assert states.count((NoticeKind.FIRST, NoticeState.REPLACED)) == 3


def test_messages_are_shown_to_be_copied(district, notices, browser) -> None:
    client = browser("clerk")
    page = client.get(f"/notices/{notices['白露']}/messages").get_data(as_text=True)
    assert "白露家长您好" in page
    assert 'data-copy="sms"' in page
    assert "readonly" in page
    group = client.get(f"/classes/{district.classes['near_1'].id}/notices/messages").get_data(as_text=True)
    assert "各位家长好" in group
    assert not any(name in group for name in ("白露", "安然", "程程"))


def test_the_head_writes_two_lines_and_nothing_else(database, district, notices, browser) -> None:
    head = browser("school_head")
    assert head.post("/notices/heading", data={"line": "青禾教育集团", "contact": "卫生室 5550"}).status_code == 303
    [text] = text_of(head.post(f"/notices/{notices['白露']}/print").data)
    assert "青禾教育集团" in text
    assert "卫生室5550" in text
    assert "由接种单位的医生决定" in text
    too_long = head.post("/notices/heading", data={"line": "长" * 25, "contact": ""})
    assert too_long.status_code == 422
    assert "最多 24 个字" in too_long.get_data(as_text=True)
    assert browser("clerk").get("/notices/heading").status_code == 403
    with database.reading() as session:
        [row] = session.scalars(select(NoticeHeading))
        assert row.school_id == district.places["near"].id
