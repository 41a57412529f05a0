"""Screen, PDF and workbook say the same, and what they say is a recount of raw rows, made here by other means."""

import datetime as dt
import random
from collections import Counter

import pytest
from sqlalchemy import event, text

from app.children.kinds import CertificateState
from app.children.models import Child
from app.config import ROOT
from app.notices.settling import settle_items
from app.schools.models import Organisation, OrganisationKind, SchoolClass
from app.sheets.drawing import feedback_sheet, register_sheet, summary_sheet
from app.sheets.months import Month
from forms.paper.printing import press
from forms.paper.workbook import workbook
from tests.actors import actor
from tests.district import District
from tests.notices.september import FULL, Desk, at
from tests.sheets.reading import body_of, calamine_text, pages, squeezed

OCTOBER = dt.date(2026, 10, 9)


def autumn(desk: Desk, district: District, seed: int) -> None:
    """Random classes: checked, some without certificate; in October some doses are given and some certificates come."""
    chance = random.Random(seed)
    for number in range(24):
        child = desk.enrol(district.classes[chance.choice(["near_1", "near_2"])], f"孩{number}")
        desk.doses(child, tuple(chance.sample(FULL, chance.randrange(13, len(FULL) + 1))))
        if chance.random() < 0.25:
            desk.certificate(child, CertificateState.ABSENT)
        if chance.random() < 0.85:
            desk.check(child)
        if chance.random() < 0.5:
            catch_up(desk, child, chance)
        if chance.random() < 0.3:
            desk.certificate(child, CertificateState.REPLACED)
            desk.check(child, OCTOBER)


def catch_up(desk: Desk, child: Child, chance: random.Random) -> None:
    missing = [(product, day) for product, day in FULL if chance.random() < 0.3]
    for product, _day in missing:
        desk.doses(child, ((product, OCTOBER.isoformat()),))
    settle_items(desk.session, by=desk.by, now=at(OCTOBER), child=child)


def baseline_rows(desk: Desk) -> list:
    """By hand, in SQL: the doses that the first check found owed, and what became of them."""
    return desk.session.execute(
        text(
            """SELECT e.class_id, e.id, i.line, i.product, i.dose, i.state, i.earliest FROM notice_item i
            JOIN notice n ON n.id = i.notice_id JOIN enrolment e ON e.id = n.enrolment_id
            JOIN check_record c ON c.id = n.check_id
            WHERE c.number = 1 AND i.part = 'catch_up'
            AND NOT EXISTS (SELECT 1 FROM check_record l WHERE l.supersedes_id = c.id)"""
        )
    ).all()


@pytest.mark.parametrize("seed", range(3))
def test_a_summary_is_a_recount(desk: Desk, district: District, campaign, seed: int) -> None:
    autumn(desk, district, seed)
    sheet = summary_sheet(desk.session, desk.by, campaign, at(OCTOBER)).sheet
    children, doses, rates, _per_dose, reasons = sheet.tables
    names = [column.group + column.label for column in children.columns]
    whole = dict(zip(names, children.totals[0].cells, strict=True))
    results = Counter(
        desk.session.scalars(
            text(
                """SELECT coalesce((SELECT c.result FROM check_record c WHERE c.enrolment_id = e.id
                AND NOT EXISTS (SELECT 1 FROM check_record l WHERE l.supersedes_id = c.id)
                ORDER BY c.number DESC LIMIT 1), 'none') FROM enrolment e
                JOIN school_class k ON k.id = e.class_id WHERE k.school_id = :school"""
            ),
            {"school": district.places["near"].id},
        ).all()
    )
    assert whole["人数应查验"] == sum(results.values())
    assert whole["人数未查验"] == results["none"]
    assert whole["现在的结果全程"] == results["complete"]
    assert whole["现在的结果需补种"] == results["catch_up"]
    assert whole["现在的结果无接种证"] == results["no_certificate"]
    assert sum(value for name, value in whole.items() if name.startswith("现在的结果")) == whole["人数实查验"]
    assert whole["首次查验有证"] + whole["首次查验无证"] == whole["人数实查验"]
    rows = [row for row in baseline_rows(desk) if str(row.earliest) <= "2026-12-31" and row.state != "not_owed"]
    by_child: dict[int, list[str]] = {}
    for row in rows:
        if row.line != "BCG":
            by_child.setdefault(row.id, []).append(row.state)
    assert whole["首次查验需补种"] == len(by_child)
    assert whole["首次查验已补种全"] == sum(set(states) == {"given"} for states in by_child.values())
    owed, done = doses.totals
    assert owed.cells[-1] == len(rows) == sum(number or 0 for number in owed.cells[2:-1])
    assert done.cells[-1] == sum(row.state == "given" for row in rows) > 0
    assert {row.cells[0]: row.cells[1:3] for row in rates.rows}["剂次补种率"] == (done.cells[-1], owed.cells[-1])
    assert reasons.totals[0].cells[1] == owed.cells[-1] - done.cells[-1] == sum(row.cells[1] for row in reasons.rows)
    # Every column of numbers is the sum of its rows, in every table.
    for place in range(1, len(children.columns)):
        assert children.totals[0].cells[place] == sum(row.cells[place] for row in children.rows if not row.strong)


@pytest.mark.parametrize("what", ["register", "summary", "feedback"])
def test_pdf_and_workbook_hold_the_rows_of_the_table(desk: Desk, district: District, campaign, what: str) -> None:
    autumn(desk, district, 7)
    if what == "register":
        drawn = register_sheet(desk.session, campaign, district.classes["near_1"], OCTOBER)
    elif what == "summary":
        drawn = summary_sheet(desk.session, actor(district, "bureau_auditor"), campaign, at(OCTOBER))
    else:
        drawn = feedback_sheet(desk.session, actor(district, "nurse"), campaign, Month(2026, 10), OCTOBER)
    sheet, book = drawn.sheet, workbook(drawn.sheet)
    whole = pages(press(ROOT / "build" / "fonts").print_tables(sheet))
    on_paper = squeezed("".join(whole))
    for place, table in enumerate(sheet.tables):
        assert table.rows
        wanted = [list(row.cells) for row in (*table.rows, *table.totals)]
        assert body_of(book, place, table) == wanted
        read = calamine_text(book, place)
        assert [[cell for cell in row if cell != ""] for row in read if row][0] == [sheet.title]
        for row in wanted:
            cells = [str(cell) for cell in row if cell is not None]
            if what == "feedback":  # its rows have cells of two lines
                assert all(squeezed(part) in on_paper for cell in cells for part in cell.split("\n") if len(part) < 10)
            else:
                assert squeezed("".join(cells)) in on_paper
    for number, page in enumerate(whole, start=1):
        foot = squeezed(page.strip().splitlines()[-1])
        assert f"第{number}页，共{len(whole)}页" in foot
        assert squeezed(sheet.number) in foot
        assert squeezed(f"校验{sheet.seal}") in foot


def test_marks_of_a_register_add_up_to_the_baseline(desk: Desk, district: District, campaign) -> None:
    autumn(desk, district, 11)
    marks: Counter[str] = Counter()
    for name in ("near_1", "near_2"):
        table = register_sheet(desk.session, campaign, district.classes[name], OCTOBER).sheet.tables[0]
        places = [number for number, column in enumerate(table.columns) if column.group]
        for row in table.rows:
            marks.update("".join(str(row.cells[place] or "") for place in places))
        for total, mark in zip(table.totals[1:], "×△?", strict=True):
            by_hand = sum(str(row.cells[place] or "").count(mark) for row in table.rows for place in places)
            assert sum(total.cells[place] or 0 for place in places) == by_hand
            assert total.cells[-1] == f"{by_hand} 剂"
    assert marks["△"] > 0
    assert marks["×"] > 0


def test_the_seal_changes_with_the_rows_and_not_with_names(desk: Desk, district: District, campaign) -> None:
    child = desk.enrol(district.classes["near_1"], "白露")
    desk.doses(child, FULL[:-1])
    desk.check(child)

    def seal() -> str:
        return register_sheet(desk.session, campaign, district.classes["near_1"], OCTOBER).sheet.seal

    before = seal()
    assert seal() == before
    catch = (("HepA-L", OCTOBER.isoformat()),)
    desk.doses(child, catch)
    settle_items(desk.session, by=desk.by, now=at(OCTOBER), child=child)
    assert seal() != before


def test_a_district_asks_no_more_than_a_school(desk: Desk, district: District, campaign) -> None:
    """A fixed number of questions, however many schools and children there are."""
    bureau = actor(district, "bureau_auditor")

    def questions() -> int:
        asked: list[str] = []

        def hear(_connection, _cursor, statement, *_more) -> None:
            asked.append(statement)

        bind = desk.session.get_bind()
        event.listen(bind, "before_cursor_execute", hear)
        try:
            summary_sheet(desk.session, bureau, campaign, at(OCTOBER))
        finally:
            event.remove(bind, "before_cursor_execute", hear)
        return len(asked)

    autumn(desk, district, 1)
    before = questions()
    for number in range(5):
        school = Organisation(kind=OrganisationKind.SCHOOL, name=f"新校{number}", area_code="330199000000")
        school.supervisor_id = district.places["bureau"].id
        school.default_health_center_id = district.places["far_center"].id
        desk.session.add(school)
        desk.session.flush()
        group = SchoolClass(school_id=school.id, grade="一年级", name="一（1）班")
        desk.session.add(group)
        desk.session.flush()
        child = desk.enrol(group, f"新{number}")
        desk.doses(child, FULL[:-2])
        desk.check(child)
    assert questions() == before < 20


def test_townships_are_summed_where_there_are_several(desk: Desk, district: District, campaign) -> None:
    autumn(desk, district, 2)
    bureau, nurse = (actor(district, who) for who in ("bureau_auditor", "nurse"))
    several, one = (summary_sheet(desk.session, who, campaign, at(OCTOBER)).sheet.tables[0] for who in (bureau, nurse))
    assert [row.cells[0] for row in several.rows] == ["近水小学", "近水卫生院 小计", "远山幼儿园", "远山卫生院 小计"]
    assert [row.cells[0] for row in one.rows] == ["近水小学"]
    # 应查验学校数 and 实查验学校数: who did nothing is seen.
    assert several.totals[0].cells[1:3] == (2, 1)
