"""Writing a roster: all or nothing, exactly what was confirmed; the same file a second time changes nothing."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.campaigns.models import Campaign, CampaignState, Round
from app.children.kinds import EnrolmentSource, EnrolmentState, Origin, Sex
from app.children.models import Child, Enrolment
from app.children.searching import search
from app.privacy.identities import Guardian, open_identity
from app.roster.models import ImportState
from app.schools.models import SchoolClass
from tests.actors import actor
from tests.district import MOMENT, District
from tests.roster.conftest import Desk, SignIn
from tests.roster.school import everything, identities_here, known
from tests.roster.sheets import COLUMNS, child, resident_id, roster, workbook

TODAY = dt.date(2026, 9, 1)


def enrolments(session: Session, child_id: int) -> list[Enrolment]:
    return list(session.scalars(select(Enrolment).where(Enrolment.child_id == child_id).order_by(Enrolment.id)))


def test_new_children_are_there_as_the_file_says(desk: Desk, district: District) -> None:
    columns = (*COLUMNS, "儿童编码", "户籍", "来源", "入班日期", "曾用名")
    desk.write(workbook(columns, [*child(1, "林小雨"), "3310001", "外地", "插班", "2026-09-03", "旧名"]))
    with desk.database.reading() as session:
        ((child_id, identity),) = identities_here(session, district).items()
        row = session.get_one(Child, child_id)
        (enrolment,) = enrolments(session, child_id)
        assert (row.sex, row.birth_date, row.origin) == (Sex.FEMALE, dt.date(2020, 3, 12), Origin.ELSEWHERE)
        assert (enrolment.class_id, enrolment.from_day) == (district.classes["near_1"].id, dt.date(2026, 9, 3))
        assert (enrolment.source, enrolment.state) == (EnrolmentSource.MIDYEAR, EnrolmentState.ACTIVE)
        assert identity.name == "林小雨"
        assert identity.former_names == ("旧名",)
        assert [one.number for one in identity.identifiers] == [resident_id(1), "3310001"]
        assert identity.guardians == (Guardian("林家长1", "父亲", "13800000001"),)
        assert identity.address == "青河路 1 号"
        for asked in ("林小雨", "lxy", resident_id(1), resident_id(1)[-4:], "3310001", "13800000001", "旧名"):
            assert [hit.child_id for hit in search(session, actor(district, "clerk"), asked)] == [child_id]


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    content = roster(*[child(n) for n in range(10)], child(11, 身份证号=""), child(12, 身份证号="", 联系电话=""))
    desk.write(content)
    before = everything(desk.database, ("roster_import", "child_index"))
    address = desk.propose(content)
    page = desk.see(address)
    assert "没有要写的" in page
    assert "完全一样" in desk.see(address, "same")
    assert desk.seen(address) == ""
    assert (
        "还有没回答的问题" in desk.apply(address, "anything").text or desk.imports()[-1].state is ImportState.PROPOSED
    )
    assert everything(desk.database, ("roster_import", "child_index")) == before


def test_changes_are_written_and_the_rest_is_kept(desk: Desk, district: District) -> None:
    father = Guardian("林大河", "父亲", "13800000000")
    with desk.database.writing() as session:
        there = known(session, district.classes["near_1"], "林小语", resident_id(1), guardians=(father,)).id
    desk.write(roster(child(1, "林小雨", 班级="一（2）班", 监护人="王小溪", 关系="母亲", 联系电话="13911112222")))
    with desk.database.reading() as session:
        identity = open_identity(session, session.get_one(Child, there))
        assert identity is not None
        assert (identity.name, identity.former_names) == ("林小雨", ("林小语",))
        assert identity.guardians == (father, Guardian("王小溪", "母亲", "13911112222"))
        (enrolment,) = enrolments(session, there)
        assert enrolment.class_id == district.classes["near_2"].id
        assert search(session, actor(district, "clerk"), "13911112222")


def test_a_corrected_birth_date_is_found_by_the_new_one(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        there = known(session, district.classes["near_1"], "林小雨", resident_id(1)).id
        session.get_one(Child, there).birth_date = dt.date(2020, 12, 3)
    desk.write(roster(child(1, "林小雨")))
    with desk.database.reading() as session:
        hits = search(session, actor(district, "clerk"), "林小雨 20200312")
        assert [hit.child_id for hit in hits] == [there]


@pytest.mark.parametrize(
    ("tick", "name"), [({"box-2": "1", "tick-2": "1"}, "李四"), ({"box-2": "1"}, "王五"), ({}, "王五")]
)
def test_a_doubtful_change_waits_for_its_tick(desk: Desk, district: District, tick: dict[str, str], name: str) -> None:
    with desk.database.writing() as session:
        there = known(session, district.classes["near_1"], "王五", resident_id(1)).id
    address = desk.propose(roster(child(1, "李四"), child(2)))
    if tick:
        desk.answer(address, tick)
    assert "写好了" in desk.apply(address).text
    with desk.database.reading() as session:
        identity = open_identity(session, session.get_one(Child, there))
        assert identity is not None
        assert identity.name == name


# answers


def test_the_same_person_is_changed_not_doubled(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        there = known(session, district.classes["near_2"], "林小雨").id
    address = desk.propose(roster(child(1, "林小雨")))
    assert desk.seen(address) == ""
    desk.answer(address, {"row-2": f"same:{there}"})
    assert "写好了" in desk.apply(address).text
    with desk.database.reading() as session:
        assert list(identities_here(session, district)) == [there]
        assert enrolments(session, there)[0].class_id == district.classes["near_1"].id
        assert [one.number for one in identities_here(session, district)[there].identifiers] == [resident_id(1)]


def test_somebody_else_is_a_new_child(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
    address = desk.propose(roster(child(1, "林小雨")))
    desk.answer(address, {"row-2": "new"})
    assert "写好了" in desk.apply(address).text
    with desk.database.reading() as session:
        assert len(identities_here(session, district)) == 2


def test_a_row_may_be_left_for_later(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
    address = desk.propose(roster(child(1, "林小雨"), child(2)))
    desk.answer(address, {"row-2": "leave"})
    assert "写好了" in desk.apply(address).text
    with desk.database.reading() as session:
        assert len(identities_here(session, district)) == 2


def test_two_rows_cannot_be_the_same_child(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        there = known(session, district.classes["near_1"], "林小雨").id
    address = desk.propose(roster(child(1, "林小雨"), child(2, "林小雨")))
    desk.answer(address, {"row-2": f"same:{there}", "row-3": f"same:{there}"})
    assert desk.seen(address) == ""
    desk.answer(address, {"row-3": "new"})
    assert "写好了" in desk.apply(address).text


@pytest.mark.parametrize("said", ["same:1", "same:999999", "take", "", "x" * 500, "same:x"])
def test_an_answer_that_nobody_offered_is_none(desk: Desk, district: District, said: str) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
    address = desk.propose(roster(child(1, "林小雨")))
    desk.answer(address, {"row-2": said})
    assert desk.seen(address) == ""


def test_a_number_of_another_name_can_only_be_that_child(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        there = known(session, district.classes["far_1"], "别的名字", resident_id(1)).id
    address = desk.propose(roster(child(1, "林小雨")))
    assert "别的名字" not in desk.see(address)
    desk.answer(address, {"row-2": "new"})
    assert desk.seen(address) == ""
    desk.answer(address, {"row-2": f"same:{there}"})
    assert "写好了" in desk.apply(address).text


@pytest.mark.parametrize(("said", "children"), [("make", 2), ("leave", 1)])
def test_a_new_class_is_made_when_somebody_says_so(desk: Desk, district: District, said: str, children: int) -> None:
    address = desk.propose(roster(child(1), child(2, class_name="一（3）班")))
    assert desk.seen(address) == ""
    desk.answer(address, {"class-1:1-3": said})
    assert "写好了" in desk.apply(address).text
    with desk.database.reading() as session:
        names = set(session.scalars(select(SchoolClass.name).where(SchoolClass.grade == "一年级")))
        assert ("一（3）班" in names) is (said == "make")
        assert len(identities_here(session, district)) == children


def test_all_new_classes_are_made_at_once_but_those_that_were_declined(desk: Desk) -> None:
    address = desk.propose(roster(*[child(n, class_name=f"二（{n}）班") for n in range(1, 4)]))
    desk.answer(address, {"class-2:2-2": "leave"})
    desk.answer(address, {"make-all": "1"})
    assert "写好了" in desk.apply(address).text
    with desk.database.reading() as session:
        names = session.scalars(
            select(SchoolClass.name).where(SchoolClass.grade == "二年级").order_by(SchoolClass.name)
        )
        assert list(names) == ["二（1）班", "二（3）班"]


# transfers


def test_a_transfer_opens_an_enrolment_here_and_leaves_the_other_to_its_school(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        there = known(session, district.classes["foreign_1"], "林小雨", resident_id(1)).id
    address = desk.write(roster(child(1, "林小雨")))
    with desk.database.reading() as session:
        before, after = enrolments(session, there)
        assert before.state is after.state is EnrolmentState.ACTIVE
        assert (after.class_id, after.source) == (district.classes["near_1"].id, EnrolmentSource.TRANSFER)
        assert session.scalar(select(func.count(Child.id))) == 5
    start = desk.client.get("/roster/import").text
    assert "两所学校都在籍 1 人" in start
    assert "林小雨" in start
    assert desk.imports()[-1].outcome is not None
    assert desk.imports()[-1].outcome["joined"] == [there]
    assert "转入" in desk.see(address)


def test_from_kindergarten_into_school_is_no_transfer(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        there = known(session, district.classes["far_1"], "林小雨", resident_id(1)).id
    desk.write(roster(child(1, "林小雨")))
    with desk.database.reading() as session:
        assert enrolments(session, there)[-1].source is EnrolmentSource.ROSTER


def test_a_transfer_may_be_unticked(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        there = known(session, district.classes["far_1"], "林小雨", resident_id(1)).id
    address = desk.propose(roster(child(1, "林小雨"), child(2)))
    desk.answer(address, {"box-2": "1"})
    assert "写好了" in desk.apply(address).text
    with desk.database.reading() as session:
        assert len(enrolments(session, there)) == 1


# the first day


def campaign(session: Session, district: District) -> None:
    session.add(
        Campaign(
            bureau_id=district.places["bureau"].id,
            name="2026年秋季",
            year=2026,
            round=Round.AUTUMN,
            first_day=TODAY,
            joins_from=dt.date(2026, 8, 1),
            recheck_by=dt.date(2026, 12, 31),
            edition="nip-2026",
            state=CampaignState.OPEN,
            created_at=MOMENT,
        )
    )


@pytest.mark.parametrize(
    ("today", "source", "first"),
    [
        (dt.date(2026, 8, 28), "新生", TODAY),
        (dt.date(2026, 9, 20), "新生", TODAY),
        (dt.date(2026, 9, 20), "转入", dt.date(2026, 9, 20)),
        (dt.date(2026, 8, 28), "转入", TODAY),
        (dt.date(2026, 11, 2), "新生", dt.date(2026, 11, 2)),
    ],
)
def test_a_first_day_that_the_file_does_not_say(
    desk: Desk, district: District, sign_in: SignIn, today: dt.date, source: str, first: dt.date
) -> None:
    with desk.database.writing() as session:
        campaign(session, district)
    clock.fix(dt.datetime.combine(today, dt.time(1), dt.UTC))
    sign_in(desk.client, district.users["clerk"])
    desk.write(workbook((*COLUMNS, "来源"), [*child(1), source]))
    with desk.database.reading() as session:
        (child_id,) = identities_here(session, district)
        assert enrolments(session, child_id)[0].from_day == first
