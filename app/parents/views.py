"""The page of a family: code and phone, what is owed, a sheet to take along, finished."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.audit.actions import Reading, record_read
from app.notices.codes import in_groups, read_code
from app.office import office
from app.papers import as_pdf, press
from app.parents import limits, visiting
from app.parents.limits import limiter
from app.parents.pages import forget, keep, pages, token
from app.parents.proving import read_digits
from app.parents.querying import query_of
from app.parents.standing import child_of
from app.parents.telling import story_of
from app.parents.visiting import Waiting, family_of
from app.parents.wording import refusal_words
from app.people.access import open_to_all
from forms.paper.record_query import print_query
from forms.web.parents import LookForm


@pages.route("/p", methods=["GET", "POST"])
@limiter.limit(limits.LOOK)
@open_to_all
def look() -> AnyResponse | str | tuple[str, int]:
    form = LookForm(request.form, read_code=read_code, read_digits=read_digits)
    if request.method != "POST":
        return _entry(form)
    if not form.validate():
        return _entry(form), 422
    proof = {"code": form.meant_code, "digits": form.meant_digits, "address": request.remote_addr or ""}
    outcome = visiting.begin(office().database, office().secret, **proof, now=clock.now())
    if isinstance(outcome, str):
        return keep(redirect(url_for("parents.show"), 303), outcome)
    form.digits.errors = [refusal_words(outcome)]
    return _entry(form), 429 if isinstance(outcome, Waiting) else 401


@pages.get("/p/<notice_code>")
@limiter.limit(limits.LOOK)
@open_to_all
def arrive(notice_code: str) -> str:
    """From the square code of a notice. The page is the same for every code, whether there is such a notice or not."""
    code = read_code(notice_code)
    form = LookForm(data={"code": in_groups(code or "")}, read_code=read_code, read_digits=read_digits)
    return _entry(form, broken=code is None)


@pages.get("/parents")
@limiter.limit(limits.LOOK)
@open_to_all
def show() -> AnyResponse | str:
    now = clock.now()
    with office().database.writing() as session:
        notice = visiting.find_notice(session, token(), now=now)
        if notice is None:
            return _over()
        story, subject, detail = (
            story_of(session, notice, clock.today()),
            ("child", child_of(session, notice).id),
            {"notice": notice.id},
        )
        if story is not None:
            record_read(session, by=family_of(notice), now=now, what=Reading.PAGE, subject=subject, detail=detail)
        return render_template("parents/show.html", story=story, today=clock.today())


@pages.post("/parents/sheet")
@limiter.limit(limits.PRINT)
@open_to_all
def print_sheet() -> AnyResponse:
    """核实单: what the school knows of the child, to be compared at the health center."""
    now = clock.now()
    with office().database.writing() as session:
        notice = visiting.find_notice(session, token(), now=now)
        query = query_of(session, notice, clock.today()) if notice else None
        if notice is None or query is None:
            return _over()
        machine, subject, detail = press(), ("child", child_of(session, notice).id), {"notice": notice.id}
        record_read(session, by=family_of(notice), now=now, what=Reading.PRINT, subject=subject, detail=detail)
    return as_pdf(print_query(machine, query), "record-query")


@pages.post("/parents/close")
@open_to_all
def close() -> AnyResponse:
    with office().database.writing() as session:
        visiting.end(session, token())
    return forget(redirect(url_for("parents.look", closed=1), 303))


def _over() -> AnyResponse:
    """The visit is over, or there never was one."""
    return forget(redirect(url_for("parents.look", over=1), 303))


def _entry(form: LookForm, *, broken: bool = False) -> str:
    said = {"over": "over" in request.args, "closed": "closed" in request.args, "broken": broken}
    return render_template("parents/look.html", form=form, **said)
