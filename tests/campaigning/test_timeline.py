"""Where a school should be and where it is; milestones, the pace; days of one's own; reminders; second looks."""

import datetime as dt

import pytest

from app.campaigns.clocks import first_own_deadline, own_days_of, own_deadline
from app.campaigns.focus import focus_counts
from app.campaigns.models import CampaignState
from app.campaigns.pace import next_pace, paces
from app.campaigns.reminders import What, today_of
from app.campaigns.school_days import is_school_day, known, school_days
from app.campaigns.second_looks import second_looks
from app.campaigns.timeline import Stage, planned, spans, stands_of_schools
from app.campaigns.wording import own_days_words
from app.checks.counting import Counts
from app.children.kinds import DoseSource, EnrolmentSource
from app.notices.actions import hand_out, mark_printed
from app.notices.queries import live_notice
from app.reports.actions import send
from tests.actors import actor
from tests.notices.september import DAY, FULL, at
from tests.reports.lists import OWING, checked, frozen


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (day(8, 20), Stage.PREPARING),
        (day(9, 9), Stage.PREPARING),
        (day(9, 10), Stage.CHECKING),
        (day(9, 19), Stage.CHECKING),
        (day(9, 20), Stage.SUMMARISING),
        (day(10, 1), Stage.SUMMARISING),
        (day(10, 2), Stage.CATCHING_UP),
        (day(11, 30), Stage.CATCHING_UP),
        (day(12, 1), Stage.RECHECKING),
        (day(12, 31), Stage.RECHECKING),
        (dt.date(2027, 1, 1), Stage.ARCHIVED),
    ],
)
def test_the_calendar_of_a_year(campaign, on, stage) -> None:
    assert planned(campaign, on) is stage


def test_between_list_and_catch_up_a_school_has_reported(campaign) -> None:
    campaign.catch_up_from = day(10, 15)
    assert planned(campaign, day(10, 1)) is Stage.SUMMARISING
    assert planned(campaign, day(10, 2)) is Stage.REPORTED
    assert planned(campaign, day(10, 15)) is Stage.CATCHING_UP


def test_the_stages_leave_no_day_out(campaign) -> None:
    found = [span for span in spans(campaign) if span.stage is not Stage.REPORTED]
    for span, following in zip(found, found[1:], strict=False):
        assert span.last + dt.timedelta(1) == following.first


class TestASchool:
    def stand(self, desk, campaign, on):
        return stands_of_schools(desk.session, desk.by, campaign, on)[0]

    def test_from_the_first_child_to_the_second_look(self, desk, district, campaign) -> None:
        assert self.stand(desk, campaign, DAY).stage is Stage.PREPARING
        assert self.stand(desk, campaign, DAY).behind
        checked(desk, district, "林小溪")
        assert self.stand(desk, campaign, DAY).stage is Stage.CHECKING
        for name in ("near_1", "near_2"):
            desk.check(district.children[name])
        assert self.stand(desk, campaign, DAY).stage is Stage.SUMMARISING
        assert not self.stand(desk, campaign, DAY).behind
        report = frozen(desk, district, campaign)
        assert self.stand(desk, campaign, DAY).stage is Stage.SUMMARISING
        send(desk.session, by=desk.by, now=at(DAY), report=report)
        assert self.stand(desk, campaign, DAY).stage is Stage.REPORTED
        assert self.stand(desk, campaign, day(10, 20)).stage is Stage.CATCHING_UP
        assert self.stand(desk, campaign, day(12, 3)).stage is Stage.RECHECKING
        assert not self.stand(desk, campaign, dt.date(2027, 2, 1)).behind  # the archive is the bureau's
        campaign.state, campaign.sealed_at = CampaignState.SEALED, at(day(12, 31))
        assert self.stand(desk, campaign, day(12, 31)).stage is Stage.ARCHIVED

    def test_who_came_later_holds_nobody_up(self, desk, district, campaign) -> None:
        for name in ("near_1", "near_2"):
            desk.check(district.children[name])
        late = desk.enrolment(desk.enrol(district.classes["near_1"], "转来"))
        late.from_day, late.source = day(9, 21), EnrolmentSource.TRANSFER
        desk.session.flush()
        stand = self.stand(desk, campaign, day(9, 22))
        assert (stand.stage, stand.own_days, stand.counts.not_checked) == (Stage.SUMMARISING, 1, 1)


class TestOwnDays:
    def test_thirty_days_from_the_own_first_day(self, desk, district, campaign) -> None:
        late = desk.enrolment(desk.enrol(district.classes["near_1"], "转来"))
        late.from_day = day(9, 21)
        assert own_deadline(campaign, late) == day(10, 21)
        assert own_deadline(campaign, desk.enrolment(district.children["near_1"])) is None

    def test_it_is_told_of_the_child_until_it_is_checked(self, desk, district, campaign) -> None:
        child = desk.enrol(district.classes["near_1"], "转来")
        desk.enrolment(child).from_day = day(9, 8)
        desk.session.flush()
        found = own_days_of(desk.session, desk.by, child.id)
        assert own_days_words(found, DAY) == "9 月 8 日到校，10 月 8 日前查验，还剩 28 天"
        assert own_days_words(found, day(10, 8)).endswith("，今天到期")
        assert own_days_words(found, day(10, 10)).endswith("，已过 2 天")
        desk.check(child)
        assert own_days_words(own_days_of(desk.session, desk.by, child.id), DAY) == "9 月 8 日到校，10 月 8 日前查验"
        assert own_days_of(desk.session, desk.by, district.children["near_1"].id) is None

    def test_the_first_one_to_end_is_named(self, desk, district, campaign) -> None:
        for name, from_day in (("甲", day(9, 21)), ("乙", day(9, 5))):
            desk.enrolment(desk.enrol(district.classes["near_1"], name)).from_day = from_day
        desk.session.flush()
        classes = [district.classes["near_1"].id]
        assert first_own_deadline(desk.session, campaign, classes) == (2, day(10, 5))
        assert first_own_deadline(desk.session, campaign, [district.classes["near_2"].id]) == (0, None)


class TestPace:
    GOALS = ({"day": "2026-09-15", "share": 50}, {"day": "2026-09-30", "share": 100})

    def counts(self, checked: int, expected: int = 100) -> Counts:
        return Counts({"complete": checked, "not_checked": expected - checked})

    def test_how_many_a_day(self, campaign) -> None:
        """From Thursday the 10th to Tuesday the 15th there are four school days: 28 children are 7 a day."""
        campaign.milestones = list(self.GOALS)
        pace = next_pace(campaign, self.counts(22), DAY)
        assert (pace.wanted, pace.missing, pace.school_days, pace.a_day) == (50, 28, 4, 7)

    def test_a_part_of_a_child_is_a_child(self, campaign) -> None:
        campaign.milestones = list(self.GOALS)
        pace = next_pace(campaign, self.counts(0, expected=7), DAY)
        assert (pace.wanted, pace.a_day) == (4, 1)

    def test_what_is_reached_or_over_gives_way_to_the_next(self, campaign) -> None:
        campaign.milestones = list(self.GOALS)
        assert next_pace(campaign, self.counts(50), DAY).milestone.share == 100
        assert next_pace(campaign, self.counts(0), day(9, 16)).milestone.share == 100
        assert next_pace(campaign, self.counts(100), DAY) is None
        assert next_pace(campaign, self.counts(0), day(10, 5)) is None

    def test_the_deadline_is_a_milestone_of_its_own(self, campaign) -> None:
        campaign.milestones = []
        assert [(one.milestone.day, one.milestone.share) for one in paces(campaign, self.counts(0), DAY)] == [
            (day(10, 1), 100)
        ]

    def test_no_school_day_left_is_no_number(self, campaign) -> None:
        campaign.milestones = [{"day": "2026-09-13", "share": 100}]
        pace = next_pace(campaign, self.counts(0), day(9, 12))
        assert (pace.school_days, pace.a_day) == (0, None)

    def test_nobody_expected_asks_nothing(self, campaign) -> None:
        assert next_pace(campaign, self.counts(0, expected=0), DAY) is None


def test_school_days_know_holidays_and_working_weekends() -> None:
    assert not is_school_day(day(10, 1))
    assert is_school_day(day(9, 20))  # a Sunday that makes up for the holiday
    assert school_days(day(9, 10), day(9, 9)) == 0
    assert known(2026)
    assert not known(2199)
    monday, new_year = dt.date(2030, 9, 2), dt.date(2031, 1, 1)
    assert is_school_day(monday)
    assert not is_school_day(new_year)  # a Wednesday, but a holiday of a fixed date


class TestReminders:
    def told(self, desk, on=DAY, who=None) -> dict[What, object]:
        found = today_of(desk.session, who or desk.by, on)
        return {one.what: one for one in found.reminders}

    def test_six_days_left_and_who_is_unchecked(self, desk, district, campaign) -> None:
        desk.check(district.children["near_1"])
        told = self.told(desk, day(9, 25))
        assert told.keys() == {What.CHECK, What.HAND_OUT}
        assert (told[What.CHECK].number, told[What.CHECK].days_left(day(9, 25))) == (1, 6)

    def test_a_late_comer_is_told_apart(self, desk, district, campaign) -> None:
        desk.enrolment(desk.enrol(district.classes["near_1"], "转来")).from_day = day(9, 21)
        desk.session.flush()
        told = self.told(desk, day(9, 22))
        assert (told[What.CHECK].number, told[What.CHECK_NEWCOMERS].number) == (2, 1)
        assert told[What.CHECK_NEWCOMERS].days_left(day(9, 22)) == 29

    def test_notices_until_they_are_handed_out(self, desk, district, campaign) -> None:
        notice = live_notice(desk.session, desk.enrolment(checked(desk, district, "林小溪")).id)
        assert (self.told(desk)[What.HAND_OUT].number, self.told(desk)[What.HAND_OUT].of_them) == (1, 1)
        mark_printed(desk.session, by=desk.by, now=at(DAY), notices=[notice])
        assert (self.told(desk)[What.HAND_OUT].number, self.told(desk)[What.HAND_OUT].of_them) == (1, 0)
        hand_out(desk.session, by=desk.by, now=at(DAY), notice=notice)
        assert What.HAND_OUT not in self.told(desk)

    def test_a_list_until_it_is_sent(self, desk, district, campaign) -> None:
        checked(desk, district, "林小溪")
        assert What.SEND_LISTS not in self.told(desk)  # children are left to be checked
        for name in ("near_1", "near_2"):
            desk.check(district.children[name])
        told = self.told(desk)[What.SEND_LISTS]
        assert (told.number, told.until) == (1, DAY + dt.timedelta(7))
        report = frozen(desk, district, campaign)
        assert self.told(desk)[What.SEND_LISTS].number == 1
        send(desk.session, by=desk.by, now=at(DAY), report=report)
        assert What.SEND_LISTS not in self.told(desk)

    def test_a_second_look_once_the_clinic_entered_a_dose(self, desk, district, campaign) -> None:
        child = checked(desk, district, "林小溪")
        assert second_looks(desk.session, campaign, [district.classes["near_1"].id]) == 0
        rows = desk.doses(child, (("HepA-L", "2026-10-12"),))
        assert What.LOOK_AGAIN not in self.told(desk, day(10, 13))  # typed by the school, and before the check

        rows = desk.doses(child, (("MMR", "2026-10-12"),))
        desk.withdraw_dose(rows[0])
        self.by_the_clinic(desk, child, "MMR", day(10, 13))
        assert self.told(desk, day(10, 13))[What.LOOK_AGAIN].number == 1
        desk.check(child, day(10, 14))
        assert What.LOOK_AGAIN not in self.told(desk, day(10, 14))

    def by_the_clinic(self, desk, child, product, on) -> None:
        from app.children.models import DoseRecord

        row = DoseRecord(child_id=child.id, product=product, day=on, source=DoseSource.CLINIC)
        row.entered_by, row.entered_at = desk.by.user_id, at(on)
        desk.session.add(row)
        desk.session.flush()

    def test_a_withdrawn_dose_asks_for_no_look(self, desk, district, campaign) -> None:
        child = checked(desk, district, "林小溪")
        from app.children.models import DoseRecord

        row = DoseRecord(child_id=child.id, product="MMR", day=day(10, 12), source=DoseSource.CLINIC)
        row.entered_by, row.entered_at = desk.by.user_id, at(day(10, 12))
        desk.session.add(row)
        desk.session.flush()
        desk.withdraw_dose(row)
        assert second_looks(desk.session, campaign, [district.classes["near_1"].id]) == 0

    def test_the_clerk_of_a_class_hears_of_the_class(self, desk, district, campaign) -> None:
        told = self.told(desk, who=actor(district, "class_clerk"))
        assert (told[What.CHECK].number, What.SEND_LISTS in told) == (1, False)

    def test_nothing_to_do_is_nothing_to_say(self, desk, district, campaign) -> None:
        for name in ("near_1", "near_2"):
            desk.doses(district.children[name], FULL)
            desk.check(district.children[name])
        send(desk.session, by=desk.by, now=at(DAY), report=frozen(desk, district, campaign))
        assert self.told(desk) == {}

    def test_without_a_campaign_there_is_no_today(self, desk, district) -> None:
        assert today_of(desk.session, desk.by, DAY) is None


def test_children_in_focus_are_counted_once_each(desk, district, campaign) -> None:
    campaign.focus = ["MMR", "JE"]
    for name in ("甲", "乙"):
        checked(desk, district, name, OWING)
    near = district.places["near"].id
    assert focus_counts(desk.session, campaign, near) == [("MMR", 2), ("JE", 0)]
    assert focus_counts(desk.session, campaign) == [("MMR", 2), ("JE", 0)]
    assert focus_counts(desk.session, campaign, district.places["far"].id) == [("MMR", 0), ("JE", 0)]
