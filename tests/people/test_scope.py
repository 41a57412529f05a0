"""What each person sees, asked of the queries themselves and compared with the table written by hand."""

import datetime as dt

import pytest
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.database import Database
from app.people import scope
from app.people.actors import Actor
from app.people.models import User
from app.people.roles import Role
from app.people.sessions import actor_of
from app.schools.models import Organisation
from tests.district import MOMENT, District, enrol
from tests.house.access_table import CHILDREN_SEEN, CLASSES_SEEN, PLACES_SEEN, USERS_SEEN

EVERYBODY = sorted(CHILDREN_SEEN)


def actor(district: District, who: str) -> Actor:
    user = district.users[who]
    place = next(place for place in district.places.values() if place.id == user.organisation_id)
    return actor_of(user, place)


def children_seen(database: Database, district: District, who: str) -> set[int]:
    with database.reading() as session:
        return {child.id for child in session.scalars(scope.children_in_scope(actor(district, who)))}


@pytest.mark.parametrize("who", EVERYBODY)
def test_children(database: Database, district: District, who: str) -> None:
    assert children_seen(database, district, who) == {district.children[name].id for name in CHILDREN_SEEN[who]}


@pytest.mark.parametrize("who", EVERYBODY)
def test_another_organisations_child_is_not_there(database: Database, district: District, who: str) -> None:
    with database.reading() as session:
        for name, child in district.children.items():
            if name in CHILDREN_SEEN[who]:
                assert scope.child_or_404(session, actor(district, who), child.id).id == child.id
            else:
                with pytest.raises(NotFound):
                    scope.child_or_404(session, actor(district, who), child.id)


@pytest.mark.parametrize("who", EVERYBODY)
def test_places_classes_and_users(database: Database, district: District, who: str) -> None:
    me = actor(district, who)
    with database.reading() as session:
        places = {place.id for place in session.scalars(scope.organisations_in_scope(me))}
        classes = {one.id for one in session.scalars(scope.classes_in_scope(me))}
        users = {user.id for user in session.scalars(scope.users_in_scope(me))}
    assert places == {district.places[name].id for name in PLACES_SEEN[who]}
    assert classes == {district.classes[name].id for name in CLASSES_SEEN[who]}
    assert users == {district.users[name].id for name in USERS_SEEN[who]}


def test_roles_that_see_children_are_those_of_the_table() -> None:
    assert {role.value for role in scope.SEES_CHILDREN} == {"clerk", "school_head", "nurse", "cdc_doctor"}


@pytest.mark.parametrize("state", [EnrolmentState.PROPOSED, EnrolmentState.LEFT])
def test_a_school_sees_a_child_only_while_it_is_enrolled(
    database: Database, district: District, state: EnrolmentState
) -> None:
    child = district.children["near_1"]
    with database.writing() as session:
        enrolment = session.scalars(select(Enrolment).where(Enrolment.child_id == child.id)).one()
        enrolment.state, enrolment.to_day = state, dt.date(2026, 10, 1)
    for who in ("clerk", "class_clerk", "school_head", "nurse", "cdc_doctor"):
        assert child.id not in children_seen(database, district, who)


def test_a_guest_is_seen_by_both_schools(database: Database, district: District) -> None:
    child = district.children["near_1"]
    with database.writing() as session:
        session.add(
            Enrolment(
                child_id=child.id,
                class_id=district.classes["far_1"].id,
                from_day=dt.date(2026, 9, 2),
                source="guest",
                state=EnrolmentState.ACTIVE,
            )
        )
    assert child.id in children_seen(database, district, "clerk")
    assert child.id in children_seen(database, district, "far_clerk")


def test_residence_beats_the_schools_health_center(database: Database, district: District) -> None:
    with database.writing() as session:
        child = enrol(session, district.classes["near_1"], home=district.places["far_center"])
    assert child.id in children_seen(database, district, "far_nurse")
    assert child.id not in children_seen(database, district, "nurse")
    assert child.id in children_seen(database, district, "clerk")


def test_a_child_who_lives_in_another_district_is_not_the_cdcs(database: Database, district: District) -> None:
    with database.writing() as session:
        child = enrol(session, district.classes["near_1"], home=district.places["foreign_center"])
    assert child.id not in children_seen(database, district, "cdc_doctor")
    assert child.id in children_seen(database, district, "clerk")


def test_a_resident_without_a_school_is_the_nurses(database: Database, district: District) -> None:
    with database.writing() as session:
        child = Child(sex="M", birth_date=dt.date(2020, 5, 5), created_at=MOMENT)
        child.home_health_center_id = district.places["near_center"].id
        session.add(child)
    assert child.id in children_seen(database, district, "nurse")
    assert child.id in children_seen(database, district, "cdc_doctor")
    assert child.id not in children_seen(database, district, "clerk")


@pytest.mark.parametrize("gone", ["merged", "erased"])
def test_merged_and_erased_children_are_nobodys(database: Database, district: District, gone: str) -> None:
    with database.writing() as session:
        child = session.get_one(Child, district.children["near_1"].id)
        if gone == "merged":
            child.merged_into_id = district.children["near_2"].id
        else:
            child.erased_at = MOMENT
    assert all(child.id not in children_seen(database, district, who) for who in EVERYBODY)


def test_a_clerk_whose_class_is_of_another_school_sees_nothing(database: Database, district: District) -> None:
    with database.writing() as session:
        session.get_one(User, district.users["class_clerk"].id).class_id = district.classes["far_1"].id
    district.users["class_clerk"].class_id = district.classes["far_1"].id
    assert children_seen(database, district, "class_clerk") == set()


def test_a_child_in_two_classes_is_listed_once(database: Database, district: District) -> None:
    with database.writing() as session:
        session.add(
            Enrolment(
                child_id=district.children["near_1"].id,
                class_id=district.classes["near_2"].id,
                from_day=dt.date(2026, 9, 2),
                source="midyear",
                state=EnrolmentState.ACTIVE,
            )
        )
    with database.reading() as session:
        found = session.scalars(scope.children_in_scope(actor(district, "clerk"))).all()
    assert len(found) == len({child.id for child in found})


def test_a_circle_of_supervisors_ends(database: Database, district: District) -> None:
    with database.writing() as session:
        session.get_one(Organisation, district.places["bureau"].id).supervisor_id = district.places["near"].id
    with database.reading() as session:
        places = session.scalars(scope.organisations_in_scope(actor(district, "administrator"))).all()
    assert {place.id for place in places} == {district.places[name].id for name in ("bureau", "near", "far")}


def test_every_role_has_an_answer(database: Database, district: District) -> None:
    """A role that is added and forgotten here would see no child; it must not see every child."""
    for role in Role:
        me = Actor(1, "", role, -1, district.places["near"].kind)
        with database.reading() as session:
            assert session.scalars(scope.children_in_scope(me)).all() == []
            assert session.scalars(scope.organisations_in_scope(me)).all() == []
