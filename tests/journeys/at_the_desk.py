"""What happens at the desk: a code, a key, a result; the clerk's hands never leave the keyboard and the gun."""

from tests.journeys import recount
from tests.journeys.class_of_twelve import (
    BOOKLET_OF_HAORAN,
    BOOKLET_OF_JIAYI,
    CLASS,
    HAORAN,
    JIAYI,
    MENGQI,
    SIYUAN,
    TIANYOU,
    XIAOCHUAN,
    XIAOTONG_EAST,
    XIAOTONG_TREE,
    YIFAN,
    YUHANG,
    YUTONG,
    ZIXUAN,
)
from tests.journeys.keyboard import Desk
from tests.journeys.papers import plain
from tests.journeys.serving import House


def the_clerk_opens_the_class(desk: Desk) -> None:
    desk.open_class(CLASS)
    assert "等待扫码" in desk.says
    assert "/ 12" in desk.says


def a_wrong_booklet_saves_nothing(desk: Desk, house: House) -> None:
    """With a child's question open the gun reads another code, whose first digit is a key of the desk."""
    desk.scan(YUTONG.code)
    assert desk.child == YUTONG.name
    assert ZIXUAN.code[0] == "1"
    desk.scan(ZIXUAN.code)
    assert desk.child == ZIXUAN.name
    assert recount.rows(house.database, "check_record") == 0


def children_with_records_take_one_key(desk: Desk) -> None:
    desk.scan(YUTONG.code)
    assert desk.assess("1") == "已种齐"
    assert desk.child == YUTONG.name

    desk.type(SIYUAN.name)
    assert desk.assess("1") == "已种齐"

    desk.type("zty")
    assert desk.child == TIANYOU.name
    assert desk.assess("2") == "需核实"  # the wrong key: the clinic says he owes, the record says he does not
    desk.undo()
    assert "已撤销" in desk.says
    assert desk.child == TIANYOU.name
    assert desk.assess("1") == "已种齐"

    desk.type(YIFAN.last_four)
    assert desk.child == YIFAN.name
    assert desk.assess("2") == "需补种"

    desk.scan(YUHANG.code)
    assert desk.assess("/1") == "无接种证"
    assert "孩子可以照常上学" in desk.says

    desk.type(MENGQI.name)
    assert desk.assess("1") == "需核实"  # the clinic says all is done, the record lacks a dose
    assert "以接种单位的为准" in desk.says

    desk.scan(XIAOCHUAN.code)
    assert desk.assess("1") == "无需补种"
    assert "超龄不补" in desk.says


def twins_are_two(desk: Desk) -> None:
    desk.type("zxt")
    assert XIAOTONG_EAST.name in desk.says
    assert XIAOTONG_TREE.name in desk.says
    desk.choose(XIAOTONG_TREE.name)
    assert desk.assess("2") == "需补种"

    desk.type("zxt")
    desk.choose(XIAOTONG_EAST.name)
    assert desk.assess("1") == "已种齐"


def booklets_are_typed(desk: Desk) -> None:
    desk.scan(HAORAN.code)
    assert "还没有接种记录" in desk.says
    desk.type_doses(BOOKLET_OF_HAORAN)
    assert desk.child == HAORAN.name
    assert f"已知 {len(BOOKLET_OF_HAORAN)} 剂" in desk.says
    assert desk.assess("1") == "已种齐"

    desk.scan(JIAYI.code)
    desk.type_doses(BOOKLET_OF_JIAYI)
    assert desk.assess("2") == "需补种"
    assert "要补 5 剂，4 剂现在就能种" in desk.says


def everybody_was_seen(desk: Desk, house: House) -> None:
    assert "已查12/12还差0人" in plain(desk.says)
    here = recount.results_by_school(house.database)["近水小学"]
    assert here == {
        "complete": 5,
        "catch_up": 4,
        "review": 1,
        "no_certificate": 1,
        "waived": 1,
        "not_checked": 2,  # the children of the two other classes
    }
