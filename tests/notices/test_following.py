"""A notice follows every check: exactly one lives where something is asked, none where nothing is."""

import random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEvent
from app.children.kinds import CertificateState, ClinicResult
from app.children.models import Child
from app.notices.actions import NotNow, follow_check, hand_out, mark_printed, receive_slip, take_back, withdraw_of
from app.notices.models import ENDED, Notice, NoticeItem, NoticePart, NoticeState
from app.notices.queries import is_live
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, at, without


def items_of(session: Session, notice: Notice) -> list[tuple[str, str, int, str]]:
    rows = session.scalars(select(NoticeItem).where(NoticeItem.notice_id == notice.id).order_by(NoticeItem.id))
    return [(row.part.value, row.line, row.dose, row.product) for row in rows]


def live(session: Session, child: Child) -> list[Notice]:
    return list(session.scalars(select(Notice).where(Notice.child_id == child.id, is_live())))


@pytest.fixture
def child(desk: Desk, district: District) -> Child:
    return desk.enrol(district.classes["near_1"], "林知夏")


def test_every_owed_dose_has_its_own_line(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("HepB", 3), ("MMR", 2), ("HepA-L", 1)))
    notice = desk.notice(child)

    assert notice.parts == [NoticePart.CATCH_UP]
    assert items_of(desk.session, notice) == [
        ("catch_up", "HepB", 3, "HepB"),
        ("catch_up", "MMR", 2, "MMR"),
        ("catch_up", "HepA", 1, "HepA-L"),
    ]
    assert (notice.state, notice.print_count, notice.number) == (NoticeState.DRAFTED, 0, 1)


def test_nothing_owed_no_notice(desk: Desk, child: Child) -> None:
    desk.doses(child)
    assert desk.notice(child) is None


def test_no_certificate_asks_for_one_and_lists_what_is_owed_too(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    desk.certificate(child, CertificateState.ABSENT)
    notice = desk.notice(child)

    assert notice.parts == ["certificate", "catch_up"]
    assert items_of(desk.session, notice) == [("catch_up", "MMR", 2, "MMR")]


def test_debts_in_review_are_asked_about_never_demanded(desk: Desk, child: Child) -> None:
    rows = desk.doses(child, without(("HepA-L", 1)))
    second = [row for row in rows if row.product == "MMR"][1]
    desk.doubt(child, "MMR", second)
    notice = desk.notice(child)

    assert notice.parts == ["catch_up", "verify"]
    assert items_of(desk.session, notice) == [("verify", "MMR", 2, "MMR"), ("catch_up", "HepA", 1, "HepA-L")]


def test_where_the_clinic_says_complete_everything_is_a_question(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("HepA-L", 1)))
    desk.certificate(child, clinic=ClinicResult.COMPLETE)
    notice = desk.notice(child)

    assert notice.parts == ["verify"]
    assert items_of(desk.session, notice) == [("verify", "HepA", 1, "HepA-L")]


def test_where_only_the_clinic_sees_a_debt_it_is_a_question_without_doses(desk: Desk, child: Child) -> None:
    desk.doses(child)
    desk.certificate(child, clinic=ClinicResult.CATCH_UP)
    notice = desk.notice(child)

    assert (notice.parts, items_of(desk.session, notice)) == (["verify"], [])


def test_the_same_check_twice_is_one_notice(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    first = desk.notice(child)
    again = desk.notice(child)

    assert again is first
    assert live(desk.session, child) == [first]


def test_a_new_check_replaces_the_notice_and_its_code_is_dead(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2), ("HepA-L", 1)))
    first = desk.notice(child)
    desk.doses(child, (("MMR", "2026-10-08"),))
    second = desk.notice(child, DAY.replace(month=10))

    assert (first.state, first.replaced_by_id) == (NoticeState.REPLACED, second.id)
    assert first.ended_at is not None
    assert first.code != second.code
    assert second.number == first.number + 1
    assert live(desk.session, child) == [second]


def test_complete_at_the_second_look_withdraws_it(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    first = desk.notice(child)
    desk.doses(child, (("MMR", "2026-10-08"),))

    assert desk.notice(child, DAY.replace(month=10)) is None
    assert first.state is NoticeState.WITHDRAWN
    assert live(desk.session, child) == []


def test_numbers_count_up_in_a_school(desk: Desk, district: District) -> None:
    numbers = []
    for name in "一二三":
        child = desk.enrol(district.classes["near_2"], name)
        numbers.append(desk.notice(child).number)

    assert numbers == [1, 2, 3]


def test_another_school_counts_for_itself(desk: Desk, district: District, child: Child) -> None:
    desk.notice(child)
    elsewhere = Desk(desk.session, actor(district, "far_clerk"))
    there = elsewhere.enrol(district.classes["far_1"], "远")

    assert elsewhere.notice(there).number == 1


def test_without_an_open_campaign_there_is_no_notice(desk: Desk, district: District) -> None:
    foreign = Desk(desk.session, actor(district, "foreign_clerk"))
    there = foreign.enrol(district.classes["foreign_1"], "邻")

    assert foreign.notice(there) is None


def test_leaving_withdraws_it(desk: Desk, child: Child) -> None:
    notice = desk.notice(child)
    withdraw_of(desk.session, by=desk.by, now=at(DAY), enrolment=desk.enrolment(child))
    withdraw_of(desk.session, by=desk.by, now=at(DAY), enrolment=desk.enrolment(child))

    assert notice.state is NoticeState.WITHDRAWN
    assert live(desk.session, child) == []


def test_printed_handed_slip_back(desk: Desk, child: Child) -> None:
    notice = desk.notice(child)
    give = {"by": desk.by, "now": at(DAY), "notice": notice}
    with pytest.raises(NotNow):
        hand_out(desk.session, **give)
    mark_printed(desk.session, by=desk.by, now=at(DAY), notices=[notice])
    assert (notice.state, notice.print_count) == (NoticeState.PRINTED, 1)
    hand_out(desk.session, **give)
    hand_out(desk.session, **give)
    assert notice.state is NoticeState.HANDED
    take_back(desk.session, **give)
    assert (notice.state, notice.handed_at) == (NoticeState.PRINTED, None)
    receive_slip(desk.session, **give)
    assert notice.state is NoticeState.SLIP_BACK
    assert notice.handed_at == notice.slip_back_at
    mark_printed(desk.session, by=desk.by, now=at(DAY), notices=[notice])
    assert (notice.state, notice.print_count) == (NoticeState.SLIP_BACK, 2)
    take_back(desk.session, **give)
    assert (notice.state, notice.slip_back_at) == (NoticeState.HANDED, None)


def test_a_dead_notice_is_neither_printed_nor_handed(desk: Desk, child: Child) -> None:
    notice = desk.notice(child)
    withdraw_of(desk.session, by=desk.by, now=at(DAY), enrolment=desk.enrolment(child))
    for act in (hand_out, take_back, receive_slip):
        with pytest.raises(NotNow):
            act(desk.session, by=desk.by, now=at(DAY), notice=notice)
    with pytest.raises(NotNow):
        mark_printed(desk.session, by=desk.by, now=at(DAY), notices=[notice])
    assert notice.print_count == 0


def test_every_step_leaves_a_line(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    notice = desk.notice(child)
    mark_printed(desk.session, by=desk.by, now=at(DAY), notices=[notice])
    for act in (hand_out, take_back, receive_slip):
        act(desk.session, by=desk.by, now=at(DAY), notice=notice)
    desk.doses(child, (("HepB", "2026-10-01"),))
    desk.notice(child, DAY.replace(month=10))
    desk.doses(child, (("MMR", "2026-10-08"),))
    desk.notice(child, DAY.replace(month=11))

    wanted = select(AuditEvent.action).where(AuditEvent.subject_kind == "notice").order_by(AuditEvent.at)
    assert sorted(desk.session.scalars(wanted)) == sorted(
        f"notice.{verb}"
        for verb in ("drafted", "printed", "handed", "taken_back", "slip_back", "drafted", "replaced", "withdrawn")
    )
    reads = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "read.print")
    assert desk.session.scalar(reads.where(AuditEvent.subject_id == child.id)) == 1


@pytest.mark.parametrize("seed", range(12))
def test_exactly_one_live_notice_whatever_is_checked_in_whatever_order(
    desk: Desk, district: District, seed: int
) -> None:
    """Sequences of doses, withdrawn doses, doubts, certificates, reprints and checks on the same and on later days."""
    chance = random.Random(seed)
    children = [desk.enrol(district.classes[chance.choice(("near_1", "near_2"))], f"孩{n}") for n in range(3)]
    day, records = DAY, {child.id: [] for child in children}
    for _step in range(24):
        child = chance.choice(children)
        match chance.randrange(6):
            case 0:
                records[child.id] += desk.doses(child, tuple(chance.sample(without(), chance.randrange(1, 12))))
            case 1 if records[child.id]:
                desk.withdraw_dose(records[child.id].pop(chance.randrange(len(records[child.id]))))
            case 2:
                desk.certificate(child, chance.choice(list(CertificateState)), chance.choice([None, *ClinicResult]))
            case 3:
                desk.doubt(child, chance.choice(["MMR", "DTP", "HepB"]))
            case 4:
                mark_printed(desk.session, by=desk.by, now=at(day), notices=live(desk.session, child))
            case _:
                day = max(day, day.fromordinal(day.toordinal() + chance.choice([0, 0, 1, 20])))
        check = desk.check(child, day)
        notice = follow_check(desk.session, by=desk.by, now=at(day), check=check)
        needed = check.findings["result"] in {"catch_up", "review", "no_certificate"}
        assert live(desk.session, child) == ([notice] if needed else [])
        if needed:
            owed = [(line, one["dose"]) for line, found in check.findings["lines"].items() for one in found["owed"]]
            assert [(line, dose) for _, line, dose, _ in items_of(desk.session, notice)] == owed
    dead = select(Notice).where(Notice.state.in_(ENDED))
    assert all(notice.ended_at is not None for notice in desk.session.scalars(dead))
    codes = list(desk.session.scalars(select(Notice.code)))
    assert len(codes) == len(set(codes)) > 3
