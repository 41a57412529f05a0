"""Odd records, of a school and of a clinic: each hint has the rows it rests on, and a plain history has none."""

import datetime as dt
from dataclasses import replace

from app.campaigns.models import Campaign
from app.oversight.hints import Hint, Kind, hints_of_clinic, hints_of_school
from app.oversight.watching import watched_schools
from tests.actors import actor
from tests.district import District
from tests.notices.september import FULL, Desk

UNIT = "桥南卫生院"


def of_clinic(desk: Desk, district: District, campaign: Campaign, unit: str = UNIT) -> list[Hint]:
    own = watched_schools(actor(district, "bureau_auditor"))
    return hints_of_clinic(desk.session, campaign, own, unit)


def test_a_plain_history_gives_no_hint(desk: Desk, district: District, campaign: Campaign) -> None:
    desk.doses(desk.enrol(district.classes["near_1"], "甲"), FULL, unit=UNIT)
    assert hints_of_school(desk.session, campaign, district.places["near"].id) == []
    assert of_clinic(desk, district, campaign) == []


def test_impossible_days_come_with_their_rows(desk: Desk, district: District, campaign: Campaign) -> None:
    child = desk.enrol(district.classes["near_1"], "甲")
    desk.doses(child, (("BCG", "2019-01-01"),), unit=UNIT)
    desk.doses(child, (("MMR", "2020-11-16"), ("MMR", "2020-11-20")), unit="别处")
    # So the schedules of these two are.
    desk.doses(child, (("JE-I", "2020-11-16"), ("JE-I", "2020-11-24"), ("RabV", "2021-05-03"), ("RabV", "2021-05-06")))
    found = hints_of_school(desk.session, campaign, district.places["near"].id)
    assert [(one.kind, [line.day.isoformat() for line in one.lines]) for one in found] == [
        (Kind.BEFORE_BIRTH, ["2019-01-01"]),
        (Kind.TOO_CLOSE, ["2020-11-16", "2020-11-20"]),
    ]
    assert [one.kind for one in of_clinic(desk, district, campaign)] == [Kind.BEFORE_BIRTH]
    assert [one.kind for one in of_clinic(desk, district, campaign, "别处")] == [Kind.TOO_CLOSE]


def test_a_heap_of_a_clinic_is_seen_over_classes(desk: Desk, district: District, campaign: Campaign) -> None:
    """Twelve of forty on one day, spread over three classes: no class alone shows it."""
    places = ("near_1", "near_2", "far_1")
    for number in range(40):
        child = desk.enrol(district.classes[places[number % 3]], f"孩{number}")
        day = dt.date(2021, 9, 16) if number < 12 else dt.date(2021, 10, 1) + dt.timedelta(number)
        desk.doses(child, (("HepA-L", day.isoformat()),), unit=UNIT)
    assert hints_of_school(desk.session, campaign, district.places["near"].id) == []
    (found,) = of_clinic(desk, district, campaign)
    assert (found.kind, found.of, len(found.children), found.day) == (Kind.HEAPED, 40, 12, dt.date(2021, 9, 16))


def test_the_same_history_of_three_children_is_seen_once(desk: Desk, district: District, campaign: Campaign) -> None:
    children = [desk.enrol(district.classes[place], place) for place in ("near_1", "near_2", "far_1")]
    for one in children:
        desk.doses(one, FULL, unit=UNIT)
    (found,) = of_clinic(desk, district, campaign)
    assert (found.kind, set(found.children)) == (Kind.IDENTICAL, {one.id for one in children})
    assert len(found.lines) == 3 * len(FULL)


def test_a_withdrawn_dose_is_no_hint(desk: Desk, district: District, campaign: Campaign) -> None:
    (row,) = desk.doses(desk.enrol(district.classes["near_1"], "甲"), (("BCG", "2019-01-01"),), unit=UNIT)
    desk.withdraw_dose(row)
    assert of_clinic(desk, district, campaign) == []


def test_whose_doses_one_sees(desk: Desk, district: District, campaign: Campaign) -> None:
    """A clinic's doses only of children of the schools that this person watches."""
    desk.doses(desk.enrol(district.classes["near_1"], "甲"), (("BCG", "2019-01-01"),), unit=UNIT)
    assert of_clinic(desk, district, campaign)
    neighbour = watched_schools(
        replace(actor(district, "bureau_auditor"), organisation_id=district.places["other_bureau"].id)
    )
    assert hints_of_clinic(desk.session, campaign, neighbour, UNIT) == []
