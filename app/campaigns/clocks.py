"""Children with days of their own: who came after term began has thirty days from the own first day (R21)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline, taking_part
from app.campaigns.sealing import campaign_of
from app.checks.models import Check
from app.checks.queries import latest_check, stands
from app.children.models import Enrolment
from app.children.queries import active_enrolment
from app.people.actors import Actor
from app.schools.models import SchoolClass


def own_deadline(campaign: Campaign, enrolment: Enrolment) -> dt.date | None:
    """The last day of a child that came later than term; None where the school's own counts."""
    return deadline(campaign, enrolment.from_day) if enrolment.from_day > campaign.first_day else None


@dataclass(frozen=True, slots=True)
class OwnDays:
    """The days of one child that came later."""

    from_day: dt.date
    until: dt.date
    checked: bool


def own_days_of(session: Session, actor: Actor, child_id: int) -> OwnDays | None:
    """Those of the enrolment through which this person sees the child; None where the school's days count."""
    enrolment = active_enrolment(session, actor, child_id)
    campaign = campaign_of(session, enrolment) if enrolment else None
    until = own_deadline(campaign, enrolment) if campaign and enrolment else None
    if enrolment is None or until is None:
        return None
    return OwnDays(enrolment.from_day, until, latest_check(session, enrolment.id) is not None)


def with_own_days(campaign: Campaign) -> Select[tuple[Enrolment]]:
    """The enrolments of the campaign with days of their own, checked or not."""
    return taking_part(campaign).where(Enrolment.from_day > campaign.first_day)


def unchecked(wanted: Select[tuple[Enrolment]]) -> Select[tuple[Enrolment]]:
    """Those of these enrolments that nobody has checked yet."""
    return wanted.where(~select(Check.id).where(Check.enrolment_id == Enrolment.id, stands()).exists())


def unchecked_with_own_days(session: Session, campaign: Campaign) -> dict[int, int]:
    """How many of each school; schools without any are left out."""
    wanted = unchecked(with_own_days(campaign)).with_only_columns(SchoolClass.school_id, func.count())
    return dict(session.execute(wanted.group_by(SchoolClass.school_id)).all())


def first_own_deadline(session: Session, campaign: Campaign, class_ids: Collection[int]) -> tuple[int, dt.date | None]:
    """How many unchecked children of these classes have days of their own, and when the first of these days end."""
    wanted = unchecked(with_own_days(campaign)).where(Enrolment.class_id.in_(class_ids))
    number, first = session.execute(wanted.with_only_columns(func.count(), func.min(Enrolment.from_day))).one()
    return number, deadline(campaign, first) if first else None
