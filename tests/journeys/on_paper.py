"""What is printed: a notice from the desk, the notices of a class, the list for the health center."""

import re
from pathlib import Path

from forms.wording import product_name
from tests.journeys import recount
from tests.journeys.class_of_twelve import CLASS, JIAYI, MENGQI, XIAOTONG_TREE, YIFAN, YUHANG, ZIXUAN
from tests.journeys.keyboard import Desk
from tests.journeys.papers import Sheet, plain, sheets
from tests.journeys.screens import Screen
from tests.journeys.serving import House

#: In the order of the class list: whoever goes home with a notice, and how many doses it asks for.
NOTICES = [(MENGQI, 0), (YIFAN, 1), (ZIXUAN, 2), (JIAYI, 5), (YUHANG, 0), (XIAOTONG_TREE, 1)]


def a_notice_is_printed(desk: Desk, house: House, folder: Path) -> str:
    """Two doses, a line each; the square code is the notice's and nothing else."""
    desk.scan(ZIXUAN.code)
    assert desk.assess("2") == "需补种"
    desk.print_notice()

    (paper,) = house.tray
    (sheet,) = sheets(paper, folder)
    assert plain(ZIXUAN.name) in plain(sheet.text)
    assert every_dose_has_its_line(sheet, house) == 2
    (code,) = sheet.codes
    assert len(code) == 21
    return code


def every_dose_has_its_line(sheet: Sheet, house: House) -> int:
    """What the rows of the notice with the sheet's code ask for stands there, a line a dose; how many."""
    (code,) = sheet.codes
    assert code in plain(sheet.text)
    asked = recount.asked_doses(house.database, code)
    lines = [line for line in sheet.lines if re.search(r"□.+第\d+剂", line)]
    assert len(lines) == len(asked)
    for product, dose in asked:
        assert len([line for line in lines if f"{plain(product_name(product))}第{dose}剂" in line]) == 1
    return len(asked)


def the_notices_of_the_class_are_printed(screen: Screen, house: House, folder: Path) -> None:
    screen.go("通知")
    screen.click(CLASS)
    screen.print("全班 6 张都打")

    pages = sheets(house.tray[-1], folder)
    assert len(pages) == len(NOTICES)
    for (pupil, doses), sheet in zip(NOTICES, pages, strict=True):
        assert plain(pupil.name) in plain(sheet.text)
        assert every_dose_has_its_line(sheet, house) == doses
        assert "没有记录，不等于没有种" in plain(sheet.text)
    assert len({code for sheet in pages for code in sheet.codes}) == len(NOTICES)


def the_list_goes_to_the_health_center(screen: Screen, house: House, folder: Path) -> None:
    screen.go("名单")
    screen.click("看名单")
    screen.click("定稿")
    screen.print("打印名单")
    screen.click("已送出")

    cover, *pages = sheets(house.tray[-1], folder)
    lines = [line for page in pages for line in page.lines]
    counts = recount.results_by_school(house.database)["近水小学"]
    owed = recount.owed_doses(house.database)
    assert f"应查验{counts.total()}人" in plain(cover.text)
    assert f"要补{owed.total()}剂" in plain(cover.text)
    assert f"本次名单{len(NOTICES)}人" in plain(cover.text)
    for pupil, _doses in NOTICES:
        assert any(pupil.name in line for line in lines)
    for product in {product for product, _dose in owed}:
        sums = [owed[product, dose] for dose in range(1, 6)]
        assert plain(product_name(product)) + _figures(sums) in lines
    assert "合计" + _figures([sum(n for (_p, one), n in owed.items() if one == dose) for dose in range(1, 6)]) in lines


def _figures(sums: list[int]) -> str:
    """A row of the table of sums; what is nought stays blank."""
    return "".join(str(number) for number in [*sums, sum(sums)] if number)
