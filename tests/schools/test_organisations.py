"""Places: the area tree, the two lines of supervision, classes and their counts."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.database import Database
from app.schools import actions, queries
from app.schools.models import Area, Organisation, OrganisationKind, SchoolClass
from tests.district import MOMENT, District, enrol


def test_the_path_of_an_area_leads_from_the_province_down(database: Database, district: District) -> None:
    with database.reading() as session:
        path = [area.name for area in queries.area_path(session, "330199000000")]
    assert path == ["青山省", "青河市", "青禾区"]


def test_a_new_area_hangs_under_the_nearest_known_one(database: Database, district: District) -> None:
    with database.writing() as session:
        code = actions.settle_area(session, by=None, now=MOMENT, code="330199001", name="近水街道")
    assert code == "330199001000"
    with database.reading() as session:
        assert session.get_one(Area, code).parent_code == "330199000000"


@pytest.mark.parametrize("code", ["", "33019900000000", "33０199", "杭州"])
def test_what_is_no_area_code_is_refused(database: Database, code: str) -> None:
    with database.writing() as session, pytest.raises(actions.NotPossible, match="GB/T 2260"):
        actions.settle_area(session, by=None, now=MOMENT, code=code, name="某地")


def test_an_unknown_area_needs_a_name(database: Database) -> None:
    with database.writing() as session, pytest.raises(actions.NotPossible, match="give its name too"):
        actions.settle_area(session, by=None, now=MOMENT, code="440000")


@pytest.mark.parametrize(
    ("kind", "supervisor", "fits"),
    [
        (OrganisationKind.SCHOOL, "bureau", True),
        (OrganisationKind.SCHOOL, "cdc", False),
        (OrganisationKind.SCHOOL, "near_center", False),
        (OrganisationKind.HEALTH_CENTER, "cdc", True),
        (OrganisationKind.HEALTH_CENTER, "bureau", False),
        (OrganisationKind.BUREAU, "other_bureau", True),
        (OrganisationKind.CDC, "near", False),
    ],
)
def test_who_supervises_whom(database: Database, district: District, kind, supervisor: str, fits: bool) -> None:
    place = Organisation(kind=kind, name="新单位", area_code="330199000000")
    place.supervisor_id = district.places[supervisor].id
    with database.writing() as session:
        if fits:
            actions.add_organisation(session, by=None, now=MOMENT, organisation=place)
            recorded = session.scalars(select(AuditEvent.action)).all()
            assert recorded == ["organisation.added"]
        else:
            with pytest.raises(actions.NotPossible, match="supervised by"):
                actions.add_organisation(session, by=None, now=MOMENT, organisation=place)


@pytest.mark.parametrize(
    ("kind", "center", "says"),
    [
        (OrganisationKind.BUREAU, "near_center", "Only a school has a default health center"),
        (OrganisationKind.SCHOOL, "far", "must be a health center"),
    ],
)
def test_a_default_health_center_is_a_schools(database: Database, district: District, kind, center, says) -> None:
    place = Organisation(kind=kind, name="新单位", area_code="330199000000")
    place.default_health_center_id = district.places[center].id
    with database.writing() as session, pytest.raises(actions.NotPossible, match=says):
        actions.add_organisation(session, by=None, now=MOMENT, organisation=place)


def test_one_school_has_a_class_once(database: Database, district: District) -> None:
    with database.writing() as session:
        near = session.get_one(Organisation, district.places["near"].id)
        added = actions.add_class(session, by=None, now=MOMENT, school=near, grade="一年级", name="一（3）班")
        with pytest.raises(actions.NotPossible, match="already"):
            actions.add_class(session, by=None, now=MOMENT, school=near, grade="一年级", name="一（3）班")
        bureau = session.get_one(Organisation, district.places["bureau"].id)
        with pytest.raises(actions.NotPossible, match="Only a school"):
            actions.add_class(session, by=None, now=MOMENT, school=bureau, grade="一年级", name="一（1）班")
    with database.reading() as session:
        assert session.get_one(SchoolClass, added.id).expected_by_school is None


def test_expected_is_counted_and_the_schools_number_stands_beside_it(database: Database, district: District) -> None:
    with database.writing() as session:
        enrol(session, district.classes["near_1"])
        session.get_one(SchoolClass, district.classes["near_1"].id).expected_by_school = 45
    with database.reading() as session:
        first, second = queries.classes_with_counts(session, district.places["near"].id)
    assert (first.expected, first.difference) == (2, 43)
    assert (second.expected, second.difference) == (1, None)


@pytest.mark.parametrize("who", ["administrator", "bureau_auditor", "cdc_doctor"])
def test_the_list_shows_the_own_line_only(client: FlaskClient, district: District, sign_in, who: str) -> None:
    sign_in(client, district.users[who])
    page = client.get("/organisations").text
    assert ("近水小学" in page) is (who != "cdc_doctor")
    assert ("近水卫生院" in page) is (who == "cdc_doctor")
    assert "邻水" not in page


def test_only_the_administrator_sees_who_works_there(client: FlaskClient, district: District, sign_in) -> None:
    address = f"/organisations/{district.places['near'].id}"
    sign_in(client, district.users["bureau_auditor"])
    assert "class_clerk" not in client.get(address).text
    sign_in(client, district.users["administrator"])
    assert "class_clerk" in client.get(address).text
