"""Writes a decision: new classes, new children, changed ones, those who join, in a number of statements that does not
grow with the rows. Called by `actions.apply` only, which has locked what it touches."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign
from app.campaigns.queries import deadline, open_campaign
from app.children.kinds import EnrolmentSource, EnrolmentState, Origin
from app.children.models import Child, Enrolment
from app.people.actors import Actor
from app.privacy.identities import Identity, seal_identities
from app.privacy.roster_version import touch_roster
from app.roster.deciding import MAKE, Decision, Step, Verb
from app.roster.groups import Outcome
from app.roster.known import Known
from app.roster.merging import identity_of, merged
from app.schools.actions import add_class
from app.schools.models import Organisation, SchoolClass, Stage

Sealing = tuple[int, dt.date, Identity]


@dataclass(slots=True)
class Written:
    """What was written, as ids: enough to tell afterwards, and one day to undo it. No word of anybody."""

    added: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    enrolments: list[int] = field(default_factory=list)
    #: Enrolment, class before, class after.
    moved: list[tuple[int, int, int]] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    #: Place in what was sent, child: also of those of whom nothing had to be written.
    rows: list[tuple[int, int]] = field(default_factory=list)


def write(
    session: Session, *, by: Actor, now: dt.datetime, today: dt.date, school: Organisation, decision: Decision
) -> Written:
    writing = _Writing(session, by, now, today, school)
    writing.make_classes(decision)
    sealing = writing.add([step for step in decision.steps if step.verb is Verb.ADD])
    known = [step for step in decision.steps if step.verb in {Verb.UPDATE, Verb.JOIN}]
    sealing += writing.change(known)
    writing.join([step for step in known if step.verb is Verb.JOIN])
    seal_identities(session, sealing, now=now)
    writing.touch_rosters([step.match.known for step in known if step.match])
    writing.name_rows(decision)
    session.flush()
    return writing.written


class _Writing:
    """One run; what it has written so far."""

    def __init__(self, session: Session, by: Actor, now: dt.datetime, today: dt.date, school: Organisation) -> None:
        self._session, self._by, self._now, self._today, self._school = session, by, now, today, school
        self._campaign = open_campaign(session, school.id)
        self._made: dict[str, SchoolClass] = {}
        self.written = Written()

    def make_classes(self, decision: Decision) -> None:
        new = {one.key: one for step in decision.writes if (one := step.outcome.new_class)}
        for key in (key for key in new if decision.classes.get(key) == MAKE):
            made = add_class(
                self._session, by=self._by, now=self._now, school=self._school, grade=new[key].grade, name=new[key].name
            )
            self._made[key] = made
            self.written.classes.append(made.id)

    def add(self, steps: list[Step]) -> list[Sealing]:
        """Rows of new children and their enrolments; what is to be sealed of each."""
        if not steps:
            return []
        rows = [step.outcome.row for step in steps]
        children: list[dict[str, Any]] = [
            {
                "sex": row.sex,
                "birth_date": row.birth_date,
                "origin": row.origin or Origin.LOCAL,
                "hbsag_exposed_under_2000g": False,
                "created_at": self._now,
            }
            for row in rows
        ]
        ids = self._insert(children)
        self.written.added = ids
        self.written.rows += [(row.number, child_id) for row, child_id in zip(rows, ids, strict=True)]
        self._enrol([(child_id, step, EnrolmentSource.ROSTER) for child_id, step in zip(ids, steps, strict=True)])
        return [
            (child_id, row.birth_date, identity_of(row))
            for child_id, row in zip(ids, rows, strict=True)
            if row.birth_date
        ]

    def _insert(self, children: list[dict[str, Any]]) -> list[int]:
        """Insert many at once; the ids in their order. No database promises an order, but children of one sex, birth
        date and origin are one as good as the other until their names are sealed."""
        facts = (Child.sex, Child.birth_date, Child.origin)
        free: dict[tuple[Any, ...], list[int]] = {}
        for child_id, *same in self._session.execute(insert(Child).returning(Child.id, *facts), children):
            free.setdefault(tuple(same), []).append(child_id)
        for ids in free.values():
            ids.sort(reverse=True)
        return [free[tuple(child[fact.key] for fact in facts)].pop() for child in children]

    def change(self, steps: list[Step]) -> list[Sealing]:
        """Facts and enrolments of known children; what is to be sealed anew of each."""
        sealing, facts, places = [], [], []
        for step in steps:
            row, match = step.outcome.row, step.match
            assert match is not None
            known, identity = match.known, merged(row, match.known.identity)
            after = {"sex": row.sex or known.sex, "birth_date": row.birth_date or known.birth_date}
            after["origin"] = row.origin or known.origin
            if any(after[name] != getattr(known, name) for name in after):
                facts.append({"id": known.child_id, **after})
            if identity != known.identity or after["birth_date"] != known.birth_date:
                sealing.append((known.child_id, after["birth_date"], identity))
            if match.place is not None:
                places += self._moved(step.outcome, step)
        if facts:
            self._session.execute(update(Child), facts)
        if places:
            self._session.execute(update(Enrolment), places)
        self.written.changed = [step.match.child_id for step in steps if step.match and step.verb is Verb.UPDATE]
        return sealing

    def join(self, steps: list[Step]) -> None:
        """Children from elsewhere get an enrolment here; the one they have elsewhere is for that school to end."""
        self.written.joined = [step.match.child_id for step in steps if step.match]
        self._enrol([(step.match.child_id, step, self._how(step.match.known)) for step in steps if step.match])

    def touch_rosters(self, known: list[Known]) -> None:
        """This school's list is new, and so is that of every other school whose children go by another name now."""
        ids = [one.child_id for one in known]
        schools = {self._school.id}
        for start in range(0, len(ids), 500):
            wanted = select(SchoolClass.school_id).join(Enrolment, Enrolment.class_id == SchoolClass.id)
            schools |= set(self._session.scalars(wanted.where(Enrolment.child_id.in_(ids[start : start + 500]))))
        for school_id in sorted(schools):
            touch_roster(self._session, school_id)

    def name_rows(self, decision: Decision) -> None:
        """Beside the new children those who were known; what is left out, or means nobody, is not there."""
        for step in decision.steps:
            match = step.match or step.outcome.match
            if match is not None and step.verb in {Verb.UPDATE, Verb.JOIN, Verb.NOTHING}:
                self.written.rows.append((step.outcome.row.number, match.child_id))

    def _moved(self, outcome: Outcome, step: Step) -> list[dict[str, Any]]:
        assert step.match is not None
        assert step.match.place is not None
        place, row, target = step.match.place, outcome.row, self._class_id(outcome)
        after = {
            "class_id": target if target is not None else place.class_id,
            "from_day": row.from_day or place.from_day,
            "source": row.source or place.source,
        }
        if all(getattr(place, name) == value for name, value in after.items()):
            return []
        if after["class_id"] != place.class_id:
            self.written.moved.append((place.enrolment_id, place.class_id, after["class_id"]))
        return [{"id": place.enrolment_id, **after}]

    def _enrol(self, children: list[tuple[int, Step, EnrolmentSource]]) -> None:
        rows: list[dict[str, Any]] = []
        for child_id, step, source in children:
            chosen = step.outcome.row.source or source
            rows.append(
                {
                    "child_id": child_id,
                    "class_id": self._class_id(step.outcome),
                    "from_day": step.outcome.row.from_day or first_day(self._campaign, chosen, self._today),
                    "source": chosen,
                    "state": EnrolmentState.ACTIVE,
                }
            )
        if rows:
            self.written.enrolments += self._session.scalars(insert(Enrolment).returning(Enrolment.id), rows)

    def _class_id(self, outcome: Outcome) -> int | None:
        return self._made[outcome.new_class.key].id if outcome.new_class else outcome.class_id

    def _how(self, known: Known) -> EnrolmentSource:
        """From a kindergarten into a primary school one is enrolled, not transferred."""
        moves_up = self._school.stage is Stage.PRIMARY and known.elsewhere == {Stage.KINDERGARTEN}
        return EnrolmentSource.ROSTER if moves_up else EnrolmentSource.TRANSFER


def first_day(campaign: Campaign | None, source: EnrolmentSource, today: dt.date) -> dt.date:
    """A child's first day where the file says none: the term's for entrants, today for whoever comes later."""
    if campaign is None:
        return today
    if source is EnrolmentSource.ROSTER and today <= deadline(campaign):
        return campaign.first_day
    return max(campaign.first_day, today)
