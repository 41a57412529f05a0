"""Lists after the first: back for a reason, supplements of differences, and never a child on two lists or on none."""

import datetime as dt
import random

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.children.kinds import CertificateState, EnrolmentState
from app.children.models import Child
from app.notices.settling import settle_items
from app.reports.actions import NotNow, Refusal, give_back, send
from app.reports.drawing import frozen_sheet
from app.reports.listing import draft_of, expected_of, rows_of
from app.reports.models import Report, ReportRow, ReportState, ReturnReason, RowKind, WhyDropped
from app.reports.standing import standing_of_schools
from app.reports.wording import kind_of
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, FULL, Desk, at, without
from tests.reports.lists import checked, children, frozen

OCTOBER = dt.date(2026, 10, 12)


def give(desk: Desk, child: Child, *products: str) -> None:
    desk.doses(child, tuple((one, OCTOBER.isoformat()) for one in products))
    settle_items(desk.session, by=desk.by, now=at(OCTOBER), child=child)


def returned(desk: Desk, district: District, report: Report) -> None:
    send(desk.session, by=desk.by, now=at(DAY), report=report)
    nurse = actor(district, "nurse")
    give_back(desk.session, by=nurse, now=at(DAY), report=report, because=ReturnReason.WRONG_RECORDS)


def live(desk: Desk) -> list[int]:
    return sorted(desk.session.scalars(select(ReportRow.enrolment_id).where(ReportRow.live)))


def test_a_supplement_says_what_changed_and_nothing_else(desk, district, campaign, draft) -> None:
    half, whole, same = (checked(desk, district, name) for name in ("甲", "乙", "丙"))
    frozen(desk, district, campaign)
    assert draft().all_rows == ()
    give(desk, half, "MMR")
    give(desk, whole, "MMR", "HepA-L")
    for child in (half, whole, same):
        desk.check(child, OCTOBER)
    new = checked(desk, district, "丁")

    found = draft()
    assert (children(found.rows), children(found.changed), children(found.dropped)) == ([new.id], [half.id], [whole.id])
    assert found.dropped[0].why is WhyDropped.CAUGHT_UP
    report = frozen(desk, district, campaign)
    sheet = frozen_sheet(desk.session, report, until=DAY)
    assert (len(sheet.lines), sheet.new, sheet.changed, len(sheet.dropped)) == (2, 1, 1, 1)
    assert sheet.lines[1].owed == ("甲肝减毒活疫苗 1*",)  # both are live: 28 days
    assert "原来：" in sheet.lines[1].remark
    assert "麻腮风" in sheet.lines[1].remark
    assert sheet.dropped[0].why == "已补齐"
    assert sheet.sums.total == sum(len(row.owed) for row in (*found.rows, *found.changed)) == 3
    assert live(desk) == sorted(desk.enrolment(child).id for child in (half, same, new))
    assert draft().all_rows == ()
    with pytest.raises(NotNow) as refused:
        frozen(desk, district, campaign)
    assert refused.value.refusal is Refusal.NOTHING_NEW


def test_who_left_or_moved_comes_off_the_list(desk, district, campaign, draft) -> None:
    left, moved = checked(desk, district, "甲"), checked(desk, district, "乙")
    frozen(desk, district, campaign)
    enrolment = desk.enrolment(left)
    enrolment.state, enrolment.to_day = EnrolmentState.LEFT, OCTOBER
    moved.home_health_center_id = district.places["far_center"].id
    desk.session.flush()

    assert {row.child.id: row.why for row in draft().dropped} == {
        left.id: WhyDropped.LEFT,
        moved.id: WhyDropped.MOVED,
    }
    # It stands on the near list until that says otherwise: never on two.
    assert draft("far_center").rows == ()
    frozen(desk, district, campaign)
    assert children(draft("far_center").rows) == [moved.id]
    frozen(desk, district, campaign, "far_center")
    assert live(desk) == [desk.enrolment(moved).id]


def test_a_certificate_that_turns_up_corrects_the_list(desk, district, campaign, draft) -> None:
    child = desk.enrol(district.classes["near_1"], "甲")
    desk.doses(child, FULL)
    desk.certificate(child, CertificateState.ABSENT)
    desk.check(child)
    frozen(desk, district, campaign)
    desk.certificate(child, CertificateState.PRESENT)
    desk.check(child, OCTOBER)
    assert [row.why for row in draft().dropped] == [WhyDropped.CORRECTED]


def test_a_list_says_for_ever_what_it_said_also_of_differences(desk, district, campaign) -> None:
    child = checked(desk, district, "甲")
    frozen(desk, district, campaign)
    give(desk, child, "MMR")
    desk.check(child, OCTOBER)
    second = frozen(desk, district, campaign)
    before = rows_of(desk.session, second)
    give(desk, child, "HepA-L")
    desk.check(child, OCTOBER + dt.timedelta(days=40))
    frozen(desk, district, campaign)
    after = rows_of(desk.session, second)
    assert [(row.kind, row.owed, row.owed_before) for row in after] == [
        (row.kind, row.owed, row.owed_before) for row in before
    ]
    assert [row.kind for row in after] == [RowKind.CHANGED]


def test_a_returned_supplement_puts_back_what_it_changed(desk, district, campaign, draft) -> None:
    changed, dropped = checked(desk, district, "甲"), checked(desk, district, "乙")
    first = frozen(desk, district, campaign)
    before = live(desk)
    give(desk, changed, "MMR")
    give(desk, dropped, "MMR", "HepA-L")
    desk.check(changed, OCTOBER)
    desk.check(dropped, OCTOBER)
    second = frozen(desk, district, campaign)
    assert live(desk) == [desk.enrolment(changed).id]
    returned(desk, district, second)
    assert live(desk) == before
    assert {row.report_id for row in desk.session.scalars(select(ReportRow).where(ReportRow.live))} == {first.id}
    assert (children(draft().changed), children(draft().dropped)) == ([changed.id], [dropped.id])


def test_only_what_was_sent_comes_back(desk, district, campaign) -> None:
    checked(desk, district, "甲")
    report = frozen(desk, district, campaign)
    nurse = actor(district, "nurse")
    with pytest.raises(NotNow):
        give_back(desk.session, by=nurse, now=at(DAY), report=report, because=ReturnReason.NOT_OURS)
    returned(desk, district, report)
    assert (report.state, report.answered_by) == (ReportState.RETURNED, nurse.user_id)


def test_a_list_in_place_of_a_returned_one_may_be_empty_and_says_what_it_is(desk, district, campaign) -> None:
    child = checked(desk, district, "甲")
    returned(desk, district, frozen(desk, district, campaign))
    give(desk, child, "MMR", "HepA-L")
    desk.check(child, OCTOBER)
    again = frozen(desk, district, campaign)
    assert (kind_of(again), again.counts["listed"]) == ("重报", 0)


def test_a_school_has_reported_when_what_came_back_was_given_again(desk, district, campaign) -> None:
    school = district.places["near"].id
    checked(desk, district, "甲")

    def listed_on() -> dt.date | None:
        return standing_of_schools(desk.session, campaign, [school])[school].listed_on

    assert listed_on() is None
    first = frozen(desk, district, campaign)
    send(desk.session, by=desk.by, now=at(DAY), report=first)
    assert listed_on() == DAY
    nurse = actor(district, "nurse")
    give_back(desk.session, by=nurse, now=at(DAY), report=first, because=ReturnReason.UNREADABLE)
    assert listed_on() is None
    again = frozen(desk, district, campaign)
    send(desk.session, by=desk.by, now=at(OCTOBER), report=again)
    standing = standing_of_schools(desk.session, campaign, [school])[school]
    assert (standing.listed_on, standing.in_time, standing.is_late(OCTOBER)) == (OCTOBER, False, True)


def test_the_database_refuses_a_child_on_two_lists(desk, district, campaign) -> None:
    checked(desk, district, "甲")
    frozen(desk, district, campaign)
    row = desk.session.scalars(select(ReportRow)).one()
    other = frozen(desk, district, campaign, "far_center")
    desk.session.add(
        ReportRow(
            report_id=other.id,
            campaign_id=row.campaign_id,
            kind=RowKind.ADDED,
            live=True,
            position=1,
            enrolment_id=row.enrolment_id,
            check_id=row.check_id,
            parts=[],
        )
    )
    with pytest.raises(IntegrityError), desk.session.begin_nested():
        desk.session.flush()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_no_child_is_on_two_lists_or_on_none(desk, district, campaign, seed: int) -> None:
    """Random weeks of checks, doses, moves, leavings, lists, returns: after a freeze for every center, everybody who
    owes is on exactly one live list, and nobody else is.
    """
    chance = random.Random(seed)
    school, centers = district.places["near"], ("near_center", "far_center")
    everybody = [
        checked(desk, district, f"孩{number}", chance.choice([FULL, without(("MMR", 2), ("HepA-L", 1))]))
        for number in range(10)
    ]
    day = DAY
    for _week in range(5):
        day += dt.timedelta(days=7)
        for child in chance.sample(everybody, 5):
            _something(desk, district, child, chance, day)
        for report in desk.session.scalars(select(Report).where(Report.state == ReportState.FROZEN)).all():
            if chance.random() < 0.5:
                returned(desk, district, report)
        for _turn in range(2):  # who moved comes off one list first, then onto the other
            for center in centers:
                try:
                    frozen(desk, district, campaign, center)
                except NotNow:
                    assert draft_of(desk.session, campaign, school, district.places[center]).all_rows == ()
        owing = {
            one.enrolment.id
            for one in expected_of(desk.session, campaign, school)
            if one.result in {"catch_up", "review", "no_certificate"}
        }
        assert live(desk) == sorted(owing)


def _something(desk: Desk, district: District, child: Child, chance: random.Random, day: dt.date) -> None:
    enrolment = desk.enrolment(child)
    match chance.randrange(5):
        case 0:
            child.home_health_center_id = district.places[chance.choice(["near_center", "far_center"])].id
        case 1 if enrolment.state is EnrolmentState.ACTIVE:
            enrolment.state, enrolment.to_day = EnrolmentState.LEFT, day
        case 2:
            desk.certificate(child, chance.choice([CertificateState.ABSENT, CertificateState.REPLACED]))
        case 3:
            desk.doubt(child, chance.choice(["HepB", "Polio"]))
        case _:
            desk.doses(child, ((chance.choice(["MMR", "HepA-L"]), day.isoformat()),))
    desk.session.flush()
    if enrolment.state is EnrolmentState.ACTIVE:
        desk.check(child, day)
