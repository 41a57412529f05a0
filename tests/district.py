"""A small district for tests: who is under whom, who works where, one child in every class.

区教育局 bureau ── 近小学 near (两个班) ── 近卫生院 near_center ─┐
              └─ 远幼儿园 far            ── 远卫生院 far_center  ─┴─ 区疾控 cdc
邻区教育局 other_bureau ── 邻区小学 foreign ── 邻区卫生院 foreign_center ── 邻区疾控 other_cdc
"""

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.children.kinds import EnrolmentSource, EnrolmentState, Sex
from app.children.models import Child, Enrolment
from app.people import passwords
from app.people.models import User
from app.people.roles import Role
from app.privacy.identities import Identity, seal_identity
from app.schools.models import Area, Organisation, OrganisationKind, Ownership, SchoolClass, Stage

#: Everybody's password.
PASSWORD = "river-stone-seven"
MOMENT = dt.datetime(2026, 9, 1, 0, 30, tzinfo=dt.UTC)
FIRST_DAY = dt.date(2026, 9, 1)


@dataclass
class District:
    """Every organisation, class, user and child by a short name."""

    places: dict[str, Organisation] = field(default_factory=dict)
    classes: dict[str, SchoolClass] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)

    def by_role(self, role: Role) -> User:
        """The user of this role in the district (not of the neighbours)."""
        return next(user for user in self.users.values() if user.role is role)


def build_district(session: Session) -> District:
    district = District()
    _areas(session)
    _places(session, district)
    _classes(session, district)
    _users(session, district)
    _children(session, district)
    return district


def enrol(session: Session, school_class: SchoolClass, *, home: Organisation | None = None, **more: object) -> Child:
    """One more child in a class."""
    child = Child(
        sex=Sex.FEMALE,
        birth_date=dt.date(2020, 3, 12),
        home_health_center_id=home.id if home else None,
        created_at=MOMENT,
        **more,
    )
    session.add(child)
    session.flush()
    session.add(
        Enrolment(
            child_id=child.id,
            class_id=school_class.id,
            from_day=FIRST_DAY,
            source=EnrolmentSource.ROSTER,
            state=EnrolmentState.ACTIVE,
        )
    )
    session.flush()
    return child


def name_children(session: Session, district: District) -> None:
    """Seal a name for each child; without it they are rows that no page can show."""
    for given, child in zip("河溪江海", district.children.values(), strict=True):
        seal_identity(session, session.merge(child), Identity(name=f"林小{given}"), now=MOMENT)


def _areas(session: Session) -> None:
    for code, name, parent in [
        ("330000000000", "青山省", None),
        ("330100000000", "青河市", "330000000000"),
        ("330199000000", "青禾区", "330100000000"),
        ("330198000000", "邻水区", "330100000000"),
    ]:
        session.add(Area(code=code, name=name, parent_code=parent))
        session.flush()


def _places(session: Session, district: District) -> None:
    kinds = OrganisationKind
    here, there = "330199000000", "330198000000"
    for short, kind, name, area, supervisor, center in [
        ("bureau", kinds.BUREAU, "青禾区教育局", here, None, None),
        ("cdc", kinds.CDC, "青禾区疾控中心", here, None, None),
        ("near_center", kinds.HEALTH_CENTER, "近水卫生院", here, "cdc", None),
        ("far_center", kinds.HEALTH_CENTER, "远山卫生院", here, "cdc", None),
        ("near", kinds.SCHOOL, "近水小学", here, "bureau", "near_center"),
        ("far", kinds.SCHOOL, "远山幼儿园", here, "bureau", "far_center"),
        ("other_bureau", kinds.BUREAU, "邻水区教育局", there, None, None),
        ("other_cdc", kinds.CDC, "邻水区疾控中心", there, None, None),
        ("foreign_center", kinds.HEALTH_CENTER, "邻水卫生院", there, "other_cdc", None),
        ("foreign", kinds.SCHOOL, "邻水小学", there, "other_bureau", "foreign_center"),
    ]:
        place = Organisation(kind=kind, name=name, area_code=area)
        place.supervisor_id = district.places[supervisor].id if supervisor else None
        place.default_health_center_id = district.places[center].id if center else None
        if kind is kinds.SCHOOL:
            place.ownership = Ownership.PUBLIC
            place.stage = Stage.KINDERGARTEN if short == "far" else Stage.PRIMARY
        if kind is kinds.HEALTH_CENTER:
            place.open_days = [2, 4]
        session.add(place)
        session.flush()
        district.places[short] = place


def _classes(session: Session, district: District) -> None:
    for short, school, grade, name in [
        ("near_1", "near", "一年级", "一（1）班"),
        ("near_2", "near", "一年级", "一（2）班"),
        ("far_1", "far", "小班", "小一班"),
        ("foreign_1", "foreign", "一年级", "一（1）班"),
    ]:
        school_class = SchoolClass(school_id=district.places[school].id, grade=grade, name=name)
        session.add(school_class)
        session.flush()
        district.classes[short] = school_class


def _users(session: Session, district: District) -> None:
    password_hash = passwords.hash_password(PASSWORD)
    for short, role, place, class_name in [
        ("clerk", Role.CLERK, "near", None),
        ("class_clerk", Role.CLERK, "near", "near_1"),
        ("school_head", Role.SCHOOL_HEAD, "near", None),
        ("nurse", Role.NURSE, "near_center", None),
        ("bureau_auditor", Role.BUREAU_AUDITOR, "bureau", None),
        ("cdc_doctor", Role.CDC_DOCTOR, "cdc", None),
        ("administrator", Role.ADMINISTRATOR, "bureau", None),
        ("school_administrator", Role.ADMINISTRATOR, "near", None),
        ("far_clerk", Role.CLERK, "far", None),
        ("far_nurse", Role.NURSE, "far_center", None),
        ("foreign_clerk", Role.CLERK, "foreign", None),
        ("foreign_administrator", Role.ADMINISTRATOR, "other_bureau", None),
    ]:
        user = User(
            sign_in_name=short,
            shown_name=f"测试员 {short}",
            password_hash=password_hash,
            role=role,
            organisation_id=district.places[place].id,
            class_id=district.classes[class_name].id if class_name else None,
            active=True,
            must_change_password=False,
            created_at=MOMENT,
        )
        session.add(user)
        session.flush()
        district.users[short] = user


def _children(session: Session, district: District) -> None:
    for short, school_class in district.classes.items():
        district.children[short] = enrol(session, school_class)
