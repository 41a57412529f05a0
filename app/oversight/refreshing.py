"""Keeps the counted classes true: before every look the changed ones are counted anew, and their schools added up.

The order makes it exact: the marks are taken first, in the same transaction, and whatever commits later leaves a mark
that the next look finds.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Select, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.oversight.counting import Counted, count_classes
from app.oversight.measures import sum_up
from app.oversight.models import BoardChange, BoardClass, BoardSchool
from app.schools.models import Organisation, SchoolClass

#: So many classes are counted in one go.
BATCH = 100


def refresh(session: Session, campaign: Campaign, today: dt.date, most: int | None = 300) -> int:
    """Count what changed since the last look; how many classes are still to be counted.

    A board is looked at by people who wait: `most` classes a look, the rest at the next. None: all of them.
    """
    classes = _take_marks(session, campaign, most)
    stale = select(BoardClass.class_id).where(BoardClass.campaign_id == campaign.id, BoardClass.stale_on <= today)
    classes |= set(session.scalars(stale))
    if classes:
        for one in _campaigns(session, campaign, classes):
            _count(session, one, sorted(classes), today)
    return _marks_left(session, campaign) if most is not None and len(classes) >= most else 0


def differences(session: Session, campaign: Campaign, today: dt.date) -> list[int]:
    """The classes whose kept count is not what the rows say, marks or no marks: none, unless something is wrong."""
    kept = {one.class_id: one for one in session.scalars(_kept(campaign))}
    marked = set(session.scalars(select(BoardChange.class_id)))
    wrong = []
    for ids in _batches(session.scalars(_classes(campaign).order_by(SchoolClass.id)).all()):
        for one, counted in count_classes(session, campaign, ids, today).items():
            row = kept.pop(one, None)
            if one not in marked and not _same(row, counted):
                wrong.append(one)
    return wrong + [one for one in kept if one not in marked]


def recount(session: Session, campaign: Campaign, today: dt.date) -> None:
    """Throw away and count everything."""
    session.execute(delete(BoardClass).where(BoardClass.campaign_id == campaign.id))
    session.execute(delete(BoardSchool).where(BoardSchool.campaign_id == campaign.id))
    _count(session, campaign, session.scalars(_classes(campaign)).all(), today)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))


def _same(row: BoardClass | None, counted: Counted) -> bool:
    if row is None:
        return not counted.children and not counted.doses
    return (row.children, row.doses) == (dict(counted.children), dict(counted.doses))


def _classes(campaign: Campaign) -> Select[tuple[int]]:
    return (
        select(SchoolClass.id)
        .join(Organisation, Organisation.id == SchoolClass.school_id)
        .where(Organisation.supervisor_id == campaign.bureau_id)
    )


def _kept(campaign: Campaign) -> Select[tuple[BoardClass]]:
    return select(BoardClass).where(BoardClass.campaign_id == campaign.id)


def _take_marks(session: Session, campaign: Campaign, most: int | None) -> set[int]:
    own = select(BoardChange.class_id).where(BoardChange.class_id.in_(_classes(campaign))).distinct()
    chosen = own if most is None else own.order_by(BoardChange.class_id).limit(most)
    marks = delete(BoardChange).where(BoardChange.class_id.in_(chosen))
    taken = session.execute(marks.returning(BoardChange.class_id), execution_options={"synchronize_session": False})
    return set(taken.scalars())


def _marks_left(session: Session, campaign: Campaign) -> int:
    left = select(func.count(BoardChange.class_id.distinct())).where(BoardChange.class_id.in_(_classes(campaign)))
    return session.scalar(left) or 0


def _campaigns(session: Session, campaign: Campaign, classes: Collection[int]) -> list[Campaign]:
    """The one that is looked at, and every other in which one of these classes is counted: the marks are gone."""
    others = select(BoardClass.campaign_id).where(BoardClass.class_id.in_(classes)).distinct()
    wanted = select(Campaign).where(or_(Campaign.id == campaign.id, Campaign.id.in_(others)))
    return list(session.scalars(wanted))


def _count(session: Session, campaign: Campaign, class_ids: Sequence[int], today: dt.date) -> None:
    schools: dict[int, int] = dict(
        session.execute(select(SchoolClass.id, SchoolClass.school_id).where(SchoolClass.id.in_(class_ids))).all()
    )
    for ids in _batches(class_ids):
        session.execute(
            delete(BoardClass).where(BoardClass.campaign_id == campaign.id, BoardClass.class_id.in_(ids)),
            execution_options={"synchronize_session": False},
        )
        rows = [
            {"campaign_id": campaign.id, "class_id": one, "school_id": schools[one], "stale_on": counted.stale_on}
            | {"children": dict(counted.children), "doses": dict(counted.doses)}
            for one, counted in count_classes(session, campaign, ids, today).items()
            if counted.children and one in schools
        ]
        if rows:
            session.execute(insert(BoardClass), rows)
    for batch in _batches(sorted(set(schools.values()))):
        _add_up(session, campaign, batch)


def _add_up(session: Session, campaign: Campaign, school_ids: Collection[int]) -> None:
    # A school that lost its last child is kept with nothing: it once was something, and a cut-off closed that.
    parts: dict[int, list[tuple[dict[str, int], dict[str, int]]]] = {one: [] for one in school_ids}
    wanted = select(BoardClass.school_id, BoardClass.children, BoardClass.doses).where(
        BoardClass.campaign_id == campaign.id, BoardClass.school_id.in_(school_ids)
    )
    for school, children, doses in session.execute(wanted):
        parts[school].append((children, doses))
    session.execute(
        delete(BoardSchool).where(BoardSchool.campaign_id == campaign.id, BoardSchool.school_id.in_(school_ids)),
        execution_options={"synchronize_session": False},
    )
    rows = [
        {"campaign_id": campaign.id, "school_id": school, "closed_on": None}
        | {"children": dict(sum_up(one for one, _ in found)), "doses": dict(sum_up(one for _, one in found))}
        for school, found in parts.items()
    ]
    session.execute(insert(BoardSchool), rows)
