"""From the typed page to settings and contacts, and back: what the set-up form shows and what it means."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from app.campaigns.models import Kind, Round
from app.campaigns.settings import PLACE, Fault, Milestone, Settings
from app.campaigns.wording import fault_words
from app.people.actors import Actor
from app.schools.actions import name_contact
from app.schools.models import Organisation, OrganisationKind
from forms.web.campaigns import CampaignForm, read_contact

#: Switched off, a list's own deadline is shown with the usual number.
_USUAL_LIST_DAYS = 7


@dataclass(slots=True)
class Contact:
    """The named person of one school, as typed."""

    school: Organisation
    person: str
    phone: str
    error: str = ""

    @property
    def person_field(self) -> str:
        return f"contact_person_{self.school.id}"

    @property
    def phone_field(self) -> str:
        return f"contact_phone_{self.school.id}"


@dataclass(slots=True)
class Contacts:
    """All schools of the bureau in order of name."""

    rows: list[Contact] = field(default_factory=list)

    @property
    def wrong(self) -> list[Contact]:
        return [row for row in self.rows if row.error]


def contacts_of(session: Session, actor: Actor, typed: MultiDict[str, str] | None = None) -> Contacts:
    """As they are kept; or as they were typed, each with what is wrong with it."""
    wanted = select(Organisation).where(
        Organisation.supervisor_id == actor.organisation_id, Organisation.kind == OrganisationKind.SCHOOL
    )
    rows = [Contact(one, one.contact_person, one.phone) for one in session.scalars(wanted.order_by(Organisation.name))]
    for row in rows if typed is not None else []:
        assert typed is not None
        row.person, row.phone = typed.get(row.person_field, row.person), typed.get(row.phone_field, row.phone)
        try:
            row.person, row.phone = read_contact(row.person, row.phone)
        except ValidationError as fault:
            row.error = str(fault)
    return Contacts(rows)


def keep_contacts(session: Session, contacts: Contacts, *, by: Actor, now: dt.datetime) -> int:
    """How many changed."""
    return sum(
        name_contact(session, by=by, now=now, organisation=row.school, person=row.person, phone=row.phone)
        for row in contacts.rows
    )


def fill(form: CampaignForm, settings: Settings) -> None:
    """Show settings in the form."""
    days = ("first_day", "joins_from", "checking_from", "summarising_from", "catch_up_from", "catch_up_until")
    for name in (*days, "recheck_by"):
        form[name].data = getattr(settings, name).isoformat()
    form.name.data = settings.name
    form.kinds.data, form.focus.data = [kind.value for kind in settings.kinds], list(settings.focus)
    form.deadline_days.data, form.cutoff_hour.data = str(settings.deadline_days), str(settings.cutoff_hour)
    form.with_list.data = settings.list_within_days is not None
    form.list_within_days.data = str(settings.list_within_days or _USUAL_LIST_DAYS)
    form.due_counts.data = settings.due_counts
    for (day, share), one in zip(form.milestone_rows, settings.milestones, strict=False):
        day.data, share.data = one.day.isoformat(), str(one.share)


def read(form: CampaignForm) -> Settings:
    """What was typed. Only after the form's own `validate`."""
    return Settings(
        name=form.name.data or "",
        kinds=tuple(Kind(kind) for kind in form.kinds.data or ()),
        first_day=_day(form.first_day.day),
        joins_from=_day(form.joins_from.day),
        deadline_days=form.deadline_days.number or 0,
        list_within_days=(form.list_within_days.number or 0) if form.with_list.data else None,
        checking_from=_day(form.checking_from.day),
        summarising_from=_day(form.summarising_from.day),
        catch_up_from=_day(form.catch_up_from.day),
        catch_up_until=_day(form.catch_up_until.day),
        recheck_by=_day(form.recheck_by.day),
        cutoff_hour=-1 if form.cutoff_hour.number is None else form.cutoff_hour.number,
        due_counts=bool(form.due_counts.data),
        milestones=tuple(Milestone(day, share) for day, share in form.milestones),
        focus=tuple(form.focus.data or ()),
    )


def show_faults(form: CampaignForm, faults: Iterable[Fault]) -> None:
    """Put each sentence where it can be mended."""
    for fault in faults:
        name = PLACE[fault]
        place = form.milestone_day_1 if name == "milestones" else form[name]  # type: ignore[attr-defined]
        place.errors = [*place.errors, fault_words(fault)]


def coming_term(today: dt.date) -> tuple[Round, dt.date]:
    """The term that a bureau is most likely to set up today."""
    if today.month in (1, 2):
        return Round.SPRING, dt.date(today.year, 3, 1)
    return Round.AUTUMN, dt.date(today.year + (today.month > 10), 9, 1)


def _day(day: dt.date | None) -> dt.date:
    assert day is not None, "the form was validated"
    return day
