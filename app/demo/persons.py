"""Who a made-up child is: family, name, numbers, guardians, address."""

import datetime as dt
from dataclasses import dataclass

from app.children.kinds import Origin, Sex
from app.demo import names, numbers
from app.demo.chance import Chance
from app.demo.families import FORMER_NAMES, NAMED
from app.demo.places import VILLAGES
from app.demo.seats import Place
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity
from app.schools.models import Stage

#: How often a number is known: most children have one, some have none.
_HAS_RESIDENT_ID, _HAS_CHILD_CODE = 0.95, {Origin.LOCAL: 0.96, Origin.ELSEWHERE: 0.7, Origin.ABROAD: 0.0}
_LIVES_BY_THE_OTHER_CENTER = 0.06
#: Every so many seats a child has a name of an unusual shape.
_UNUSUAL_EVERY, _UNUSUAL_FIRST = 49, 7


@dataclass(frozen=True, slots=True)
class Family:
    """What siblings share. `number` is the seat it was made for."""

    number: int
    surname: str
    guardians: tuple[Guardian, ...]
    address: str
    center: str
    origin: Origin


def family_of(place: Place) -> Family:
    """The family of the child on this seat."""
    chance = Chance("family", place.number)
    surname = NAMED[place.seat][0][0] if place.seat in NAMED else names.surname(chance)
    centers = [place.school.center, *(short for short in VILLAGES if short != place.school.center)]
    center = centers[chance.happens(_LIVES_BY_THE_OTHER_CENTER)]
    address = f"{chance.one_of(VILLAGES[center])}{chance.between(1, 9)}组{chance.between(1, 80)}号"
    origin = Origin.ELSEWHERE if chance.happens(0.18) else Origin.LOCAL
    return Family(place.number, surname, _guardians(chance, place.number, surname), address, center, origin)


def sex_and_name(place: Place, family: Family, taken: set[tuple[str, dt.date]], birth: dt.date) -> tuple[Sex, str]:
    """A name that no other child of this birth date has, but for those who share one on purpose."""
    if place.seat in NAMED:
        name, sex, _ = NAMED[place.seat]
        return sex, name
    chance = Chance("name", place.number)
    row, rest = divmod(place.number, _UNUSUAL_EVERY)
    if rest == _UNUSUAL_FIRST and row < len(names.UNUSUAL):
        return names.UNUSUAL[row]
    sex = chance.one_of((Sex.FEMALE, Sex.MALE))
    while True:
        name = family.surname + names.given_name(chance, sex)
        if (name, birth) not in taken:
            return sex, name


def identity_of(place: Place, family: Family, name: str, sex: Sex, birth: dt.date, origin: Origin) -> Identity:
    chance = Chance("numbers", place.number)
    return Identity(
        name=name,
        former_names=(family.surname + FORMER_NAMES[place.seat],) if place.seat in FORMER_NAMES else (),
        identifiers=tuple(_identifiers(chance, place, sex, birth, origin)),
        guardians=family.guardians,
        address=family.address,
    )


def _identifiers(chance: Chance, place: Place, sex: Sex, birth: dt.date, origin: Origin) -> list[Identifier]:
    found = []
    if origin is Origin.ABROAD:
        found.append(Identifier(IdentifierKind.PASSPORT, numbers.passport(place.number)))
    elif chance.happens(_HAS_RESIDENT_ID):
        elsewhere = chance.one_of(numbers.OTHER_PLACES)
        where = numbers.LOCAL_PLACE if origin is Origin.LOCAL else elsewhere
        resident = numbers.resident_id(where, birth, place.number % 499, sex)
        found.append(Identifier(IdentifierKind.RESIDENT_ID, resident))
        if place.school.stage is Stage.PRIMARY and not place.school_class.entrants:
            found.append(Identifier(IdentifierKind.STUDENT_NUMBER, numbers.student_number(resident)))
    if chance.happens(_HAS_CHILD_CODE[origin]):
        found.append(Identifier(IdentifierKind.CHILD_CODE, numbers.child_code(birth, place.number + 1)))
    return found


def _guardians(chance: Chance, number: int, surname: str) -> tuple[Guardian, ...]:
    mother = Guardian(names.woman(chance), "母亲", numbers.mobile(3 * number))
    father = Guardian(names.man(chance, surname), "父亲", numbers.mobile(3 * number + 1))
    third = numbers.mobile(3 * number + 2)
    grandmother = Guardian(names.woman(chance), chance.one_of(("祖母", "外祖母")), third)
    grandfather = Guardian(names.man(chance), chance.one_of(("祖父", "外祖父")), third)
    together: tuple[tuple[tuple[Guardian, ...], float], ...] = (
        ((mother, father), 5),
        ((mother,), 3),
        ((father,), 1),
        ((mother, grandmother), 0.8),
        ((grandmother,), 0.5),
        ((grandfather,), 0.3),
    )
    return chance.weighed(together)
