"""Twins and siblings are said beside a name: by a guardian's phone, or with a question by name and birthday."""

import pytest

from app.children.kinship import Kin
from app.children.listing import found_list
from app.children.searching import search
from app.database import Database
from tests.actors import actor
from tests.district import District
from tests.privacy.people import enter, named, reached_at

MOTHER, FATHER, NEIGHBOUR = "13800134321", "13900135432", "13700136543"


@pytest.fixture
def school(database: Database, district: District) -> District:
    with database.writing() as session:
        near_1, near_2 = district.classes["near_1"], district.classes["near_2"]
        enter(session, near_1, reached_at("田一", MOTHER, FATHER), born="2020-03-05")
        enter(session, near_2, reached_at("田二", FATHER), born="2020-03-05")
        enter(session, near_2, reached_at("田三", MOTHER), born="2022-08-09")
        enter(session, near_1, reached_at("田四", NEIGHBOUR), born="2020-03-05")
        enter(session, near_1, named("田五"), born="2022-08-09")
        enter(session, near_1, reached_at("田六", "13600137654"), born="2018-01-01")
        enter(session, district.classes["foreign_1"], reached_at("田七", MOTHER), born="2020-03-05")
    return district


def kin(database: Database, district: District, text: str, who: str = "clerk") -> dict[str, Kin | None]:
    with database.reading() as session:
        by = actor(district, who)
        return {row.name: row.kin for row in found_list(session, by, search(session, by, text))}


def test_twins_siblings_and_strangers_of_one_name(database: Database, school: District) -> None:
    assert kin(database, school, "田") == {
        "田一": Kin.TWIN,
        "田二": Kin.TWIN,
        "田三": Kin.PERHAPS_TWIN,  # 田五 has its birthday, its name and no phone
        "田四": None,  # two known phones are two families
        "田五": Kin.PERHAPS_TWIN,
        "田六": None,
    }


def test_a_sibling_in_another_class_is_one(database: Database, school: District) -> None:
    with database.writing() as session:
        enter(session, school.classes["near_2"], reached_at("林大", MOTHER), born="2017-05-05")
    assert kin(database, school, "林大") == {"林大": Kin.SIBLING}


def test_another_school_s_children_are_nobody_s_kin(database: Database, school: District) -> None:
    assert kin(database, school, "田七", who="foreign_clerk") == {"田七": None}
