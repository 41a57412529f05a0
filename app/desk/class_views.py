"""The class on one page: who stands where, what is owed, which paper is out, who checked whom."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app import clock
from app.audit.actions import Reading, record_read
from app.checks.counting import RESULTS
from app.desk.pages import DESK, pages
from app.desk.standing import Standing, standings
from app.office import office
from app.people.access import admit, current_actor
from app.people.scope import class_or_404
from forms.wording import result_word

#: Nobody looked yet comes first: silence is data.
_ORDER = ("not_checked", *(result for result in RESULTS if result != "not_checked"))


@pages.get("/classes/<int:class_id>")
@admit(*DESK)
def class_page(class_id: int) -> str:
    actor = current_actor()
    with office().database.writing() as session:
        school_class = class_or_404(session, actor, class_id)
        rows = standings(session, actor, school_class)
        detail = {"children": [row.child.child_id for row in rows]}
        record_read(session, by=actor, now=clock.now(), what=Reading.LIST, subject=("class", class_id), detail=detail)
    chosen = request.args.get("show")
    shown = [row for row in rows if row.result == chosen] if chosen in _ORDER else rows
    counts = {result: sum(row.result == result for row in rows) for result in _ORDER}
    chips = _chips(class_id, rows, counts, chosen if chosen in _ORDER else None)
    there = {result: number for result, number in counts.items() if number or result == "not_checked"}
    return render_template("desk/class.html", school_class=school_class, rows=shown, chips=chips, counts=there)


def _chips(class_id: int, rows: list[Standing], counts: dict[str, int], chosen: str | None) -> list[dict[str, object]]:
    everybody = {"label": _("全部"), "count": len(rows), "href": url_for("desk.class_page", class_id=class_id)}
    return [{**everybody, "current": chosen is None}] + [
        {
            "label": result_word(None if result == "not_checked" else result),
            "count": counts[result],
            "href": url_for("desk.class_page", class_id=class_id, show=result),
            "result": result,
            "current": chosen == result,
        }
        for result in _ORDER
        if counts[result] or result == chosen
    ]
