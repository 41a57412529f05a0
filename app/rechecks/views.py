"""The clerk's page of the second look: who comes up, the booklet confirmed, and what is left before the deadline."""

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.children.kinds import ClinicResult
from app.office import office
from app.people.access import admit, current_actor
from app.people.roles import Role
from app.people.scope import child_or_404
from app.privacy.identities import open_identities
from app.rechecks import actions, queries
from app.rechecks.wording import left_word
from forms.wording import result_word

pages = Blueprint("rechecks", __name__)
pages.add_app_template_global(left_word)

_SCHOOL = (Role.CLERK, Role.SCHOOL_HEAD)


@pages.get("/rechecks")
@admit(*_SCHOOL)
def index() -> str:
    actor, today = current_actor(), clock.today()
    with office().database.writing() as session:
        due, left = queries.to_look_at(session, actor), queries.what_is_left(session, actor, today)
        children = {one.child.id: one.child for one in (*due, *left)}
        if children:
            detail = {"children": sorted(children)}
            subject = ("organisation", actor.organisation_id)
            record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=subject, detail=detail)
        coming = {one.child.id for one in due}
        left = [one for one in left if one.child.id not in coming]
        return render_template(
            "rechecks/index.html",
            due=[(one, queries.news_of(session, one)) for one in due],
            left=left,
            reasons=Counter(reason for one in left for reason in set(one.reasons)).most_common(),
            second_call=len(queries.need_second_call(session, actor, today)),
            names={one: identity.name for one, identity in open_identities(session, children.values()).items()},
            until=queries.deadline_of(session, actor),
            today=today,
        )


@pages.post("/rechecks/<int:child_id>")
@admit(*_SCHOOL)
def confirm(child_id: int) -> AnyResponse:
    """The booklet shows the doses, and what its assessment page says now: a new check, beside the first."""
    actor, said = current_actor(), request.form.get("assessment", "")
    with office().database.writing() as session:
        child = child_or_404(session, actor, child_id)
        if said not in set(ClinicResult):
            flash(_("没有记。请看接种证最后的评估页，选它写的是哪一种。"), "error")
            return redirect(url_for("rechecks.index"), 303)
        due = queries.due_or_none(session, actor, child.id)
        if due is None:
            flash(_("这个孩子已经看过了。"))
            return redirect(url_for("rechecks.index"), 303)
        what = {"child": child, "enrolment": due.enrolment, "assessment": ClinicResult(said)}
        check = actions.confirm(session, by=actor, now=clock.now(), on=clock.today(), **what)
        words = result_word(check.result)
    flash(_("复查记下了：%(result)s。", result=words))
    return redirect(url_for("rechecks.index"), 303)
