"""Questions about the children of whom nothing is asked, and about the days of the campaign that notices name."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.campaigns.queries import open_campaign
from app.checks.models import Check
from app.checks.queries import latest_checks
from app.children.kinds import EnrolmentState
from app.children.listing import class_list
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.schools.models import SchoolClass
from rules.vocabulary import Result

_PASSED = frozenset({Result.COMPLETE, Result.WAIVED})


@dataclass(frozen=True, slots=True)
class Certifiable:
    """How many children of a class get a certificate, and which."""

    passed: int
    waived: int

    @property
    def total(self) -> int:
        return self.passed + self.waived


def certifiable(session: Session, school_class: SchoolClass) -> Certifiable:
    results = [check.result for check in _checks(session, school_class).values()]
    return Certifiable(results.count(Result.COMPLETE), results.count(Result.WAIVED))


def passed_in_class(session: Session, actor: Actor, school_class: SchoolClass) -> list[Check]:
    """The checks that ask for nothing, in class order."""
    by_child = {check.child_id: check for check in _checks(session, school_class).values() if check.result in _PASSED}
    children = class_list(session, actor, school_class) if by_child else []
    return [by_child[child.child_id] for child in children if child.child_id in by_child]


def recheck_of(session: Session, school_id: int) -> dt.date | None:
    """The day before which the school looks again, in the campaign that is going on."""
    campaign = open_campaign(session, school_id)
    return campaign.recheck_by if campaign else None


def window_end(session: Session, school_id: int, today: dt.date) -> dt.date | None:
    """The last day of the window for catching up, while it has not passed: no need to ask again before."""
    campaign = open_campaign(session, school_id)
    end = campaign.catch_up_until if campaign else None
    return end if end and today <= end else None


def _checks(session: Session, school_class: SchoolClass) -> dict[int, Check]:
    wanted = (
        select(Enrolment.id)
        .join(Child, Child.id == Enrolment.child_id)
        .where(
            Enrolment.class_id == school_class.id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Child.merged_into_id.is_(None),
            Child.erased_at.is_(None),
        )
    )
    return latest_checks(session, session.scalars(wanted))
