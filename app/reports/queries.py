"""Questions about lists: those a person may see, the health centers a school reports to, how far each school is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import campaigns_of_center
from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.people.roles import Role
from app.people.scope import organisations_in_scope
from app.reports.models import Report, ReportState
from app.reports.standing import standing_of_schools
from app.schools.models import Organisation, OrganisationKind, SchoolClass

#: A health center sees a list once it was sent.
_ARRIVED = (ReportState.SENT, ReportState.ACKNOWLEDGED, ReportState.RETURNED)


def reports_in_scope(actor: Actor) -> Select[tuple[Report]]:
    """The lists whose names this person may see: the own school's, or those sent to the own health center.

    A clerk of one class sees none: a list holds the whole school.
    """
    wanted = select(Report)
    if makes_lists(actor):
        return wanted.where(Report.school_id == actor.organisation_id)
    if actor.role is Role.NURSE:
        return wanted.where(Report.health_center_id == actor.organisation_id, Report.state.in_(_ARRIVED))
    return wanted.where(false())


def makes_lists(actor: Actor) -> bool:
    return actor.role is Role.SCHOOL_HEAD or (actor.role is Role.CLERK and actor.class_id is None)


def report_or_404(session: Session, actor: Actor, report_id: int) -> Report:
    return session.scalars(reports_in_scope(actor).where(Report.id == report_id)).one_or_none() or abort(404)


def reports(session: Session, actor: Actor) -> Sequence[Report]:
    """Newest first."""
    return session.scalars(reports_in_scope(actor).order_by(Report.id.desc())).all()


def centers_of(session: Session, school: Organisation) -> Sequence[Organisation]:
    """The health centers that look after a child of this school, its own first."""
    homes = (
        select(Child.home_health_center_id)
        .join(Enrolment, Enrolment.child_id == Child.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(SchoolClass.school_id == school.id, Enrolment.state == EnrolmentState.ACTIVE)
    )
    own = school.default_health_center_id
    wanted = select(Organisation).where(or_(Organisation.id == own, Organisation.id.in_(homes)))
    return session.scalars(wanted.order_by(Organisation.id != own, Organisation.name)).all()


@dataclass(frozen=True, slots=True)
class Awaited:
    """A school whose list this health center has not got yet, or got late."""

    school: Organisation
    until: dt.date
    listed_on: dt.date | None

    def is_late(self, today: dt.date) -> bool:
        return (self.listed_on or today) > self.until


def awaited_lists(session: Session, actor: Actor) -> list[Awaited]:
    """The schools that report to this person's center by default and have not given every list, or gave it late."""
    own = select(Organisation.id).where(Organisation.id == actor.organisation_id)
    found = []
    for campaign in campaigns_of_center(session, own):
        schools = session.scalars(
            select(Organisation).where(
                Organisation.default_health_center_id == actor.organisation_id,
                Organisation.supervisor_id == campaign.bureau_id,
            )
        ).all()
        standing = standing_of_schools(session, campaign, [one.id for one in schools])
        found += [Awaited(one, standing[one.id].until, standing[one.id].listed_on) for one in schools]
    missing = [one for one in found if one.listed_on is None or one.listed_on > one.until]
    return sorted(missing, key=lambda one: (one.listed_on is not None, one.until, one.school.name))


def center_or_404(session: Session, actor: Actor, center_id: int) -> tuple[Organisation, Organisation]:
    """The own school and one of the health centers it reports to."""
    if not makes_lists(actor):
        abort(404)
    school = session.get_one(Organisation, actor.organisation_id)
    center = next((one for one in centers_of(session, school) if one.id == center_id), None)
    return school, center or abort(404)


@dataclass(frozen=True, slots=True)
class SchoolLists:
    """How far a school of the bureau is, in counts."""

    school: Organisation
    reports: tuple[Report, ...]

    @property
    def listed(self) -> int:
        return sum(int(report.counts["listed"]) for report in self.reports)


def lists_of_schools(session: Session, actor: Actor, campaign: Campaign) -> list[SchoolLists]:
    """Every school in scope with its lists; those without any first, so that silence is seen."""
    schools = session.scalars(
        organisations_in_scope(actor).where(
            Organisation.kind == OrganisationKind.SCHOOL, Organisation.supervisor_id == campaign.bureau_id
        )
    ).all()
    wanted = select(Report).where(Report.campaign_id == campaign.id, Report.school_id.in_([one.id for one in schools]))
    by_school: dict[int, list[Report]] = {}
    for report in session.scalars(wanted.order_by(Report.health_center_id, Report.sequence)):
        by_school.setdefault(report.school_id, []).append(report)
    rows = [SchoolLists(school, tuple(by_school.get(school.id, ()))) for school in schools]
    return sorted(rows, key=lambda row: (bool(row.reports), row.school.name))
