"""Finding children: by what a clerk remembers, by a whole number, by class. What was typed stands in no address."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.children import listing
from app.children.listing import Listed
from app.children.matching import MatchedBy
from app.children.pages import OPEN_CLASSES, SEE, pages
from app.children.searching import LIMIT, Hit
from app.children.searching import search as find
from app.office import office
from app.people.access import admit, current_actor
from app.people.actors import Actor
from app.people.scope import class_or_404
from app.schools.models import Organisation, OrganisationKind
from app.schools.queries import ClassCount

#: Nobody looks for more.
_LONGEST_QUESTION = 60


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the page shows. `found` is None before anything was asked."""

    typed: str
    schools: list[tuple[int, str]]
    school_id: int | None
    classes: list[ClassCount]
    found: list[Listed] | None = None
    #: The one child that was meant without doubt.
    straight_to: int | None = None

    @property
    def cut_off(self) -> bool:
        return self.found is not None and len(self.found) >= LIMIT


@pages.route("/children", methods=["GET", "POST"])
@admit(*SEE)
def search() -> AnyResponse | str:
    typed = request.form.get("q", "").strip()[:_LONGEST_QUESTION]
    wanted_school = request.values.get("school", type=int)
    # A list that is shown leaves a line in the trail, so it needs a session that writes.
    with office().database.writing() if typed else office().database.reading() as session:
        page = _search_page(session, current_actor(), typed, wanted_school)
    if page.straight_to is not None:
        return redirect(url_for("checks.show", child_id=page.straight_to), 303)
    return render_template("children/search.html", page=page)


@pages.get("/classes/<int:class_id>")
@admit(*OPEN_CLASSES)
def roster(class_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        school_class = class_or_404(session, actor, class_id)
        school = session.get_one(Organisation, school_class.school_id)
        children = listing.class_list(session, actor, school_class)
        detail = {"children": [row.child_id for row in children]}
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=("class", class_id), detail=detail)
        return render_template("children/roster.html", school_class=school_class, school=school, children=children)


def _search_page(session: Session, actor: Actor, typed: str, wanted_school: int | None) -> SearchPage:
    if actor.organisation_kind is OrganisationKind.SCHOOL:
        schools, school_id = [], actor.organisation_id
    else:
        schools = listing.schools_to_search(session, actor)
        known = {number for number, _name in schools}
        only = schools[0][0] if len(schools) == 1 else None
        school_id = wanted_school if wanted_school in known else only
    classes = listing.classes_to_show(session, actor, school_id) if school_id else []
    page = SearchPage(typed, schools, school_id, classes)
    return _answered(session, actor, page) if typed else page


def _answered(session: Session, actor: Actor, page: SearchPage) -> SearchPage:
    hits = find(session, actor, page.typed, school_id=page.school_id)
    meant = _meant(hits)
    if meant is not None:
        return SearchPage(page.typed, page.schools, page.school_id, page.classes, straight_to=meant)
    found = listing.found_list(session, actor, hits)
    if found:
        detail = {"children": [row.child_id for row in found]}
        record_read(
            session, by=actor, now=clock.now(), what=Reading.LIST, subject=("search", page.school_id), detail=detail
        )
    return SearchPage(page.typed, page.schools, page.school_id, page.classes, found)


def _meant(hits: list[Hit]) -> int | None:
    """The only child with this whole number, or the only hit at all if it is the whole name."""
    exact = [hit for hit in hits if hit.matched is MatchedBy.NUMBER] or hits
    return exact[0].child_id if len(exact) == 1 and exact[0].matched <= MatchedBy.NAME else None
