"""What tests of lists do over and over: check a child who owes something, freeze the list."""

from collections.abc import Iterable

from app.campaigns.models import Campaign
from app.children.models import Child
from app.reports.actions import freeze
from app.reports.listing import Row
from app.reports.models import Report
from tests.district import District
from tests.notices.september import DAY, Desk, at, without

OWING = without(("MMR", 2), ("HepA-L", 1))


def frozen(desk: Desk, district: District, campaign: Campaign, center: str = "near_center") -> Report:
    school, to = district.places["near"], district.places[center]
    return freeze(desk.session, by=desk.by, now=at(DAY), campaign=campaign, school=school, center=to)


def checked(desk: Desk, district: District, name: str, doses=OWING, school_class: str = "near_1", **more) -> Child:
    child = desk.enrol(district.classes[school_class], name, **more)
    desk.doses(child, doses)
    desk.check(child)
    return child


def children(rows: Iterable[Row]) -> list[int]:
    return [row.child.id for row in rows]
