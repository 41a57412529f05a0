"""判断复核: one stored check judged again with every difference explained, and many of them counted."""

import re
import time
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit import replay_actions, replay_queries
from app.audit.actions import Reading, record_read
from app.audit.models import ReplayRun
from app.audit.replaying import Replayed, replay
from app.checks.models import Check
from app.checks.views import LOOK
from app.children.models import Child
from app.editions.choosing import chosen, in_force
from app.editions.comparing import ChangedLine, compare_child
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import children_in_scope
from app.privacy.identities import open_identity
from app.schools.models import Organisation
from forms.wording import line_name

pages = Blueprint("replays", __name__)
_COUNT = (Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)
_SECONDS = 4.0
_LARGEST_SAMPLE = 2000
_SEED = re.compile(r"[A-Za-z0-9-]{1,40}")


@pages.get("/replays")
@admit(*_COUNT)
def index() -> str:
    actor = current_actor()
    with office().database.reading() as session:
        places = replay_queries.places(session, actor)
        runs = replay_queries.latest_runs(session, actor)
        return render_template(
            "audit/replays.html",
            places=[(one.id, one.name) for one in places],
            runs=[(run, session.get_one(Organisation, run.place_id).name) for run in runs],
            today=_today(),
            usual_seed=clock.today().isoformat(),
            largest=_LARGEST_SAMPLE,
        )


@pages.post("/replays")
@admit(*_COUNT)
def begin() -> AnyResponse:
    actor, form = current_actor(), request.form
    seed, size = form.get("seed", "").strip(), form.get("size", "")
    if not form.get("place"):
        flash(_("还没有选哪里的查验。选一所学校，或者整个辖区。"), "error")
        return redirect(url_for("replays.index"), 303)
    with office().database.writing() as session:
        place = next((one for one in replay_queries.places(session, actor) if str(one.id) == form.get("place")), None)
        if place is None:
            abort(404)
        number = min(int(size), _LARGEST_SAMPLE) if size.isascii() and size.isdigit() and len(size) < 7 else None
        run = replay_actions.begin(
            session,
            by=actor,
            now=clock.now(),
            place=place,
            today=_today().value,
            size=number or None,
            seed=(seed if _SEED.fullmatch(seed) else clock.today().isoformat()) if number else "",
        )
        replay_actions.go_on(session, now=clock.now(), run=run, in_time=_clock())
    return redirect(url_for("replays.index"), 303)


@pages.post("/replays/<int:run_id>")
@admit(*_COUNT)
def go_on(run_id: int) -> AnyResponse:
    with office().database.writing() as session:
        wanted = replay_queries.runs_in_scope(current_actor()).where(ReplayRun.id == run_id)
        run = session.scalars(wanted).one_or_none() or abort(404)
        replay_actions.go_on(session, now=clock.now(), run=run, in_time=_clock())
    return redirect(url_for("replays.index"), 303)


@pages.get("/checks/<int:check_id>/replay")
@admit(*LOOK)
def one(check_id: int) -> str:
    """For who may see the child: a bureau counts, it opens no child's record."""
    actor = current_actor()
    with office().database.writing() as session:
        check, child = _check_or_404(session, check_id)
        found = replay(check.inputs, check.findings, check.edition, _today().value)
        record_read(session, by=actor, now=clock.now(), what=Reading.PAGE, subject=("check", check.id))
        return render_template(
            "audit/replay.html",
            check=check,
            child=child,
            identity=open_identity(session, child),
            found=found,
            today=_today(),
            differing=[line_name(line) for line in found.differing],
            lines=_changes(check, found),
        )


def _check_or_404(session: Session, check_id: int) -> tuple[Check, Child]:
    seen = children_in_scope(current_actor()).join(Check, Check.child_id == Child.id).where(Check.id == check_id)
    child = session.scalars(seen).one_or_none() or abort(404)
    return session.scalars(select(Check).where(Check.id == check_id)).one(), child


def _changes(check: Check, found: Replayed) -> tuple[ChangedLine, ...]:
    own = chosen(check.edition)
    if found.own is None or own is None:
        return ()
    return compare_child(found.own, own, _today())[1]


def _today() -> Any:
    return in_force(clock.today().toordinal())


def _clock() -> Any:
    until = time.monotonic() + _SECONDS
    return lambda: time.monotonic() < until
