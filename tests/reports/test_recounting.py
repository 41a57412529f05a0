"""Every number on a list is a recount of rows, whatever happened before."""

import datetime as dt
import random
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.campaigns.models import Campaign
from app.children.kinds import CertificateState
from app.children.models import Child, Enrolment
from app.reports.actions import NotNow
from app.reports.drawing import sum_table
from app.reports.listing import draft_of
from app.reports.models import ReportRow
from tests.district import District
from tests.notices.september import DAY, FULL, Desk
from tests.reports.lists import children, frozen


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
    live = select(ReportRow.enrolment_id, func.count()).where(ReportRow.live)
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
