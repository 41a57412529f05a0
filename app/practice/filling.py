"""What stands in a fresh practice room: the own school, a campaign, a class of made-up children and their doses.

Of the real house only places and people are taken, never a child.
"""

import datetime as dt
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app import clock
from app.campaigns.models import Campaign, CampaignState
from app.campaigns.queries import open_campaign
from app.campaigns.setting_up import coming_term
from app.campaigns.settings import as_columns, usual
from app.children.kinds import DoseSource, EnrolmentSource, EnrolmentState
from app.children.models import Child, DoseRecord, Enrolment
from app.database import Base
from app.demo.places import ENTRANTS_3, ENTRANTS_6
from app.people.actors import Actor
from app.people.models import User
from app.practice.children import Pupil, practice_class
from app.privacy.identities import seal_identity
from app.schools.models import Organisation, SchoolClass, Stage
from app.schools.queries import area_path
from rules import national

Row = TypeVar("Row", bound=Base)

#: Signing in is never practised.
_NOBODY_SIGNS_IN = "-"


def fill(session: Session, practice: Session, actor: Actor) -> None:
    """From the real house only places and people of the school are taken, never a child."""
    school = session.get_one(Organisation, actor.organisation_id)
    _places(session, practice, school)
    people = session.scalars(select(User).where(User.organisation_id == school.id, User.program.is_(False)))
    practice.add_all(person(one) for one in people)
    practice.flush()
    campaign = _campaign(session, practice, school)
    grade = ENTRANTS_3 if school.stage is Stage.KINDERGARTEN else ENTRANTS_6
    school_class = SchoolClass(school_id=school.id, grade=grade, name="演练班")
    practice.add(school_class)
    practice.flush()
    for child in practice_class(grade, campaign.first_day):
        _child(practice, actor, child, school_class, campaign.first_day)


def copied(row: Row, **other: object) -> Row:
    """The same row for another database."""
    columns = {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs}
    return type(row)(**{**columns, **other})


def person(user: User) -> User:
    """Somebody at the school, as one who practises: for the whole school, and without the password."""
    return copied(user, class_id=None, password_hash=_NOBODY_SIGNS_IN)


def _places(session: Session, practice: Session, school: Organisation) -> None:
    """The school, whoever supervises it, its health center and that one's, up to the top; and the areas they lie in."""
    found: dict[int, Organisation] = {}
    ahead: list[int | None] = [school.id]
    while ahead:
        number = ahead.pop()
        if number is not None and number not in found:
            found[number] = session.get_one(Organisation, number)
            ahead += [found[number].supervisor_id, found[number].default_health_center_id]
    areas = {area.code: area for one in found.values() for area in area_path(session, one.area_code)}
    for code in sorted(areas):
        _add(practice, copied(areas[code]))
    # Above before below; two that supervise each other by mistake are both there before either points to the other.
    rows = [copied(one, supervisor_id=None, default_health_center_id=None) for one in found.values()]
    for row in rows:
        _add(practice, row)
    for row in rows:
        row.supervisor_id = found[row.id].supervisor_id
        row.default_health_center_id = found[row.id].default_health_center_id
    practice.flush()


def _campaign(session: Session, practice: Session, school: Organisation) -> Campaign:
    """The settings of the campaign that is open, else the usual ones of the term that comes."""
    real = open_campaign(session, school.id)
    now = clock.now()
    if real is not None:
        campaign = copied(real, id=None, name=_practised(real.name), opened_at=now)
    else:
        round_, first_day = coming_term(clock.today())
        edition = national().edition_on(first_day.toordinal()).id
        which: dict[str, Any] = {"year": first_day.year, "round": round_, "edition": edition}
        settings = as_columns(usual(_practised(""), round_, first_day))
        campaign = Campaign(bureau_id=school.supervisor_id, created_at=now, opened_at=now, **which, **settings)
    campaign.state = CampaignState.OPEN
    _add(practice, campaign)
    return campaign


def _practised(name: str) -> str:
    return f"{name[:50]}（演练）"


def _child(practice: Session, actor: Actor, one: Pupil, school_class: SchoolClass, from_day: dt.date) -> None:
    now = clock.now()
    child = Child(sex=one.sex, birth_date=one.birth, created_at=now)
    _add(practice, child)
    enrolment = Enrolment(child_id=child.id, class_id=school_class.id, from_day=from_day)
    enrolment.source, enrolment.state = EnrolmentSource.ROSTER, EnrolmentState.ACTIVE
    practice.add(enrolment)
    practice.add_all(
        DoseRecord(
            child_id=child.id,
            product=dose.product,
            day=dose.day,
            partial_date=dose.partial,
            source=DoseSource.REGISTRY,
            entered_by=actor.user_id,
            entered_at=now,
            withdrawn=False,
        )
        for dose in one.doses
    )
    seal_identity(practice, child, one.identity, now=now)


def _add(practice: Session, row: Base) -> None:
    practice.add(row)
    practice.flush()
