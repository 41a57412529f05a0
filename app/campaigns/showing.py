"""From the campaign to what a school's pages and blank sheets show. Reads, never writes."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.campaigns.clocks import own_deadline, unchecked, with_own_days
from app.campaigns.focus import focus_counts
from app.campaigns.models import Campaign
from app.campaigns.pace import Pace, paces
from app.campaigns.preparing import Line, checklist
from app.campaigns.queries import deadline, latest_campaign, open_campaign
from app.campaigns.reminders import Today, today_of
from app.campaigns.second_looks import to_look_at_again
from app.campaigns.timeline import Span, Stand, spans, stands_of_schools
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.people.scope import classes_in_scope
from app.privacy.identities import open_identities
from app.schools.models import Organisation, SchoolClass, Stage
from app.schools.ordering import class_order
from app.schools.wording import open_days_words
from forms.paper import before_term
from forms.paper.parties import Clinic
from forms.paper.printing import Press
from forms.paper.screening import ScreeningSheet, print_screenings

Tick = Callable[..., None]

#: Lists of children by name: those with days of their own, those to look at again.
LISTS = ("newcomers", "second-looks")


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """Everything a school's page of its campaign shows."""

    campaign: Campaign
    school: Organisation
    bureau: Organisation | None
    stand: Stand
    spans: list[Span]
    today: Today
    paces: list[Pace]
    checklist: list[Line]
    focus: list[tuple[str, int]]
    deadline: dt.date
    day: dt.date


def school_page(session: Session, actor: Actor, day: dt.date) -> SchoolPage | None:
    """None where no campaign is open."""
    today = today_of(session, actor, day)
    if today is None:
        return None
    campaign, school = today.campaign, session.get_one(Organisation, actor.organisation_id)
    stand = stands_of_schools(session, actor, campaign, day)[0]
    return SchoolPage(
        campaign=campaign,
        school=school,
        bureau=session.get(Organisation, campaign.bureau_id),
        stand=stand,
        spans=spans(campaign),
        today=today,
        paces=paces(campaign, stand.counts, day),
        checklist=checklist(session, campaign, school),
        focus=focus_counts(session, campaign, school.id),
        deadline=deadline(campaign),
        day=day,
    )


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One child of a list, with its last day where it has one of its own."""

    child_id: int
    name: str
    class_name: str
    from_day: dt.date
    until: dt.date | None


def children_of(session: Session, actor: Actor, campaign: Campaign, which: str) -> list[Row]:
    """Those of the own classes; whose days end first stands first, then by class."""
    found = session.execute(
        _wanted(campaign, which)
        .where(Enrolment.class_id.in_(classes_in_scope(actor).with_only_columns(SchoolClass.id)))
        .with_only_columns(Enrolment, Child, SchoolClass)
    ).all()
    identities = open_identities(session, [child for _enrolment, child, _class in found])
    rows = [
        (class_order(school_class), _row(campaign, enrolment, child, school_class, identities[child.id].name))
        for enrolment, child, school_class in found
        if child.id in identities
    ]
    last = campaign.recheck_by
    return [row for _at, row in sorted(rows, key=lambda one: (one[1].until or last, one[0], one[1].child_id))]


def _row(campaign: Campaign, enrolment: Enrolment, child: Child, school_class: SchoolClass, name: str) -> Row:
    return Row(child.id, name, school_class.name, enrolment.from_day, own_deadline(campaign, enrolment))


def _wanted(campaign: Campaign, which: str) -> Select[tuple[Enrolment]]:
    return unchecked(with_own_days(campaign)) if which == "newcomers" else to_look_at_again(campaign)


def letter_facts(session: Session, actor: Actor, today: dt.date) -> before_term.Facts:
    """What the blank sheets say of the place they are printed for; what is not known is a line to write on."""
    place = session.get_one(Organisation, actor.organisation_id)
    campaign = open_campaign(session, place.id) or latest_campaign(session, place.supervisor_id)
    center = session.get(Organisation, place.default_health_center_id) if place.default_health_center_id else None
    is_school = center is not None
    return before_term.Facts(
        school=place.name if is_school else "",
        contact=f"{place.contact_person} {place.phone}".strip() if is_school else "",
        clinic=_clinic(center),
        kindergarten=place.stage is Stage.KINDERGARTEN,
        campaign=campaign.name if campaign else "",
        checked_from=campaign.checking_from if campaign else None,
        checked_until=deadline(campaign) if campaign else None,
        edition=campaign.edition if campaign else "",
        today=today,
    )


def _clinic(center: Organisation | None) -> Clinic | None:
    if center is None:
        return None
    return Clinic(center.name, center.address, center.phone, open_days_words(center.open_days))


def _screening(press: Press, facts: before_term.Facts) -> bytes:
    return print_screenings(press, [ScreeningSheet(clinic=facts.clinic)])


#: Name in the address → how it is printed.
SHEETS: dict[str, Callable[[Press, before_term.Facts], bytes]] = {
    "letter": before_term.print_letter,
    "register": before_term.print_register,
    "doses": before_term.print_dose_pad,
    "table": before_term.print_wall_table,
    "screening": _screening,
}
