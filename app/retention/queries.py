"""Questions about retention: how long names are kept here, whose time is over, what was erased."""

import datetime as dt
from collections.abc import Sequence

from flask import abort
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign, CampaignState
from app.campaigns.queries import taking_part
from app.children.models import Child, Enrolment
from app.clock import CHINA
from app.people.actors import Actor
from app.people.roles import Role
from app.people.scope import children_in_scope
from app.retention.models import Erasure, Reason, RetentionRule
from app.schools.models import Organisation


def rule_of(session: Session, actor: Actor) -> RetentionRule | None:
    """The own bureau's; None: nobody said, so nobody is due."""
    place = session.get_one(Organisation, actor.organisation_id)
    bureau_id = place.id if actor.role is Role.BUREAU_AUDITOR else place.supervisor_id
    return session.get(RetentionRule, bureau_id) if bureau_id else None


def due(session: Session, actor: Actor, today: dt.date) -> Sequence[Child]:
    """The children in scope whose last campaign was sealed so many years ago, and who are in none that goes on."""
    rule = rule_of(session, actor)
    if rule is None:
        return []
    last: dict[int, dt.date | None] = {}
    campaigns = select(Campaign).where(Campaign.bureau_id == rule.bureau_id, Campaign.state != CampaignState.PREPARING)
    for campaign in session.scalars(campaigns):
        sealed_on = campaign.sealed_at.astimezone(CHINA).date() if campaign.sealed_at else None
        for child_id in session.scalars(taking_part(campaign).with_only_columns(Enrolment.child_id)):
            before = last.get(child_id, dt.date.min)
            last[child_id] = None if sealed_on is None or before is None else max(before, sealed_on)
    over = [child_id for child_id, day in last.items() if day is not None and _years_after(day, rule.years) <= today]
    return session.scalars(children_in_scope(actor).where(Child.id.in_(over)).order_by(Child.id)).all()


def reasons_for(session: Session, actor: Actor, child: Child, today: dt.date) -> list[Reason]:
    """Why this child may be erased: the certificate says that its time is over only where it is."""
    over = child in due(session, actor, today)
    return [one for one in Reason if over or one is not Reason.TIME_IS_OVER]


def erasures_in_scope(actor: Actor) -> Select[tuple[Erasure]]:
    """What the own school erased."""
    return select(Erasure).where(Erasure.organisation_id == actor.organisation_id)


def erasure_or_404(session: Session, actor: Actor, erasure_id: int) -> Erasure:
    return session.scalars(erasures_in_scope(actor).where(Erasure.id == erasure_id)).one_or_none() or abort(404)


def _years_after(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return dt.date(day.year + years, 3, 1)
