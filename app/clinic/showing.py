"""What the page of one child at the health center shows."""

import hashlib
from collections.abc import Sequence

from flask import abort, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app import clock
from app.checks.gathering import gather
from app.checks.judging import judge
from app.checks.showing import show as rows_of
from app.children.models import Child, DoseRecord
from app.children.queries import active_enrolment, class_of, effective_doses, latest_certificate, school_of
from app.clinic import queries, wording
from app.clinic.care_queries import contacts_of, other_centers, reasons_of
from app.clinic.given import given_lately
from app.clinic.kinds import ContactResult, ContactWay, Seriousness, WhyNot
from app.clinic.models import Contact, NotGiven
from app.clinic.sessions import live_appointment
from app.notices.models import ItemState, Notice, NoticeItem
from app.notices.queries import live_notice
from app.people.actors import Actor
from app.privacy.identities import open_identity
from app.privacy.notes import open_note
from forms.web.clinic import ContactForm, EventForm, GivenForm, WhyNotForm


def owed_items(session: Session, actor: Actor, child: Child) -> list[NoticeItem]:
    """What the child's live notice still asks for, those with a reason why not among them."""
    notice = _notice(session, actor, child)
    items = queries.items_of(session, notice) if notice else []
    return [item for item in items if item.state in {ItemState.OPEN, ItemState.FAILED}]


def doses_of(session: Session, child: Child) -> list[DoseRecord]:
    """Newest first: what an event may have to do with."""
    return [one for one in reversed(effective_doses(session, child.id)) if one.day]


def stamp(asked: Sequence[str]) -> str:
    """Answers these questions and no others."""
    return hashlib.sha256("\n".join(asked).encode()).hexdigest()[:16]


def seriousness_choices() -> list[tuple[str, str]]:
    return [(one.value, wording.seriousness_word(one)) for one in Seriousness]


def child_page(session: Session, actor: Actor, child: Child, form: GivenForm, asked: Sequence[str]) -> str:
    identity = open_identity(session, child) or abort(404)
    enrolment = active_enrolment(session, actor, child.id)
    items, today = owed_items(session, actor, child), clock.today()
    reasons = reasons_of(session, [item.id for item in items])
    why_not, contact = WhyNotForm(), ContactForm()
    # Nothing is chosen beforehand: the first of a list is too easily kept by mistake.
    ask = ("", _("请选"))
    why_not.because.offer([ask, *((one.value, wording.why_not_word(one)) for one in WhyNot)])
    contact.way.offer([(one.value, wording.way_word(one)) for one in ContactWay])
    contact.result.offer([ask, *((one.value, wording.contact_word(one)) for one in ContactResult)])
    return render_template(
        "clinic/child.html",
        child=child,
        identity=identity,
        place=f"{school_of(session, enrolment).name} {class_of(session, enrolment).name}" if enrolment else None,
        paper=_notice(session, actor, child),  # base.html has a component of the name "notice"
        items=items,
        reasons={one: _reason(session, child, reasons[one]) for one in reasons},
        form=form,
        asked=asked,
        stamp=stamp(asked) if asked else "",
        why_not=why_not,
        contact=contact,
        contacts=[(one, _note(session, child, one)) for one in contacts_of(session, child.id)],
        booked=live_appointment(session, child.id),
        certificate=latest_certificate(session, child.id),
        centers=other_centers(session, actor),
        slip=given_lately(session, actor, child),
        shown=rows_of(judge(gather(session, child, today)), {}),
        today=today,
    )


def event_page(session: Session, child: Child, form: EventForm) -> str:
    identity = open_identity(session, child) or abort(404)
    doses = doses_of(session, child)[:20]
    return render_template("clinic/event.html", child=child, identity=identity, form=form, doses=doses)


def _notice(session: Session, actor: Actor, child: Child) -> Notice | None:
    enrolment = active_enrolment(session, actor, child.id)
    return live_notice(session, enrolment.id) if enrolment else None


def _reason(session: Session, child: Child, row: NotGiven) -> str:
    note = open_note(session, child, row.note_sealed, f"not_given/{row.id}/note", now=clock.now())
    return f"{wording.why_not_word(row.because)}　{note}".strip()


def _note(session: Session, child: Child, row: Contact) -> str:
    return open_note(session, child, row.note_sealed, f"contact/{row.id}/note", now=clock.now())
