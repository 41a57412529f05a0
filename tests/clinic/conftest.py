"""A center in September: children who owe, a nurse at her browser, and her as an actor."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.children.models import Child
from app.clinic.queries import Missing, missing_children
from app.clinic.session_actions import Hours, add_session, assign
from app.database import Database
from app.notices.models import ItemState, NoticeItem
from app.people.actors import Actor
from app.people.models import User
from tests.actors import actor
from tests.campaigns import child_with_doses, open_campaign, without
from tests.checking import MORNING, check
from tests.district import District

SignIn = Callable[[FlaskClient, User], None]
TODAY = dt.date(2026, 9, 3)
HOURS = Hours(begins=9 * 60, ends=10 * 60, slot_minutes=30, capacity=4)


@dataclass
class Center:
    """The nurse's side of the district."""

    database: Database
    district: District
    by: Actor

    def owing(self, *products: str, name: str = "李小欠", class_name: str = "near_1") -> Child:
        """A checked child without these products."""
        with self.database.writing() as session:
            doses = without(*(products or ("HepA-L",)))
            child = child_with_doses(session, self.district, doses, name=name, class_name=class_name)
            check(session, self.district, child)
            return child

    def missing(self, session: Session) -> list[Missing]:
        return missing_children(session, self.by)

    def item(self, session: Session, child: Child) -> NoticeItem:
        """The one dose that the child owes."""
        (found,) = [one for one in self.missing(session) if one.child.id == child.id]
        (item,) = [one for one in found.items if one.state in {ItemState.OPEN, ItemState.FAILED}]
        return item

    def book(self, *children: Child, day: dt.date = TODAY, hours: Hours = HOURS) -> int:
        """Ask these children to come; the id of the session."""
        with self.database.writing() as session:
            found = add_session(session, by=self.by, now=MORNING, day=day, hours=hours)
            ids = {one.id for one in children}
            chosen = [one for one in self.missing(session) if one.child.id in ids]
            assign(session, by=self.by, now=MORNING, found=found, children=chosen)
            return found.id


@pytest.fixture
def center(database: Database, district: District) -> Center:
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
    return Center(database, district, actor(district, "nurse"))


@pytest.fixture
def nurse(client: FlaskClient, district: District, sign_in: SignIn) -> FlaskClient:
    sign_in(client, district.users["nurse"])
    return client


def open_items(session: Session) -> list[NoticeItem]:
    return list(session.scalars(select(NoticeItem).where(NoticeItem.state == ItemState.OPEN)))
