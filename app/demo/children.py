"""Every child of the demo: who it is, where it sits, what is on record. Pure: the same children on every machine."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.children.kinds import EnrolmentSource, Origin, Sex
from app.demo.chance import Chance
from app.demo.days import FIRST_DAY
from app.demo.families import BORN, FAMILY_OF, TWIN_OF
from app.demo.persons import family_of, identity_of, sex_and_name
from app.demo.places import Class, School, Seat
from app.demo.records import Record, tell
from app.demo.seats import Place, deal_stories, places
from app.demo.stories import Story
from app.privacy.identities import Identity

#: The district's oldest child of a grade was born on the first of September of this year.
_BORN_FROM = {
    "小班": 2022,
    "中班": 2021,
    "大班": 2020,
    "一年级": 2019,
    "二年级": 2018,
    "三年级": 2017,
    "四年级": 2016,
    "五年级": 2015,
    "六年级": 2014,
}
_YEAR = 365


@dataclass(frozen=True, slots=True)
class MadeUpChild:
    """A child that does not exist."""

    seat: Seat
    school: School
    school_class: Class
    sex: Sex
    birth: dt.date
    identity: Identity
    origin: Origin
    #: The health center of the residence, where it is not the school's.
    home_center: str | None
    source: EnrolmentSource
    from_day: dt.date
    story: Story
    record: Record

    @property
    def center(self) -> str:
        """The health center that looks after it."""
        return self.home_center or self.school.center


@cache
def population() -> tuple[MadeUpChild, ...]:
    """All of them, in the order of schools, classes and seats."""
    everybody = places()
    by_seat = {place.seat: place for place in everybody}
    stories = deal_stories(everybody)
    taken: set[tuple[str, dt.date]] = set()
    return tuple(_child(place, by_seat, stories, taken) for place in everybody)


def _child(
    place: Place, by_seat: Mapping[Seat, Place], stories: Mapping[Seat, Story], taken: set[tuple[str, dt.date]]
) -> MadeUpChild:
    family = family_of(by_seat[FAMILY_OF.get(place.seat, place.seat)])
    # Twins go to every appointment together.
    together = by_seat[TWIN_OF.get(place.seat, place.seat)]
    birth, story = _birth(together), stories[together.seat]
    sex, name = sex_and_name(place, family, taken, birth)
    taken.add((name, birth))
    origin = story.origin or family.origin
    source, from_day = _joined(place)
    return MadeUpChild(
        seat=place.seat,
        school=place.school,
        school_class=place.school_class,
        sex=sex,
        birth=birth,
        identity=identity_of(place, family, name, sex, birth, origin),
        origin=origin,
        home_center=family.center if family.center != place.school.center else None,
        source=source,
        from_day=from_day,
        story=story,
        record=tell(story, birth, Chance("record", together.number)),
    )


def _birth(place: Place) -> dt.date:
    if place.seat in BORN:
        return BORN[place.seat]
    first = dt.date(_BORN_FROM[place.school_class.grade], 9, 1)
    return first + dt.timedelta(Chance("birth", place.number).below(_YEAR))


def _joined(place: Place) -> tuple[EnrolmentSource, dt.date]:
    """Entrants come with the roster on the first day; the others around it, one by one."""
    if place.school_class.entrants:
        return EnrolmentSource.ROSTER, FIRST_DAY
    chance = Chance("joined", place.number)
    source = chance.weighed(((EnrolmentSource.TRANSFER, 6), (EnrolmentSource.MIDYEAR, 3), (EnrolmentSource.GUEST, 1)))
    late = source is EnrolmentSource.MIDYEAR
    return source, FIRST_DAY + dt.timedelta(1 if late else -chance.below(7))
