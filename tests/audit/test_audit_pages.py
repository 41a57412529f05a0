"""The trail on pages: own organisations only, chosen by what was asked, and honest about what is broken."""

import datetime as dt
import io
import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import clock
from app.audit import looking, queries
from app.audit.actions import record
from app.audit.models import AuditEvent, AuditLook
from app.audit.queries import Asked
from app.audit.wording import action_word
from app.database import Database
from app.people.roles import Role
from tests.actors import actor
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign
from tests.checking import MORNING, check
from tests.conftest import SignIn
from tests.district import District

DAY = dt.date(2026, 9, 3)
WHOLE = Asked(DAY, DAY)
DAYS = {"first": "2026-09-01", "last": "2026-09-03"}
ROOT = Path(__file__).resolve().parents[2]


def some_work(session: Session, district: District) -> None:
    """A check at the near school, and something at the foreign one."""
    open_campaign(session, district)
    check(session, district, child_with_doses(session, district, EVERYTHING, name="张无名"))
    record(session, by=actor(district, "foreign_clerk"), now=MORNING, action="class.added", subject=("class", 1))
    record(session, by=actor(district, "far_clerk"), now=MORNING, action="class.added", subject=("class", 2))


def test_only_the_own_subtree_and_what_was_asked(database: Database, district: District) -> None:
    with database.writing() as session:
        some_work(session, district)
        auditor = actor(district, "bureau_auditor")
        found = queries.lines(session, auditor, WHOLE, limit=100)
        places = {line.place.name for line in found if line.place}
        assert places == {"近水小学", "远山幼儿园"}
        assert len(found) == queries.count(session, auditor, WHOLE)
        far = district.places["far"].id
        only = queries.lines(session, auditor, Asked(DAY, DAY, organisation_id=far), limit=100)
        assert [line.event.action for line in only] == ["class.added"]
        clerk = district.users["clerk"].id
        assert {
            line.event.user_id for line in queries.lines(session, auditor, Asked(DAY, DAY, person_id=clerk), limit=9)
        } == {clerk}
        kinds = {line.event.action for line in queries.lines(session, auditor, Asked(DAY, DAY, kind="check"), limit=9)}
        assert kinds == {"check.saved"}
        foreign = Asked(DAY, DAY, organisation_id=district.places["foreign"].id)
        assert queries.count(session, auditor, foreign) == 0
        assert queries.people_of(session, auditor, district.places["foreign"].id) == []
        assert queries.count(session, auditor, Asked(DAY + dt.timedelta(1), DAY + dt.timedelta(9))) == 0


def test_the_page_and_its_files_name_no_child_and_leave_a_line(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    clock.fix(MORNING)
    with database.writing() as session:
        some_work(session, district)
    sign_in(client, district.users["bureau_auditor"])
    page = client.get("/audit?person=abc&place=-1&from=nonsense&page=0").text
    assert "查验 保存" in page
    assert "张无名" not in page
    assert "邻水小学" not in page
    book = load_workbook(io.BytesIO(client.post("/audit/export", data={"as": "xlsx"}).data)).active
    assert book is not None
    cells = [str(cell.value) for row in book.iter_rows() for cell in row]
    assert "check.saved" in cells
    assert not [one for one in cells if "张无名" in one]
    as_text = client.post("/audit/export", data={"as": "csv"}).data
    assert as_text.startswith(b"\xef\xbb\xbf")
    assert "check.saved" in as_text.decode("utf-8-sig")
    with database.reading() as session:
        exports = session.scalars(select(AuditEvent).where(AuditEvent.action == "audit.exported")).all()
        assert [event.user_id for event in exports] == [district.users["bureau_auditor"].id] * 2


def test_a_day_is_looked_at_and_a_changed_event_is_found(database: Database, district: District) -> None:
    with database.writing() as session:
        some_work(session, district)
        auditor = actor(district, "bureau_auditor")
        first = looking.look(session, by=auditor, now=MORNING, in_time=lambda: True, **DAYS)
        assert (first.broken, first.left) == (0, 0)
        assert first.days >= 2
        session.execute(text("DROP TRIGGER IF EXISTS audit_event_refuses_update" + _on(session)))
        near = district.places["near"].id
        session.execute(
            text("UPDATE audit_event SET detail = '{}' WHERE organisation_id = :one AND position = 1"), {"one": near}
        )
        again = looking.look(session, by=auditor, now=MORNING, in_time=lambda: True, **DAYS)
        assert again.broken == 1
        assert [look.organisation_id for look in session.scalars(select(AuditLook).where(AuditLook.wrong > 0))] == [
            near
        ]
        states = looking.states(session, auditor, "2026-09-01", "2026-09-03")
        assert states[0].head.organisation_id == near, "what is broken stands first"


def test_a_look_without_time_goes_on_the_next_time(database: Database, district: District) -> None:
    with database.writing() as session:
        some_work(session, district)
        auditor = actor(district, "bureau_auditor")
        first = looking.look(session, by=auditor, now=MORNING, in_time=lambda: False, **DAYS)
        assert (first.days, first.left) == (1, 1)
        seen = session.scalars(select(AuditLook.organisation_id)).all()
        later = MORNING + dt.timedelta(minutes=1)
        looking.look(session, by=auditor, now=later, in_time=lambda: False, **DAYS)
        assert len(set(session.scalars(select(AuditLook.organisation_id))) - set(seen)) == 1


def test_the_trail_of_a_child_is_behind_the_childs_door(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, EVERYTHING)
        check(session, district, child)
        number = child.id
    sign_in(client, district.users["school_head"])
    assert "查验 保存" in client.get(f"/children/{number}/trail").text
    sign_in(client, district.users["bureau_auditor"])
    assert client.get(f"/children/{number}/trail").status_code == 403


def test_every_action_has_words(app: Flask) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    actions = set(re.findall(r'action="([a-z_]+\.[a-z_]+)"', source))
    actions |= {f"notice.{verb}" for verb in re.findall(r'leave_line\([^"]*?notice, "([a-z_]+)"', source)}
    actions |= {f"read.{reading}" for reading in ("page", "list", "export", "print")}
    assert len(actions) > 60
    with app.test_request_context():
        without = sorted(action for action in actions if action_word(action) == action)
    assert not without, f"Give kind and verb words in app/audit/wording.py: {', '.join(without)}"


def test_the_bureau_has_at_most_six_words(
    database: Database, district: District, client: FlaskClient, sign_in: SignIn
) -> None:
    for role in Role:
        sign_in(client, district.by_role(role))
        page = client.get("/", follow_redirects=True).text
        nav = re.search(r'<nav class="nav".*?</nav>', page, re.DOTALL)
        assert nav
        assert 1 <= nav.group().count("<li>") <= 6, role


def _on(session: Session) -> str:
    return " ON audit_event" if session.get_bind().dialect.name == "postgresql" else ""
