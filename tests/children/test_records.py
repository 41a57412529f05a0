"""Certificate, doubts and exemptions on their pages: what was typed stays, two desks are told, nobody asks why."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.children import dose_actions
from app.children.kinds import CertificateState, ClinicResult, DoseSource, DoubtOutcome
from app.children.models import Certificate, Child, Doubt, Exemption
from app.children.queries import exemptions_in_force, latest_certificate, open_doubts
from app.database import Database
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from tests.actors import actor
from tests.children.conftest import BORN, Browser, Kept
from tests.district import FIRST_DAY, District

SEEN = {
    "state": "present",
    "kind": "booklet",
    "whereabouts": "kept",
    "clinic_result": "catch_up",
    "clinic_unit": "近水卫生院",
    "clinic_day": "20260820",
    "instead_of": "",
}


def latest(database: Database, child: Child) -> Certificate | None:
    with database.reading() as session:
        return latest_certificate(session, child.id)


def test_a_certificate_with_the_clinics_assessment(
    clerk: FlaskClient, kid: Child, database: Database, trail: Callable[[], list[str]]
) -> None:
    answer = clerk.post(f"/children/{kid.id}/certificate", data=SEEN)
    assert (answer.status_code, answer.location) == (303, f"/children/{kid.id}")
    row = latest(database, kid)
    assert (row.state, row.kind, row.whereabouts) == (CertificateState.PRESENT, "booklet", "kept")
    assert (row.clinic_result, row.clinic_unit, str(row.clinic_day)) == ("catch_up", "近水卫生院", "2026-08-20")
    assert trail()[-1] == "certificate.recorded"


def test_a_later_look_supersedes_and_an_equal_one_writes_nothing(
    clerk: FlaskClient, kid: Child, database: Database, kept: Kept
) -> None:
    clerk.post(f"/children/{kid.id}/certificate", data=SEEN)
    first = latest(database, kid)
    again = {**SEEN, "instead_of": str(first.id)}
    assert clerk.post(f"/children/{kid.id}/certificate", data=again).status_code == 303
    assert kept()["certificate"] == 1
    clerk.post(f"/children/{kid.id}/certificate", data={**again, "whereabouts": "returned"})
    assert latest(database, kid).supersedes_id == first.id


def test_without_a_certificate_there_is_nothing_of_it(clerk: FlaskClient, kid: Child, database: Database) -> None:
    clerk.post(f"/children/{kid.id}/certificate", data={**SEEN, "state": "absent", "clinic_result": ""})
    row = latest(database, kid)
    assert row.state is CertificateState.ABSENT
    assert (row.kind, row.whereabouts, row.clinic_result, row.clinic_unit, row.clinic_day) == (None,) * 5


def test_looked_and_no_assessment_is_not_the_same_as_not_looked(
    clerk: FlaskClient, kid: Child, database: Database
) -> None:
    clerk.post(f"/children/{kid.id}/certificate", data={**SEEN, "clinic_result": "none"})
    assert latest(database, kid).clinic_result is ClinicResult.NONE


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("state", "", "请选一项"),
        ("state", "eaten", "请选一项"),
        ("clinic_day", "20271012", "2027-10-12 还没到"),
        ("clinic_day", "20190101", "比出生日期还早"),
        ("clinic_day", "20260230", "没有 20260230 这一天"),
        ("clinic_day", "202608", "要写到哪一天"),
        ("state", "absent", "证不在，评估页就看不到"),
        ("clinic_unit", "院" * 121, "太长"),
    ],
)
def test_a_faulty_certificate_keeps_what_was_typed(
    clerk: FlaskClient, kid: Child, kept: Kept, field: str, value: str, sentence: str
) -> None:
    before = kept()
    answer = clerk.post(f"/children/{kid.id}/certificate", data={**SEEN, field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept() == before
    for name in {"clinic_unit", "clinic_day"} - {field}:
        assert f'value="{SEEN[name]}"' in answer.text


def test_the_second_desk_at_a_certificate_is_told(browser: Browser, kid: Child, database: Database) -> None:
    assert browser("clerk").post(f"/children/{kid.id}/certificate", data=SEEN).status_code == 303
    mine = {**SEEN, "state": "doubtful", "clinic_unit": "远山卫生院"}
    answer = browser("school_head").post(f"/children/{kid.id}/certificate", data=mine)
    assert answer.status_code == 409
    assert "刚才有人也记了接种证" in answer.text
    assert 'value="远山卫生院"' in answer.text
    assert latest(database, kid).state is CertificateState.PRESENT
    fresh = re.search(r'name="instead_of" value="(\d+)"', answer.text)[1]
    again = browser("school_head").post(f"/children/{kid.id}/certificate", data={**mine, "instead_of": fresh})
    assert again.status_code == 303
    assert latest(database, kid).state is CertificateState.DOUBTFUL


def test_a_nurse_replaces_a_certificate_and_leaves_the_school_its_own(
    browser: Browser, clerk: FlaskClient, kid: Child, database: Database
) -> None:
    nurse = browser("nurse")
    assert nurse.post(f"/children/{kid.id}/certificate", data={**SEEN, "state": "absent"}).status_code == 422
    clerk.post(f"/children/{kid.id}/certificate", data={**SEEN, "state": "being_replaced", "clinic_result": ""})
    before = latest(database, kid)
    data = {**SEEN, "state": "replaced", "clinic_result": "complete", "instead_of": str(before.id)}
    assert nurse.post(f"/children/{kid.id}/certificate", data=data).status_code == 303
    assert (latest(database, kid).state, latest(database, kid).clinic_result) == ("replaced", "complete")


@pytest.fixture
def doses(database: Database, district: District, kid: Child) -> dict[str, int]:
    """A single and a combined product, and one that counts for no line."""
    with database.writing() as session:
        entries = [DoseEntry(Vaccine(code), Written(day=BORN)) for code in ("HepB", "DTaP-IPV/Hib", "Var")]
        by = actor(district, "clerk")
        rows = dose_actions.enter_doses(
            session, by=by, now=clock.now(), child=kid, entries=entries, source=DoseSource.BOOKLET
        )
        return {row.product: row.id for row in rows}


def test_a_combined_dose_is_doubted_in_each_of_its_lines(
    clerk: FlaskClient, kid: Child, doses: dict[str, int], database: Database, trail: Callable[[], list[str]]
) -> None:
    data = {"about": f"dose-{doses['DTaP-IPV/Hib']}", "kind": "unreadable"}
    assert clerk.post(f"/children/{kid.id}/doubts/new", data=data).status_code == 303
    with database.reading() as session:
        rows = open_doubts(session, kid.id)
    assert {(one.line, one.dose_record_id) for one in rows} == {
        ("DTP", doses["DTaP-IPV/Hib"]),
        ("Polio", doses["DTaP-IPV/Hib"]),
    }
    assert trail()[-1] == "doubt.raised"


def test_a_whole_line_is_doubted_and_the_same_doubt_is_not_raised_twice(
    clerk: FlaskClient, kid: Child, kept: Kept
) -> None:
    data = {"about": "line-JE", "kind": "conflict"}
    assert clerk.post(f"/children/{kid.id}/doubts/new", data=data).status_code == 303
    before = kept()
    answer = clerk.post(f"/children/{kid.id}/doubts/new", data=data)
    assert answer.status_code == 422
    assert "已经记过同样的存疑" in answer.text
    assert kept() == before


@pytest.mark.parametrize(
    ("about", "kind"), [("", "conflict"), ("line-JE", ""), ("line-XX", "conflict"), ("dose-1e9", "untrue")]
)
def test_a_doubt_without_a_thing_or_a_reason_is_refused(
    clerk: FlaskClient, kid: Child, kept: Kept, about: str, kind: str
) -> None:
    before = kept()
    answer = clerk.post(f"/children/{kid.id}/doubts/new", data={"about": about, "kind": kind})
    assert answer.status_code == 422
    assert kept() == before


def test_only_a_dose_of_this_child_that_counts_for_a_line_can_be_doubted(
    clerk: FlaskClient, kid: Child, doses: dict[str, int], district: District, kept: Kept
) -> None:
    before = kept()
    other = district.children["near_1"].id
    for child, dose in ((kid.id, doses["Var"]), (other, doses["HepB"])):
        data = {"about": f"dose-{dose}", "kind": "untrue"}
        assert clerk.post(f"/children/{child}/doubts/new", data=data).status_code == 422
    assert kept() == before


def test_a_doubt_is_settled_once(
    browser: Browser, clerk: FlaskClient, kid: Child, database: Database, trail: Callable[[], list[str]]
) -> None:
    clerk.post(f"/children/{kid.id}/doubts/new", data={"about": "line-JE", "kind": "conflict"})
    with database.reading() as session:
        doubt = session.scalars(select(Doubt)).one()
    address = f"/children/{kid.id}/doubts/{doubt.id}/settle"
    assert "乙脑的全部记录" in clerk.get(address).text
    assert clerk.post(address, data={}).status_code == 422
    assert browser("nurse").post(address, data={"outcome": "holds"}).status_code == 303
    assert "doubt.settled" in trail()
    answer = clerk.post(address, data={"outcome": "withdrawn"})
    assert answer.status_code == 409
    assert "这条存疑已经处理过了" in answer.text
    with database.reading() as session:
        assert session.get_one(Doubt, doubt.id).settled_how is DoubtOutcome.HOLDS


FROM_CLINIC = {"line": "MMR", "kind": "deferred", "evidence": "clinic_paper", "valid_to": "20261231"}


def test_a_school_records_what_the_clinics_paper_says(
    clerk: FlaskClient, kid: Child, database: Database, trail: Callable[[], list[str]]
) -> None:
    assert clerk.post(f"/children/{kid.id}/exemptions/new", data=FROM_CLINIC).status_code == 303
    with database.reading() as session:
        row = exemptions_in_force(session, kid.id, FIRST_DAY)[0]
    assert (row.line, row.kind, str(row.valid_to), row.evidence) == ("MMR", "deferred", "2026-12-31", "clinic_paper")
    assert trail()[-1] == "exemption.recorded"


def test_a_school_has_no_field_for_a_reason(clerk: FlaskClient, browser: Browser, kid: Child, kept: Kept) -> None:
    page = clerk.get(f"/children/{kid.id}/exemptions/new").text
    form = page[page.index('action="/children/') :]
    assert set(re.findall(r'name="(\w+)"', form[: form.index("</form>")])) == {"csrf_token", *FROM_CLINIC}
    assert "textarea" not in page
    assert "had_disease" not in page
    before = kept()
    had_it = {**FROM_CLINIC, "kind": "had_disease"}
    assert clerk.post(f"/children/{kid.id}/exemptions/new", data=had_it).status_code == 422
    assert kept() == before
    assert browser("nurse").post(f"/children/{kid.id}/exemptions/new", data=had_it).status_code == 303
    page = clerk.get(f"/children/{kid.id}").text
    assert "不接种" in page
    assert "患过" not in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("line", "", "请选哪种疫苗"),
        ("line", "XX", "请选一项"),
        ("kind", "", "请选一项"),
        ("evidence", "hearsay", "请选一项"),
        ("valid_to", "20260831", "2026-08-31 已经过了"),
        ("valid_to", "20991231", "太远了"),
        ("valid_to", "20260231", "没有 20260231 这一天"),
    ],
)
def test_a_faulty_exemption_is_refused(
    clerk: FlaskClient, kid: Child, kept: Kept, field: str, value: str, sentence: str
) -> None:
    before = kept()
    answer = clerk.post(f"/children/{kid.id}/exemptions/new", data={**FROM_CLINIC, field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept() == before


def test_the_same_exemption_is_not_recorded_twice(clerk: FlaskClient, kid: Child, kept: Kept) -> None:
    for valid_to in ("20261231", ""):
        data = {**FROM_CLINIC, "valid_to": valid_to}
        assert clerk.post(f"/children/{kid.id}/exemptions/new", data=data).status_code == 303
        before = kept()
        assert clerk.post(f"/children/{kid.id}/exemptions/new", data=data).status_code == 422
        assert kept() == before


def test_an_exemption_ends_once_and_after_a_question(
    clerk: FlaskClient, kid: Child, database: Database, trail: Callable[[], list[str]]
) -> None:
    clerk.post(f"/children/{kid.id}/exemptions/new", data=FROM_CLINIC)
    with database.reading() as session:
        row = session.scalars(select(Exemption)).one()
    address = f"/children/{kid.id}/exemptions/{row.id}/end"
    assert "结束“麻腮风：暂不接种”？" in clerk.get(address).text
    assert clerk.post(address).status_code == 303
    assert trail()[-1] == "exemption.ended"
    with database.reading() as session:
        assert exemptions_in_force(session, kid.id, FIRST_DAY) == []
    again = clerk.post(address)
    assert again.status_code == 409
    assert "这条判定已经结束了" in again.text


def test_rows_of_another_child_are_not_there(
    clerk: FlaskClient, kid: Child, district: District, database: Database, kept: Kept
) -> None:
    clerk.post(f"/children/{kid.id}/exemptions/new", data=FROM_CLINIC)
    clerk.post(f"/children/{kid.id}/doubts/new", data={"about": "line-JE", "kind": "conflict"})
    with database.reading() as session:
        exemption, doubt = session.scalars(select(Exemption.id)).one(), session.scalars(select(Doubt.id)).one()
    other, before = district.children["near_1"].id, kept()
    for address in (f"/children/{other}/exemptions/{exemption}/end", f"/children/{other}/doubts/{doubt}/settle"):
        assert clerk.get(address).status_code == 404
        assert clerk.post(address, data={"outcome": "holds"}).status_code == 404
    assert kept() == before
