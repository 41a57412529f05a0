"""What must hold after every step, whatever happened: each truth is named by its number among the invariants.

Counts are taken again from the rows, in Python, by another way than the pages take them.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.checks.counting import RESULTS, counts_of_classes, counts_of_schools
from app.checks.judging import judge
from app.checks.models import Check
from app.children.listing import Listed, class_list
from app.children.models import Child, Enrolment
from app.notices.models import CERTIFICATES, ENDED, Notice, NoticeItem, NoticeKind, NoticePart
from app.notices.queries import is_live
from app.notices.settling import settle_items
from app.oversight.queries import school_rows
from app.reports.drawing import sum_table
from app.reports.listing import draft_of
from app.reports.models import ReportRow
from app.schools.models import Organisation, SchoolClass
from tests.actors import actor
from tests.invariants.world import World

#: They need a notice and stand on a list.
ASKED = {"catch_up", "review", "no_certificate"}


def standing_checks(session: Session) -> dict[int, Check]:
    """Of each enrolment the check that stands, found by walking the rows; what was merged away has none."""
    gone = set(session.scalars(select(Enrolment.id).join(Child).where(Child.merged_into_id.is_not(None))))
    rows = session.scalars(select(Check).order_by(Check.number, Check.id)).all()
    replaced = {row.supersedes_id for row in rows}
    stand = [row for row in rows if row.id not in replaced and not row.withdrawn]
    return {row.enrolment_id: row for row in stand if row.enrolment_id not in gone}


def recount(session: Session, *, erased: bool = False) -> dict[int, Counter[str]]:
    """Class → result → children; of the erased ones alone, who count on but have no line in a list of names."""
    standing = standing_checks(session)
    found: dict[int, Counter[str]] = {}
    wanted = select(Enrolment).join(Child, Child.id == Enrolment.child_id).where(Child.merged_into_id.is_(None))
    for enrolment in session.scalars(wanted.where(Child.erased_at.is_not(None)) if erased else wanted):
        check = standing.get(enrolment.id)
        found.setdefault(enrolment.class_id, Counter())[check.result if check else "not_checked"] += 1
    return found


def one_every_sum_adds_up(session: Session, world: World) -> None:
    """Expected = not seen + all checked states: by class, by school, on the board, on the drafts of the lists."""
    by_class, campaign = recount(session), world.campaign(session)
    erased = recount(session, erased=True)
    classes = {one.id: one for one in session.scalars(select(SchoolClass))}
    for class_id, counts in counts_of_classes(session, campaign, classes).items():
        _same(counts.by_result, by_class.get(class_id, Counter()))
        assert counts.expected == counts.not_checked + counts.checked
        listed = Counter(row.result or "not_checked" for row in _class_list(session, world, classes[class_id]))
        _same(listed + erased.get(class_id, Counter()), by_class.get(class_id, Counter()))
    by_school: dict[int, Counter[str]] = {}
    for class_id, counted in by_class.items():
        by_school.setdefault(classes[class_id].school_id, Counter()).update(counted)
    schools = [world.district.places[name] for name in ("near", "far")]
    for school_id, counts in counts_of_schools(session, campaign, [school.id for school in schools]).items():
        _same(counts.by_result, by_school.get(school_id, Counter()))
    for school in schools:
        drafts = [draft_of(session, campaign, school, center) for center in _centers(world)]
        summed: Counter[str] = sum((Counter(draft.by_result) for draft in drafts), Counter())
        _same(summed, by_school.get(school.id, Counter()))


def two_whoever_owes_has_one_notice(session: Session) -> None:
    """One live notice for every child that needs one, of the check that stands; none for the others."""
    live = session.scalars(select(Notice).where(is_live())).all()
    assert Counter(notice.enrolment_id for notice in live).keys() == {one.enrolment_id for one in live}
    standing = standing_checks(session)
    needed = {enrolment: check.id for enrolment, check in standing.items() if check.result in ASKED}
    assert {notice.enrolment_id: notice.check_id for notice in live} == needed
    assert len(live) == len(needed)


def two_a_list_holds_nobody_twice(session: Session) -> None:
    assert not [enrolment for enrolment, times in _listed(session).items() if times > 1]


def two_everybody_is_listed_once_lists_are_frozen(session: Session) -> None:
    """To be asked right after every list was frozen."""
    needed = {enrolment for enrolment, check in standing_checks(session).items() if check.result in ASKED}
    assert needed <= {enrolment for enrolment, times in _listed(session).items() if times == 1}


def two_only_who_passed_is_certified(session: Session) -> None:
    """A 查验证明 says what the check says that stands, and nobody has two of them."""
    wanted = select(Notice).where(Notice.kind.in_(CERTIFICATES), Notice.state.not_in(ENDED))
    certificates, standing = session.scalars(wanted).all(), standing_checks(session)
    assert len({one.enrolment_id for one in certificates}) == len(certificates)
    results = {NoticeKind.PASSED: "complete", NoticeKind.WAIVED: "waived"}
    for one in certificates:
        assert standing[one.enrolment_id].result == results[one.kind]


def two_debts_in_review_are_questions(session: Session) -> None:
    """Never owed while something is unclear: not on the notice, not in a sum."""
    for notice, check, items in live_notices(session):
        lines = check.findings["lines"]
        for item in items:
            if lines[item.line]["status"] == "review":
                assert item.part is NoticePart.VERIFY
        parts = {item.part.value for item in items}
        parts |= {"certificate"} if check.result == "no_certificate" else set()
        parts |= {"verify"} if check.result == "review" else set()
        if notice.kind is NoticeKind.FIRST:
            assert set(notice.parts) == parts


def three_judged_again_the_same(checks: Iterable[Check]) -> None:
    for check in checks:
        again = judge(check.inputs, check.edition)
        assert again.findings == check.findings
        assert again.assessment.result == check.result


def five_only_what_is_due_is_owed(session: Session) -> None:
    """Not yet due, exempt and over-age doses are on no notice; each owed dose had its age on the day of the check."""
    for _notice, check, items in live_notices(session):
        judgement = judge(check.inputs, check.edition)
        lines = {line.line: line for line in judgement.assessment.lines}
        for item in items:
            line = lines[item.line]
            assert line.status.value in {"owed", "review"}
            assert item.line not in check.inputs["exempt"]
            (owed,) = [one for one in line.owed if one.dose == item.dose]
            assert owed.age.after(judgement.case.birth) <= judgement.case.as_of


def five_sums_are_recounts(session: Session, world: World) -> None:
    """The sum of a list: the owed lines of what its children were first asked, one by one."""
    campaign = world.campaign(session)
    for school in (world.district.places["near"], world.district.places["far"]):
        for center in _centers(world):
            draft = draft_of(session, campaign, school, center)
            shown = (*draft.rows, *draft.changed)
            asked = _asked_of(session, {row.enrolment.id for row in shown})
            assert sum_table(shown).total == len(asked) == draft.counts["doses"]


def six_every_owed_dose_has_its_line(session: Session) -> None:
    for notice, check, items in live_notices(session):
        owed = [
            (line, one["product"], one["dose"])
            for line, found in check.findings["lines"].items()
            for one in found["owed"]
        ]
        asked = sorted((item.line, item.product, item.dose) for item in items)
        # A second call asks for what is still open, and for nothing that the check did not find.
        assert asked == sorted(owed) if notice.kind is NoticeKind.FIRST else set(asked) <= set(owed)
        assert len({(item.line, item.dose) for item in items}) == len(items)


def six_the_lines_stand_as_the_record_does(session: Session, world: World, child_id: int) -> None:
    """Settling once more changes nothing: open, given and not owed are what the record says today."""
    child = session.get_one(Child, child_id)
    changed = settle_items(session, by=world.clerk_of(child_id), now=world.now, child=child)
    assert not changed, f"{[(item.line, item.dose, item.state, item.notice_id) for item in changed]}"


def seven_silence_is_seen(session: Session, world: World) -> None:
    """Every school is a row, those that did nothing first."""
    campaign = world.campaign(session)
    rows = school_rows(session, actor(world.district, "bureau_auditor"), campaign)
    standing = standing_checks(session)
    begun = {
        school
        for school, enrolment in session.execute(
            select(SchoolClass.school_id, Enrolment.id).join(Enrolment, Enrolment.class_id == SchoolClass.id)
        )
        if enrolment in standing
    }
    assert [row.school.id for row in rows if row.begun] == [row.school.id for row in rows if row.school.id in begun]
    assert {row.school.name for row in rows} == {"近水小学", "远山幼儿园"}
    assert [row.begun for row in rows] == sorted(row.begun for row in rows)


def digests(session: Session, table: str) -> set[str]:
    """What each row says. A row that is written once says it for ever."""
    found = session.execute(text(f'SELECT * FROM "{table}"')).mappings()
    return {hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest() for row in found}


def live_notices(session: Session) -> list[tuple[Notice, Check, list[NoticeItem]]]:
    found = session.execute(select(Notice, Check).join(Check, Check.id == Notice.check_id).where(is_live())).all()
    items = _items_by_notice(session)
    return [(notice, check, items.get(notice.id, [])) for notice, check in found]


def _items_by_notice(session: Session) -> dict[int, list[NoticeItem]]:
    items: dict[int, list[NoticeItem]] = {}
    for item in session.scalars(select(NoticeItem)):
        items.setdefault(item.notice_id, []).append(item)
    return items


def _class_list(session: Session, world: World, school_class: SchoolClass) -> list[Listed]:
    near = school_class.school_id == world.district.places["near"].id
    far = school_class.school_id == world.district.places["far"].id
    by = actor(world.district, "clerk" if near else "far_clerk" if far else "foreign_clerk")
    return class_list(session, by, school_class)


def _asked_of(session: Session, enrolments: set[int]) -> list[NoticeItem]:
    """What the newest first notice of the check that stands asks for: a second call has taken the place of some,
    and a check that stands again after an undo has a first notice of its own for each time it stood.
    """
    checks = [check.id for _notice, check, _items in live_notices(session) if check.enrolment_id in enrolments]
    first = select(func.max(Notice.id)).where(Notice.check_id.in_(checks), Notice.kind == NoticeKind.FIRST)
    first = first.group_by(Notice.check_id)
    items = _items_by_notice(session)
    return [item for one in session.scalars(first) for item in items.get(one, []) if item.part is NoticePart.CATCH_UP]


def _listed(session: Session) -> Counter[int]:
    return Counter(session.scalars(select(ReportRow.enrolment_id).where(ReportRow.live)))


def _centers(world: World) -> list[Organisation]:
    return [world.district.places[name] for name in ("near_center", "far_center")]


def _same(counted: dict[str, int] | Counter[str], recounted: Counter[str]) -> None:
    assert {result: counted[result] for result in RESULTS} == {result: recounted[result] for result in RESULTS}
