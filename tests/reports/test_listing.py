"""Who is on a list: everybody who must be, once; and what a list said it says for ever."""

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.children.kinds import CertificateState
from app.reports.actions import NotNow, acknowledge, give_back, send
from app.reports.drawing import sum_table
from app.reports.freezing import content_hash
from app.reports.listing import rows_of
from app.reports.models import Report, ReportState, ReturnReason
from app.reports.wording import kind_of
from tests.actors import actor
from tests.district import FIRST_DAY
from tests.notices.september import DAY, FULL, Desk, at, without
from tests.reports.lists import checked, children, frozen


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
    nurse = actor(district, "nurse")
    send(desk.session, by=desk.by, now=at(DAY), report=report)
    for _ in range(2):
        give_back(desk.session, by=nurse, now=at(DAY), report=report, because=ReturnReason.INCOMPLETE)
    assert children(draft().rows) == [child.id]
    assert not draft().supplements
    again = frozen(desk, district, campaign)
    assert (again.sequence, kind_of(again)) == (2, "重报")
    assert draft().rows == ()


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


def test_children_who_joined_before_the_campaign_do_not_take_part(desk, district, campaign, draft) -> None:
    child = checked(desk, district, "老生")
    desk.enrolment(child).from_day = FIRST_DAY - dt.timedelta(days=400)
    desk.session.flush()
    assert draft().rows == ()
