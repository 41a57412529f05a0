"""Pages about organisations: the list of those in scope, and one of them."""

from flask import Blueprint, render_template

from app.office import office
from app.people.access import admit, current_actor
from app.people.queries import users_of
from app.people.roles import Role
from app.people.scope import organisation_or_404
from app.schools import queries, wording

pages = Blueprint("schools", __name__)
for words in (wording.kind_name, wording.school_kind, wording.open_days_words):
    pages.add_app_template_global(words)


@pages.get("/organisations")
@admit(Role.ADMINISTRATOR, Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)
def organisations() -> str:
    with office().database.reading() as session:
        found = queries.organisations(session, current_actor())
    return render_template("schools/organisations.html", organisations=found)


@pages.get("/organisations/<int:organisation_id>")
@admit(Role.ADMINISTRATOR, Role.BUREAU_AUDITOR, Role.CDC_DOCTOR)
def organisation(organisation_id: int) -> str:
    actor = current_actor()
    with office().database.reading() as session:
        found = organisation_or_404(session, actor, organisation_id)
        return render_template(
            "schools/organisation.html",
            organisation=found,
            areas=queries.area_path(session, found.area_code),
            classes=queries.classes_with_counts(session, found.id),
            users=users_of(session, found.id) if actor.role is Role.ADMINISTRATOR else (),
        )
