"""The roster of a school in clear, for search alone: in this process's memory, for minutes, never on disk.

Kept as small as search needs it: names and the last four characters of numbers, no whole number, no address.
"""

import datetime as dt
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.kinds import EnrolmentState, Sex
from app.children.models import Child, Enrolment
from app.children.pinyin import SpokenName, spoken
from app.privacy.folding import fold_name, fold_number, fold_phone
from app.privacy.identities import Identity, open_identities
from app.privacy.roster_version import version_of
from app.schools.models import SchoolClass

#: Where a session carries the rosters of its process.
CARRIED_AS = "rosters"
SECONDS = 300
#: All rosters together; about 2 kB a child.
LARGEST = 20_000


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One child as search knows it."""

    child_id: int
    sex: Sex
    birth_date: dt.date
    #: As typed, to be shown.
    name: str
    spoken: SpokenName
    former: tuple[SpokenName, ...]
    last_fours: frozenset[str]
    #: Of the guardians' phones: numbers of this process that say of two only whether they are equal.
    phones: frozenset[int] = frozenset()

    def __repr__(self) -> str:
        return f"<Entry of child {self.child_id}, not shown>"


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    until: float
    entries: tuple[Entry, ...]


class Rosters:
    """The decrypted rosters of this process."""

    def __init__(
        self, *, seconds: float = SECONDS, largest: int = LARGEST, tick: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds, self._largest, self._tick = seconds, largest, tick
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._waking: threading.Timer | None = None

    def __repr__(self) -> str:
        return f"<Rosters of {len(self._kept)} schools>"

    def of(self, session: Session, school_id: int) -> tuple[Entry, ...]:
        """The school's roster, decrypted anew when it is old or another process changed it."""
        version = version_of(session, school_id)
        self.sweep()
        with self._lock:
            kept = self._kept.get(school_id)
            if kept and kept.version == version:
                self._kept.move_to_end(school_id)
                return kept.entries
        entries = _decrypted(session, school_id)
        self._keep(school_id, _Kept(version, self._tick() + self._seconds, entries))
        return entries

    def evict(self, school_id: int) -> None:
        with self._lock:
            self._kept.pop(school_id, None)

    def sweep(self) -> None:
        """Drop what is past its time."""
        now = self._tick()
        with self._lock:
            for school_id in [one for one, kept in self._kept.items() if kept.until <= now]:
                del self._kept[school_id]

    def _keep(self, school_id: int, kept: _Kept) -> None:
        with self._lock:
            self._kept[school_id] = kept
            self._kept.move_to_end(school_id)
            while self._kept and sum(len(one.entries) for one in self._kept.values()) > self._largest:
                self._kept.popitem(last=False)
            self._wake_later()

    def _wake_later(self) -> None:
        # Nobody may search again today: the names must not wait in memory for the next question.
        if self._waking is None and self._kept:
            self._waking = threading.Timer(self._seconds, self._wake)
            self._waking.daemon = True
            self._waking.start()

    def _wake(self) -> None:
        self.sweep()
        with self._lock:
            self._waking = None
            self._wake_later()


def rosters_of(session: Session) -> Rosters:
    """The rosters that this session carries; a session without any gets its own, which die with it."""
    found = session.info.setdefault(CARRIED_AS, Rosters())
    assert isinstance(found, Rosters)
    return found


def _decrypted(session: Session, school_id: int) -> tuple[Entry, ...]:
    children = session.scalars(
        select(Child)
        .where(
            Child.id.in_(
                select(Enrolment.child_id)
                .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
                .where(SchoolClass.school_id == school_id, Enrolment.state == EnrolmentState.ACTIVE)
            ),
            Child.merged_into_id.is_(None),
            Child.erased_at.is_(None),
        )
        .order_by(Child.id)
    ).all()
    identities = open_identities(session, children)
    return tuple(_entry(child, identities[child.id]) for child in children if child.id in identities)


def _entry(child: Child, identity: Identity) -> Entry:
    numbers = [fold_number(one.number) for one in identity.identifiers]
    phones = [fold_phone(one.phone) for one in identity.guardians]
    return Entry(
        child_id=child.id,
        sex=child.sex,
        birth_date=child.birth_date,
        name=identity.name,
        spoken=spoken(fold_name(identity.name)),
        former=tuple(spoken(fold_name(name)) for name in identity.former_names),
        last_fours=frozenset(one[-4:] for one in numbers + phones if len(one) >= 4),
        phones=frozenset(hash(one) for one in phones if one),
    )
