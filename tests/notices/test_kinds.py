"""The papers that ask again or for nothing: made of the same checks, one live at a time, never more than is open."""

import datetime as dt

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.children.kinds import CertificateState
from app.children.models import Child
from app.notices.actions import NotNow, Refusal, hand_out, mark_printed, withdraw_of
from app.notices.certificate_actions import certify, live_certificate
from app.notices.drawing import sheets_of
from app.notices.headings import heading_of, set_heading
from app.notices.models import Notice, NoticeItem, NoticeKind, NoticeState
from app.notices.queries import live_notice
from app.notices.second_call import call_again, to_call_again
from app.notices.settling import settle_items
from forms.paper.notice import Kind
from forms.paper.parties import Heading
from tests.district import District
from tests.notices.september import DAY, FULL, Desk, at, without

LATER = dt.date(2026, 12, 7)


@pytest.fixture
def child(desk: Desk, district: District) -> Child:
    return desk.enrol(district.classes["near_1"], "林知夏")


def handed(desk: Desk, child: Child) -> Notice:
    notice = desk.notice(child)
    assert notice is not None
    mark_printed(desk.session, by=desk.by, now=at(DAY), notices=[notice])
    hand_out(desk.session, by=desk.by, now=at(DAY), notice=notice)
    return notice


def again(desk: Desk, notice: Notice) -> Notice:
    return call_again(desk.session, by=desk.by, now=at(LATER), notice=notice)


def items(desk: Desk, notice: Notice) -> list[tuple[str, int]]:
    rows = desk.session.scalars(select(NoticeItem).where(NoticeItem.notice_id == notice.id).order_by(NoticeItem.id))
    return [(row.line, row.dose) for row in rows]


def given(desk: Desk, child: Child, *doses: tuple[str, str]) -> None:
    desk.doses(child, doses)
    settle_items(desk.session, by=desk.by, now=at(LATER), child=child)


def test_a_second_call_lists_only_what_is_still_open(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2), ("HepA-L", 1), ("DTaP", 5)))
    first = handed(desk, child)
    given(desk, child, ("MMR", "2026-10-08"))
    second = again(desk, first)

    assert items(desk, first) == [("DTP", 5), ("MMR", 2), ("HepA", 1)]
    assert items(desk, second) == [("DTP", 5), ("HepA", 1)]
    assert (second.kind, second.state, second.check_id) == (NoticeKind.SECOND, NoticeState.DRAFTED, first.check_id)
    assert (first.state, first.replaced_by_id) == (NoticeState.REPLACED, second.id)
    assert live_notice(desk.session, first.enrolment_id) is second
    assert second.code != first.code
    [sheet] = sheets_of(desk.session, [second], LATER)
    assert (sheet.kind, sheet.title, sheet.still_owed) == (Kind.SECOND, "催种通知书", 2)


def test_the_second_call_of_a_lost_certificate_asks_for_it_until_it_is_there(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    desk.certificate(child, CertificateState.ABSENT)
    first = handed(desk, child)
    assert again(desk, first).parts == ["certificate", "catch_up"]

    desk.certificate(child, CertificateState.REPLACED)
    second = live_notice(desk.session, first.enrolment_id)
    mark_printed(desk.session, by=desk.by, now=at(LATER), notices=[second])
    assert again(desk, second).parts == ["catch_up"]


def test_nobody_is_called_for_what_is_done(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    first = handed(desk, child)
    assert to_call_again(desk.session, [first], LATER) == [first]
    given(desk, child, ("MMR", "2026-10-08"))

    assert to_call_again(desk.session, [first], LATER) == []
    with pytest.raises(NotNow) as why:
        again(desk, first)
    assert why.value.refusal is Refusal.NOTHING_OPEN
    assert first.state is NoticeState.HANDED


def test_nobody_is_called_for_what_has_to_wait(desk: Desk, child: Child) -> None:
    desk.doses(child, (*without(("MPSV-AC", 1), ("MPSV-AC", 2)), ("MPSV-AC", "2024-01-10")))
    first = handed(desk, child)
    assert to_call_again(desk.session, [first], LATER) == []
    assert to_call_again(desk.session, [first], dt.date(2027, 1, 11)) == [first]


def test_a_notice_that_never_left_the_house_cannot_be_a_first_call(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    notice = desk.notice(child)
    assert to_call_again(desk.session, [notice], LATER) == []
    with pytest.raises(NotNow) as why:
        again(desk, notice)
    assert why.value.refusal is Refusal.NOT_PRINTED


def test_a_dose_given_after_the_second_call_closes_both(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    first = handed(desk, child)
    second = again(desk, first)
    given(desk, child, ("MMR", "2026-12-05"))
    rows = desk.session.scalars(select(NoticeItem).where(NoticeItem.notice_id.in_([first.id, second.id])))
    assert [row.state.value for row in rows] == ["given", "given"]


def test_a_new_check_replaces_the_second_call_too(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2), ("HepA-L", 1)))
    second = again(desk, handed(desk, child))
    desk.doses(child, (("MMR", "2026-12-08"),))
    third = desk.notice(child, dt.date(2026, 12, 10))

    assert (second.state, second.replaced_by_id) == (NoticeState.REPLACED, third.id)
    assert third.kind is NoticeKind.FIRST


def test_passed_has_a_certificate_once_and_it_counts_as_no_notice(desk: Desk, child: Child) -> None:
    desk.doses(child)
    check = desk.check(child)
    made = certify(desk.session, by=desk.by, now=at(DAY), check=check)

    assert made.kind is NoticeKind.PASSED
    assert certify(desk.session, by=desk.by, now=at(DAY), check=check) is made
    assert live_notice(desk.session, made.enrolment_id) is None
    [sheet] = sheets_of(desk.session, [made], DAY)
    assert (sheet.kind, sheet.title, sheet.owed, sheet.questions) == (Kind.PASSED, "预防接种查验合格证明", (), ())
    assert sheet.records


def test_waived_names_the_line_and_the_reason_a_school_may_see(desk: Desk, child: Child) -> None:
    desk.doses(child, tuple(one for one in FULL if one[0] not in ("BCG", "MMR")))
    desk.exempt(child, "MMR")
    made = certify(desk.session, by=desk.by, now=at(DAY), check=desk.check(child))
    [sheet] = sheets_of(desk.session, [made], DAY)

    assert (made.kind, sheet.title) == (NoticeKind.WAIVED, "预防接种查验证明")
    assert [(one.vaccine, one.why) for one in sheet.waived] == [
        ("卡介苗", "已过补种年龄，不再补种"),
        ("麻腮风", "临床判定：不接种"),
    ]


def test_who_owes_something_gets_no_certificate(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    with pytest.raises(NotNow) as why:
        certify(desk.session, by=desk.by, now=at(DAY), check=desk.check(child))
    assert why.value.refusal is Refusal.NOT_PASSED


def test_a_certificate_ends_with_what_it_says(desk: Desk, child: Child) -> None:
    """A later check that comes to the same leaves it; one that asks for something withdraws it."""
    rows = desk.doses(child)
    made = certify(desk.session, by=desk.by, now=at(DAY), check=desk.check(child))
    desk.notice(child, DAY.replace(day=20))
    assert live_certificate(desk.session, made.enrolment_id) is made

    desk.withdraw_dose(next(row for row in rows if row.product == "HepA-L"))
    asking = desk.notice(child, DAY.replace(day=25))
    assert made.state is NoticeState.WITHDRAWN
    assert live_notice(desk.session, made.enrolment_id) is asking
    actions = set(desk.session.scalars(select(AuditEvent.action)))
    assert {"notice.drafted", "notice.withdrawn"} <= actions


def test_a_certificate_of_a_later_check_takes_the_place_of_the_earlier(desk: Desk, child: Child) -> None:
    desk.doses(child)
    first = certify(desk.session, by=desk.by, now=at(DAY), check=desk.check(child))
    later = certify(desk.session, by=desk.by, now=at(LATER), check=desk.check(child, LATER))
    assert (first.state, first.replaced_by_id) == (NoticeState.REPLACED, later.id)


def test_leaving_the_class_ends_the_certificate(desk: Desk, child: Child) -> None:
    desk.doses(child)
    made = certify(desk.session, by=desk.by, now=at(DAY), check=desk.check(child))
    withdraw_of(desk.session, by=desk.by, now=at(DAY), enrolment=desk.enrolment(child))
    assert made.state is NoticeState.WITHDRAWN


def test_a_schools_lines_stand_on_its_notices_only(desk: Desk, district: District, child: Child) -> None:
    near = district.places["near"].id
    lines = Heading("青禾区教育集团", "卫生室 0571-5550 0000")
    set_heading(desk.session, by=desk.by, now=at(DAY), school_id=near, heading=lines)
    desk.doses(child, without(("MMR", 2)))
    [sheet] = sheets_of(desk.session, [desk.notice(child)], DAY)

    assert sheet.heading == lines
    assert heading_of(desk.session, district.places["far"].id) == Heading()


def test_the_visits_on_the_sheet_are_the_clinics_plan(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 1), ("MMR", 2), ("DTaP", 5)))
    [sheet] = sheets_of(desk.session, [desk.notice(child)], DAY)
    days = [visit.when for visit in sheet.visits]

    assert all(day.endswith(("周二", "周四")) for day in days)  # when the center vaccinates
    assert sum(len(visit.doses) for visit in sheet.visits) == 3
    assert sheet.planned_visits == 2
    assert sheet.latest_start is not None
    assert DAY < sheet.latest_start < sheet.recheck_by


def test_beginning_on_the_latest_day_is_still_in_time(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 1), ("MMR", 2)))
    notice = desk.notice(child)
    [sheet] = sheets_of(desk.session, [notice], DAY)
    [late] = sheets_of(desk.session, [notice], sheet.latest_start)

    assert max(dose.visit for dose in late.owed) <= late.recheck_by
