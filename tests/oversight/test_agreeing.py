"""Board, bulletin, workbook and a recount in plain SQL agree; what leaves the house gives no small cell away."""

import random
from collections import Counter

import pytest
from sqlalchemy import text

from app.campaigns.models import Campaign
from app.children.kinds import CertificateState
from app.oversight.board import Board, By, board_of
from app.oversight.bulletin import as_text, bulletin
from app.oversight.disclosure import LEAST, hidden_cells
from app.reports.standing import standing_of_schools
from app.sheets.drawing import summary_sheet
from forms.paper.workbook import workbook
from tests.actors import actor
from tests.district import District
from tests.notices.september import Desk, at
from tests.oversight.autumns import OCTOBER, act, begin
from tests.sheets.reading import body_of


def made(desk: Desk, district: District, campaign: Campaign, seed: int) -> Board:
    chance = random.Random(seed)
    children = begin(desk, district, chance, 30)
    for _ in range(60):
        act(desk, district, chance.choice(children), chance)
    return board_of(desk.session, actor(district, "bureau_auditor"), campaign, OCTOBER)


@pytest.mark.parametrize("seed", range(2))
def test_board_bulletin_workbook_and_raw_rows_agree(
    desk: Desk, district: District, campaign: Campaign, seed: int
) -> None:
    board = made(desk, district, campaign, seed)
    figures = board.whole.figures
    raw = Counter(
        desk.session.scalars(
            text(
                """SELECT coalesce((SELECT c.result FROM check_record c WHERE c.enrolment_id = e.id
                AND NOT EXISTS (SELECT 1 FROM check_record l WHERE l.supersedes_id = c.id)
                ORDER BY c.number DESC LIMIT 1), 'not_checked') FROM enrolment e
                JOIN school_class k ON k.id = e.class_id JOIN organisation o ON o.id = k.school_id
                WHERE e.state = 'active' AND o.supervisor_id = :bureau"""
            ),
            {"bureau": campaign.bureau_id},
        ).all()
    )
    assert {one: number for one, number in figures.by_result.items() if number} == dict(raw)
    for by in By:
        assert sum(group.figures.expected for group in board.groups(by)) == figures.expected
    assert sum(board.whole.by_day.values()) == figures.checked
    # The summary of the room of sheets counts on its own.
    rates = summary_sheet(desk.session, actor(district, "bureau_auditor"), campaign, at(OCTOBER)).sheet.tables[2]
    wanted = {row.cells[0]: row.cells[1:4] for row in rates.rows}
    assert {
        one.label: (one.numerator, one.denominator, one.percent) for one in board.whole.indicators.values()
    } == wanted
    sheet = bulletin(board, at(OCTOBER), "审核员")
    units = next(table for table in sheet.tables if table.title == "学校")
    results = list(figures.by_result)
    shown = dict(
        zip(
            ("complete", "catch_up", "review", "no_certificate", "waived", "not_checked"),
            units.totals[0].cells[2:8],
            strict=True,
        )
    )
    assert set(shown) == set(results)
    for result, cell in shown.items():
        number = figures.by_result[result]
        assert cell == (number if number == 0 or number >= LEAST else "＜5")
    for place, table in enumerate(sheet.tables):
        if table.rows:
            assert body_of(workbook(sheet), place, table) == [list(row.cells) for row in (*table.rows, *table.totals)]
    assert f"已查验 {figures.checked} 人" in as_text(board, at(OCTOBER))


def test_the_deadline_and_the_day_of_the_list_are_those_of_the_reports(
    desk: Desk, district: District, campaign: Campaign
) -> None:
    board = made(desk, district, campaign, 3)
    ids = [one.school.id for one in board.whole.stands]
    assert {one.school.id: one.standing for one in board.whole.stands} == standing_of_schools(
        desk.session, campaign, ids
    )


def test_two_children_whose_certificates_were_replaced_are_two(
    desk: Desk, district: District, campaign: Campaign
) -> None:
    for name in ("甲", "乙"):
        child = desk.enrol(district.classes["near_1"], name)
        desk.certificate(child, CertificateState.ABSENT)
        desk.check(child)
        desk.certificate(child, CertificateState.REPLACED)
    board = board_of(desk.session, actor(district, "bureau_auditor"), campaign, OCTOBER)
    replaced = board.whole.indicators["replaced"]
    assert (replaced.numerator, replaced.denominator) == (2, 2)


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_cell_can_be_had_by_subtraction(seed: int) -> None:
    chance = random.Random(seed)
    rows = [[chance.choice([0, 1, 3, 4, 7, 20, 60]) for _ in range(6)] for _ in range(chance.randrange(1, 9))]
    hidden = hidden_cells(rows, rows_add_up=True)
    for at_, row in enumerate(rows):
        for to, number in enumerate(row):
            assert not 0 < number < LEAST or (at_, to) in hidden
    lines = [[(at_, to) for to in range(6)] for at_ in range(len(rows))]
    lines += [[(at_, to) for at_ in range(len(rows))] for to in range(6)]
    for line in lines:
        inside = [cell for cell in line if cell in hidden]
        if inside and len(inside) < len(line):
            assert len(inside) >= 2
            assert sum(rows[at_][to] for at_, to in inside) >= LEAST
