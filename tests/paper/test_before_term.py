"""The sheets before the start: so many pages, every column of the register, the rules' own numbers on the wall, no
threat and nothing to pay.
"""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from forms.paper import before_term
from forms.paper.before_term import Facts
from forms.paper.parties import Clinic
from forms.paper.printing import Press
from rules import national
from tests.paper.sheets import LONG_NAME, page_count, pages, squeezed

SCHOOL = Facts(
    school="青禾区实验小学",
    contact="周敏 0140-6100301",
    clinic=Clinic("石桥镇卫生院", "青禾区石桥镇桥南街30号", "0140-6100202", "周二、周四、周六"),
    kindergarten=False,
    campaign="2026年秋季",
    checked_from=dt.date(2026, 9, 10),
    checked_until=dt.date(2026, 10, 1),
    edition="nip-2026",
    today=dt.date(2026, 9, 3),
)
#: Nothing is known: everything is a line to write on.
NOTHING = Facts("", "", None, True, "", None, None, "", dt.date(2026, 9, 3))
#: Names as long as a register office lets them be.
LONG = dataclasses.replace(
    SCHOOL,
    school="青禾区" + "长" * 40 + "实验小学",
    clinic=Clinic("镇" * 40 + "卫生院", "街" * 60, "0140-6100202", "周一、周二、周三、周四、周五、周六、周日"),
    contact=LONG_NAME + " 0140-6100301",
)
SHEETS = [
    (before_term.print_letter, 1),
    (before_term.print_register, before_term.PAGES),
    (before_term.print_dose_pad, 1),
    (before_term.print_wall_table, 1),
]


def text(pdf: bytes) -> str:
    return squeezed("".join(pages(pdf)))


@pytest.mark.parametrize("facts", [SCHOOL, NOTHING, LONG], ids=["known", "nothing known", "long names"])
@pytest.mark.parametrize(("sheet", "count"), SHEETS, ids=["letter", "register", "pads", "table"])
def test_each_takes_its_pages_whatever_is_known(press: Press, sheet, count, facts) -> None:
    assert page_count(sheet(press, facts)) == count


def test_the_letter_says_what_to_do_and_threatens_nobody(press: Press) -> None:
    said = text(before_term.print_letter(press, SCHOOL))
    for words in (
        "青禾区实验小学",
        "9月10日到10月1日",
        "石桥镇卫生院",
        "周二、周四、周六",
        "周敏0140-6100301",
        "孩子照常上学",
    ):
        assert words in said
    assert "疫苗管理法" in said
    for words in ("流通和预防接种管理条例", "不得入学", "拒绝", "自费", "！"):
        assert words not in said
    assert "照常上幼儿园" in text(before_term.print_letter(press, NOTHING))


def test_the_letter_counts_by_the_age_of_entry(press: Press) -> None:
    assert "满6岁的孩子" in text(before_term.print_letter(press, SCHOOL))
    assert "5剂" in text(before_term.print_letter(press, SCHOOL))
    at_three = text(before_term.print_letter(press, NOTHING))
    assert "满3岁的孩子" in at_three
    assert "5剂" not in at_three


def test_the_register_has_every_column_and_sixty_rows(press: Press) -> None:
    said = text(before_term.print_register(press, SCHOOL))
    for words in ("序号", "姓名", "性别", "出生日期", "儿童编码", "备注", "查验人", "单位（章）", "第3页，共3页"):
        assert words in said
    # Narrow columns break their titles into lines, which come out of the PDF one beside the other.
    for words in ("有证", "补证", "全程", "补种", *(box.title for box in before_term.register_boxes())):
        assert all(sign in said for sign in words)
    assert sum(len(box.doses) for box in before_term.register_boxes()) == 26
    assert all(str(number) in said for number in (1, 20, 21, 60))


def test_two_pads_on_a_page(press: Press) -> None:
    said = text(before_term.print_dose_pad(press, SCHOOL))
    assert said.count("接种记录抄录单") == 2
    assert all(said.count(box.title) >= 2 for box in before_term.register_boxes())


def test_the_wall_shows_the_edition_it_counts_by(press: Press) -> None:
    new = text(before_term.print_wall_table(press, SCHOOL))
    old = text(before_term.print_wall_table(press, dataclasses.replace(SCHOOL, edition="nip-2021")))
    assert "2026年版" in new
    assert "2021年版" in old
    assert "白破疫苗" in old.replace("百白破疫苗", "")  # the DT at six, which the new edition asks no more
    assert "白破疫苗" not in new.replace("百白破疫苗", "")


def test_without_a_campaign_the_edition_of_the_day_counts() -> None:
    assert NOTHING.edition_id == national().edition_on(NOTHING.today.toordinal()).id


def test_nothing_of_a_table_is_written_down_in_the_template() -> None:
    """No vaccine and no age stands in the template itself, so it cannot fall behind the law."""
    folder = Path(before_term.__file__).parent
    template = (folder / "wall_table.html").read_text("utf-8")
    for word in ("乙肝", "脊灰", "百白破", "流脑", "18"):
        assert word not in template
