"""The pages: setting up from an empty bureau, typed faults that lose nothing, the checklist, papers, names recorded."""

import datetime as dt
import re

import pytest
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.campaigns.models import Campaign, CampaignState, Round
from app.campaigns.setting_up import coming_term
from app.schools.models import Organisation
from tests.actors import actor
from tests.district import FIRST_DAY
from tests.notices.september import DAY, Desk, at, open_campaign


@pytest.fixture(autouse=True)
def _september() -> None:
    clock.fix(at(DAY))


@pytest.fixture
def bureau(client, district, sign_in):
    sign_in(client, district.users["bureau_auditor"])
    return client


@pytest.fixture
def school(client, database, district, sign_in):
    with database.writing() as session:
        open_campaign(session, district)
    sign_in(client, district.users["clerk"])
    return client


def typed(**other: object) -> dict[str, object]:
    """The form as the page proposes it."""
    return {
        "name": "2026年秋季",
        "round": "autumn",
        "edition": "nip-2026",
        "kinds": ["kindergarten", "school", "joining"],
        "first_day": "2026-09-01",
        "joins_from": "20260701",
        "deadline_days": "30",
        "with_list": "y",
        "list_within_days": "7",
        "checking_from": "2026.9.10",
        "summarising_from": "2026年9月20日",
        "catch_up_from": "2026-10-01",
        "catch_up_until": "2026-11-30",
        "recheck_by": "2026-12-31",
        "cutoff_hour": "１７",
        "due_counts": "y",
        "milestone_day_1": "2026-09-15",
        "milestone_share_1": "50",
        **other,
    }


def campaigns(database) -> list[Campaign]:
    with database.reading() as session:
        return list(session.scalars(select(Campaign)))


class TestTheBureau:
    def test_from_nothing_to_an_open_campaign(self, bureau, database, district) -> None:
        assert "还没有批次" in bureau.get("/campaigns").text
        assert "2026年秋季" in bureau.get("/campaigns/new").text
        near = district.places["near"].id
        contact = {f"contact_person_{near}": "周老师", f"contact_phone_{near}": "0140－6100301"}
        answer = bureau.post("/campaigns/new", data=typed(**contact))
        assert answer.status_code == 303
        (campaign,) = campaigns(database)
        assert (campaign.first_day, campaign.joins_from) == (FIRST_DAY, dt.date(2026, 7, 1))
        assert (campaign.cutoff_hour, campaign.milestones) == (17, [{"day": "2026-09-15", "share": 50}])
        assert "开始，各校可见" in bureau.get(answer.location).text
        bureau.post(f"/campaigns/{campaign.id}/open")
        assert campaigns(database)[0].state is CampaignState.OPEN
        with database.reading() as session:
            school = session.get_one(Organisation, near)
            assert (school.contact_person, school.phone) == ("周老师", "0140-6100301")
            actions = set(session.scalars(select(AuditEvent.action)))
            details = "".join(session.scalars(select(AuditEvent.detail)))
        assert {"campaign.set_up", "campaign.opened", "organisation.contact_named"} <= actions
        assert "周老师" not in details

    def test_the_dates_follow_the_first_day_that_was_asked_for(self, bureau) -> None:
        page = bureau.get("/campaigns/new?first_day=20270301&round=spring").text
        assert "2027年春季" in page
        assert 'value="2027-03-31"' in page
        assert "认不出是哪天" in bureau.get("/campaigns/new?first_day=soon").text

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"name": ""}, "请填批次名称"),
            ({"name": "长" * 61}, "60 个字以内"),
            ({"first_day": "2026-13-01"}, "没有“2026-13-01”这一天"),
            ({"first_day": ""}, "请填日期"),
            ({"deadline_days": "多"}, "请填一个数字"),
            ({"deadline_days": "31"}, "办法规定最多 30 天"),
            ({"deadline_days": "9" * 400}, "请填一个数字"),
            ({"cutoff_hour": "24"}, "填 0 到 23 点"),
            ({"kinds": []}, "至少选一类孩子"),
            ({"kinds": ["grown-ups"]}, "没有这一类"),
            ({"focus": ["Var"]}, "没有这个疫苗"),
            ({"edition": "nip-1999"}, "请选一项"),
            ({"milestone_day_2": "2026-09-20"}, "请填一个数字"),
            ({"milestone_share_2": "60"}, "这一天"),
            ({"milestone_share_1": "500"}, "填 1 到 100"),
            ({"list_within_days": ""}, "请填一个数字"),
            ({"recheck_by": "2027-01-05"}, "12 月 31 日"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, bureau, database, wrong, sentence) -> None:
        answer = bureau.post("/campaigns/new", data=typed(focus=["MMR"]) | wrong)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert campaigns(database) == []
        if "summarising_from" not in wrong:
            assert "2026年9月20日" in answer.text

    def test_what_is_switched_off_may_hold_anything(self, bureau, database) -> None:
        data = typed(list_within_days="soon")
        del data["with_list"]
        assert bureau.post("/campaigns/new", data=data).status_code == 303
        assert campaigns(database)[0].list_within_days is None

    @pytest.mark.parametrize(
        ("person", "phone", "sentence"),
        [
            ("周老师", "", "要一起填"),
            ("", "0140-6100301", "要一起填"),
            ("周老师", "call me", "电话只用数字"),
            ("周" * 61, "0140-6100301", "60 个字以内"),
        ],
    )
    def test_a_contact_that_cannot_be_right_keeps_nothing(
        self, bureau, database, district, person, phone, sentence
    ) -> None:
        near = district.places["near"].id
        data = typed(**{f"contact_person_{near}": person, f"contact_phone_{near}": phone})
        answer = bureau.post("/campaigns/new", data=data)
        assert (answer.status_code, sentence in answer.text, campaigns(database)) == (422, True, [])

    def test_another_bureaus_school_is_out_of_reach(self, bureau, database, district) -> None:
        foreign = district.places["foreign"].id
        typed_there = {f"contact_person_{foreign}": "甲", f"contact_phone_{foreign}": "12345"}
        bureau.post("/campaigns/new", data=typed(**typed_there))
        with database.reading() as session:
            assert session.get_one(Organisation, foreign).contact_person == ""

    def test_the_same_round_twice_is_refused_in_a_sentence(self, bureau, database) -> None:
        bureau.post("/campaigns/new", data=typed())
        answer = bureau.post("/campaigns/new", data=typed())
        assert (answer.status_code, "已经有一个批次" in answer.text, len(campaigns(database))) == (422, True, 1)

    def test_settings_are_shown_as_they_are_kept_and_can_be_changed(self, bureau, database) -> None:
        bureau.post("/campaigns/new", data=typed())
        (campaign,) = campaigns(database)
        page = bureau.get(f"/campaigns/{campaign.id}/settings").text
        assert 'value="2026-11-30"' in page
        bureau.post(f"/campaigns/{campaign.id}/settings", data=typed(name="今年秋季", cutoff_hour="18"))
        assert (campaigns(database)[0].name, campaigns(database)[0].cutoff_hour) == ("今年秋季", 18)

    def test_the_bureau_sees_every_school_and_no_name(self, bureau, database, district) -> None:
        with database.writing() as session:
            campaign = open_campaign(session, district, focus=["MMR"])
            Desk(session, actor(district, "clerk")).check(district.children["near_1"])
        page = bureau.get(f"/campaigns/{campaign.id}").text
        assert "近水小学" in page
        assert "远山幼儿园" in page
        assert "邻水小学" not in page
        assert "日程应到查验" in page  # the kindergarten has not begun on the tenth

    def test_another_edition_is_looked_at_first(self, bureau, database, district) -> None:
        with database.writing() as session:
            campaign = open_campaign(session, district)
            Desk(session, actor(district, "clerk")).check(district.children["near_1"])
        page = bureau.get(f"/campaigns/{campaign.id}/edition?edition=nip-2021").text
        assert "查过的 1 人" in page
        assert campaigns(database)[0].edition == "nip-2026"
        assert "请选一项" in bureau.get(f"/campaigns/{campaign.id}/edition?edition=nip-1999").text
        bureau.post(f"/campaigns/{campaign.id}/edition", data={"edition": "nip-2021"})
        assert campaigns(database)[0].edition == "nip-2021"
        bureau.post(f"/campaigns/{campaign.id}/edition", data={"edition": "nip-1999"})
        assert campaigns(database)[0].edition == "nip-2021"


class TestASchool:
    def test_the_first_page_reminds(self, school) -> None:
        page = school.get("/desk/classes").text
        assert "还剩 21 天，2 人未查验" in page
        assert "每天还要查" in page

    def test_its_page_shows_where_it_is(self, school) -> None:
        page = school.get("/campaigns").text
        for words in ("学校在这里", "按日程在这里", "按日程应该到“查验”了", "定好负责人和电话"):
            assert words in page

    def test_ticking_and_taking_it_back(self, school, database) -> None:
        assert "做好了 2 项" in school.get("/campaigns").text  # clerks and roster are seen by the house
        school.post("/campaigns/preparation/letter")
        school.post("/campaigns/preparation/letter")
        assert "做好了 3 项" in school.get("/campaigns").text
        school.post("/campaigns/preparation/letter/undo")
        assert "做好了 2 项" in school.get("/campaigns").text
        with database.reading() as session:
            told = [one for one in session.scalars(select(AuditEvent.action)) if one.startswith("campaign.")]
        assert told == ["campaign.prepared", "campaign.unprepared"]

    @pytest.mark.parametrize("item", ["roster", "no-such-thing"])
    def test_what_the_house_sees_nobody_ticks(self, school, item) -> None:
        assert school.post(f"/campaigns/preparation/{item}").status_code == 404

    def test_late_comers_by_name_are_recorded(self, school, database, district) -> None:
        with database.writing() as session:
            desk = Desk(session, actor(district, "clerk"))
            desk.enrolment(desk.enrol(district.classes["near_1"], "林小溪")).from_day = dt.date(2026, 9, 8)
        page = school.get("/campaigns/children/newcomers").text
        assert "林小溪" in page
        assert "2026-10-08" in page
        assert "还剩 28 天" in page
        with database.reading() as session:
            assert "read.list" in set(session.scalars(select(AuditEvent.action)))
        assert school.get("/campaigns/children/everybody").status_code == 404
        late = re.search(r"/desk/children/(\d+)", page)[1]
        for address in (f"/desk/children/{late}", f"/children/{late}"):
            assert "9 月 8 日到校，10 月 8 日前查验，还剩 28 天" in school.get(address).text
        other = school.get(f"/children/{district.children['near_1'].id}").text
        assert "到校" not in other

    @pytest.mark.parametrize("sheet", ["letter", "register", "doses", "table", "screening"])
    def test_every_blank_sheet_is_a_pdf(self, school, sheet) -> None:
        answer = school.get(f"/campaigns/papers/{sheet}")
        assert answer.data.startswith(b"%PDF")
        assert school.get("/campaigns/papers/nothing").status_code == 404

    def test_without_a_campaign_the_page_says_so(self, client, district, sign_in) -> None:
        sign_in(client, district.users["clerk"])
        assert "现在没有开着的查验批次" in client.get("/campaigns").text
        client.post("/campaigns/preparation/letter")
        assert client.get("/campaigns/children/newcomers").status_code == 200


@pytest.mark.parametrize(
    ("today", "term"),
    [
        (dt.date(2026, 8, 20), (Round.AUTUMN, dt.date(2026, 9, 1))),
        (dt.date(2027, 2, 10), (Round.SPRING, dt.date(2027, 3, 1))),
        (dt.date(2026, 11, 20), (Round.AUTUMN, dt.date(2027, 9, 1))),
    ],
)
def test_the_term_that_comes(today, term) -> None:
    assert coming_term(today) == term
