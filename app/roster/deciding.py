"""What happens to each row once the answers are counted in: written how, left out, or still a question. Pure."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from app.roster.groups import ChangeSet, Group, Match, Outcome
from app.roster.rows import Roster


class Verb(StrEnum):
    """What is done with a row."""

    #: A new child in a class.
    ADD = "add"
    #: A known child of this school changes.
    UPDATE = "update"
    #: A child that the system knows from elsewhere is enrolled here.
    JOIN = "join"
    #: Nothing to write.
    NOTHING = "nothing"
    #: Left out: faulty, or somebody said so.
    LEAVE = "leave"
    #: Nobody has said yet.
    ASK = "ask"


WRITES = frozenset({Verb.ADD, Verb.UPDATE, Verb.JOIN})
NEW, LEAVE, TAKE, MAKE = "new", "leave", "take", "make"
_SAME = "same:"


@dataclass(frozen=True, slots=True)
class Step:
    """One row and what is done with it; `match` is the child that is changed or joins."""

    outcome: Outcome
    verb: Verb
    match: Match | None = None
    #: What somebody answered, if it still answers the question.
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Every row with its step, and the new classes with their answers."""

    steps: tuple[Step, ...]
    #: Key of a new class → make, leave, or None while nobody has said.
    classes: dict[str, str | None]
    #: It looks like last year's file, and nobody has said that it is not.
    held: bool = False

    @property
    def writes(self) -> list[Step]:
        return [step for step in self.steps if step.verb in WRITES]

    @property
    def open_rows(self) -> int:
        return sum(step.verb is Verb.ASK for step in self.steps)

    @property
    def open_classes(self) -> int:
        return sum(answer is None for answer in self.classes.values())

    @property
    def ready(self) -> bool:
        return bool(self.writes) and not self.open_rows and not self.open_classes and not self.held

    @property
    def stamp(self) -> str:
        """What a person has before the eyes when confirming; anything else is not what was confirmed."""
        parts = [f"{step.outcome.row.number} {step.outcome.stamp} {step.verb} {_id(step)}" for step in self.steps]
        parts += [f"{key} {answer}" for key, answer in sorted(self.classes.items())]
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def decide(roster: Roster, changes: ChangeSet, *, held: bool = False) -> Decision:
    """The answers counted in. An answer given to another question than the one that stands now is none."""
    classes = {one.key: roster.class_answers.get(one.key) for one in changes.new_classes}
    taken: set[int] = set()
    steps = []
    for outcome in changes.outcomes:
        step = _in_class(_step(outcome, _answer(roster, outcome)), classes)
        if step.verb in WRITES and step.match is not None:
            if step.match.child_id in taken:  # two rows were both called the same child
                step = Step(outcome, Verb.ASK)
            else:
                taken.add(step.match.child_id)
        steps.append(step)
    return Decision(tuple(steps), classes, held)


def same(child_id: int) -> str:
    """The answer: it is this child."""
    return f"{_SAME}{child_id}"


def fits(outcome: Outcome, answer: str) -> bool:
    """Is this one of the answers that the row can be given?"""
    if outcome.group in {Group.CHANGED, Group.TRANSFER}:
        return answer in {TAKE, LEAVE}
    if outcome.group is not Group.DUPLICATE:
        return False
    if answer == NEW:
        return outcome.may_be_new
    return answer == LEAVE or answer in {same(one.child_id) for one in outcome.candidates}


def _answer(roster: Roster, outcome: Outcome) -> str | None:
    stamp, answer = roster.answers.get(outcome.row.number, ("", ""))
    return answer if stamp == outcome.stamp and fits(outcome, answer) else None


def _step(outcome: Outcome, answer: str | None) -> Step:
    if outcome.group is Group.FAULTY or answer == LEAVE:
        return Step(outcome, Verb.LEAVE, answer=answer)
    if outcome.group is Group.SAME:
        return Step(outcome, Verb.NOTHING, outcome.match)
    if outcome.group in {Group.NEW, Group.TWIN}:
        return Step(outcome, Verb.ADD)
    if outcome.group is Group.DUPLICATE:
        return _answered(outcome, answer)
    assert outcome.match is not None
    if outcome.group is Group.CHANGED and outcome.match.doubtful and answer != TAKE:
        return Step(outcome, Verb.LEAVE)
    return Step(outcome, Verb.UPDATE if outcome.match.place else Verb.JOIN, outcome.match, answer)


def _answered(outcome: Outcome, answer: str | None) -> Step:
    if answer is None:
        return Step(outcome, Verb.ASK)
    if answer == NEW:
        return Step(outcome, Verb.ADD, answer=answer)
    match = next(one for one in outcome.candidates if same(one.child_id) == answer)
    if match.place is None:
        return Step(outcome, Verb.JOIN, match, answer)
    return Step(outcome, Verb.UPDATE if match.changes else Verb.NOTHING, match, answer)


def _in_class(step: Step, classes: dict[str, str | None]) -> Step:
    """Nobody goes into a class that is not to be made."""
    new = step.outcome.new_class
    if new is None or step.verb not in WRITES or classes.get(new.key) != LEAVE:
        return step
    return Step(step.outcome, Verb.LEAVE, step.match, step.answer)


def _id(step: Step) -> int | None:
    return step.match.child_id if step.match else None
