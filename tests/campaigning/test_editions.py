"""The pinned edition judges; another one shows what it would change before it is pinned, and changes nothing kept."""

import datetime as dt

from sqlalchemy import select

from app.campaigns.actions import pin_edition
from app.campaigns.comparing import compare
from app.checks.models import Check
from app.checks.queries import latest_check
from app.notices.models import ItemState
from app.notices.queries import items_of, live_notice
from app.notices.settling import settle_items
from tests.notices.september import DAY, FULL, at, without

#: One IPV and three drops: complete under the 2021 edition, owes one IPV under that of 2026.
ONE_IPV = (*(one for one in FULL if one[0] != "IPV"), ("IPV", "2020-05-14"), ("bOPV", "2020-06-15"))


def a_child(desk, district, doses=ONE_IPV):
    child = desk.enrol(district.classes["near_1"], "林小溪")
    desk.doses(child, doses)
    return child


def test_a_check_is_judged_by_the_pinned_edition(desk, district, campaign) -> None:
    campaign.edition = "nip-2021"
    assert desk.check(a_child(desk, district)).edition == "nip-2021"
    campaign.edition = "nip-2026"
    owing = desk.check(a_child(desk, district))
    assert (owing.edition, owing.result) == ("nip-2026", "catch_up")


def test_what_would_change_is_counted_and_nothing_is_written(desk, district, campaign) -> None:
    for doses in (ONE_IPV, ONE_IPV, FULL):
        desk.check(a_child(desk, district, doses))
    before = [(one.id, one.result) for one in desk.session.scalars(select(Check))]
    same = compare(desk.session, campaign, "nip-2026")
    assert (same.checked, same.children_changed, same.doses) == (3, 0, {})
    other = compare(desk.session, campaign, "nip-2021")
    # Under 2021 the six-year-olds owe the DT that the 2026 edition no longer asks for, and no second IPV.
    assert other.doses["Polio", "IPV"] == -2
    assert other.checked == sum(other.results.values()) == 3
    assert other.children_changed == sum(number for _a, _b, number in other.changed)
    assert [(one.id, one.result) for one in desk.session.scalars(select(Check))] == before


def test_only_the_check_that_stands_is_compared(desk, district, campaign) -> None:
    child = a_child(desk, district)
    desk.check(child)
    desk.doses(child, (("IPV", "2026-09-11"),))
    desk.check(child, DAY + dt.timedelta(2))
    assert compare(desk.session, campaign, "nip-2021").checked == 1


def test_pinning_another_keeps_every_check_and_the_next_look_goes_by_it(desk, district, campaign, auditor) -> None:
    child = a_child(desk, district)
    first = desk.check(child)
    pin_edition(desk.session, by=auditor, now=at(DAY), campaign=campaign, edition="nip-2021")
    assert latest_check(desk.session, first.enrolment_id) is first
    again = desk.check(child)  # the same day, the same facts, another law
    assert (again.edition, again.inputs == first.inputs, again.id != first.id) == ("nip-2021", True, True)


def test_a_notice_is_settled_by_the_edition_that_asked(desk, district, campaign) -> None:
    """The IPV that the 2026 edition asks for stays open whatever the day's own law would say."""
    child = a_child(desk, district)
    notice = desk.notice(child)
    settle_items(desk.session, by=desk.by, now=at(DAY), child=child)
    items = items_of(desk.session, [notice.id])[notice.id]
    assert {(item.product, item.state) for item in items} == {("IPV", ItemState.OPEN)}
    campaign.edition = "nip-2021"
    settle_items(desk.session, by=desk.by, now=at(DAY), child=child)
    assert {item.state for item in items} == {ItemState.NOT_OWED}
    assert live_notice(desk.session, desk.enrolment(child).id) is notice


def test_a_child_outside_every_campaign_is_judged_by_the_law_of_the_day(desk, district) -> None:
    assert desk.check(a_child(desk, district, without(("HepA-L", 1)))).edition == "nip-2026"
