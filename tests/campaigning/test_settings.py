"""What a bureau may decide together, and what it may not."""

import datetime as dt
from dataclasses import replace

import pytest

from app.campaigns.actions import NoSense, NotNow, Refusal, change, open_for_schools, pin_edition, set_up
from app.campaigns.models import CampaignState, Kind, Round
from app.campaigns.queries import counting_day, open_campaign, taking_part
from app.campaigns.settings import Fault, Milestone, faults_of, settings_of, usual
from app.children.kinds import EnrolmentSource
from app.schools.models import SchoolClass
from tests.district import FIRST_DAY, MOMENT
from tests.notices.september import at

USUAL = usual("2026年秋季", Round.AUTUMN, FIRST_DAY)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def made(desk, auditor, settings=USUAL, round_=Round.AUTUMN):
    return set_up(desk.session, by=auditor, now=MOMENT, round_=round_, edition="nip-2026", settings=settings)


@pytest.mark.parametrize(
    ("round_", "first_day"),
    [(Round.AUTUMN, day(9, 1)), (Round.SPRING, dt.date(2027, 3, 1)), (Round.AUTUMN, dt.date(2028, 8, 31))],
)
def test_what_most_districts_choose_makes_sense(round_, first_day) -> None:
    assert faults_of(usual("x", round_, first_day)) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"kinds": ()}, Fault.NO_KIND),
        ({"joins_from": day(9, 2)}, Fault.JOINS_LATE),
        ({"deadline_days": 31}, Fault.TOO_MANY_DAYS),
        ({"list_within_days": 0}, Fault.LIST_DAYS),
        ({"list_within_days": 31}, Fault.LIST_DAYS),
        ({"checking_from": day(8, 31)}, Fault.CHECKS_BEFORE_TERM),
        ({"summarising_from": day(9, 9)}, Fault.SUMS_UP_EARLY),
        ({"summarising_from": day(10, 2)}, Fault.SUMS_UP_LATE),
        ({"catch_up_from": day(8, 31)}, Fault.CATCHES_UP_BEFORE_TERM),
        ({"catch_up_until": day(9, 30)}, Fault.CATCHES_UP_BACKWARDS),
        ({"recheck_by": dt.date(2027, 1, 1)}, Fault.RECHECKS_LATE),
        ({"recheck_by": day(11, 29)}, Fault.RECHECKS_LATE),
        ({"cutoff_hour": 24}, Fault.CUTOFF),
        ({"cutoff_hour": -1}, Fault.CUTOFF),
        ({"milestones": (Milestone(day(10, 2), 50),)}, Fault.MILESTONE_DAY),
        ({"milestones": (Milestone(day(9, 10), 0),)}, Fault.MILESTONE_SHARE),
        ({"milestones": (Milestone(day(9, 10), 101),)}, Fault.MILESTONE_SHARE),
        ({"milestones": (Milestone(day(9, 10), 50), Milestone(day(9, 10), 60))}, Fault.MILESTONE_ORDER),
        ({"milestones": (Milestone(day(9, 10), 50), Milestone(day(9, 12), 50))}, Fault.MILESTONE_ORDER),
    ],
)
def test_each_contradiction_is_found_alone(wrong, fault) -> None:
    assert faults_of(replace(USUAL, **wrong)) == [fault]


@pytest.mark.parametrize(
    "right",
    [
        {"deadline_days": 30},
        {"list_within_days": None},
        {"recheck_by": day(12, 31)},
        {"cutoff_hour": 0},
        {"milestones": ()},
        {"catch_up_from": FIRST_DAY},
    ],
)
def test_the_edge_is_allowed(right) -> None:
    assert faults_of(replace(USUAL, **right)) == []


def test_a_shorter_deadline_brings_its_neighbours_along() -> None:
    """Milestones and summing up that lie after the new last day are pointed out, not moved in silence."""
    assert faults_of(replace(USUAL, deadline_days=15)) == [Fault.SUMS_UP_LATE, Fault.MILESTONE_DAY]


class TestSettingUp:
    def test_what_was_chosen_is_what_is_kept(self, desk, district, auditor) -> None:
        wanted = replace(USUAL, kinds=(Kind.SCHOOL,), focus=("MMR",), list_within_days=None, due_counts=False)
        campaign = made(desk, auditor, wanted)
        desk.session.expire_all()
        assert settings_of(campaign) == wanted
        assert (campaign.state, campaign.edition, campaign.year) == (CampaignState.PREPARING, "nip-2026", 2026)

    def test_schools_see_nothing_before_it_is_opened(self, desk, district, auditor) -> None:
        campaign = made(desk, auditor)
        assert open_campaign(desk.session, district.places["near"].id) is None
        open_for_schools(desk.session, by=auditor, now=at(FIRST_DAY), campaign=campaign)
        assert open_campaign(desk.session, district.places["near"].id) is campaign
        assert campaign.opened_at == at(FIRST_DAY)

    def test_one_round_a_year(self, desk, district, auditor) -> None:
        made(desk, auditor)
        with pytest.raises(NotNow) as why:
            made(desk, auditor)
        assert why.value.refusal is Refusal.SAME_ROUND
        assert made(desk, auditor, round_=Round.SPRING)  # the refused one left the transaction as it was

    def test_one_open_at_a_time(self, desk, district, auditor, campaign) -> None:
        spring = made(desk, auditor, usual("2027年春季", Round.SPRING, dt.date(2027, 3, 1)), Round.SPRING)
        with pytest.raises(NotNow) as why:
            open_for_schools(desk.session, by=auditor, now=MOMENT, campaign=spring)
        assert (why.value.refusal, why.value.other) == (Refusal.ANOTHER_OPEN, "2026年秋季")

    def test_senseless_settings_are_refused_whole(self, desk, district, auditor, campaign) -> None:
        before = settings_of(campaign)
        with pytest.raises(NoSense):
            change(desk.session, by=auditor, now=MOMENT, campaign=campaign, settings=replace(USUAL, cutoff_hour=99))
        assert settings_of(campaign) == before

    def test_a_change_says_what_changed(self, desk, district, auditor) -> None:
        campaign = made(desk, auditor)
        wanted = replace(USUAL, cutoff_hour=18, focus=("JE",))
        change_it = {"by": auditor, "now": MOMENT, "campaign": campaign, "settings": wanted}
        assert change(desk.session, **change_it) == ["cutoff_hour", "focus"]
        assert change(desk.session, **change_it) == []

    def test_an_edition_nobody_knows(self, desk, district, auditor, campaign) -> None:
        with pytest.raises(NotNow) as why:
            pin_edition(desk.session, by=auditor, now=MOMENT, campaign=campaign, edition="nip-1999")
        assert why.value.refusal is Refusal.NO_SUCH_EDITION


class TestKinds:
    def expected(self, desk, campaign) -> set[int]:
        return {one.class_id for one in desk.session.scalars(taking_part(campaign))}

    def test_a_campaign_for_schools_leaves_kindergartens_out(self, desk, district, campaign) -> None:
        classes = {name: district.classes[name].id for name in ("near_1", "near_2", "far_1")}
        assert self.expected(desk, campaign) == set(classes.values())
        campaign.kinds = [Kind.SCHOOL]
        assert self.expected(desk, campaign) == {classes["near_1"], classes["near_2"]}
        campaign.kinds = [Kind.KINDERGARTEN]
        assert self.expected(desk, campaign) == {classes["far_1"]}

    def test_who_joins_a_running_class_is_a_kind_of_its_own(self, desk, district, campaign) -> None:
        late = desk.enrolment(desk.enrol(district.classes["far_1"], "插班"))
        late.source = EnrolmentSource.MIDYEAR
        desk.session.flush()
        campaign.kinds = [Kind.JOINING]
        assert list(desk.session.scalars(taking_part(campaign))) == [late]

    def test_a_school_of_unknown_stage_loses_no_child(self, desk, district, campaign) -> None:
        school = desk.session.merge(district.places["near"])
        school.stage = None
        desk.session.flush()
        campaign.kinds = [Kind.SCHOOL]
        assert district.classes["near_1"].id in self.expected(desk, campaign)
        assert desk.session.get(SchoolClass, district.classes["near_1"].id).school_id == school.id


def test_after_the_cut_off_it_is_tomorrow(desk, campaign) -> None:
    assert counting_day(campaign, at(FIRST_DAY, 16)) == FIRST_DAY
    assert counting_day(campaign, at(FIRST_DAY, 17)) == FIRST_DAY + dt.timedelta(1)
