"""The list of missing children, narrowed by school, class, village, vaccine and how far each is. No name in an address.

A village is part of a sealed address; in the address of a page it goes by a keyed digest.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.clinic.care_queries import Contacts, last_contacts
from app.clinic.kinds import NOT_REACHED
from app.clinic.queries import Missing
from app.clinic.sessions import Booked, live_appointments, not_entered, planned_items
from app.people.actors import Actor
from app.privacy.keys import keys_of

PAGE = 50
_VILLAGE = re.compile(r"(?:.*?[县区市州盟旗])?(?:.*?(?:街道|[镇乡苏木]))?(.{1,12}?(?:村|社区|居委会|嘎查))")
_TOWN = re.compile(r"(?:.*?[县区市州盟旗])?(.{1,12}?(?:街道|[镇乡]))")


class Stand(StrEnum):
    """How far a child is."""

    TO_BOOK = "to_book"
    BOOKED = "booked"
    LATE = "late"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    DONE = "done"


def stand_word(stand: str) -> str:
    words = {
        Stand.TO_BOOK: _("没约"),
        Stand.BOOKED: _("约了"),
        Stand.LATE: _("约过没录"),
        Stand.NOT_REACHED: _("联系不上"),
        Stand.REFUSED: _("没种，有原因"),
        Stand.DONE: _("都种了"),
    }
    return words[Stand(stand)]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What of the list is wanted. Numbers and words of our own, so that it can stand in an address."""

    school: int | None = None
    school_class: int | None = None
    village: str = ""
    product: str = ""
    stand: str = ""
    page: int = 1

    def but(self, **other: object) -> str:
        """The query of an address with something else; a page begins anew unless one is asked for."""
        now: dict[str, object] = {
            "school": self.school,
            "class": self.school_class,
            "village": self.village,
            "product": self.product,
            "stand": self.stand,
        }
        now.update(other)
        return urlencode({name: value for name, value in now.items() if value})


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One child of the list with everything the page says of it."""

    missing: Missing
    stand: Stand
    village: str
    booked: Booked | None
    contacts: Contacts | None

    def __repr__(self) -> str:
        return f"<Line of child {self.missing.child.id}, not shown>"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to narrow by, and how many children are left with it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, repr=False)
class Listing:
    """One page of the narrowed list, and what it can be narrowed by."""

    narrowing: Narrowing
    everybody: Sequence[Line]
    lines: Sequence[Line]
    schools: Sequence[Choice]
    classes: Sequence[Choice]
    villages: Sequence[Choice]
    products: Sequence[Choice]
    stands: Sequence[Choice]

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.lines) // PAGE))

    @property
    def shown(self) -> Sequence[Line]:
        page = min(max(1, self.narrowing.page), self.pages)
        return self.lines[(page - 1) * PAGE : page * PAGE]

    def __repr__(self) -> str:
        return f"<Listing of {len(self.lines)} children, not shown>"


def list_missing(
    session: Session, actor: Actor, children: Sequence[Missing], narrowing: Narrowing, today: dt.date
) -> Listing:
    lines = lines_of(session, actor, children, today)
    key = _village_key(session)
    tests: dict[str, Callable[[Line], bool]] = {
        "school": lambda one: narrowing.school in {None, one.missing.school_id},
        "class": lambda one: narrowing.school_class in {None, one.missing.class_id},
        "village": lambda one: not narrowing.village or key(one.village) == narrowing.village,
        "product": lambda one: not narrowing.product or narrowing.product in _products(one),
        "stand": lambda one: not narrowing.stand or one.stand == narrowing.stand,
    }

    def left(*without: str) -> list[Line]:
        """The lines that every other narrowing leaves."""
        return [one for one in lines if all(test(one) for name, test in tests.items() if name not in without)]

    return Listing(
        narrowing=narrowing,
        everybody=lines,
        lines=left(),
        schools=_choices(left("school", "class"), lambda one: [(str(one.missing.school_id), one.missing.school)]),
        classes=_choices(left("class"), lambda one: [(str(one.missing.class_id), one.missing.class_name)]),
        villages=_choices(left("village"), lambda one: [(key(one.village), one.village)]),
        products=_choices(left("product"), lambda one: [(code, code) for code in _products(one)]),
        stands=_stands(left("stand")),
    )


def lines_of(session: Session, actor: Actor, children: Sequence[Missing], today: dt.date) -> list[Line]:
    ids = [one.child.id for one in children]
    booked, contacts, late = (
        live_appointments(session, ids),
        last_contacts(session, ids),
        not_entered(session, actor, today),
    )
    return [
        Line(
            one,
            _stand(one, booked.get(one.child.id), contacts.get(one.child.id), late, today),
            village_of(one.identity.address),
            booked.get(one.child.id),
            contacts.get(one.child.id),
        )
        for one in children
    ]


def booked_days(session: Session, lines: Iterable[Line], today: dt.date) -> Mapping[int, dt.date]:
    """Item → the day of the appointment that it is planned for."""
    coming = [one.booked for one in lines if one.booked and one.booked.session.day >= today]
    items = planned_items(session, [one.appointment.id for one in coming])
    return {item.id: one.session.day for one in coming for item in items.get(one.appointment.id, [])}


def village_of(address: str) -> str:
    """桃园村 of 青禾区柳溪镇桃园村 3 组 7 号; else the town; else what stands for every other address."""
    found = _VILLAGE.match(address) or _TOWN.match(address)
    return found[1].strip() if found else _("其他地址")


def _stand(one: Missing, booked: Booked | None, contacts: Contacts | None, late: set[int], today: dt.date) -> Stand:
    if one.caught_up:
        return Stand.DONE
    if one.items and not one.open:
        return Stand.REFUSED
    if one.child.id in late:
        return Stand.LATE
    if booked is not None and booked.session.day >= today - dt.timedelta(days=1):
        return Stand.BOOKED
    if contacts is not None and contacts.last.result in NOT_REACHED:
        return Stand.NOT_REACHED
    return Stand.TO_BOOK


def _products(line: Line) -> set[str]:
    return {item.product for item in line.missing.owed}


def _choices(lines: Iterable[Line], of: Callable[[Line], Sequence[tuple[str, str]]]) -> list[Choice]:
    """In the order in which the list meets them."""
    found = [pair for line in lines for pair in of(line)]
    counted, labels = Counter(value for value, _label in found), dict(found)
    return [Choice(value, label, counted[value]) for value, label in labels.items()]


def _stands(lines: Sequence[Line]) -> list[Choice]:
    """In the order of the work."""
    counted = Counter(line.stand for line in lines)
    return [Choice(one, stand_word(one), counted[one]) for one in Stand if counted[one]]


def _village_key(session: Session) -> Callable[[str], str]:
    keys = keys_of(session)
    known: dict[str, str] = {}

    def key(village: str) -> str:
        if village not in known:
            known[village] = keys.digest("village", village).hex()[:12]
        return known[village]

    return key
