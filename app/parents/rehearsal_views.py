"""The rehearsal: doses in, what will be asked out. Nobody signs in, nothing is kept: no row, no cookie, no log.

Its form carries no token: a foreign page that sends it here moves nothing and learns nothing.
"""

from flask import render_template, request

from app import clock
from app.parents import limits
from app.parents.limits import limiter
from app.parents.pages import rehearsal_pages
from app.parents.rehearsing import next_term, rehearse
from app.people.access import open_to_all
from forms.web.rehearsal import RehearsalForm, grid_of


@rehearsal_pages.route("/rehearsal", methods=["GET", "POST"])
@limiter.limit(limits.JUDGE)
@open_to_all
def rehearsal() -> str | tuple[str, int]:
    today = clock.today()
    form, grid = RehearsalForm(request.form, today=today, data={"term_day": next_term(today).isoformat()}), grid_of({})
    rehearsed = None
    if request.method == "POST":
        grid = grid_of(request.form)
        if form.validate():
            grid.understand(birth_date=form.birth_day, today=today, on_record={})
            rehearsed = None if grid.faulty else rehearse(form, grid, today)
    faulty = bool(form.errors or grid.faulty)
    page = render_template("parents/rehearsal.html", form=form, grid=grid, rehearsed=rehearsed, today=today)
    return (page, 422) if faulty else page
