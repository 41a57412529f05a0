"""为什么: how a judgement came about, step by step, on a page that prints; of today's record or of a kept check."""

from flask import abort, render_template
from sqlalchemy.orm import Session

from app import clock
from app.audit.actions import Reading, record_read
from app.checks.explaining import explained
from app.checks.gathering import gather
from app.checks.judging import Judgement, judge
from app.checks.models import Check
from app.checks.views import LOOK, pages, written
from app.children.models import Child
from app.office import office
from app.people.access import admit, current_actor
from app.people.scope import child_or_404
from app.privacy.identities import open_identity


@pages.get("/children/<int:child_id>/why")
@admit(*LOOK)
def why(child_id: int) -> str:
    with office().database.writing() as session:
        child = child_or_404(session, current_actor(), child_id)
        judgement = judge(gather(session, child, clock.today()))
        return _page(session, child, judgement, ("child", child.id))


@pages.get("/children/<int:child_id>/checks/<int:check_id>/why")
@admit(*LOOK)
def why_past(child_id: int, check_id: int) -> str:
    with office().database.writing() as session:
        child = child_or_404(session, current_actor(), child_id)
        found = session.get(Check, check_id)
        if found is None or found.child_id != child.id:
            abort(404)
        judgement = judge(found.inputs, found.edition)
        return _page(session, child, judgement, ("check", found.id), found)


def _page(
    session: Session, child: Child, judgement: Judgement, subject: tuple[str, int], check: Check | None = None
) -> str:
    identity = open_identity(session, child)
    if identity is None:
        abort(404)
    record_read(session, by=current_actor(), now=clock.now(), what=Reading.PAGE, subject=subject)
    return render_template(
        "children/why.html",
        child=child,
        identity=identity,
        why=explained(judgement, written(session, child.id)),
        check=check,
        same=check is None or judgement.findings["lines"] == check.findings["lines"],
    )
