"""The marks of a register on real checks: had, caught up, owed, spared, asked, and blank for what is not due."""

import datetime as dt

from app.children.kinds import CertificateState
from app.counting.columns import Place
from app.notices.settling import settle_items
from app.sheets.registering import register_lines
from tests.district import District
from tests.notices.september import FULL, Desk, at, without

OCTOBER = dt.date(2026, 10, 9)


def line(desk: Desk, district: District, campaign, child):
    found = register_lines(desk.session, campaign, district.classes["near_1"])
    return next(one for pupil, one in found if pupil.child.id == child.id)


def enrolled(desk: Desk, district: District, doses=FULL, **more):
    child = desk.enrol(district.classes["near_1"], "白露", **more)
    desk.doses(child, doses)
    return child


def test_had_and_not_due(desk: Desk, district: District, campaign) -> None:
    child = enrolled(desk, district)
    desk.check(child)
    found = line(desk, district, campaign, child)
    assert set(found.marks.values()) == {"1"}
    assert found.marks[Place("DTP", 5)] == "1"
    assert Place("JE", 3) not in found.marks
    assert (found.result, found.caught_up) == ("complete", None)


def test_owed_then_caught_up_then_looked_at_again(desk: Desk, district: District, campaign) -> None:
    child = enrolled(desk, district, without(("MMR", 2), ("HepA-L", 1)))
    desk.check(child)
    owed = line(desk, district, campaign, child)
    assert (owed.marks[Place("MMR", 2)], owed.marks[Place("HepA", 1)], owed.caught_up) == ("×", "×", False)
    desk.doses(child, (("MMR", OCTOBER.isoformat()), ("HepA-L", OCTOBER.isoformat())))
    settle_items(desk.session, by=desk.by, now=at(OCTOBER), child=child)
    entered = line(desk, district, campaign, child)
    assert (entered.marks[Place("MMR", 2)], entered.result, entered.caught_up) == ("△", "catch_up", True)
    desk.check(child, OCTOBER)
    again = line(desk, district, campaign, child)
    assert (again.marks[Place("MMR", 2)], again.marks[Place("MMR", 1)]) == ("△", "1")
    assert (again.result, again.caught_up) == ("complete", True)


def test_a_record_found_later_was_had_at_the_check(desk: Desk, district: District, campaign) -> None:
    child = enrolled(desk, district, without(("MMR", 2)))
    desk.check(child)
    desk.doses(child, (("MMR", "2021-09-16"),))
    settle_items(desk.session, by=desk.by, now=at(OCTOBER), child=child)
    assert line(desk, district, campaign, child).marks[Place("MMR", 2)] == "1"


def test_in_review_is_a_question_and_never_owed(desk: Desk, district: District, campaign) -> None:
    child = enrolled(desk, district)
    desk.doubt(child, "HepB")
    desk.check(child)
    marks = line(desk, district, campaign, child).marks
    assert {marks[Place("HepB", dose)] for dose in (1, 2, 3)} == {"?"}
    assert "×" not in marks.values()


def test_exempt_and_over_age_are_spared(desk: Desk, district: District, campaign) -> None:
    child = enrolled(desk, district, without(("BCG", 1), ("MMR", 2), ("MPSV-A", 1), ("MPSV-A", 2)))
    desk.exempt(child, "MMR")
    desk.check(child)
    marks = line(desk, district, campaign, child).marks
    assert marks[Place("BCG", 1)] == "○"
    assert (marks[Place("MMR", 1)], marks[Place("MMR", 2)]) == ("1", "○")
    assert (marks[Place("MenA", 1)], marks[Place("MenA", 2)]) == ("○", "○")
    assert "×" not in marks.values()


def test_three_conjugates_in_infancy_are_no_a_c_dose(desk: Desk, district: District, campaign) -> None:
    infancy = tuple(("MPCV-AC", day) for day in ("2020-07-14", "2020-08-14", "2020-09-15"))
    child = enrolled(desk, district, tuple(one for one in FULL if one[0] != "MPSV-A") + infancy)
    desk.check(child)
    marks = line(desk, district, campaign, child).marks
    assert [marks.get(Place(*at)) for at in (("MenA", 1), ("MenA", 2), ("MenAC", 1), ("MenAC", 2))] == ["1"] * 4


def test_without_certificate_and_not_seen(desk: Desk, district: District, campaign) -> None:
    lost, unseen = enrolled(desk, district), enrolled(desk, district)
    desk.certificate(lost, CertificateState.ABSENT)
    desk.check(lost)
    found, blank = line(desk, district, campaign, lost), line(desk, district, campaign, unseen)
    assert (found.had_certificate, found.has_one_now) == (False, False)
    assert (blank.had_certificate, blank.result, dict(blank.marks), blank.remark) == (None, None, {}, "未查验")
    desk.certificate(lost, CertificateState.REPLACED)
    desk.check(lost, OCTOBER)
    replaced = line(desk, district, campaign, lost)
    assert (replaced.had_certificate, replaced.has_one_now, replaced.result) == (False, True, "complete")
