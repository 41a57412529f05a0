"""Confirming a roster: what was seen and nothing else, once, whole or not at all, with a line in the trail."""

import datetime as dt
import threading

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.audit.verifying import verify
from app.children.models import Child
from app.privacy.identities import Identity, seal_identity
from app.roster import actions, writing
from app.roster.models import ImportState
from app.roster.reviewing import review
from tests.actors import actor
from tests.district import MOMENT, District
from tests.roster.conftest import Desk
from tests.roster.school import everything, identities_here, known
from tests.roster.sheets import child, resident_id, roster

TODAY = dt.date(2026, 9, 1)


# all or nothing


def test_a_break_in_the_middle_leaves_nothing(desk: Desk, district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_1"], "林小语", resident_id(1))
    address = desk.propose(roster(child(1, "林小雨"), *[child(n) for n in range(2, 9)]))
    before, seen = everything(desk.database), desk.seen(address)
    steps = ((writing, "insert"), (writing, "seal_identities"), (writing, "touch_roster"), (actions, "record"))
    for module, name in steps:
        with monkeypatch.context() as patch:
            patch.setattr(module, name, _broken)
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
