"""Two booklets that contradict the registry, for the page that compares them: a day and a month swapped, and a dose of
the five-in-one that the registry calls by another name.
"""

import datetime as dt
from collections.abc import Callable, Iterator

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.checks.models import Check
from app.children.dose_actions import enter_doses
from app.children.kinds import DoseSource
from app.children.models import Child, DoseRecord, Enrolment
from app.children.queries import effective_doses
from app.clock import CHINA
from app.demo.district import District
from app.schools.models import SchoolClass
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine

#: Typed at the end of the second afternoon, for children who are not checked yet.
_TYPED = dt.datetime(2026, 9, 2, 16, 20, tzinfo=CHINA)
Told = tuple[str, dt.date]
#: What stands in a booklet where the registry names a part of it.
_WHOLES = {"DTaP": "DTaP-IPV/Hib"}


def contradict(session: Session, district: District) -> None:
    """One child of each kind, in the first school."""
    kinds = list(KINDS)
    for child in _not_checked(session, district):
        told = next((one for dose in effective_doses(session, child.id) if (one := kinds[0](dose))), None)
        if told is not None:
            product, day = told
            entry = DoseEntry(Vaccine(product), Written(day=day))
            clerk = district.clerk_of("lab")
            enter_doses(session, by=clerk, now=_TYPED, child=child, entries=[entry], source=DoseSource.BOOKLET)
            kinds.pop(0)
            if not kinds:
                return


def _not_checked(session: Session, district: District) -> Iterator[Child]:
    wanted = (
        select(Child)
        .join(Enrolment, Enrolment.child_id == Child.id)
        .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
        .where(
            SchoolClass.school_id == district.places["lab"].id,
            ~exists().where(Check.enrolment_id == Enrolment.id),
        )
    )
    yield from session.scalars(wanted.order_by(Child.id)).all()


def _swapped(dose: DoseRecord) -> Told | None:
    """2021-04-03 for 2021-03-04."""
    if dose.day is None or dose.day.day > 12:
        return None
    other = dose.day.replace(month=dose.day.day, day=dose.day.month)
    return (dose.product, other) if dose.day < other <= _TYPED.date() else None


def _five_in_one(dose: DoseRecord) -> Told | None:
    whole = _WHOLES.get(dose.product)
    return (whole, dose.day) if whole and dose.day else None


#: What the booklet says of a dose that the registry knows, one a child.
KINDS: tuple[Callable[[DoseRecord], Told | None], ...] = (_swapped, _five_in_one)
