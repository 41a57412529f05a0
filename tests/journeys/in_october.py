"""The lists and their life, October at the health center, November's second look, and sheets that say what rows say."""

from pathlib import Path

from app.clock import today
from tests.journeys import recount, sums
from tests.journeys.autumn_screens import ListScreen, NurseScreen, RegistryScreen, SecondLookScreen
from tests.journeys.papers import plain, sheets
from tests.journeys.school_of_sixty import (
    ASKED,
    ASKED_FOR,
    BY_FILE,
    BY_NOTICE,
    CLASSES,
    LOST,
    NEWCOMER,
    REFUSES,
    SIXTY,
    given_later,
    registry_file,
)
from tests.journeys.screens import Screen
from tests.journeys.serving import House


def the_list_is_frozen_and_sent(clerk: ListScreen, house: House, folder: Path, kind: str) -> None:
    """Screen, paper and workbook name the same children and the same doses; the rows agree."""
    clerk.freeze()
    assert clerk.page.locator("h1").inner_text().endswith(kind)
    assert sorted(clerk.names) == sorted(one.name for one in ASKED_FOR)
    owed = recount.owed_doses(house.database).total()
    assert f"要补 {owed} 剂" in clerk.says

    book = clerk.fetch("下载表格名单")
    assert sorted(sums.column(book, "名单", "姓名")) == sorted(clerk.names)
    clerk.print("打印名单")
    cover, *pages = sheets(house.tray[-1], folder)
    assert f"本次名单{len(ASKED_FOR)}人，要补{owed}剂" in plain(cover.text)
    lines = [line for page in pages for line in page.lines]
    assert all(any(plain(name) in line for line in lines) for name in clerk.names)
    clerk.click("已送出")


def the_nurse_sends_it_back(nurse: ListScreen) -> None:
    nurse.sign_in("nurse")
    nurse.go("名单")
    nurse.open_list()
    nurse.give_back("还有要报的孩子没报")
    assert "退回" in nurse.says


def the_nurse_has_it(nurse: ListScreen) -> None:
    nurse.sign_in("nurse")
    nurse.go("名单")
    nurse.open_list()
    nurse.click("收到了")


def a_supplement_says_the_differences(clerk: ListScreen) -> None:
    """One child came, one owes nothing any more; the others are on the list already."""
    clerk.freeze()
    assert clerk.names == [NEWCOMER.name]
    dropped = clerk.page.get_by_role("table", name="从名单上去掉的孩子").inner_text()
    assert ASKED.name in dropped
    assert "从名单上去掉 1 人" in clerk.says
    clerk.click("已送出")


def the_nurse_gives_doses(nurse: NurseScreen, codes: dict[str, str]) -> None:
    """Three are vaccinated, a family says no, a lost certificate is written again."""
    nurse.sign_in("nurse")
    for pupil in BY_NOTICE:
        nurse.scan(codes[pupil.name])
        assert pupil.name in nurse.says
        nurse.enter("百白破", "流脑")
        assert "通知上的都种了" in nurse.says
    nurse.scan(codes[REFUSES.name])
    nurse.refuse("麻腮风", "家长不同意")
    assert "仍然算欠种" in nurse.says
    nurse.scan(codes[LOST.name])
    nurse.click("已补证")
    assert "接种证已补" in nurse.says
    nurse.scan(codes[ASKED.name])
    assert "这张通知已经作废" in nurse.says
    assert "没有有效的通知" in nurse.says


def the_registry_closes_the_others(registry: RegistryScreen, house: House) -> None:
    """Nobody keys twice: the file closes what the notices ask for."""
    doses = list(given_later(today()))
    registry.sign_in("nurse")
    registry.go("导入")
    registry.write(registry_file(iter(doses)), len(doses))
    with house.database.reading() as session:
        assert recount.owed_items(session) == {(REFUSES.name, "failed"), (NEWCOMER.name, "open")}


def the_second_look(clerk: SecondLookScreen, house: House) -> None:
    """They come up by themselves; the booklet is looked at; what is left has its reason."""
    clerk.sign_in("clerk")
    clerk.go("通知")
    clerk.click("复查")
    assert set(clerk.names) == {one.name for one in (*BY_NOTICE, *BY_FILE, LOST)}
    while clerk.names:
        clerk.the_booklet_says_so_and_all_is_done()
    assert "家长不同意" in clerk.says
    assert REFUSES.name in clerk.says
    assert NEWCOMER.name in clerk.says
    assert recount.results_by_school(house.database)["近水小学"] == {
        "complete": len(SIXTY) - 3,
        "catch_up": 2,
        "waived": 1,
    }


def every_sheet_says_the_same(screen: Screen, house: House, folder: Path) -> None:
    """The summary: on screen, on paper, in the workbook, in the rows. The registers: every child has a line."""
    screen.sign_in("clerk")
    screen.go("名单")
    screen.click("登记表和汇总表")
    counted = recount.results_by_school(house.database)["近水小学"]
    wanted = [counted.total(), counted.total() - counted["not_checked"], counted["not_checked"]]
    wanted += [counted[one] for one in ("complete", "catch_up", "review", "no_certificate", "waived")]

    on_screen = sums.total_on_screen(screen.page, "人数")
    screen.print("打印汇总表")
    on_paper = sums.total_on_paper(sheets(house.tray[-1], folder))
    in_the_book = sums.total_in_book(screen.fetch("下载表格汇总表"), "人数")
    assert on_screen == on_paper == in_the_book
    assert on_screen[: len(wanted)] == wanted

    listed = []
    for name in CLASSES:
        children = sums.column(screen.fetch(f"下载表格{name}"), "", "姓名")
        screen.print(f"打印{name}")
        text = plain("".join(sheet.text for sheet in sheets(house.tray[-1], folder)))
        assert all(plain(one) in text for one in children)
        listed += children
    assert sorted(listed) == sorted(one.name for one, _plan in SIXTY)
