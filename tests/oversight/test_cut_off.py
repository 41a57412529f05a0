"""What is closed at the cut-off hour, and who is behind at a milestone."""

import datetime as dt

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline
from app.checks.actions import check_child
from app.children.models import Enrolment
from app.oversight.board import board_of
from app.oversight.bulletin import as_text, bulletin
from app.oversight.dating import at_cutoff
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, at


def test_the_last_cut_off_is_closed_and_what_came_after_it_is_said_apart(
    desk: Desk, district: District, campaign: Campaign
) -> None:
    """Three looks before 17 o'clock, two after it."""
    for number, hour in enumerate((9, 15, 16, 17, 20)):
        child = desk.enrol(district.classes["near_1"], f"孩{number}")
        desk.doses(child)
        enrolment = desk.session.query(Enrolment).filter_by(child_id=child.id).one()
        check_child(desk.session, by=desk.by, now=at(DAY, hour), as_of=DAY, child=child, enrolment=enrolment)
    board = board_of(desk.session, actor(district, "bureau_auditor"), campaign, DAY)
    assert campaign.cutoff_hour == 17
    words = "9 月 10 日 17 点截数时已查验 3 人，此后又查了 2 人。"
    assert at_cutoff(board, at(DAY, 21)) == words
    assert words in as_text(board, at(DAY, 21))
    assert "9 月 9 日 17 点截数时已查验 0 人，此后又查了 5 人。" in as_text(board, at(DAY, 16))


def test_who_is_behind_is_measured_by_the_last_milestone(desk: Desk, district: District, campaign: Campaign) -> None:
    campaign.milestones = [
        {"day": "2026-09-10", "share": 10},
        {"day": "2026-09-20", "share": 60},
    ]
    for number in range(4):
        child = desk.enrol(district.classes["near_1"], f"孩{number}")
        desk.doses(child)
        if not number:
            desk.check(child)
    auditor = actor(district, "bureau_auditor")
    for day in (dt.date(2026, 9, 9), DAY, dt.date(2026, 9, 19)):
        assert board_of(desk.session, auditor, campaign, day).behind == []
    late = board_of(desk.session, auditor, campaign, dt.date(2026, 9, 20))
    assert [one.school.id for one in late.behind] == [district.places["near"].id]
    assert late.behind[0].checked == 1
    near = district.places["near"]
    tables = {one.title: one for one in bulletin(late, at(DAY), "审核员", {near.id: DAY}).tables}
    (row,) = tables["落后"].rows
    assert row.cells[0] == near.name
    assert row.cells[2:] == (late.behind[0].expected, 1, DAY, near.contact_person or None, near.phone or None)
    # Who did nothing at all has no day.
    assert [one.cells[3] for one in tables["还没有开始"].rows] == [None]
    # The deadline is a milestone, whether somebody wrote it down or not.
    campaign.milestones = []
    assert board_of(desk.session, auditor, campaign, deadline(campaign) - dt.timedelta(1)).behind == []
    assert board_of(desk.session, auditor, campaign, deadline(campaign)).behind != []
