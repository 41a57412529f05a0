"""Rows against the present state: who is new, who is known and changed, who may be somebody else. Pure.

A number decides: the child that has it is meant, whatever else the row says, and two valid identity numbers are two
children. Without a number the same name, birth date and sex is a question, unless the child is in the very class that
the row names.
"""

import hmac
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from flask_babel import gettext as _

from app.privacy.folding import fold_name, fold_number, fold_phone
from app.privacy.identities import IdentifierKind
from app.roster.class_names import ClassBook, ManyClasses, NewClass, NoGrade
from app.roster.groups import Agreement, ChangeSet, Group, Match, Outcome
from app.roster.known import Known, Place, Present
from app.roster.merging import changes
from app.roster.rows import Fault, Roster, Row
from app.roster.twins import Families
from app.schools.models import SchoolClass
from forms.web.roster import LABELS, Column


def compare(roster: Roster, present: Present) -> ChangeSet:
    """Every row of the roster in its group."""
    comparing = _Comparing(roster, present)
    outcomes = tuple(comparing.outcomes())
    new = {one.new_class.key: one.new_class for one in outcomes if one.new_class}
    missing, untouched = _missing(outcomes, present, roster.class_id)
    return ChangeSet(outcomes, tuple(new.values()), missing, untouched)


class _Comparing:
    """One run over the rows; each child of the system is meant by one row at most."""

    def __init__(self, roster: Roster, present: Present) -> None:
        self._roster, self._present = roster, present
        self._classes = {one.id: one for one in present.classes}
        self._book = ClassBook(present.classes)
        self._families = Families(roster.rows, present.here)
        #: Child → the row that means it by its number.
        self._taken: dict[int, int] = {}
        for row in roster.rows:
            child_id = self._holder(row)
            if child_id is not None and not row.faults:
                self._taken.setdefault(child_id, row.number)
        #: How many rows may mean a child by its name: two rows cannot both be the one child.
        self._named = Counter(known.child_id for row in roster.rows for known in self._candidates(row))

    def outcomes(self) -> Iterable[Outcome]:
        for row in self._roster.rows:
            outcome = self._compared(row)
            yield replace(outcome, stamp=_stamp(outcome, self._roster.salt))

    def _compared(self, row: Row) -> Outcome:
        if row.faults:
            return _faulty(row, *row.faults)
        where = self._class_of(row)
        if isinstance(where, Fault):
            return _faulty(row, where)
        if self._present.holders.get(row.number):
            return self._by_number(row, where)
        candidates = [self._match(row, known, where) for known in self._candidates(row)]
        here = [one for one in candidates if _same_class(one, where) and not _numbers_differ(row, one.known)]
        if len(here) == 1 and self._named[here[0].child_id] == 1:
            return self._known(row, here[0], where)
        if candidates:
            return self._asked(row, candidates, where)
        return self._new(row, where)

    def _by_number(self, row: Row, where: "SchoolClass | NewClass | None") -> Outcome:
        child_id = self._holder(row)
        if child_id is None:
            return _faulty(row, _fault(Column.NUMBER, _("这一行的几个号码在系统里是不同的孩子。请照证件核对。")))
        first = self._taken.setdefault(child_id, row.number)
        if first != row.number:
            return _faulty(row, _fault(Column.NAME, _("和第 %(n)s 行是系统里的同一个孩子。请删掉一行。", n=first)))
        known = self._present.children[child_id]
        if _resident_ids_differ(row, known):
            return _faulty(row, _fault(Column.NUMBER, _("儿童编码或学籍号在系统里属于另一个身份证号。请照证件核对。")))
        match = self._match(row, known, where)
        names = {fold_name(name) for name in (known.identity.name, *known.identity.former_names)}
        named, born = fold_name(row.name) in names, row.birth_date == known.birth_date
        if (named and born) or (known.places and (named or born)):
            return self._known(row, match, where)
        return self._asked(row, [match], where, may_be_new=False)

    def _known(self, row: Row, match: Match, where: "SchoolClass | NewClass | None") -> Outcome:
        if match.place is None:
            if where is None:
                return _faulty(row, _fault(Column.CLASS, _no_class()))
            return _placed(Outcome(row, Group.TRANSFER, match=match), where)
        return _placed(Outcome(row, Group.CHANGED if match.changes else Group.SAME, match=match), where)

    def _asked(
        self, row: Row, candidates: list[Match], where: "SchoolClass | NewClass | None", may_be_new: bool = True
    ) -> Outcome:
        if where is None:
            return _faulty(row, _fault(Column.CLASS, _no_class()))
        asked = Outcome(row, Group.DUPLICATE, candidates=tuple(candidates), may_be_new=may_be_new)
        return _placed(asked, where)

    def _new(self, row: Row, where: "SchoolClass | NewClass | None") -> Outcome:
        if where is None:
            return _faulty(row, _fault(Column.CLASS, _no_class()))
        twins = self._families.twins_of(row)
        return _placed(Outcome(row, Group.TWIN if twins else Group.NEW, twins=twins), where)

    def _class_of(self, row: Row) -> "SchoolClass | NewClass | Fault | None":
        if self._roster.class_id is not None:
            return self._classes[self._roster.class_id]
        if not row.class_name:
            return None
        try:
            return self._book.find(row.grade, row.class_name)
        except ManyClasses:
            sentence = _("学校里不止一个班叫这个名字。请加一列“年级”，或者把班级写全。")
        except NoGrade:
            sentence = _("学校里没有这个班，也看不出是哪个年级。请加一列“年级”，或者把班级写全，像“一（1）班”。")
        return Fault(str(LABELS[Column.CLASS]), row.class_name, sentence)

    def _holder(self, row: Row) -> int | None:
        """The child that has the row's numbers, if it is one child."""
        held = set(self._present.holders.get(row.number, {}).values()) & self._present.children.keys()
        return held.pop() if len(held) == 1 else None

    def _candidates(self, row: Row) -> list[Known]:
        if row.faults or self._present.holders.get(row.number):
            return []
        ids = self._present.namesakes.get(row.number, set()) & self._present.children.keys()
        return [
            known
            for known in (self._present.children[child_id] for child_id in sorted(ids))
            if known.sex is row.sex and known.child_id not in self._taken and not _resident_ids_differ(row, known)
        ]

    def _match(self, row: Row, known: Known, where: "SchoolClass | NewClass | None") -> Match:
        place = _place(known, where)
        names = ("", "")
        if place is not None and where is not None and place.class_id != getattr(where, "id", None):
            names = _class_names(self._classes[place.class_id], where)
        return Match(known, place, changes(row, known, place, names), _agreements(row, known))


def _place(known: Known, where: "SchoolClass | NewClass | None") -> Place | None:
    """Of the child's enrolments here the one in the row's class, else the latest."""
    in_class = [place for place in known.places if isinstance(where, SchoolClass) and place.class_id == where.id]
    return next(iter(in_class or known.places), None)


def _same_class(match: Match, where: "SchoolClass | NewClass | None") -> bool:
    return match.place is not None and (where is None or match.place.class_id == getattr(where, "id", None))


def _class_names(before: SchoolClass, after: "SchoolClass | NewClass") -> tuple[str, str]:
    if before.name != after.name:
        return before.name, after.name
    return f"{before.grade} {before.name}", f"{after.grade} {after.name}"


def _numbers_differ(row: Row, known: Known) -> bool:
    """Two papers of one kind that are not the same paper."""
    return any(
        (other := known.identity.number(one.kind)) is not None and fold_number(other) != fold_number(one.number)
        for one in row.numbers
    )


def _resident_ids_differ(row: Row, known: Known) -> bool:
    mine, other = row.number_of(IdentifierKind.RESIDENT_ID), known.identity.number(IdentifierKind.RESIDENT_ID)
    return bool(mine and other and fold_number(mine) != fold_number(other))


def _agreements(row: Row, known: Known) -> frozenset[Agreement]:
    found = set()
    guardians = known.identity.guardians
    phones = {fold_phone(one.phone) for one in row.guardians if one.phone}
    if phones & {fold_phone(one.phone) for one in guardians if one.phone}:
        found.add(Agreement.PHONE)
    names = {fold_name(one.name) for one in row.guardians if one.name}
    if names & {fold_name(one.name) for one in guardians if one.name}:
        found.add(Agreement.GUARDIAN)
    if row.address and fold_name(row.address) == fold_name(known.identity.address):
        found.add(Agreement.ADDRESS)
    if any(fold_number(known.identity.number(one.kind) or "") == fold_number(one.number) for one in row.numbers):
        found.add(Agreement.NUMBER)
    elif known.identity.number(IdentifierKind.RESIDENT_ID) is None:
        found.add(Agreement.NO_NUMBER_THERE)
    elif row.number_of(IdentifierKind.RESIDENT_ID) is None:
        found.add(Agreement.NO_NUMBER_HERE)
    return frozenset(found)


def _placed(outcome: Outcome, where: "SchoolClass | NewClass | None") -> Outcome:
    if isinstance(where, NewClass):
        return replace(outcome, new_class=where)
    return replace(outcome, class_id=where.id if where else None)


def _faulty(row: Row, *faults: Fault) -> Outcome:
    return Outcome(row, Group.FAULTY, faults=faults)


def _fault(column: Column, sentence: str) -> Fault:
    return Fault(str(LABELS[column]), "", sentence)


def _no_class() -> str:
    return _("没有写班级。请写上班级再传。")


def _missing(outcomes: Iterable[Outcome], present: Present, chosen: int | None) -> tuple[tuple[Known, ...], int]:
    """The school's children whom no row means: those in the classes of the file, and the number of all others."""
    outcomes = list(outcomes)
    meant = {one.match.child_id for one in outcomes if one.match}
    meant |= {match.child_id for one in outcomes for match in one.candidates}
    classes = {one.class_id for one in outcomes if one.class_id is not None} | ({chosen} if chosen else set())
    left = [known for known in present.here if known.child_id not in meant]
    missing = [known for known in left if any(place.class_id in classes for place in known.places)]
    return tuple(missing), len(left) - len(missing)


def _stamp(outcome: Outcome, salt: str) -> str:
    """A digest of everything about an outcome that a person looks at before deciding."""
    matches = [outcome.match] if outcome.match else list(outcome.candidates)
    content = [
        outcome.group,
        outcome.class_id,
        outcome.new_class and outcome.new_class.key,
        [[one.child_id, [[c.field, c.before, c.after] for c in one.changes], bool(one.place)] for one in matches],
        [[fault.column, fault.sentence] for fault in outcome.faults],
        outcome.twins,
    ]
    text = json.dumps(content).encode("utf-8", "surrogatepass")
    return hmac.digest(salt.encode(), text, "sha256").hex()[:16]
