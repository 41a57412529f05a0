"""Until when a list has to be there: thirty days from term, or a week after the last child; the earlier one."""

import datetime as dt

from app.campaigns.models import Campaign
from app.children.kinds import EnrolmentSource
from app.reports.deadlines import Rule, list_deadline
from app.reports.listing import expected_of
from tests.district import District
from tests.notices.september import DAY, Desk
from tests.reports.lists import OWING


class TestDeadlines:
    """Thirty days from term, or a week after the last child was checked; the earlier one."""

    def until(self, desk: Desk, district: District, campaign: Campaign):
        return list_deadline(desk.session, campaign, expected_of(desk.session, campaign, district.places["near"]))

    def everybody_checked(self, desk: Desk, district: District) -> None:
        for name in ("near_1", "near_2"):
            desk.check(district.children[name])

    def test_thirty_days_while_somebody_is_left(self, desk, district, campaign) -> None:
        found = self.until(desk, district, campaign)
        assert (found.until, found.rule, found.finished_on) == (dt.date(2026, 10, 1), Rule.TERM, None)
        assert found.days_left(dt.date(2026, 9, 25)) == 6
        assert found.days_left(dt.date(2026, 10, 4)) == -3

    def test_a_week_after_the_last_one(self, desk, district, campaign) -> None:
        self.everybody_checked(desk, district)
        found = self.until(desk, district, campaign)
        assert (found.until, found.rule, found.finished_on) == (DAY + dt.timedelta(days=7), Rule.FINISHED, DAY)

    def test_a_second_look_does_not_begin_the_week_again(self, desk, district, campaign) -> None:
        self.everybody_checked(desk, district)
        desk.check(district.children["near_1"], DAY + dt.timedelta(days=40))
        assert self.until(desk, district, campaign).until == DAY + dt.timedelta(days=7)

    def test_finished_late_the_thirty_days_hold(self, desk, district, campaign) -> None:
        desk.check(district.children["near_1"])
        desk.check(district.children["near_2"], dt.date(2026, 9, 29))
        found = self.until(desk, district, campaign)
        assert (found.until, found.rule) == (dt.date(2026, 10, 1), Rule.TERM)

    def test_switched_off(self, desk, district, campaign) -> None:
        campaign.list_within_days = None
        self.everybody_checked(desk, district)
        assert self.until(desk, district, campaign).until == dt.date(2026, 10, 1)

    def test_a_transfer_has_its_own_days_and_does_not_move_the_school(self, desk, district, campaign, draft) -> None:
        self.everybody_checked(desk, district)
        late = desk.enrol(district.classes["near_1"], "转来")
        enrolment = desk.enrolment(late)
        enrolment.from_day, enrolment.source = dt.date(2026, 9, 21), EnrolmentSource.TRANSFER
        desk.session.flush()
        assert self.until(desk, district, campaign).until == DAY + dt.timedelta(days=7)
        desk.doses(late, OWING)
        desk.check(late, dt.date(2026, 9, 22))
        row = next(row for row in draft().rows if row.child.id == late.id)
        assert row.own_deadline(campaign) == dt.date(2026, 10, 21)
        assert all(row.own_deadline(campaign) is None for row in draft().rows if row.child.id != late.id)
