"""The decrypted roster: short-lived, bounded, and old as soon as anybody changes the school."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.children.kinds import EnrolmentState
from app.children.models import Child, Enrolment
from app.database import Database
from app.privacy import roster
from app.privacy.identities import seal_identity
from app.privacy.roster import Rosters
from app.privacy.roster_version import touch_roster, touch_rosters_of
from tests.district import FIRST_DAY, MOMENT, District
from tests.privacy.people import enter, named, numbered


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def tick() -> Clock:
    return Clock()


@pytest.fixture
def rosters(tick: Clock) -> Rosters:
    return Rosters(seconds=300, largest=10, tick=tick)


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which rosters were decrypted, in order."""
    opened: list[int] = []
    real = roster._decrypted

    def watched(session: Session, school_id: int) -> tuple[roster.Entry, ...]:
        opened.append(school_id)
        return real(session, school_id)

    monkeypatch.setattr(roster, "_decrypted", watched)
    return opened


@pytest.fixture
def near(database: Database, district: District) -> int:
    with database.writing() as session:
        for number in range(4):
            enter(session, district.classes["near_1"], named(f"孩子{number}"))
        enter(session, district.classes["far_1"], named("远方"))
    return district.places["near"].id


def names(database: Database, rosters: Rosters, school_id: int) -> list[str]:
    with database.reading() as session:
        return [entry.name for entry in rosters.of(session, school_id)]


def test_it_is_opened_once_and_again_after_five_minutes(
    database: Database, rosters: Rosters, tick: Clock, openings: list[int], near: int
) -> None:
    for seconds, times in [(0, 1), (299, 1), (300, 2), (301, 2), (700, 3)]:
        tick.seconds = seconds
        assert names(database, rosters, near) == ["孩子0", "孩子1", "孩子2", "孩子3"]
        assert len(openings) == times


def test_what_is_past_its_time_is_dropped_without_a_question(
    database: Database, rosters: Rosters, tick: Clock, near: int
) -> None:
    names(database, rosters, near)
    tick.seconds = 300
    rosters._wake()
    assert "0 schools" in repr(rosters)


def test_another_process_changed_a_name(database: Database, rosters: Rosters, openings: list[int], near: int) -> None:
    names(database, rosters, near)
    with database.writing() as session:
        child = session.scalars(select(Child).where(Child.identity_sealed.is_not(None))).first()
        seal_identity(session, child, named("改名了"), now=MOMENT)
    assert "改名了" in names(database, rosters, near)
    assert openings == [near, near]


def test_another_school_is_not_touched(
    database: Database, district: District, rosters: Rosters, openings: list[int], near: int
) -> None:
    names(database, rosters, near)
    with database.writing() as session:
        touch_roster(session, district.places["far"].id)
    names(database, rosters, near)
    assert openings == [near]


def test_a_child_that_moves_touches_both_schools(
    database: Database, district: District, rosters: Rosters, near: int
) -> None:
    far = district.places["far"].id
    assert (len(names(database, rosters, near)), len(names(database, rosters, far))) == (4, 1)
    with database.writing() as session:
        child = session.scalars(select(Child).where(Child.identity_sealed.is_not(None))).first()
        session.execute(
            update(Enrolment).where(Enrolment.child_id == child.id).values(state=EnrolmentState.LEFT, to_day=FIRST_DAY)
        )
        session.add(
            Enrolment(
                child_id=child.id,
                class_id=district.classes["far_1"].id,
                from_day=FIRST_DAY,
                source="transfer",
                state=EnrolmentState.ACTIVE,
            )
        )
        session.flush()
        touch_rosters_of(session, child.id)
    assert (len(names(database, rosters, near)), len(names(database, rosters, far))) == (3, 2)


def test_memory_has_an_end(database: Database, district: District, rosters: Rosters, near: int) -> None:
    far = district.places["far"].id
    names(database, rosters, near)
    with database.writing() as session:
        for number in range(7):
            enter(session, district.classes["far_1"], named(f"远方{number}"))
    names(database, rosters, far)
    assert "1 schools" in repr(rosters), "4 + 8 children are more than 10: the older roster goes"
    with database.writing() as session:
        for number in range(4):
            enter(session, district.classes["far_1"], named(f"更远{number}"))
    assert len(names(database, rosters, far)) == 12, "a school too large to be kept is still searched"
    assert "0 schools" in repr(rosters)


def test_an_entry_holds_no_whole_number_and_shows_nothing(
    database: Database, district: District, rosters: Rosters
) -> None:
    with database.writing() as session:
        enter(session, district.classes["near_1"], numbered("张小满", "330199202003120021"))
        (entry,) = rosters.of(session, district.places["near"].id)
    assert entry.last_fours == {"0021"}
    assert "张" not in f"{entry}{entry!r}{entry.spoken}"


def test_proposed_and_left_children_are_not_on_it(
    database: Database, district: District, rosters: Rosters, near: int
) -> None:
    with database.writing() as session:
        enrolments = session.scalars(select(Enrolment).join(Child).where(Child.identity_sealed.is_not(None))).all()
        enrolments[0].state = EnrolmentState.PROPOSED
        touch_roster(session, near)
    assert len(names(database, rosters, near)) == 3
