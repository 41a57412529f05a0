"""What the page of a waiting roster shows: groups with their counts, one group in lines, the sum at the foot.

Of a child at another school nothing is shown that the file does not say itself: only whether things agree.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.children.kinds import Sex
from app.privacy.identities import IdentifierKind, Identity
from app.roster import deciding
from app.roster.deciding import Decision, Step, Verb
from app.roster.groups import Agreement, ChangeSet, Group, Match
from app.roster.known import Known
from app.roster.merging import Change, Field
from app.roster.reviewing import Review
from app.roster.rows import Fault, Row
from app.roster.wording import GROUPS, agreement_word, doubt_word, field_word, phone_word, value_word
from app.schools.models import SchoolClass

LINES_A_PAGE = 50
#: Not a group of rows: children of the system whom the file does not name.
MISSING = "missing"


@dataclass(frozen=True, slots=True)
class GroupTab:
    """A group in the list at the left."""

    name: str
    title: str
    note: str
    icon: str
    count: int
    open: int
    current: bool


@dataclass(frozen=True, slots=True, repr=False)
class ShownChange:
    """One thing that differs, in words; `before` None: it stands in another school's record."""

    field: str
    before: str | None
    after: str
    doubt: str


@dataclass(frozen=True, slots=True, repr=False)
class ShownCandidate:
    """A child who may be meant, as an answer to choose."""

    answer: str
    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One row of the file on the page."""

    number: int
    stamp: str
    name: str
    facts: tuple[str, ...]
    place: str
    new_class: bool
    phones: tuple[str, ...]
    changes: tuple[ShownChange, ...]
    candidates: tuple[ShownCandidate, ...]
    may_be_new: bool
    faults: tuple[Fault, ...]
    twins: tuple[str, ...]
    note: str
    answer: str | None
    taken: bool
    moved: bool


@dataclass(frozen=True, slots=True, repr=False)
class MissingLine:
    """A child whom the file does not name."""

    child_id: int
    name: str
    facts: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Page:
    """One group, cut to what fits a page."""

    lines: tuple[Line, ...] | tuple[MissingLine, ...]
    number: int
    pages: int


def review_page(review: Review, classes: Iterable[SchoolClass], group: str | None, number: int) -> dict[str, Any]:
    """Everything the template asks for beside the waiting row itself."""
    group = group or first_group(review.changes)
    return {
        "review": review,
        "group": group,
        "tabs": group_tabs(review, group),
        "page": lines_of(review, group, number, classes),
        "sums": sums(review.decision),
    }


def class_rows(review: Review, key: str) -> int:
    """How many rows of the file go into a new class."""
    return sum(one.new_class is not None and one.new_class.key == key for one in review.changes.outcomes)


def group_tabs(review: Review, current: str) -> list[GroupTab]:
    asked = review.decision.open_rows
    tabs = [
        GroupTab(group, str(title), str(note), icon, count, asked if group is Group.DUPLICATE else 0, group == current)
        for group, (title, note, icon) in GROUPS.items()
        if (count := review.changes.counts[group])
    ]
    left = len(review.changes.missing) + review.changes.untouched
    if left:
        note = _("不会动他们")
        tabs.append(GroupTab(MISSING, _("文件里没有"), note, "info", left, 0, current == MISSING))
    return tabs


def first_group(changes: ChangeSet) -> str:
    """The group that is open when somebody comes: the first in which there is something to look at."""
    return next((group for group in Group if changes.counts[group]), Group.SAME)


def lines_of(review: Review, group: str, number: int, classes: Iterable[SchoolClass]) -> Page:
    names = {one.id: one.name for one in classes}
    if group == MISSING:
        missing = sorted(review.changes.missing, key=lambda known: (_place_of(known, names), known.child_id))
        cut, number, pages = _cut(missing, number)
        return Page(tuple(_missing_line(known, names) for known in cut), number, pages)
    steps = [step for step in review.decision.steps if step.outcome.group == group]
    cut, number, pages = _cut(steps, number)
    return Page(tuple(_line(step, review, names) for step in cut), number, pages)


def sums(decision: Decision) -> list[tuple[str, int]]:
    """What will be written, and what not, adding up to the rows of the file."""
    counts = {verb: sum(step.verb is verb for step in decision.steps) for verb in Verb}
    words = {
        Verb.ADD: _("新增"),
        Verb.UPDATE: _("更新"),
        Verb.JOIN: _("转入"),
        Verb.ASK: _("待您决定"),
        Verb.LEAVE: _("不写"),
        Verb.NOTHING: _("没变化"),
    }
    return [(word, counts[verb]) for verb, word in words.items() if counts[verb]]


def _line(step: Step, review: Review, names: dict[int, str]) -> Line:
    outcome, row = step.outcome, step.outcome.row
    return Line(
        number=row.number,
        stamp=outcome.stamp,
        name=row.name,
        facts=_facts(row.sex, row.birth_date, _end_of(Identity(row.name, identifiers=row.numbers))),
        place=outcome.new_class.name if outcome.new_class else names.get(outcome.class_id or 0, row.class_name),
        new_class=outcome.new_class is not None,
        phones=tuple(_guardian_words(row)),
        changes=tuple(_changes(outcome.match)) if outcome.match else (),
        candidates=tuple(_candidate(one, names) for one in outcome.candidates),
        may_be_new=outcome.may_be_new,
        faults=outcome.faults,
        twins=outcome.twins,
        note=_note(step),
        answer=step.answer,
        taken=step.verb in deciding.WRITES,
        moved=row.number in review.moved,
    )


def _guardian_words(row: Row) -> Iterable[str]:
    for one in row.guardians:
        yield " ".join(word for word in (one.name, one.relation, phone_word(one.phone) if one.phone else "") if word)


def _facts(sex: Sex | None, born: dt.date | None, end: str) -> tuple[str, ...]:
    words = {Sex.FEMALE: _("女"), Sex.MALE: _("男")}
    facts = (words[sex] if sex else "", born.isoformat() if born else "", _("尾号 %(end)s", end=end) if end else "")
    return tuple(fact for fact in facts if fact)


def _end_of(identity: Identity) -> str:
    number = identity.number(IdentifierKind.RESIDENT_ID) or next((one.number for one in identity.identifiers), "")
    return number[-4:]


def _changes(match: Match) -> Iterable[ShownChange]:
    """Another school's record is not shown; that somebody changes it is."""
    for change in match.changes:
        before = value_word(change, change.before) if match.known.places else None
        yield ShownChange(field_word(change.field), before, value_word(change, change.after), _doubt(change, match))


def _doubt(change: Change, match: Match) -> str:
    return doubt_word(change.doubt) if match.known.places or change.field is not Field.NAME else ""


def _candidate(match: Match, names: dict[int, str]) -> ShownCandidate:
    known = match.known
    facts = [agreement_word(one) for one in Agreement if one in match.agreements]
    if not known.places:
        where = _("在别的学校或幼儿园在籍") if known.elsewhere else _("以前登记过，现在不在籍")
        return ShownCandidate(deciding.same(match.child_id), where, tuple(facts))
    own = (known.identity.name, *_facts(known.sex, known.birth_date, _end_of(known.identity)))
    where = _("本校 %(place)s", place=_place_of(known, names))
    return ShownCandidate(deciding.same(match.child_id), where, (*own, *facts))


def _note(step: Step) -> str:
    match = step.outcome.match
    if step.outcome.group is Group.TRANSFER and match is not None:
        if not match.known.elsewhere:
            return _("以前登记过，现在不在籍")
        return _("在别的学校或幼儿园还在籍")
    if step.verb is Verb.LEAVE and step.outcome.new_class and step.outcome.group is not Group.FAULTY:
        return _("班级不新建，这一行不写")
    return ""


def _place_of(known: Known, names: dict[int, str]) -> str:
    return names.get(known.places[0].class_id, "") if known.places else ""


def _missing_line(known: Known, names: dict[int, str]) -> MissingLine:
    facts = _facts(known.sex, known.birth_date, _end_of(known.identity))
    return MissingLine(known.child_id, known.identity.name, facts, _place_of(known, names))


def _cut(items: list, number: int) -> tuple[list, int, int]:  # type: ignore[type-arg]
    pages = max(1, -(-len(items) // LINES_A_PAGE))
    number = min(max(1, number), pages)
    return items[(number - 1) * LINES_A_PAGE : number * LINES_A_PAGE], number, pages
