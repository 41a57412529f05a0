"""Board, bulletin, workbook and a recount in plain SQL agree; what leaves the house gives no small cell away."""

import datetime as dt
import random
from collections import Counter

import numpy
import pytest
from scipy.linalg import null_space
from sqlalchemy import text

from app.campaigns.models import Campaign
from app.checks.counting import RESULTS
from app.children.kinds import CertificateState, EnrolmentState
from app.counting.columns import Place, place_of
from app.counting.indicators import LINES, coverage
from app.merging.actions import merge
from app.notices.settling import settle_items
from app.oversight.board import Board, By, board_closed, board_of, group_of
from app.oversight.bulletin import HIDDEN, as_text, bulletin
from app.oversight.disclosure import LEAST, hidden_cells, tells_little
from app.oversight.doses import heat_map
from app.oversight.keeping import closings
from app.oversight.models import BoardClosing
from app.privacy.erasing import erase_child
from app.reports.actions import freeze, send
from app.reports.standing import standing_of_schools
from app.sheets.drawing import summary_sheet
from forms.paper.workbook import workbook
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, FULL, Desk, at
from tests.oversight import by_hand
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
    sheet = bulletin(board, at(OCTOBER), "审核员", {})
    units = next(table for table in sheet.tables if table.title == "乡镇街道")
    rows = [row.cells[2:8] for row in (*units.rows, *units.totals)]
    groups = [*board.groups(By.TOWNSHIP), board.whole]
    assert len(rows) == len(groups)
    for cells, group in zip(rows, groups, strict=True):
        for cell, result in zip(cells, RESULTS, strict=True):
            assert cell == "＊" or cell == group.figures.by_result[result]
            assert cell == "＊" or result == "not_checked" or not 0 < cell < LEAST
    progress = next(table for table in sheet.tables if table.title == "学校")
    assert progress.totals[0].cells[3:5] == (figures.expected, figures.checked)
    assert sum(row.cells[4] for row in progress.rows) == figures.checked
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


def test_the_heat_map_has_the_coverage_of_every_sheet(desk: Desk, district: District, campaign: Campaign) -> None:
    board = made(desk, district, campaign, 4)
    figures = {one.school.id: group_of("", [one]).figures for one in board.whole.stands}
    for row in heat_map(board.whole):
        for line, one in zip(LINES, row.cells, strict=True):
            wanted = coverage(figures[row.school_id], line)
            assert (one.numerator, one.denominator, one.target) == (wanted.numerator, wanted.denominator, wanted.target)


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


@pytest.mark.parametrize("seed", range(60))
def test_no_hidden_cell_can_be_had_by_subtraction(seed: int) -> None:
    """What an outsider knows are the cells shown, the totals shown and the sum of every row: linear equations."""
    chance = random.Random(seed)
    rows = [[chance.choice([0, 1, 3, 4, 7, 20, 60]) for _ in range(6)] for _ in range(chance.randrange(1, 9))]
    hidden = sorted(hidden_cells(rows))
    grid = [*rows, [sum(column) for column in zip(*rows, strict=True)]]
    for at_, row in enumerate(grid):
        for to, number in enumerate(row):
            assert not 0 < number < LEAST or (at_, to) in hidden
    equations = [[float(cell[0] == at_) for cell in hidden] for at_ in range(len(grid))]
    for to in range(6):
        equations.append([0.0 if cell[1] != to else -1.0 if cell[0] == len(rows) else 1.0 for cell in hidden])
    if not hidden:
        return
    free = null_space(numpy.array(equations))
    for place, (at_, to) in enumerate(hidden):
        assert free.shape[1], (rows, hidden)
        assert abs(free[place]).max() > 1e-9, (rows, at_, to)


def test_a_total_of_two_small_cells_does_not_say_one_and_one() -> None:
    """As met: 98 checked children, one without certificate, one waived, and all other totals in sight."""
    hidden = hidden_cells([[63, 20, 5, 1, 1, 180], [8, 0, 0, 0, 0, 401]])
    totals = [to for at_, to in hidden if at_ == 2]
    assert len(totals) > 2


def test_a_rate_gives_no_small_cell_away() -> None:
    assert not tells_little(97, 98)
    assert not tells_little(3, 20)
    assert tells_little(71, 98)
    assert tells_little(98, 98)


@pytest.mark.parametrize("seed", range(4))
def test_every_rate_is_a_recount_by_hand(desk: Desk, district: District, campaign: Campaign, seed: int) -> None:
    """Board, bulletin, text and workbook against loops over raw rows; one child is there twice, one is erased."""
    session, chance = desk.session, random.Random(100 + seed)
    auditor, recheck_by = actor(district, "bureau_auditor"), campaign.recheck_by
    made(desk, district, campaign, seed)
    twice = [desk.enrol(district.classes["near_2"], "白露") for _ in range(2)]
    desk.doses(twice[0], FULL[:-2])
    desk.check(twice[0])
    desk.doses(twice[0], (("HepA-L", OCTOBER.isoformat()),))
    settle_items(session, by=desk.by, now=at(OCTOBER), child=twice[0])
    for state in (CertificateState.ABSENT, CertificateState.REPLACED):
        child = desk.enrol(district.classes["far_1"], "无证")
        desk.certificate(child, CertificateState.ABSENT)
        desk.check(child)
        desk.certificate(child, state)
    merge(session, by=actor(district, "school_head"), now=at(OCTOBER), on=OCTOBER, kept=twice[0], gone=twice[1])
    gone = desk.enrol(district.classes["near_1"], "安然")
    desk.doses(gone, FULL[:-3])
    desk.check(gone)
    left = desk.enrolment(gone)
    left.state, left.to_day = EnrolmentState.LEFT, OCTOBER
    erase_child(session, by=actor(district, "administrator"), now=at(OCTOBER), child=gone)
    campaign.list_within_days = None
    for place, day in (("near", DAY), ("far", campaign.first_day + dt.timedelta(35))):
        for center in ("near_center", "far_center"):
            if chance.random() < 0.8:
                which = {"school": district.places[place], "center": district.places[center]}
                report = freeze(session, by=desk.by, now=at(day), campaign=campaign, **which)
                send(session, by=desk.by, now=at(day), report=report)
    closings(session, campaign, at(OCTOBER, 17))
    live = board_of(session, auditor, campaign, OCTOBER)
    closed = board_closed(session, auditor, campaign, session.get_one(BoardClosing, (campaign.id, OCTOBER)))
    session.flush()
    rows = by_hand.District(session, campaign.bureau_id, campaign.joins_from)
    wanted = by_hand.indicators(rows, campaign.first_day, recheck_by, OCTOBER)
    for board in (live, closed):
        figures, rates = board.whole.figures, board.whole.indicators
        for code, one in rates.items():
            assert (one.numerator, one.denominator) == wanted[code], code
        doses: Counter[tuple[Place, str]] = Counter()
        for code, (given, owed) in wanted.items():
            if code.startswith("dose."):
                line, product, dose = code.split(".")[1:]
                doses.update({(place_of(line, product, int(dose)), "given"): given})
                doses.update({(place_of(line, product, int(dose)), "owed"): owed})
        tallies = figures.baseline.by_place.items()
        assert +Counter({(place, "given"): tally.caught_up for place, tally in tallies}) == +Counter(
            {key: number for key, number in doses.items() if key[1] == "given"}
        )
        assert +Counter({(place, "owed"): tally.owed for place, tally in tallies}) == +Counter(
            {key: number for key, number in doses.items() if key[1] == "owed"}
        )
        assert +figures.baseline.reasons == by_hand.reasons(rows, recheck_by)
    assert wanted["doses"][0] > 0
    assert wanted["replaced"][1] > 0
    sheet, words = bulletin(closed, at(OCTOBER, 18), "审核员", {}), as_text(closed, at(OCTOBER, 18))
    table = next(one for one in sheet.tables if one.title == "指标")
    place = sheet.tables.index(table)
    assert body_of(workbook(sheet), place, table) == [list(row.cells) for row in table.rows]
    for one, row in zip(closed.whole.indicators.values(), table.rows, strict=True):
        shown = (one.numerator, one.denominator, one.percent)
        assert row.cells[1:4] in (shown, (HIDDEN,) * 3)
        said = f"{one.label} {one.percent}（{one.numerator}/{one.denominator}）"
        assert (said in words) == (row.cells[1:4] == shown and one.denominator > 0)
