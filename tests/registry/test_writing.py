"""From a registry's file to records: who is meant, what is new, what is never written, and the notice that follows."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from app import clock
from app.audit.models import AuditEvent
from app.children.dose_actions import withdraw_dose
from app.children.kinds import DoseSource
from app.children.models import DoseRecord
from app.children.queries import effective_doses
from app.database import Database
from app.notices.models import ItemState, NoticeItem
from app.privacy.identities import IdentifierKind
from app.registry import actions
from app.registry.matching import Meeting
from app.registry.models import RegistryImport
from app.registry.reading import read_export
from app.registry.showing import sums
from app.roster.opening import FileRefused
from app.roster.refusing import AlreadyDecided, Moved, StillOpen
from tests.actors import actor
from tests.campaigns import child_with_doses, open_campaign, without
from tests.checking import MORNING, check
from tests.district import MOMENT, District
from tests.registry.conftest import COLUMNS, TODAY, Center, dose, export
from tests.roster.school import known
from tests.roster.sheets import resident_id, sheets, text

CODE = "330106202000010001"


def test_a_number_is_proof_and_its_doses_are_written_once(
    database: Database, district: District, center: Center
) -> None:
    with database.writing() as session:
        child = known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
    content = export(
        dose(儿童编码=CODE, 姓名="林小明", 出生日期="2020-03-12"),
        dose("乙肝疫苗", "2020-03-12", 儿童编码=CODE),
        dose("乙肝疫苗", "2020-03-12", 儿童编码=CODE),
    )
    done = center.write(content)
    assert (done.outcome or {})["doses"] == 2
    with database.reading() as session:
        rows = effective_doses(session, child.id)
        assert [(row.product, row.source, row.lot) for row in rows] == [
            ("HepB", DoseSource.REGISTRY, "2021A"),
            ("HepA-L", DoseSource.REGISTRY, "2021A"),
        ]
        again = center.compared(session, content)
        assert (again.new_doses, again.on_record) == (0, 3)
        assert sum(number for _word, number in sums(again)) == 3


def test_name_and_birth_date_only_ask_and_another_number_is_another_child(
    database: Database, district: District, center: Center
) -> None:
    with database.writing() as session:
        child = known(session, district.classes["near_1"], "林小明", resident_id(1))
    who = {"姓名": "林小明", "出生日期": "2020-03-12", "性别": "女"}
    with database.reading() as session:
        asked = center.compared(session, export(dose(**who)))
        assert [one.how for one in asked.open] == [Meeting.ASK]
        assert asked.new_doses == 0
        other = center.compared(session, export(dose(**who, 身份证号=resident_id(2))))
        assert (len(other.unknown), other.open) == (1, [])
    import_id = center.propose(export(dose(**who)))
    with database.writing() as session:
        with pytest.raises(StillOpen):
            actions.apply(session, by=center.by, now=MOMENT, import_id=import_id, seen=center.seen(session, import_id))
        row = asked.open[0].child.row
        actions.answer(session, by=center.by, now=MOMENT, import_id=import_id, children={row: child.id}, products={})
        actions.apply(session, by=center.by, now=MOMENT, import_id=import_id, seen=center.seen(session, import_id))
        assert [one.product for one in effective_doses(session, child.id)] == ["HepA-L"]


def test_children_of_others_are_nobody(database: Database, district: District) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
    far = Center(database, actor(district, "far_nurse"))
    with database.reading() as session:
        seen = far.compared(session, export(dose(儿童编码=CODE), dose(姓名="林小明", 出生日期="2020-03-12")))
    assert [one.how for one in seen.unknown] == [Meeting.UNKNOWN, Meeting.UNKNOWN]
    assert all(not one.candidates for one in seen.unknown)


def test_two_numbers_of_two_children_write_nothing(database: Database, district: District, center: Center) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
        known(session, district.classes["near_1"], "林小亮", resident_id(3))
    with database.reading() as session:
        seen = center.compared(session, export(dose(儿童编码=CODE, 身份证号=resident_id(3))))
    assert (len(seen.conflicts), seen.new_doses) == (1, 0)


def test_a_number_with_another_birth_date_is_a_question(database: Database, district: District, center: Center) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
    with database.reading() as session:
        seen = center.compared(session, export(dose(儿童编码=CODE, 出生日期="2020-12-03")))
    assert (len(seen.open), seen.new_doses) == (1, 0)


def test_what_was_withdrawn_here_is_not_brought_back(database: Database, district: District, center: Center) -> None:
    with database.writing() as session:
        child = known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
    content = export(dose(儿童编码=CODE))
    done = center.write(content)
    with database.writing() as session:
        assert actions.undo(session, by=center.by, now=MOMENT, import_id=done.id) == 1
        assert effective_doses(session, child.id) == []
        assert center.compared(session, content).new_doses == 0
        with pytest.raises(AlreadyDecided):
            actions.undo(session, by=center.by, now=MOMENT, import_id=done.id)


def test_a_file_closes_a_catch_up_item_exactly_as_an_entry_does_and_undoing_opens_it(
    database: Database, district: District, center: Center
) -> None:
    clock.fix(MORNING)
    with database.writing() as session:
        open_campaign(session, district)
        child = child_with_doses(session, district, without("HepA-L"), name="李小欠")
        check(session, district, child)
    content = export(dose(姓名="李小欠", 出生日期=child.birth_date, 接种日期="2026-08-31"))
    import_id = center.propose(content, MORNING)
    with database.writing() as session:
        row = center.compared(session, content).open[0].child.row
        by = center.by
        actions.answer(session, by=by, now=MORNING, import_id=import_id, children={row: child.id}, products={})
        actions.apply(session, by=by, now=MORNING, import_id=import_id, seen=center.seen(session, import_id))
        item = session.scalars(select(NoticeItem)).one()
        dose_row = session.scalars(select(DoseRecord).where(DoseRecord.product == "HepA-L")).one()
        assert (item.state, item.dose_record_id) == (ItemState.GIVEN, dose_row.id)
        actions.undo(session, by=by, now=MORNING, import_id=import_id)
        assert session.scalars(select(NoticeItem)).one().state is ItemState.OPEN


def test_what_moved_underneath_is_not_written(database: Database, district: District, center: Center) -> None:
    with database.writing() as session:
        child = known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
    content = export(dose(儿童编码=CODE), dose("乙肝疫苗", "2020-03-12", 儿童编码=CODE))
    import_id = center.propose(content)
    with database.writing() as session:
        stamp = center.seen(session, import_id)
    center.write(export(dose(儿童编码=CODE)))
    with database.writing() as session, pytest.raises(Moved):
        actions.apply(session, by=center.by, now=MOMENT, import_id=import_id, seen=stamp)
    with database.reading() as session:
        assert len(effective_doses(session, child.id)) == 1


def test_a_vaccine_nobody_knows_is_asked_once_and_written_when_it_was_explained(
    database: Database, district: District, center: Center
) -> None:
    with database.writing() as session:
        child = known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
    content = export(dose("神秘疫苗", "2021-01-01", 儿童编码=CODE), dose("神秘疫苗", "2021-02-01", 儿童编码=CODE))
    import_id = center.propose(content)
    with database.writing() as session:
        assert center.compared(session, content).open_products == {"神秘疫苗": 2}
        said = {"神秘疫苗": "other"}
        actions.answer(session, by=center.by, now=MOMENT, import_id=import_id, children={}, products=said)
        actions.apply(session, by=center.by, now=MOMENT, import_id=import_id, seen=center.seen(session, import_id))
        rows = effective_doses(session, child.id)
        assert [(row.product, row.as_written) for row in rows] == [("other", "神秘疫苗")] * 2


def test_the_sealed_rows_go_with_the_decision_and_the_trail_holds_counts_only(
    database: Database, district: District, center: Center
) -> None:
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
    done = center.write(export(dose(儿童编码=CODE, 姓名="林小明")))
    waiting = center.propose(export(dose(儿童编码=CODE, 姓名="林小明")))
    with database.writing() as session:
        assert session.get_one(RegistryImport, done.id).sealed is None
        assert actions.expire(session, now=MOMENT + dt.timedelta(hours=25)) == 1
        assert session.get_one(RegistryImport, waiting).sealed is None
        details = " ".join(session.scalars(select(AuditEvent.detail).where(AuditEvent.action.like("registry%"))))
    assert "林小明" not in details
    assert CODE not in details


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([dose(儿童编码=CODE, day="2027-01-01")], "还没到"),
        ([dose(儿童编码=CODE, day="去年")], "不是一个日期"),
        ([dose(儿童编码=CODE, day="")], "没有接种日期"),
        ([dose(姓名="林小明")], "看不出是哪个孩子"),
        ([dose(儿童编码=3.3010620200001e17)], "已经丢了"),
    ],
)
def test_a_row_that_cannot_be_read_says_where_and_how(rows: list[list[object]], words: str, app: object) -> None:
    with app.test_request_context():  # type: ignore[attr-defined]
        read = read_export(export(*rows), file_name="x", today=TODAY)
    assert [one.row for one in read.faults] == [2]
    assert words in read.faults[0].sentence


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_text_files_and_two_sheets_say_the_same(app: object, encoding: str) -> None:
    one = text(COLUMNS, dose(儿童编码=CODE, 姓名="林小明", 出生日期="2020-03-12"), encoding=encoding)
    two = sheets(
        {
            "剂次": [
                ["儿童编码", "疫苗名称", "接种日期", "批号", "接种单位"],
                [CODE, "甲肝减毒活疫苗", "2021-09-16", "2021A", ""],
            ],
            "儿童": [
                ["儿童编码", "姓名", "出生日期"],
                [CODE, "林小明", "2020-03-12"],
                ["9999", "没有剂次", "2020-01-01"],
            ],
        }
    )
    with app.test_request_context():  # type: ignore[attr-defined]
        for content in (one, two):
            (child,) = read_export(content, file_name="x", today=TODAY).children
            assert (child.name, child.birth_date) == ("林小明", dt.date(2020, 3, 12))
            assert [dose.product for dose in child.doses] == ["HepA-L"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken", "姓名,班级\n林小河,一班\n".encode()])
def test_other_files_are_refused_in_a_sentence(app: object, content: bytes) -> None:
    with app.test_request_context(), pytest.raises(FileRefused, match="。"):  # type: ignore[attr-defined]
        read_export(content, file_name="x", today=TODAY)


def test_withdrawn_by_hand_stays_withdrawn(database: Database, district: District, center: Center) -> None:
    with database.writing() as session:
        child = known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
        row = DoseRecord(child_id=child.id, product="HepA-L", day=dt.date(2021, 9, 16), source=DoseSource.CLINIC)
        row.entered_by, row.entered_at = center.by.user_id, MOMENT
        session.add(row)
        session.flush()
        withdraw_dose(session, by=center.by, now=MOMENT, child=child, dose=row)
        assert center.compared(session, export(dose(儿童编码=CODE))).new_doses == 0
        assert session.scalar(select(func.count()).select_from(DoseRecord)) == 2
