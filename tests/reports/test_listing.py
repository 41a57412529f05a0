"""Who is on a list: everybody who must be, once, and every number is a recount of rows."""

import datetime as dt
import random
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEvent
from app.campaigns.models import Campaign
from app.children.kinds import CertificateState, EnrolmentSource
from app.children.models import Child, Enrolment
from app.reports.actions import NotNow, acknowledge, freeze, send
from app.reports.deadlines import Rule, list_deadline
from app.reports.drawing import sum_table
from app.reports.freezing import content_hash
from app.reports.listing import Draft, draft_of, expected_of, rows_of
from app.reports.models import Report, ReportRow, ReportState
from tests.actors import actor
from tests.district import FIRST_DAY, District
from tests.notices.september import DAY, FULL, Desk, at, without

OWING = without(("MMR", 2), ("HepA-L", 1))


@pytest.fixture
def draft(desk: Desk, district: District, campaign: Campaign):
    def of(center: str = "near_center") -> Draft:
        return draft_of(desk.session, campaign, district.places["near"], district.places[center])

    return of


def frozen(desk: Desk, district: District, campaign: Campaign, center: str = "near_center") -> Report:
    school, to = district.places["near"], district.places[center]
    return freeze(desk.session, by=desk.by, now=at(DAY), campaign=campaign, school=school, center=to)


def checked(desk: Desk, district: District, name: str, doses=OWING, school_class: str = "near_1", **more) -> Child:
    child = desk.enrol(district.classes[school_class], name, **more)
    desk.doses(child, doses)
    desk.check(child)
    return child


def children(rows) -> list[int]:
    return [row.child.id for row in rows]


def test_owing_to_verify_and_without_certificate_are_listed_others_not(desk, district, draft) -> None:
    owing = checked(desk, district, "甲")
    doubted = desk.enrol(district.classes["near_1"], "乙")
    rows = desk.doses(doubted)
    desk.doubt(doubted, "MMR", next(row for row in rows if row.product == "MMR"))
    desk.check(doubted)
    absent = desk.enrol(district.classes["near_1"], "丙")
    desk.certificate(absent, CertificateState.ABSENT)
    desk.check(absent)
    checked(desk, district, "丁", FULL)
    desk.enrol(district.classes["near_1"], "未查")
    found = draft()

    # The district itself has a child in each of the school's two classes: not checked.
    assert found.by_result == {
        "complete": 1,
        "catch_up": 1,
        "review": 1,
        "no_certificate": 1,
        "waived": 0,
        "not_checked": 3,
    }
    assert sorted(children(found.rows)) == sorted([owing.id, doubted.id, absent.id])
    assert [row.position for row in found.rows] == [1, 2, 3]


def test_the_list_stands_in_class_order(desk, district, draft) -> None:
    for name, where in [("赵", "near_2"), ("安", "near_2"), ("钱", "near_1"), ("白", "near_1")]:
        checked(desk, district, name, school_class=where)
    assert [row.identity.name for row in draft().rows] == ["白", "钱", "安", "赵"]


def test_each_center_gets_its_own_children(desk, district, draft) -> None:
    here = checked(desk, district, "近")
    there = checked(desk, district, "远", home=district.places["far_center"])

    assert children(draft().rows) == [here.id]
    assert children(draft("far_center").rows) == [there.id]
    assert sum(draft("far_center").by_result.values()) == 1


def test_debts_in_review_stand_in_no_sum(desk, district, draft) -> None:
    child = desk.enrol(district.classes["near_1"], "乙")
    rows = desk.doses(child, without(("HepA-L", 1)))
    desk.doubt(child, "MMR", [row for row in rows if row.product == "MMR"][1])
    desk.check(child)
    [row] = draft().rows

    assert [(dose.line, dose.dose) for dose in row.owed] == [("HepA", 1)]
    assert [(dose.line, dose.dose) for dose in row.to_verify] == [("MMR", 2)]
    assert sum_table(draft().rows).total == 1


def test_freezing_keeps_the_rows_and_nobody_is_listed_twice(desk, district, campaign, draft) -> None:
    first = [checked(desk, district, name).id for name in "甲乙"]
    report = frozen(desk, district, campaign)
    assert (report.sequence, report.state) == (1, ReportState.FROZEN)
    assert children(rows_of(desk.session, report)) == sorted(first, key=first.index)
    assert draft().rows == ()
    assert draft().listed_before == 2
    with pytest.raises(NotNow):
        frozen(desk, district, campaign)
    late = checked(desk, district, "丙")
    supplement = frozen(desk, district, campaign)
    assert supplement.sequence == 2
    assert children(rows_of(desk.session, supplement)) == [late.id]


def test_a_list_says_for_ever_what_it_said(desk, district, campaign) -> None:
    child = checked(desk, district, "甲")
    report = frozen(desk, district, campaign)
    before = rows_of(desk.session, report)
    desk.doses(child, (("MMR", "2026-10-08"), ("HepA-L", "2026-10-08")))
    desk.check(child, dt.date(2026, 10, 12))
    after = rows_of(desk.session, report)

    assert [row.owed for row in after] == [row.owed for row in before]
    assert recomputed(desk, report) == report.content_hash
    assert report.counts["by_result"]["catch_up"] == 1


def recomputed(desk: Desk, report: Report) -> str:
    which = {
        "campaign_id": report.campaign_id,
        "school_id": report.school_id,
        "health_center_id": report.health_center_id,
        "sequence": report.sequence,
    }
    return content_hash(which, report.counts, rows_of(desk.session, report))


def test_the_seal_changes_with_every_row(desk, district, campaign) -> None:
    checked(desk, district, "甲")
    checked(desk, district, "乙")
    report = frozen(desk, district, campaign)
    rows = rows_of(desk.session, report)
    which = {"campaign_id": 1}
    seals = {
        content_hash(which, report.counts, rows),
        content_hash(which, report.counts, rows[:1]),
        content_hash(which, report.counts, rows[::-1]),
        content_hash({"campaign_id": 2}, report.counts, rows),
        content_hash(which, {**report.counts, "listed": 3}, rows),
    }
    assert len(seals) == 5
    assert len(report.content_hash) == 64


def test_the_seal_outlives_a_name(desk, district, campaign) -> None:
    from app.privacy.erasing import erase_child

    child = checked(desk, district, "甲")
    report = frozen(desk, district, campaign)
    erase_child(desk.session, by=desk.by, now=at(DAY), child=child)

    assert recomputed(desk, report) == report.content_hash
    assert rows_of(desk.session, report)[0].identity is None


def test_an_empty_first_list_is_a_report_too(desk, district, campaign) -> None:
    checked(desk, district, "丁", FULL)
    report = frozen(desk, district, campaign)
    assert report.counts["listed"] == 0
    assert rows_of(desk.session, report) == ()


def test_a_returned_list_is_not_live_any_more(desk, district, campaign, draft) -> None:
    child = checked(desk, district, "甲")
    report = frozen(desk, district, campaign)
    report.state = ReportState.RETURNED
    desk.session.flush()
    assert children(draft().rows) == [child.id]


def test_only_due_is_listed_unless_the_campaign_says_otherwise(desk, district, campaign, draft) -> None:
    due = checked(desk, district, "甲", without(("DTaP", 5)))
    overdue = checked(desk, district, "乙")
    assert sorted(children(draft().rows)) == sorted([due.id, overdue.id])
    campaign.due_counts = False
    found = draft()

    assert children(found.rows) == [overdue.id]
    assert found.only_due == 1


def test_frozen_sent_received(desk, district, campaign) -> None:
    checked(desk, district, "甲")
    report = frozen(desk, district, campaign)
    nurse = actor(district, "nurse")
    with pytest.raises(NotNow):
        acknowledge(desk.session, by=nurse, now=at(DAY), report=report)
    for _ in range(2):
        send(desk.session, by=desk.by, now=at(DAY), report=report)
    assert (report.state, report.sent_at) == (ReportState.SENT, at(DAY))
    for _ in range(2):
        acknowledge(desk.session, by=nurse, now=at(DAY), report=report)
    assert (report.state, report.answered_by) == (ReportState.ACKNOWLEDGED, nurse.user_id)
    wanted = select(AuditEvent.action).where(AuditEvent.subject_kind == "report").order_by(AuditEvent.at)
    assert Counter(desk.session.scalars(wanted)) == Counter(["report.frozen", "report.sent", "report.acknowledged"])


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


@pytest.mark.parametrize("seed", range(6))
def test_every_number_is_a_recount(desk: Desk, district: District, campaign: Campaign, seed: int) -> None:
    """Random classes, checked, frozen, checked again, frozen again: counts, sums and lists are counted anew by hand."""
    chance = random.Random(seed)
    centers = ["near_center", "far_center"]
    homes = {}
    for number in range(30):
        home = chance.choice([None, "near_center", "far_center"])
        child = desk.enrol(
            district.classes[chance.choice(["near_1", "near_2"])],
            f"孩{number}",
            home=district.places[home] if home else None,
        )
        homes[child.id] = home or "near_center"
        desk.doses(child, tuple(chance.sample(FULL, chance.randrange(12, len(FULL) + 1))))
        if chance.random() < 0.2:
            desk.certificate(child, CertificateState.ABSENT)
        if chance.random() < 0.8:
            desk.check(child)
    homes |= {district.children[name].id: "near_center" for name in ("near_1", "near_2")}
    for _round in range(2):
        for center in centers:
            check_by_hand(desk, district, campaign, center, homes)
            try:
                frozen(desk, district, campaign, center)
            except NotNow:
                continue
        for child_id in list(homes)[::3]:
            desk.check(desk.session.get_one(Child, child_id), DAY + dt.timedelta(days=_round + 1))
    live = select(ReportRow.enrolment_id, func.count()).join(Report, Report.id == ReportRow.report_id)
    counted = dict(desk.session.execute(live.group_by(ReportRow.enrolment_id)).all())
    assert set(counted.values()) == {1}


def check_by_hand(desk: Desk, district: District, campaign: Campaign, center: str, homes: dict[int, str]) -> None:
    from app.checks.queries import latest_check

    found = draft_of(desk.session, campaign, district.places["near"], district.places[center])
    listed = set(desk.session.scalars(select(ReportRow.enrolment_id)))
    results, must_be_listed, doses = Counter(), set(), Counter()
    for child_id, home in homes.items():
        if home != center:
            continue
        enrolment = desk.session.scalars(select(Enrolment).where(Enrolment.child_id == child_id)).one()
        check = latest_check(desk.session, enrolment.id)
        result = check.findings["result"] if check else "not_checked"
        results[result] += 1
        if result in {"catch_up", "review", "no_certificate"} and enrolment.id not in listed:
            must_be_listed.add(child_id)
            for line in check.findings["lines"].values():
                if line["status"] == "owed":
                    doses.update((one["product"], one["dose"]) for one in line["owed"])
    assert {word: number for word, number in found.by_result.items() if number} == dict(results)
    assert sum(found.by_result.values()) == sum(home == center for home in homes.values())
    assert set(children(found.rows)) == must_be_listed
    assert found.counts["doses"] == sum(doses.values())
    table = sum_table(found.rows)
    assert table.total == sum(table.by_dose) == sum(row.total for row in table.rows) == sum(doses.values())
    assert len(table.rows) == len({product for product, _ in doses})


def test_children_who_joined_before_the_campaign_do_not_take_part(desk, district, campaign, draft) -> None:
    child = checked(desk, district, "老生")
    desk.enrolment(child).from_day = FIRST_DAY - dt.timedelta(days=400)
    desk.session.flush()
    assert draft().rows == ()
