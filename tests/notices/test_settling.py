"""The doses on a notice are closed by what is on record, however it came in, and opened again when it does not hold."""

import datetime as dt

import pytest
from sqlalchemy import select

from app.children.kinds import DoseSource
from app.children.models import Child
from app.notices.models import ItemState, Notice, NoticeItem
from app.notices.settling import settle_items
from tests.district import District
from tests.notices.september import DAY, Desk, at, without

OCTOBER = dt.date(2026, 10, 12)


@pytest.fixture
def child(desk: Desk, district: District) -> Child:
    return desk.enrol(district.classes["near_1"], "林知夏")


def settle(desk: Desk, child: Child, day: dt.date = OCTOBER) -> list[NoticeItem]:
    return settle_items(desk.session, by=desk.by, now=at(day), child=child)


def states(desk: Desk, notice: Notice) -> dict[tuple[str, int], str]:
    rows = desk.session.scalars(select(NoticeItem).where(NoticeItem.notice_id == notice.id))
    return {(row.line, row.dose): row.state.value for row in rows}


@pytest.mark.parametrize("source", list(DoseSource))
def test_a_dose_closes_its_item_however_it_came_in(desk: Desk, child: Child, source: DoseSource) -> None:
    desk.doses(child, without(("MMR", 2), ("HepA-L", 1)))
    notice = desk.notice(child)
    assert settle(desk, child) == []
    [given] = desk.doses(child, (("MMR", "2026-10-08"),))
    given_id = given.id
    changed = settle(desk, child)

    assert [(item.line, item.state, item.dose_record_id) for item in changed] == [("MMR", ItemState.GIVEN, given_id)]
    assert changed[0].closed_at == at(OCTOBER)
    assert states(desk, notice) == {("MMR", 2): "given", ("HepA", 1): "open"}
    assert settle(desk, child) == []


def test_a_dose_that_does_not_hold_opens_it_again(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    notice = desk.notice(child)
    [given] = desk.doses(child, (("MMR", "2026-10-08"),))
    settle(desk, child)
    desk.withdraw_dose(given)
    [again] = settle(desk, child)

    assert (again.state, again.dose_record_id, again.closed_at) == (ItemState.OPEN, None, None)
    assert states(desk, notice) == {("MMR", 2): "open"}


def test_a_dose_that_does_not_count_closes_nothing(desk: Desk, child: Child) -> None:
    """Given ten days after the dose before it: the line goes to review, the dose stays open."""
    desk.doses(child, without(("HepB", 2), ("HepB", 3)))
    notice = desk.notice(child)
    desk.doses(child, (("HepB", "2026-10-01"), ("HepB", "2026-10-10")))
    settle(desk, child)

    assert states(desk, notice) == {("HepB", 2): "given", ("HepB", 3): "open"}


def test_too_old_now_is_not_given(desk: Desk, child: Child) -> None:
    """No room is left for the fifth dose before the seventh birthday: nothing is owed, and nothing was given."""
    desk.doses(child, without(("DTaP", 4), ("DTaP", 5)))
    notice = desk.notice(child)
    before = states(desk, notice)
    desk.doses(child, (("DTaP", "2026-10-01"),))
    settle(desk, child)

    assert before["DTP", 4] == "open"
    assert states(desk, notice) == {("DTP", 4): "given"} | dict.fromkeys(before.keys() - {("DTP", 4)}, "not_owed")


def test_exempt_is_not_given(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    notice = desk.notice(child)
    desk.exempt(child, "MMR")
    settle(desk, child)

    assert states(desk, notice) == {("MMR", 2): "not_owed"}


def test_the_baseline_is_settled_after_it_was_replaced(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2), ("HepA-L", 1)))
    first = desk.notice(child)
    desk.doses(child, (("MMR", "2026-10-08"),))
    settle(desk, child)
    second = desk.notice(child, OCTOBER)
    desk.doses(child, (("HepA-L", "2026-11-10"),))
    settle(desk, child, dt.date(2026, 11, 11))

    assert states(desk, first) == {("MMR", 2): "given", ("HepA", 1): "given"}
    assert states(desk, second) == {("HepA", 1): "given"}


def test_a_notice_of_a_corrected_check_never_counted(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    wrong = desk.notice(child)
    desk.doses(child, (("MMR", "2021-09-16"),))
    assert desk.notice(child, DAY) is None
    settle(desk, child)

    assert states(desk, wrong) == {("MMR", 2): "open"}


def test_an_ipv_owed_for_type_two_is_not_closed_by_a_bopv(desk: Desk, child: Child) -> None:
    polio = (("IPV", "2020-05-14"), *(("bOPV", day) for day in ("2020-06-15", "2020-07-16", "2024-03-14")))
    desk.doses(child, without(("IPV", 1), ("IPV", 2), ("bOPV", 1), ("bOPV", 2)) + polio)
    notice = desk.notice(child)
    assert states(desk, notice) == {("Polio", 5): "open"}
    desk.doses(child, (("bOPV", "2026-10-01"),))
    assert settle(desk, child) == []
    [ipv] = desk.doses(child, (("IPV", "2026-11-02"),))
    [item] = settle(desk, child, dt.date(2026, 11, 3))

    assert (item.state, item.dose_record_id) == (ItemState.GIVEN, ipv.id)


def test_a_child_without_notices_costs_no_judgement(desk: Desk, child: Child) -> None:
    assert settle(desk, child) == []
