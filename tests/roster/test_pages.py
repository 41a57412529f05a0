"""The pages of the import: who may open them, what they show and hide, and what a hostile file looks like on them."""

import datetime as dt
import re

import pytest
from flask import Flask

from app import clock
from app.children.kinds import Sex
from app.privacy.identities import Guardian
from tests.district import MOMENT, District
from tests.roster.conftest import Desk, SignIn
from tests.roster.school import known, words
from tests.roster.sheets import COLUMNS, child, resident_id, roster, text, workbook

TODAY = dt.date(2026, 9, 1)


# who may


@pytest.mark.parametrize("who", ["clerk", "school_head"])
def test_who_looks_after_the_whole_school_may_import(
    app: Flask, database, district: District, sign_in: SignIn, who: str
) -> None:
    clock.fix(MOMENT)
    desk = Desk(app.test_client(), database)
    sign_in(desk.client, district.users[who])
    assert "导入" in desk.client.get("/roster/import").text
    desk.write(roster(child(1)))


def test_a_clerk_of_one_class_is_told_who_does_it(app: Flask, database, district: District, sign_in: SignIn) -> None:
    desk = Desk(app.test_client(), database)
    sign_in(desk.client, district.users["class_clerk"])
    page = desk.client.get("/roster/import")
    assert page.status_code == 200
    assert "管全校的人导入" in page.text
    assert 'type="file"' not in page.text
    assert 'href="/roster/import"' not in page.text
    assert desk.upload(roster(child(1))).status_code == 422
    assert desk.imports() == []


def test_another_schools_roster_is_not_there(desk: Desk, app: Flask, district: District, sign_in: SignIn) -> None:
    address = desk.propose(roster(child(1)))
    for who in ("far_clerk", "foreign_clerk", "class_clerk"):
        client = app.test_client()
        sign_in(client, district.users[who])
        for step in ("", "/apply", "/refuse", "/answers"):
            answer = client.post(address + step) if step else client.get(address)
            assert answer.status_code == 404
    assert desk.imports()[0].sealed


def test_every_look_at_a_waiting_roster_is_in_the_trail(desk: Desk) -> None:
    from sqlalchemy import func, select

    from app.audit.models import AuditEvent

    address = desk.propose(roster(child(1)))
    desk.see(address)
    desk.see(address, "new")
    with desk.database.reading() as session:
        looks = select(func.count()).where(AuditEvent.action == "read.list", AuditEvent.subject_kind == "roster_import")
        assert session.scalar(looks) == 2


# choosing a file


def test_no_file_and_a_file_that_is_none(desk: Desk) -> None:
    answer = desk.client.post("/roster/import", data={})
    assert answer.status_code == 422
    assert "请选一个文件" in answer.text
    answer = desk.upload(b"%PDF", "名册.pdf")
    assert answer.status_code == 422
    assert "不是表格" in answer.text
    answer = desk.upload(roster(child(1)), class_id="999")
    assert answer.status_code == 422
    assert "没有这个班" in answer.text
    assert desk.imports() == []


def test_a_class_of_another_school_cannot_be_chosen(desk: Desk, district: District) -> None:
    content = text(("姓名", "性别", "出生日期"), ["林", "女", "2020-03-12"])
    answer = desk.upload(content, class_id=str(district.classes["far_1"].id))
    assert answer.status_code == 422
    address = desk.propose(content, class_id=str(district.classes["near_2"].id))
    assert "一（2）班" in words(desk.see(address, "new"))


def test_a_file_too_large_is_told_so(desk: Desk, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1_000
    assert "文件太大" in desk.upload(b"x" * 2_000).text


def test_a_waiting_roster_is_found_again(desk: Desk) -> None:
    address = desk.propose(roster(child(1)))
    start = desk.client.get("/roster/import").text
    assert "有一份名册等您决定" in start
    assert f'href="{address}"' in start
    desk.apply(address)
    start = desk.client.get("/roster/import").text
    assert "等您决定" not in start
    assert "写入了" in start


# the page of a waiting roster


def test_the_sum_at_the_foot_is_the_number_of_rows(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_1"], "同样", resident_id(1))
        known(session, district.classes["near_1"], "旧名旧", resident_id(2))
        known(session, district.classes["near_2"], "可能")
        known(session, district.classes["far_1"], "转来", resident_id(4))
    plain = {"监护人": "", "关系": "", "联系电话": "", "住址": ""}
    rows = [
        child(1, "同样", **plain),
        child(2, "旧名新", **plain),
        child(3, "可能", **plain),
        child(4, "转来", **plain),
        child(5),
        child(6, 监护人="同一个"),
        child(7, 监护人="同一个"),
        child(8, 性别="x"),
    ]
    address = desk.propose(roster(*rows))
    page = words(desk.see(address))
    foot = re.search(r"文件 (\d+) 行 ＝ (.+?) 不导入", page)
    assert foot is not None
    assert int(foot[1]) == len(rows)
    assert sum(map(int, re.findall(r"\d+", foot[2]))) == len(rows)
    assert "将写入 5 行" in page
    groups = re.findall(r'class="count">(?:<span[^>]*>[^<]*</span>)?(\d+)</span>', desk.see(address))
    assert sum(map(int, groups)) == len(rows)


def test_the_write_button_says_why_it_waits(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_2"], "林小雨")
    address = desk.propose(roster(child(1, "林小雨"), child(2, class_name="一（3）班")))
    assert "先回答新班级和可能重复的问题" in desk.see(address)
    desk.answer(address, {"class-1:1-3": "make"})
    page = desk.see(address)
    assert "还有 1 个孩子要您说是不是同一个人" in page
    assert 'aria-disabled="true"' in page
    desk.answer(address, {"row-2": "new"})
    assert 'aria-disabled="true"' not in desk.see(address)


def test_what_was_read_is_told(desk: Desk) -> None:
    content = workbook(["名册"], (*COLUMNS, "民族"), [*child(1), "汉"], title="新生")
    page = words(desk.see(desk.propose(content, "2026级新生.xlsx")))
    assert "2026级新生.xlsx" in page
    assert "工作表“新生”，表头在第 2 行" in page
    assert "没有用到：民族" in page


def test_numbers_and_phones_show_their_ends_only(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        father = Guardian("林家长1", "父亲", "13700001111")
        known(session, district.classes["near_1"], "林小雨", "331999000012340", kind="child_code", guardians=(father,))
    columns = (*COLUMNS, "儿童编码")
    rows = (
        [*child(1, "林小雨"), "331999000012340"],
        [*child(2, 身份证号=resident_id(2)[:-1] + "1"), ""],
        [*child(3), ""],
    )
    address = desk.propose(workbook(columns, *rows))
    pages = "".join(desk.see(address, group) for group in ("changed", "faulty", "new"))
    for whole in ("13700001111", "13800000001", resident_id(1), resident_id(2)[:-1] + "1", "331999000012340"):
        assert whole not in pages
    assert "137****1111" in pages
    assert "138****0001" in pages
    assert "尾号 0020" in pages


def test_of_a_child_elsewhere_only_agreement_is_shown(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        secret = Guardian("逄犇", "父亲", "13977776666")
        known(session, district.classes["far_1"], "转来", resident_id(1), guardians=(secret,), address="葳蕤街")
        known(session, district.classes["far_1"], "可能", sex=Sex.FEMALE, guardians=(secret,), address="葳蕤街")
    address = desk.propose(roster(child(1, "转来"), child(2, "可能", 联系电话="13977776666")))
    pages = "".join(desk.see(address, group) for group in ("transfer", "duplicate", "missing"))
    for hidden in ("逄犇", "葳蕤街", "6666", "远山"):
        assert hidden not in words(pages)
    assert "写入后可见" in pages
    assert "监护人电话一样" in pages
    assert "在别的学校或幼儿园在籍" in pages


def test_children_missing_from_the_file_are_listed(desk: Desk, district: District) -> None:
    with desk.database.writing() as session:
        known(session, district.classes["near_1"], "没写上")
        known(session, district.classes["near_2"], "别的班")
    page = words(desk.see(desk.propose(roster(child(1))), "missing"))
    assert "没写上" in page
    assert "别的班" not in page
    assert "另外 1 人" in page


def test_long_groups_are_cut_into_pages(desk: Desk) -> None:
    address = desk.propose(roster(*[child(n) for n in range(120)]))
    first, third = desk.see(address, "new"), desk.see(address, "new", 3)
    assert "第 1 页，共 3 页" in first
    assert child(0)[0] in first
    assert child(119)[0] in third
    assert child(0)[0] not in third
    assert "第 3 页" in desk.see(address, "new", 99)
    assert desk.client.get(f"{address}?group=nonsense&page=x").status_code == 200
