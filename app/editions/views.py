"""Comparing editions: one child, and every child of a district in counts; names only for who may see children."""

import datetime as dt

from flask import Blueprint, render_template, request
from sqlalchemy import select

from app import clock
from app.audit.actions import Reading, record_read
from app.checks.gathering import gather
from app.checks.judging import judge
from app.checks.views import LOOK
from app.children.models import Child
from app.editions.choosing import Chosen, choices, chosen, in_force
from app.editions.comparing import compare_child, compare_many
from app.editions.queries import cases
from app.editions.wording import verdict_word
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import SEES_CHILDREN, child_or_404
from app.privacy.identities import open_identities, open_identity

pages = Blueprint("editions", __name__)
pages.add_app_template_global(verdict_word)


@pages.get("/editions")
@admit(Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)
def index() -> str:
    actor, on = current_actor(), clock.today()
    before, after = _terms(on)
    with office().database.writing() as session:
        found = compare_many(cases(session, actor, on), before, after) if after.value != before.value else None
        shown = [child for child, _doses in found.listed] if found and actor.role in SEES_CHILDREN else []
        kids = session.scalars(select(Child).where(Child.id.in_(shown))).all()
        subject, detail = ("organisation", actor.organisation_id), {"children": shown}
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
        return render_template(
            "editions/index.html",
            names={child: identity.name for child, identity in open_identities(session, kids).items()},
            found=found,
            **_choice(before, after),
        )


@pages.get("/children/<int:child_id>/editions")
@admit(*LOOK)
def child(child_id: int) -> str:
    before, after = _terms(clock.today())
    with office().database.writing() as session:
        kid = child_or_404(session, current_actor(), child_id)
        judgement = judge(gather(session, kid, clock.today()))
        found, lines = compare_child(judgement, before, after)
        record_read(session, by=current_actor(), now=clock.now(), what=Reading.PAGE, subject=("child", kid.id))
        return render_template(
            "editions/child.html",
            child=kid,
            identity=open_identity(session, kid),
            found=found,
            lines=lines,
            **_choice(before, after),
        )


def _terms(on: dt.date) -> tuple[Chosen, Chosen]:
    """What the address asks for: by itself what holds today, beside the other edition that is nearest to it."""
    before = chosen(request.args.get("before")) or in_force(on.toordinal())
    others = (one for one in choices().values() if one.value != before.value)
    return before, chosen(request.args.get("after")) or next(others)


def _choice(before: Chosen, after: Chosen) -> dict[str, object]:
    return {"choices": choices().values(), "before": before, "after": after, "today": clock.today()}
