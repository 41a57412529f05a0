"""Acting as somebody of the district: a check as the desk makes it."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.checks.actions import check_child
from app.checks.models import Check
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.people.models import User
from tests.district import District

MORNING = dt.datetime(2026, 9, 3, 0, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 9, 3)


def actor(user: User, district: District) -> Actor:
    place = next(place for place in district.places.values() if place.id == user.organisation_id)
    return Actor(user.id, user.shown_name, user.role, user.organisation_id, place.kind, user.class_id)


def enrolment_of(session: Session, child: Child) -> Enrolment:
    return session.scalars(select(Enrolment).where(Enrolment.child_id == child.id)).one()


def check(
    session: Session,
    district: District,
    child: Child,
    now: dt.datetime = MORNING,
    day: dt.date = DAY,
    who: str = "clerk",
) -> Check:
    by = actor(district.users[who], district)
    return check_child(session, by=by, now=now, as_of=day, child=child, enrolment=enrolment_of(session, child))
