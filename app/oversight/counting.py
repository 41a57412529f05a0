"""Counts whole classes from the rows themselves: a fixed number of questions for any number of classes."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import counting_day, taking_part
from app.checks.models import Check
from app.checks.queries import stands
from app.children.models import Child, Enrolment, Exemption
from app.counting.columns import place_of
from app.counting.queries import figures_of_classes
from app.oversight.measures import measures_of

#: Months of age at which a bar of the distribution begins.
AGES = (0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60, 72, 84)


@dataclass(slots=True)
class Counted:
    """One class."""

    children: Counter[str] = field(default_factory=Counter)
    doses: Counter[str] = field(default_factory=Counter)
    stale_on: dt.date | None = None


def count_classes(
    session: Session, campaign: Campaign, class_ids: Collection[int], today: dt.date
) -> dict[int, Counted]:
    found = {
        one: Counted(measures_of(figures))
        for one, figures in figures_of_classes(session, campaign, class_ids, today).items()
    }
    for class_id, words in _children(session, campaign, class_ids):
        found[class_id].children.update(words)
    for class_id, inputs, findings in session.execute(_standing_checks(campaign, class_ids)):
        found[class_id].doses.update(dose_words(inputs, findings))
    for class_id, day in session.execute(_pauses(class_ids, today)):
        found[class_id].stale_on = day + dt.timedelta(1)
    return found


def dose_words(inputs: Mapping[str, Any], findings: Mapping[str, Any]) -> Iterator[str]:
    """What one check says of doses: had (with age and product) and owed, by the places of the official register."""
    born = dt.date.fromisoformat(inputs["birth_date"])
    had = set()
    for given, fate in zip(inputs["doses"], findings["doses"], strict=True):
        for line, dose in fate["counts_for"].items():
            place = place_of(line, given["product"], dose)
            if place in had:
                continue
            had.add(place)
            yield f"had.{place.vaccine}.{place.dose}"
            yield f"product.{place.vaccine}.{given['product']}"
            if given["date"]:
                age = age_at(born, dt.date.fromisoformat(given["date"]))
                yield f"age.{place.vaccine}.{place.dose}.{age}"
    for line, finding in findings["lines"].items():
        for owed in finding["owed"]:
            place = place_of(line, owed["product"], owed["dose"])
            if place not in had:
                had.add(place)
                yield f"owes.{place.vaccine}.{place.dose}"


def age_at(born: dt.date, day: dt.date) -> int:
    """The beginning of the bar in which an age falls, in full months."""
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return max((one for one in AGES if one <= months), default=0)


def _children(session: Session, campaign: Campaign, class_ids: Collection[int]) -> Iterator[tuple[int, list[str]]]:
    """Of every child the day of its first look, its health center by residence, and what the list's deadline needs."""
    looked = (
        select(Check.enrolment_id, func.min(Check.at).label("at"), func.min(Check.as_of).label("day"))
        .where(stands(), Check.enrolment_id.in_(select(Enrolment.id).where(Enrolment.class_id.in_(class_ids))))
        .group_by(Check.enrolment_id)
        .subquery()
    )
    rows = session.execute(
        taking_part(campaign)
        .outerjoin(looked, looked.c.enrolment_id == Enrolment.id)
        .where(Enrolment.class_id.in_(class_ids))
        .with_only_columns(
            Enrolment.class_id, Enrolment.from_day, Child.home_health_center_id, looked.c.at, looked.c.day
        )
    )
    for class_id, from_day, center, moment, day in rows:
        words = [f"center.{center or 0}"]
        if moment is not None:
            words.append(f"day.{counting_day(campaign, moment)}")
        if from_day <= campaign.first_day:
            words.append("on_time.all")
            if day is not None:
                words += ["on_time.seen", f"looked.{day}"]
        yield class_id, words


def _standing_checks(campaign: Campaign, class_ids: Collection[int]):  # type: ignore[no-untyped-def]
    own = select(Enrolment.id).where(Enrolment.class_id.in_(class_ids))
    newest = (
        select(Check.enrolment_id, func.max(Check.number).label("number"))
        .where(stands(), Check.enrolment_id.in_(own))
        .group_by(Check.enrolment_id)
        .subquery()
    )
    return (
        taking_part(campaign)
        .join(newest, newest.c.enrolment_id == Enrolment.id)
        .join(Check, (Check.enrolment_id == Enrolment.id) & (Check.number == newest.c.number))
        .where(stands(), Enrolment.class_id.in_(class_ids))
        .with_only_columns(Enrolment.class_id, Check.inputs, Check.findings)
    )


def _pauses(class_ids: Collection[int], today: dt.date):  # type: ignore[no-untyped-def]
    return (
        select(Enrolment.class_id, func.min(Exemption.valid_to))
        .join(Exemption, Exemption.child_id == Enrolment.child_id)
        .where(Enrolment.class_id.in_(class_ids), Exemption.ended_at.is_(None), Exemption.valid_to >= today)
        .group_by(Enrolment.class_id)
    )
