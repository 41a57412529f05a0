"""接种邀请: per class a list of times for the teacher, then a slip for every family, four to an A4 to cut apart."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from forms.paper.parties import Clinic
from forms.paper.printing import Press


@dataclass(frozen=True, slots=True, repr=False)
class Invited:
    """One child: when to come, for what."""

    name: str
    birth_date: dt.date
    #: 9:00–9:30
    time: str
    doses: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class ClassInvitations:
    """The invitations of one class, in order of time."""

    clinic: Clinic
    school: str
    class_name: str
    day: str
    where: str
    invited: tuple[Invited, ...]


def print_invitations(press: Press, classes: Sequence[ClassInvitations]) -> bytes:
    """One PDF, class after class."""
    return press.print("invitation", classes=classes)
