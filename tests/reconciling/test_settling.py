"""A booklet that contradicts the registry: a doubt on the line, settled with a reason, nothing changed or lost."""

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.audit.models import AuditEvent
from app.children.dose_actions import enter_doses, withdraw_dose
from app.children.kinds import DoseSource, DoubtKind, DoubtOutcome
from app.children.models import Child, DoseRecord, Doubt
from app.children.queries import effective_doses, open_doubts
from app.children.record_actions import raise_doubt
from app.children.refusing import AlreadyCorrected, NotPossible, NotYours
from app.database import Database
from app.reconciling.actions import choices, settle
from app.reconciling.models import DoseSettlement, Kept, Reason
from app.reconciling.queries import doubted_children, rows_of
from app.reconciling.telling import Cause, Kind
from app.registry import actions as registry
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from tests.actors import actor
from tests.district import MOMENT, District
from tests.reconciling.conftest import CODE
from tests.registry.conftest import Center, dose, export


def of_kid(vaccine: str, day: str) -> list[object]:
    return dose(vaccine, day, 儿童编码=CODE, 姓名="林小明", 出生日期="2020-03-12")


def typed(session: object, by: object, kid: Child, *doses: tuple[str, str], source: DoseSource) -> list[DoseRecord]:
    entries = [DoseEntry(Vaccine(product), Written(day=dt.date.fromisoformat(day))) for product, day in doses]
    return enter_doses(session, by=by, now=MOMENT, child=kid, entries=entries, source=source)


@pytest.fixture
def disputed(database: Database, district: District, center: Center, kid: Child) -> Child:
    """The booklet says 2021-03-12, the registry 2021-12-03; on MMR they agree."""
    with database.writing() as session:
        doses = (("IPV", "2021-03-12"), ("MMR", "2021-09-20"))
        typed(session, actor(district, "clerk"), kid, *doses, source=DoseSource.BOOKLET)
    center.write(export(of_kid("脊灰灭活疫苗", "2021-12-03"), of_kid("麻腮风疫苗", "2021-09-20")))
    return kid


def lines_in_doubt(session: object, kid: Child) -> list[tuple[str, DoubtKind]]:
    return [(one.line, one.kind) for one in open_doubts(session, kid.id)]


def test_a_registry_that_contradicts_the_booklet_puts_a_doubt_on_the_line(database: Database, disputed: Child) -> None:
    with database.reading() as session:
        assert lines_in_doubt(session, disputed) == [("Polio", DoubtKind.CONFLICT)]
        rows = [row for row in rows_of(session, disputed.id) if row.open]
        assert [(row.kind, row.cause) for row in rows] == [(Kind.OTHER_DATE, Cause.SWAPPED)]


def test_so_does_a_booklet_typed_after_the_registry_s_file(
    database: Database, district: District, center: Center, kid: Child
) -> None:
    center.write(export(of_kid("脊灰灭活疫苗", "2021-12-03")))
    with database.writing() as session:
        typed(session, actor(district, "clerk"), kid, ("IPV", "2021-03-12"), source=DoseSource.BOOKLET)
        assert lines_in_doubt(session, kid) == [("Polio", DoubtKind.CONFLICT)]
        mine = next(one for one in effective_doses(session, kid.id) if one.source is DoseSource.BOOKLET)
        withdraw_dose(session, by=actor(district, "clerk"), now=MOMENT, child=kid, dose=mine)
        assert lines_in_doubt(session, kid) == [], "put right where it was typed: nothing is left to settle"


@pytest.mark.parametrize(
    ("kept", "left"),
    [(Kept.BOOKLET, ["2021-03-12"]), (Kept.REGISTRY, ["2021-12-03"]), (Kept.ALL, ["2021-03-12", "2021-12-03"])],
)
def test_one_click_settles_it_and_nothing_is_deleted(
    database: Database, district: District, disputed: Child, kept: Kept, left: list[str]
) -> None:
    by = actor(district, "clerk")
    with database.writing() as session:
        before = len(session.scalars(select(DoseRecord)).all())
        (row,) = [row for row in rows_of(session, disputed.id) if row.open]
        settle(session, by=by, now=MOMENT, child=disputed, key=row.key, kept=kept, reason=Reason.SEEN_IN_BOOKLET)
    with database.reading() as session:
        standing = [one.day.isoformat() for one in effective_doses(session, disputed.id) if one.product == "IPV"]
        assert standing == left
        assert not open_doubts(session, disputed.id)
        assert len(session.scalars(select(DoseRecord)).all()) == before + (kept is not Kept.ALL)
        assert not [row for row in rows_of(session, disputed.id) if row.open]
        told = session.scalars(select(AuditEvent).where(AuditEvent.action == "comparison.settled")).one()
        assert '"reason":"seen_in_booklet"' in told.detail.replace(" ", "")
        ended = session.scalars(select(Doubt)).one()
        assert ended.settled_how is (DoubtOutcome.HOLDS if kept is Kept.ALL else DoubtOutcome.CORRECTED)


def test_the_same_file_again_does_not_ask_again(
    database: Database, district: District, center: Center, disputed: Child
) -> None:
    with database.writing() as session:
        (row,) = [row for row in rows_of(session, disputed.id) if row.open]
        by = actor(district, "clerk")
        settle(session, by=by, now=MOMENT, child=disputed, key=row.key, kept=Kept.BOOKLET, reason=Reason.REGISTRY_WRONG)
    new = of_kid("乙肝疫苗", "2020-03-12")
    center.write(export(of_kid("脊灰灭活疫苗", "2021-12-03"), of_kid("麻腮风疫苗", "2021-09-20"), new))
    with database.reading() as session:
        assert not open_doubts(session, disputed.id)
        assert not [row for row in rows_of(session, disputed.id) if row.open]


def test_taking_the_import_back_ends_the_doubt(database: Database, center: Center, disputed: Child) -> None:
    with database.writing() as session:
        (import_id,) = [one.import_id for one in _statements(session)]
        registry.undo(session, by=center.by, now=MOMENT, import_id=import_id)
        assert not open_doubts(session, disputed.id)
        assert [one.source for one in effective_doses(session, disputed.id)] == [DoseSource.BOOKLET] * 2


def test_two_people_settle_at_once_and_the_second_is_told(
    database: Database, district: District, disputed: Child
) -> None:
    with database.writing() as session:
        (row,) = [row for row in rows_of(session, disputed.id) if row.open]
    said = {"now": MOMENT, "child": disputed, "key": row.key, "reason": Reason.CLINIC_CONFIRMED}
    with database.writing() as session:
        settle(session, by=actor(district, "clerk"), kept=Kept.BOOKLET, **said)
    with database.writing() as session, pytest.raises(AlreadyCorrected):
        settle(session, by=actor(district, "nurse"), kept=Kept.REGISTRY, **said)
    with database.reading() as session:
        assert len(session.scalars(select(DoseSettlement)).all()) == 1


def test_a_school_takes_nothing_back_that_the_clinic_entered(
    database: Database, district: District, kid: Child
) -> None:
    clerk, nurse = actor(district, "clerk"), actor(district, "nurse")
    with database.writing() as session:
        typed(session, clerk, kid, ("IPV", "2021-03-12"), source=DoseSource.BOOKLET)
        typed(session, nurse, kid, ("IPV", "2021-03-13"), source=DoseSource.CLINIC)
        (row,) = [row for row in rows_of(session, kid.id) if row.open]
        assert choices(session, clerk, row) == [Kept.CLINIC, Kept.ALL]
        assert choices(session, nurse, row) == [Kept.BOOKLET, Kept.CLINIC, Kept.ALL]
        with pytest.raises(NotYours):
            settle(session, by=clerk, now=MOMENT, child=kid, key=row.key, kept=Kept.BOOKLET, reason=Reason.SAME_DOSE)
        with pytest.raises(NotPossible):
            settle(session, by=clerk, now=MOMENT, child=kid, key=row.key, kept=Kept.NONE, reason=Reason.SAME_DOSE)


def test_a_five_in_one_and_its_parts(database: Database, district: District, center: Center, kid: Child) -> None:
    with database.writing() as session:
        typed(session, actor(district, "clerk"), kid, ("DTaP-IPV/Hib", "2020-06-12"), source=DoseSource.BOOKLET)
    center.write(export(of_kid("百白破疫苗", "2020-06-12"), of_kid("脊灰灭活疫苗", "2020-06-12")))
    with database.writing() as session:
        assert {line for line, _kind in lines_in_doubt(session, kid)} == {"DTP", "Polio"}
        (row,) = [row for row in rows_of(session, kid.id) if row.open]
        by = actor(district, "clerk")
        settle(session, by=by, now=MOMENT, child=kid, key=row.key, kept=Kept.BOOKLET, reason=Reason.SAME_DOSE)
        assert [one.product for one in effective_doses(session, kid.id)] == ["DTaP-IPV/Hib"]
        assert not open_doubts(session, kid.id)


def test_what_the_registry_corrects_and_no_record_holds_is_written_in_its_place(
    database: Database, district: District, center: Center, kid: Child
) -> None:
    """The registry's day was on record, was corrected by hand, and the file comes again: its word is only stated."""
    center.write(export(of_kid("脊灰灭活疫苗", "2021-12-03")))
    clerk = actor(district, "clerk")
    with database.writing() as session:
        theirs = effective_doses(session, kid.id)[0]
        withdraw_dose(session, by=clerk, now=MOMENT, child=kid, dose=theirs)
        typed(session, clerk, kid, ("IPV", "2021-03-12"), source=DoseSource.BOOKLET)
        (row,) = [row for row in rows_of(session, kid.id) if row.open]
        settle(session, by=clerk, now=MOMENT, child=kid, key=row.key, kept=Kept.REGISTRY, reason=Reason.BOOKLET_MISREAD)
        (now_stands,) = effective_doses(session, kid.id)
        assert (now_stands.day, now_stands.source) == (dt.date(2021, 12, 3), DoseSource.REGISTRY)
        assert now_stands.supersedes_id is not None


def test_a_dose_that_the_registry_lacks_is_a_question_and_no_doubt(
    database: Database, district: District, center: Center, kid: Child
) -> None:
    clerk = actor(district, "clerk")
    with database.writing() as session:
        typed(session, clerk, kid, ("HepB", "2020-03-12"), source=DoseSource.BOOKLET)
    center.write(export(of_kid("麻腮风疫苗", "2021-09-20")))
    with database.writing() as session:
        assert not open_doubts(session, kid.id)
        (row,) = [row for row in rows_of(session, kid.id) if row.open]
        settle(session, by=clerk, now=MOMENT, child=kid, key=row.key, kept=Kept.NONE, reason=Reason.BOOKLET_MISREAD)
        assert [one.product for one in effective_doses(session, kid.id)] == ["MMR"]


def test_a_doubt_that_a_person_raised_is_left_alone(database: Database, district: District, disputed: Child) -> None:
    by = actor(district, "clerk")
    with database.writing() as session:
        raise_doubt(session, by=by, now=MOMENT, child=disputed, lines=("Polio",), kind=DoubtKind.UNTRUE)
        (row,) = [row for row in rows_of(session, disputed.id) if row.open]
        settle(session, by=by, now=MOMENT, child=disputed, key=row.key, kept=Kept.BOOKLET, reason=Reason.SAME_DOSE)
        assert lines_in_doubt(session, disputed) == [("Polio", DoubtKind.UNTRUE)]


def test_each_sees_the_own_children_in_the_list(database: Database, district: District, disputed: Child) -> None:
    with database.reading() as session:
        assert [one.id for one in doubted_children(session, actor(district, "nurse"))] == [disputed.id]
        assert not doubted_children(session, actor(district, "foreign_clerk"))


def test_the_page_shows_both_sides_and_settles(
    app: Flask, database: Database, district: District, disputed: Child, sign_in: Callable[..., None]
) -> None:
    clock.fix(MOMENT)
    client: FlaskClient = app.test_client()
    sign_in(client, district.users["clerk"])
    address = f"/children/{disputed.id}/comparison"
    page = client.get(address).text
    assert "2021-03-12" in page
    assert "2021-12-03" in page
    assert "像是日月写反了" in page
    assert "林小明" in client.get("/comparison").text
    with database.reading() as session:
        (row,) = [row for row in rows_of(session, disputed.id) if row.open]
    sent = {"row": row.key, "kept": "booklet", "reason": "registry_wrong", "csrf_token": _token(client, address)}
    assert client.post(address, data={**sent, "kept": "everybody"}).status_code == 422
    assert client.post(address, data=sent).status_code == 303
    assert client.post(address, data=sent).status_code == 409
    assert "没有要定的" in client.get(address).text


def _statements(session: object) -> list:
    from app.reconciling.models import RegistryStatement

    return list(session.scalars(select(RegistryStatement)))


def _token(client: FlaskClient, address: str) -> str:
    import re

    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    return found[1] if found else ""
