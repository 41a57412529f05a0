"""Puts the made-up places and people into the tables, through the doors that every installation uses."""

from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from app.campaigns.actions import open_for_schools, set_up, tick
from app.campaigns.models import Round
from app.campaigns.preparing import Item
from app.campaigns.settings import usual
from app.demo import days, places, users
from app.people import passwords
from app.people.actions import add_user
from app.people.actors import Actor
from app.people.sessions import actor_of
from app.schools.actions import add_class, add_organisation, settle_area
from app.schools.models import Organisation, OrganisationKind, SchoolClass

_EDITION = "nip-2026"


@dataclass
class District:
    """Everything by the short names of `places` and `users`."""

    places: dict[str, Organisation] = field(default_factory=dict)
    classes: dict[tuple[str, str], SchoolClass] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def clerk_of(self, school: str) -> Actor:
        """The clerk who looks after the whole school."""
        return next(self.actors[one.sign_in_name] for one in users.PEOPLE if one.place == school)

    nurse_of = clerk_of


def settle(session: Session) -> District:
    """Areas, organisations, classes, users and the open campaign."""
    district = District()
    for code, name in places.AREAS:
        settle_area(session, by=None, now=days.SET_UP, code=code, name=name)
    _offices(session, district)
    for school in places.SCHOOLS:
        _school(session, district, school)
    _people(session, district)
    _campaign(session, district)
    return district


def _offices(session: Session, district: District) -> None:
    _office(session, district, places.BUREAU, OrganisationKind.BUREAU)
    _office(session, district, places.CDC, OrganisationKind.CDC)
    for center in places.CENTERS:
        _office(session, district, center, OrganisationKind.HEALTH_CENTER, supervisor="cdc")


def _office(
    session: Session, district: District, office: places.Office, kind: OrganisationKind, supervisor: str | None = None
) -> None:
    organisation = Organisation(
        kind=kind,
        name=office.name,
        area_code=office.area_code,
        supervisor_id=district.places[supervisor].id if supervisor else None,
        contact_person=office.contact_person,
        phone=office.phone,
        address=office.address,
        open_days=list(office.open_days),
    )
    district.places[office.short] = add_organisation(session, by=None, now=days.SET_UP, organisation=organisation)


def _school(session: Session, district: District, school: places.School) -> None:
    organisation = Organisation(
        kind=OrganisationKind.SCHOOL,
        name=school.name,
        area_code=school.area_code,
        supervisor_id=district.places["bureau"].id,
        default_health_center_id=district.places[school.center].id,
        contact_person=school.contact_person,
        phone=school.phone,
        address=school.address,
        ownership=school.ownership,
        stage=school.stage,
    )
    district.places[school.short] = add_organisation(session, by=None, now=days.SET_UP, organisation=organisation)
    for one in school.classes:
        district.classes[school.short, one.name] = add_class(
            session,
            by=None,
            now=days.SET_UP,
            school=organisation,
            grade=one.grade,
            name=one.name,
            expected_by_school=one.said,
        )


def _people(session: Session, district: District) -> None:
    # One hash for all: they share the password, and argon2 is slow on purpose.
    password_hash = passwords.hash_password(users.PASSWORD)
    for person in users.PEOPLE:
        organisation = district.places[person.place]
        user = add_user(
            session,
            by=None,
            now=days.SET_UP,
            organisation=organisation,
            sign_in_name=person.sign_in_name,
            shown_name=person.shown_name,
            role=person.role,
            password_hash=password_hash,
            school_class=district.classes[person.place, person.class_name] if person.class_name else None,
        )
        user.must_change_password = False
        district.actors[person.sign_in_name] = actor_of(user, organisation)


def _campaign(session: Session, district: District) -> None:
    """Set up by the auditor as the page proposes it, with two vaccines to look at most closely, and opened."""
    by = district.actors["auditor"]
    wanted = usual("2026年秋季", Round.AUTUMN, days.FIRST_DAY)
    settings = replace(wanted, joins_from=days.JOINS_FROM, recheck_by=days.RECHECK_BY, focus=("Polio", "MMR"))
    campaign = set_up(session, by=by, now=days.SET_UP, round_=Round.AUTUMN, edition=_EDITION, settings=settings)
    open_for_schools(session, by=by, now=days.SET_UP, campaign=campaign)
    for item in (Item.LETTER, Item.MEETING, Item.WALL_TABLE, Item.DESK):
        tick(session, by=district.clerk_of("lab"), now=days.SET_UP, campaign=campaign, item=item)
