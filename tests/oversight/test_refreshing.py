"""What is kept is what the rows say, whatever happened in between."""

import datetime as dt
import random

import pytest
from sqlalchemy import select

from app.campaigns.models import Campaign
from app.children.models import Child
from app.counting.queries import figures_of_classes
from app.oversight.counting import age_at
from app.oversight.measures import figures_from, measures_of, sum_up
from app.oversight.models import BoardChange, BoardClass, BoardSchool
from app.oversight.refreshing import differences, recount, refresh
from tests.district import District
from tests.notices.september import Desk
from tests.oversight.autumns import OCTOBER, act, begin


@pytest.mark.parametrize("seed", range(6))
def test_after_random_actions_the_kept_counts_are_a_recount(
    desk: Desk, district: District, campaign: Campaign, seed: int
) -> None:
    session, chance = desk.session, random.Random(seed)
    children = begin(desk, district, chance)
    for turn in range(12):
        for _ in range(6):
            act(desk, district, chance.choice(children), chance)
        today = OCTOBER + dt.timedelta(turn * 2)
        assert refresh(session, campaign, today, most=None) == 0
        session.expire_all()
        own = [one.id for name, one in district.classes.items() if name != "foreign_1"]
        assert session.scalars(select(BoardChange).where(BoardChange.class_id.in_(own))).all() == []
        assert differences(session, campaign, today) == []
    kept = {row.class_id: row.children for row in session.scalars(select(BoardClass))}
    ids = list(kept)
    for one, figures in figures_of_classes(session, campaign, ids, today).items():
        again = measures_of(figures)
        assert {key: number for key, number in kept[one].items() if key in again} == dict(again)
        assert figures_from(kept[one]) == figures_from(again)
    for school in session.scalars(select(BoardSchool)):
        parts = session.scalars(select(BoardClass).where(BoardClass.school_id == school.school_id)).all()
        assert school.children == dict(sum_up(part.children for part in parts))
        assert school.doses == dict(sum_up(part.doses for part in parts))


def test_a_few_classes_at_a_look_and_the_rest_at_the_next(desk: Desk, district: District, campaign: Campaign) -> None:
    begin(desk, district, random.Random(1))
    left = refresh(desk.session, campaign, OCTOBER, most=1)
    assert left > 0
    while left:
        before, left = left, refresh(desk.session, campaign, OCTOBER, most=1)
        assert left < before
    assert differences(desk.session, campaign, OCTOBER) == []


def test_a_wrong_count_is_found_and_put_right(desk: Desk, district: District, campaign: Campaign) -> None:
    begin(desk, district, random.Random(2))
    refresh(desk.session, campaign, OCTOBER)
    row = desk.session.scalars(select(BoardClass)).first()
    assert row is not None
    row.children = {**row.children, "result.complete": 999}
    desk.session.flush()
    assert differences(desk.session, campaign, OCTOBER) == [row.class_id]
    recount(desk.session, campaign, OCTOBER)
    desk.session.expire_all()
    assert differences(desk.session, campaign, OCTOBER) == []


def test_what_is_rolled_back_leaves_no_mark(database, district: District) -> None:
    with database.reading() as session:
        before = len(session.scalars(select(BoardChange)).all())
    with database.reading() as session:
        child = session.get_one(Child, district.children["near_1"].id)
        child.home_health_center_id = district.places["far_center"].id
        session.flush()
        session.rollback()
    with database.reading() as session:
        assert len(session.scalars(select(BoardChange)).all()) == before


@pytest.mark.parametrize(("born", "day", "bar"), [((2020, 3, 31), (2020, 4, 30), 0), ((2020, 3, 12), (2020, 4, 12), 1)])
def test_ages_are_full_months(born: tuple, day: tuple, bar: int) -> None:
    assert age_at(dt.date(*born), dt.date(*day)) == bar
