"""One September morning from the roster to the green second look: twelve children, a clerk, a nurse, an auditor.

The clerk's desk is worked with the keyboard and a scanner gun alone. All along nothing is asked of another machine,
nothing is refused by the browser, and axe finds nothing serious on any page that is passed.
"""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from app import clock
from app.audit.verifying import verify
from app.children.dose_actions import enter_doses
from app.children.kinds import DoseSource
from app.children.models import Child
from app.privacy.indexing import find_by_number
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from tests.actors import actor
from tests.district import District
from tests.journeys import at_the_desk, on_paper, recount
from tests.journeys.class_of_twelve import TWELVE, XIAOTONG_EAST, XIAOTONG_TREE, ZIXUAN
from tests.journeys.conftest import Window
from tests.journeys.keyboard import Desk
from tests.journeys.roster_file import UNREADABLE, roster_file
from tests.journeys.screens import BoardScreen, ClinicScreen, RosterScreen, Screen
from tests.journeys.serving import House
from tests.journeys.watching import Watch

pytestmark = pytest.mark.browser


def test_a_september_morning(house: House, district: District, window: Window, watch: Watch, tmp_path: Path) -> None:
    clerk = window()
    the_clerk_imports_the_roster(RosterScreen(clerk, watch), house)
    the_registry_brings_what_it_knows(house, district)
    hand_on_the_mouse = len(watch.pointers)
    assert hand_on_the_mouse, "The listener heard no click of the import: it would hear none at the desk either."

    desk = Desk(clerk, watch)
    at_the_desk.the_clerk_opens_the_class(desk)
    at_the_desk.a_wrong_booklet_saves_nothing(desk, house)
    at_the_desk.children_with_records_take_one_key(desk)
    at_the_desk.twins_are_two(desk)
    at_the_desk.booklets_are_typed(desk)
    code = on_paper.a_notice_is_printed(desk, house, tmp_path)
    at_the_desk.everybody_was_seen(desk, house)
    assert len(watch.pointers) == hand_on_the_mouse, "The desk was worked with something else than keys."

    on_paper.the_notices_of_the_class_are_printed(Screen(clerk, watch), house, tmp_path)
    on_paper.the_list_goes_to_the_health_center(Screen(clerk, watch), house, tmp_path)
    the_nurse_gives_the_doses(ClinicScreen(window(), watch), code)
    the_second_look_is_green(desk, code)
    the_auditor_sees_the_numbers(BoardScreen(window(), watch), house)

    assert watch.faults == []
    with house.database.reading() as session:
        assert verify(session) == []


def the_clerk_imports_the_roster(roster: RosterScreen, house: House) -> None:
    children = recount.rows(house.database, "child")
    roster.sign_in("clerk")
    roster.go("导入")
    roster.upload(roster_file())

    unreadable = roster.show("读不出")
    assert UNREADABLE.name in unreadable
    assert "身份证号" in unreadable
    assert "最后一位对不上" in unreadable
    twins = roster.show("可能双胞胎")
    assert XIAOTONG_EAST.name in twins
    assert XIAOTONG_TREE.name in twins
    assert recount.rows(house.database, "child") == children, "Something was written before anybody confirmed it."

    roster.make_the_class()
    assert "文件 13 行 ＝ 新增 12 ＋ 不写 1" in roster.sum
    roster.click("写入 12 行")
    assert "写好了" in roster.says
    assert recount.rows(house.database, "child") == children + len(TWELVE)


def the_registry_brings_what_it_knows(house: House, district: District) -> None:
    """Ten of the twelve; its file is read by another page one day."""
    with house.database.writing() as session:
        for pupil in TWELVE:
            (child_id,) = find_by_number(session, pupil.code)
            child = session.scalars(select(Child).where(Child.id == child_id)).one()
            entries = [DoseEntry(Vaccine(product), Written(day=day)) for product, day in pupil.doses]
            by = actor(district, "clerk")
            enter_doses(session, by=by, now=clock.now(), child=child, entries=entries, source=DoseSource.REGISTRY)


def the_nurse_gives_the_doses(clinic: ClinicScreen, code: str) -> None:
    clinic.sign_in("nurse")
    for pupil, _doses in on_paper.NOTICES:
        assert pupil.name in clinic.says
    clinic.scan(code)
    assert ZIXUAN.name in clinic.says
    clinic.enter("百白破", "流脑")
    assert "通知上的都种了" in clinic.says


def the_second_look_is_green(desk: Desk, code: str) -> None:
    """The family brings the booklet again; the notice's code finds the child."""
    desk.tab_to("查验台")
    desk.press("Enter")
    desk.scan(code)
    assert desk.child == ZIXUAN.name
    assert "以后记录有变化" in desk.says
    assert desk.assess("1") == "已种齐"
    assert "第 2 次查验，已保存" in desk.says


def the_auditor_sees_the_numbers(board: BoardScreen, house: House) -> None:
    board.sign_in("bureau_auditor")
    counted = recount.results_by_school(house.database)

    assert [row[0] for row in board.rows] == ["远山幼儿园", "近水小学"]
    assert "1 所没有开始" in board.says
    for row in board.rows:
        assert [int(cell.split()[0]) for cell in row[2:9]] == _numbers(counted[row[0]])
    everybody = counted["远山幼儿园"] + counted["近水小学"]
    assert f"{everybody.total()} 人 ＝ 未查验 {everybody['not_checked']}" in board.says
    assert "2026-09-03 按时" in board.rows[1][-1]
    assert not [pupil for pupil in TWELVE if pupil.name in board.says]


def _numbers(counted: Counter[str]) -> list[int]:
    """In the order of the table."""
    checked = counted.total() - counted["not_checked"]
    results = ("complete", "catch_up", "review", "no_certificate", "waived")
    return [counted.total(), checked, *(counted[result] for result in results)]
