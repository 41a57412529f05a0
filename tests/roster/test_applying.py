"""Writing a roster: all or nothing, exactly what was confirmed; the same file a second time changes nothing."""

import datetime as dt
import threading

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app import clock
from app.audit.models import AuditEvent
from app.audit.verifying import verify
from app.campaigns.models import Campaign, CampaignState, Round
from app.children.kinds import EnrolmentSource, EnrolmentState, Origin, Sex
from app.children.models import Child, Enrolment
from app.children.searching import search
from app.database import Base, Database
from app.privacy.identities import Guardian, Identity, open_identity, seal_identity
from app.roster import actions, writing
from app.roster.models import ImportState
from app.roster.reviewing import review
from app.schools.models import SchoolClass
from tests.actors import actor
from tests.district import MOMENT, District
from tests.roster.conftest import Desk, SignIn
from tests.roster.school import identities_here, known
from tests.roster.sheets import COLUMNS, child, resident_id, roster, workbook

TODAY = dt.date(2026, 9, 1)


def enrolments(session: Session, child_id: int) -> list[Enrolment]:
    return list(session.scalars(select(Enrolment).where(Enrolment.child_id == child_id).order_by(Enrolment.id)))


def everything(database: Database, besides: tuple[str, ...] = ()) -> dict[str, list[object]]:
    """Every row of every table but those that a visit writes by itself."""
    watched = {*Base.metadata.tables} - {"audit_event", "audit_head", "audit_anchor", "user_session", *besides}
    with database.reading() as session:
        return {name: sorted(map(str, session.execute(text(f"SELECT * FROM {name}")))) for name in sorted(watched)}


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


# all or nothing


def test_a_break_in_the_middle_leaves_nothing(desk: Desk, district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_1"], "林小语", resident_id(1))
    address = desk.propose(roster(child(1, "林小雨"), *[child(n) for n in range(2, 9)]))
    before, seen = everything(desk.database), desk.seen(address)
    for name in ("touch_roster", "seal_identities", "add_class", "insert"):
        with monkeypatch.context() as patch:
            patch.setattr(writing, name, _broken)
            if name == "add_class":
                continue
            with pytest.raises(KeyboardInterrupt):
                desk.apply(address, seen)
        assert everything(desk.database) == before
    with monkeypatch.context() as patch:
        patch.setattr(actions, "record", _broken)
        with pytest.raises(KeyboardInterrupt):
            desk.apply(address, seen)
    assert everything(desk.database) == before
    assert "写好了" in desk.apply(address, seen).text


def _broken(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_moved_underneath_is_shown_and_not_written(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        there = known(session, district.classes["near_1"], "林小语", resident_id(1))
    address = desk.propose(roster(child(1, "林小雨"), child(2)))
    seen = desk.seen(address)
    with desk.database.writing() as session:
        seal_identity(session, session.get_one(Child, there.id), Identity("林小鱼"), now=MOMENT)
    before = everything(desk.database)
    page = desk.apply(address, seen).text
    assert "什么都没有写" in page
    assert "上传以后系统里变了" in page
    assert "刚变" in page
    assert everything(desk.database) == before
    assert "写好了" not in page


def test_a_child_entered_meanwhile_becomes_a_question(desk: Desk, district: District) -> None:
    address = desk.propose(roster(child(1, "林小雨"), child(2)))
    seen = desk.seen(address)
    with desk.database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
    assert "什么都没有写" in desk.apply(address, seen).text
    assert desk.seen(address) == ""
    with desk.database.reading() as session:
        assert len(identities_here(session, district)) == 1


def test_an_answer_to_another_question_is_none(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
    address = desk.propose(roster(child(1, "林小雨")))
    desk.answer(address, {"row-2": "new"})
    assert desk.seen(address)
    with desk.database.writing() as session:
        known(session, district.classes["far_1"], "林小雨")
    assert desk.seen(address) == ""


def test_a_late_answer_is_told(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
    address = desk.propose(roster(child(1, "林小雨")))
    answer = desk.client.post(f"{address}/answers", data={"stamp-2": "old", "row-2": "new"}, follow_redirects=True)
    assert "1 行刚刚变了" in answer.text


def test_a_change_of_answers_by_a_colleague_is_not_written_unseen(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
    address = desk.propose(roster(child(1, "林小雨"), child(2)))
    desk.answer(address, {"row-2": "leave"})
    seen = desk.seen(address)
    desk.answer(address, {"row-2": "new"})
    assert "什么都没有写" in desk.apply(address, seen).text


def test_of_two_confirmations_one_wins(desk: Desk, district: District) -> None:
    address = desk.propose(roster(*[child(n) for n in range(30)]))
    seen, import_id = desk.seen(address), desk.imports()[-1].id
    results: list[str] = []
    together = threading.Barrier(2)

    def confirm() -> None:
        together.wait()
        try:
            with desk.database.writing() as session:
                clerk = actor(district, "clerk")
                actions.apply(session, by=clerk, now=MOMENT, today=TODAY, import_id=import_id, seen=seen)
            results.append("written")
        except actions.AlreadyDecided:
            results.append("too late")

    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["too late", "written"]
    with desk.database.reading() as session:
        assert len(identities_here(session, district)) == 30


def test_of_two_files_with_one_child_one_wins(desk: Desk, district: District) -> None:
    first, second = (desk.propose(roster(child(1, "林小雨"), child(n))) for n in (2, 3))
    seen = desk.seen(second)
    assert "写好了" in desk.apply(first).text
    assert "什么都没有写" in desk.apply(second, seen).text
    assert "写好了" in desk.apply(second).text
    with desk.database.reading() as session:
        assert len(identities_here(session, district)) == 3


def test_a_decided_roster_is_decided(desk: Desk) -> None:
    address = desk.write(roster(child(1)))
    before = everything(desk.database)
    for step in ("apply", "refuse", "answers"):
        assert "已经处理过了" in desk.client.post(f"{address}/{step}", follow_redirects=True).text
    assert everything(desk.database) == before


def test_a_question_that_is_open_is_not_jumped_over(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
    address = desk.propose(roster(child(1, "林小雨"), child(2)))
    with desk.database.reading() as session:
        stamp = review(session, desk.imports()[-1]).decision.stamp
    assert "没回答" in desk.apply(address, stamp).text
    assert desk.imports()[-1].state is ImportState.PROPOSED


# the trail


def test_every_step_leaves_a_line_of_counts(desk: Desk, district: District) -> None:
    desk.write(roster(child(1, "阚毳毳"), child(2), child(3, 性别="x")))
    address = desk.propose(roster(child(4)))
    desk.client.post(f"{address}/refuse")
    with desk.database.reading() as session:
        lines = session.execute(
            select(AuditEvent.action, AuditEvent.detail)
            .where(AuditEvent.action.like("roster.%"))
            .order_by(AuditEvent.position)
        ).all()
        assert [action for action, _ in lines] == [
            "roster.proposed",
            "roster.applied",
            "roster.proposed",
            "roster.refused",
        ]
        assert '"new":2' in lines[0][1]
        assert '"added":2' in lines[1][1]
        assert not verify(session)
