"""A dose is put right by a new record: nothing is overwritten, and of two desks the second is told."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.children import dose_actions
from app.children.kinds import DoseSource, DoubtKind
from app.children.models import Child, DoseRecord
from app.children.queries import effective_doses, open_doubts
from app.children.record_actions import raise_doubt
from app.children.refusing import AlreadyCorrected
from app.database import Database
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from tests.actors import actor
from tests.children.conftest import BORN, Browser, Kept
from tests.district import District


def entry(product: str, day: dt.date = BORN, **more: str) -> DoseEntry:
    return DoseEntry(Vaccine(product), Written(day=day), **more)


def entered(database: Database, district: District, child: Child, *entries: DoseEntry, who: str = "clerk") -> list[int]:
    source = DoseSource.CLINIC if who == "nurse" else DoseSource.BOOKLET
    with database.writing() as session:
        by = actor(district, who)
        rows = dose_actions.enter_doses(session, by=by, now=clock.now(), child=child, entries=entries, source=source)
        return [row.id for row in rows]


@pytest.fixture
def dose(database: Database, district: District, kid: Child) -> int:
    return entered(database, district, kid, entry("HepB"))[0]


def now_on_record(database: Database, child: Child) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(one.product, str(one.day or one.partial_date)) for one in effective_doses(session, child.id)]


def form(**more: str) -> dict[str, str]:
    return {"vaccine": "乙肝疫苗", "day": "20200306", "source": "booklet", **more}


def test_a_correction_supersedes_and_the_old_record_stays(
    clerk: FlaskClient, kid: Child, dose: int, database: Database, trail: Callable[[], list[str]]
) -> None:
    answer = clerk.post(f"/children/{kid.id}/doses/{dose}", data=form(lot="甲1"))
    assert (answer.status_code, answer.location) == (303, f"/children/{kid.id}")
    assert now_on_record(database, kid) == [("HepB", "2020-03-06")]
    with database.reading() as session:
        old, new = session.scalars(select(DoseRecord).order_by(DoseRecord.id)).all()
        assert (old.day, new.supersedes_id, new.lot) == (BORN, old.id, "甲1")
    assert trail()[-1] == "dose.corrected"


def test_the_form_shows_what_is_on_record(clerk: FlaskClient, kid: Child, dose: int) -> None:
    page = clerk.get(f"/children/{kid.id}/doses/{dose}").text
    assert 'value="乙肝疫苗"' in page
    assert 'value="2020-03-05"' in page


def test_an_untouched_form_writes_nothing(clerk: FlaskClient, kid: Child, dose: int, kept: Kept) -> None:
    before = kept()
    assert clerk.post(f"/children/{kid.id}/doses/{dose}", data=form(day="2020-03-05")).status_code == 303
    assert kept() == before


def test_what_nobody_can_read_may_stay_as_it_was_written(
    clerk: FlaskClient, kid: Child, district: District, database: Database
) -> None:
    written = DoseEntry(Vaccine("HepB"), Written(partial="三月初"))
    number = entered(database, district, kid, written)[0]
    answer = clerk.post(f"/children/{kid.id}/doses/{number}", data=form(day="三月初", unit="近水卫生院"))
    assert answer.status_code == 303
    assert now_on_record(database, kid) == [("HepB", "三月初")]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("day", "20271012", "还没到"),
        ("day", "20200101", "还早"),
        ("day", "", "还缺日期"),
        ("vaccine", "乙脑", "有 2 种"),
        ("vaccine", "", "是哪种疫苗"),
        ("vaccine", "<script>1</script>", "目录里没有"),
        ("source", "clinic", "请选一项"),
        ("lot", "1" * 41, "批号太长"),
    ],
)
def test_a_faulty_correction_keeps_what_was_typed(
    clerk: FlaskClient, kid: Child, dose: int, kept: Kept, field: str, value: str, sentence: str
) -> None:
    before = kept()
    answer = clerk.post(f"/children/{kid.id}/doses/{dose}", data=form(**{"unit": "近水卫生院", field: value}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="近水卫生院"' in answer.text
    assert "<script>1" not in answer.text
    assert kept() == before


def test_a_correction_into_a_dose_that_is_there_is_refused(
    clerk: FlaskClient, kid: Child, dose: int, district: District, database: Database
) -> None:
    entered(database, district, kid, entry("HepB", dt.date(2020, 4, 6)))
    answer = clerk.post(f"/children/{kid.id}/doses/{dose}", data=form(day="20200406"))
    assert answer.status_code == 422
    assert "这一天已经有一剂同样的疫苗" in answer.text


def test_the_second_of_two_desks_is_told_and_loses_nothing(
    browser: Browser, kid: Child, dose: int, database: Database
) -> None:
    address = f"/children/{kid.id}/doses/{dose}"
    assert browser("clerk").post(address, data=form()).status_code == 303
    answer = browser("school_head").post(address, data=form(day="20200307", lot="乙2"))
    assert answer.status_code == 409
    assert "刚才有人已经改过这一剂" in answer.text
    assert "乙肝疫苗 2020-03-06" in answer.text
    assert 'value="20200307"' in answer.text
    assert 'value="乙2"' in answer.text
    assert now_on_record(database, kid) == [("HepB", "2020-03-06")]
    assert f'action="{address}"' not in answer.text  # saving again corrects what stands there now


def test_two_desks_at_the_same_moment_make_one_correction(
    kid: Child, dose: int, database: Database, district: District
) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def correct(day: int) -> None:
        start.wait()
        try:
            with database.writing() as session:
                dose_actions.correct_dose(
                    session,
                    by=actor(district, "clerk"),
                    now=clock.now(),
                    child=session.get_one(Child, kid.id),
                    dose=session.get_one(DoseRecord, dose),
                    entry=entry("HepB", dt.date(2020, 3, day)),
                    source=DoseSource.BOOKLET,
                )
            outcomes.append("corrected")
        except AlreadyCorrected:
            outcomes.append("told")

    desks = [threading.Thread(target=correct, args=(day,)) for day in (6, 7)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sorted(outcomes) == ["corrected", "told"]
    assert len(now_on_record(database, kid)) == 1


def test_a_dose_is_withdrawn_after_a_question(
    clerk: FlaskClient, kid: Child, dose: int, database: Database, kept: Kept, trail: Callable[[], list[str]]
) -> None:
    address = f"/children/{kid.id}/doses/{dose}/withdraw"
    before = kept()
    page = clerk.get(address).text
    assert "撤回“乙肝疫苗 2020-03-05”？" in page
    assert kept() == before
    assert clerk.post(address).status_code == 303
    assert now_on_record(database, kid) == []
    assert kept()["dose_record"] == before["dose_record"] + 1
    assert trail()[-1] == "dose.withdrawn"
    again = clerk.post(address)
    assert again.status_code == 409
    assert "这一剂刚才已经撤回" in again.text
    corrected = clerk.post(f"/children/{kid.id}/doses/{dose}", data=form())
    assert corrected.status_code == 409
    assert "这一剂已经撤回" in corrected.text


def test_a_withdrawn_dose_can_be_entered_again(
    clerk: FlaskClient, kid: Child, dose: int, database: Database, district: District
) -> None:
    clerk.post(f"/children/{kid.id}/doses/{dose}/withdraw")
    entered(database, district, kid, entry("HepB"))
    assert now_on_record(database, kid) == [("HepB", "2020-03-05")]


def test_the_school_does_not_correct_the_clinic_nor_the_clinic_the_school(
    browser: Browser, kid: Child, dose: int, database: Database, district: District, kept: Kept
) -> None:
    given = entered(database, district, kid, entry("BCG"), who="nurse")[0]
    before = kept()
    for who, record, words in (("clerk", given, "这一剂是接种单位记的"), ("nurse", dose, "这一剂是学校照接种证记的")):
        desk = browser(who)
        assert words in desk.get(f"/children/{kid.id}/doses/{record}").text
        source = "booklet" if who == "clerk" else "clinic"
        answer = desk.post(f"/children/{kid.id}/doses/{record}", data=form(day="20200309", source=source))
        assert answer.status_code == 409
        assert "记一条存疑" in answer.text
        assert desk.post(f"/children/{kid.id}/doses/{record}/withdraw").status_code == 409
    assert kept() == before
    rows = {"vaccine": "卡介苗", "day": "20200307", "source": "clinic"}
    assert browser("nurse").post(f"/children/{kid.id}/doses/{given}", data=rows).status_code == 303


def test_the_dose_of_another_child_is_not_there(
    clerk: FlaskClient, dose: int, kid: Child, district: District, kept: Kept
) -> None:
    other = district.children["near_1"].id
    before = kept()
    for address in (f"/children/{other}/doses/{dose}", f"/children/{other}/doses/{dose}/withdraw"):
        assert clerk.get(address).status_code == 404
        assert clerk.post(address, data=form()).status_code == 404
    assert kept() == before


@pytest.mark.parametrize(("ticked", "left"), [({}, 1), ({"settles_doubts": "y"}, 0)])
def test_a_doubt_goes_on_with_the_correction_unless_it_is_settled(
    clerk: FlaskClient,
    kid: Child,
    dose: int,
    database: Database,
    district: District,
    ticked: dict[str, str],
    left: int,
) -> None:
    with database.writing() as session:
        row = session.get_one(DoseRecord, dose)
        by = actor(district, "clerk")
        raise_doubt(session, by=by, now=clock.now(), child=kid, lines=["HepB"], kind=DoubtKind.UNREADABLE, dose=row)
    assert "对这一剂有人存疑" in clerk.get(f"/children/{kid.id}/doses/{dose}").text
    assert clerk.post(f"/children/{kid.id}/doses/{dose}", data=form(**ticked)).status_code == 303
    with database.reading() as session:
        assert len(open_doubts(session, kid.id)) == left


def test_withdrawing_ends_the_doubts_of_a_dose_and_of_what_it_superseded(
    clerk: FlaskClient, kid: Child, dose: int, database: Database, district: District
) -> None:
    with database.writing() as session:
        row = session.get_one(DoseRecord, dose)
        by = actor(district, "clerk")
        raise_doubt(session, by=by, now=clock.now(), child=kid, lines=["HepB"], kind=DoubtKind.CONFLICT, dose=row)
    clerk.post(f"/children/{kid.id}/doses/{dose}", data=form())
    with database.reading() as session:
        latest = effective_doses(session, kid.id)[0].id
    clerk.post(f"/children/{kid.id}/doses/{latest}/withdraw")
    with database.reading() as session:
        assert open_doubts(session, kid.id) == []
