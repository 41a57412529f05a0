"""Anything may happen in any order: after every step the invariants hold.

The sequences are Hypothesis's, drawn from a fixed seed; the slow tier tries many more of them.
"""

import datetime as dt

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.audit.verifying import verify
from app.checks.models import Check
from app.children.kinds import CertificateState, ClinicResult
from tests.invariants import autumn, truths, twice
from tests.invariants.conftest import NewWorld
from tests.invariants.pages import every_page_shows_the_recount
from tests.invariants.world import BIRTHS, RECORDS

pytestmark = pytest.mark.database

PRODUCTS = ["BCG", "HepB", "IPV", "bOPV", "DTaP", "DTaP-IPV/Hib", "MMR", "JE-L", "MPSV-AC", "HepA-L", "DT", "IIV"]
DAYS_AGO = st.sampled_from([0, 0, 1, 5, 20, 40, 100, 400, 1200])
ANSWERS = st.sampled_from(
    [(CertificateState.PRESENT, result) for result in ClinicResult]
    + [(CertificateState.ABSENT, None), (CertificateState.BEING_REPLACED, None)]
)
CHANGES = ["correct", "withdraw", "doubt", "settle", "exempt", "end exemptions"]
AFTERWARDS = [
    *("file", "file", "file back", "not given", "asked again"),
    *("second call", "certificate", "new booklet", "second look", "second look"),
]
LIST_STEPS = ["freeze one", "send", "freeze all", "acknowledge", "give back"]
LINES = st.sampled_from(["MMR", "JE", "DTP", "HepB", "live"])
WHICH = st.integers(0, 40)


class September(RuleBasedStateMachine):
    """A school month in steps."""

    def __init__(self, new_world: NewWorld) -> None:
        super().__init__()
        self.world = new_world()
        self.kept: dict[str, set[str]] = {}
        self.judged: set[int] = set()
        self.touched: int | None = None

    @initialize(first=st.sampled_from(sorted(RECORDS)))
    def two_children_come(self, first: str) -> None:
        self.world.enrol("near_1", first, BIRTHS[0], lives_far=False)
        owing = self.world.enrol("near_1", "nothing since five", BIRTHS[1], lives_far=True)
        self.world.assess(owing, CertificateState.PRESENT, ClinicResult.CATCH_UP)

    @precondition(lambda self: len(self.world.children) < 6)
    @rule(
        where=st.sampled_from(["near_1", "near_2", "far_1"]),
        record=st.sampled_from(sorted(RECORDS)),
        born=st.sampled_from(BIRTHS),
        lives_far=st.booleans(),
    )
    def a_child_comes(self, where: str, record: str, born: dt.date, lives_far: bool) -> None:
        self.touched = self.world.enrol(where, record, born, lives_far)

    @rule(which=WHICH, answer=ANSWERS)
    def the_desk_assesses(self, which: int, answer: tuple[CertificateState, ClinicResult | None]) -> None:
        self.world.assess(self._child(which), *answer)

    @rule(which=WHICH, answer=ANSWERS)
    def the_next_one_is_assessed(self, which: int, answer: tuple[CertificateState, ClinicResult | None]) -> None:
        """Once more, so that checks are the commonest thing that happens."""
        self.world.assess(self._child(which), *answer)

    @rule(which=WHICH)
    def the_child_is_checked_again(self, which: int) -> None:
        self.world.check_again(self._child(which))

    @rule(which=WHICH)
    def somebody_undoes(self, which: int) -> None:
        self.world.undo(self._child(which))

    @rule(which=WHICH, product=st.sampled_from(PRODUCTS), ago=DAYS_AGO, clinic=st.booleans(), dated=st.integers(0, 5))
    def a_dose_comes_in(self, which: int, product: str, ago: int, clinic: bool, dated: int) -> None:
        day = self.world.today - dt.timedelta(days=ago) if dated else None
        self.world.give(self._child(which), product, day, at_the_clinic=clinic)

    @rule(which=WHICH, what=st.sampled_from(CHANGES), dose=WHICH, ago=DAYS_AGO, line=LINES)
    def the_record_changes(self, which: int, what: str, dose: int, ago: int, line: str) -> None:
        child = self._child(which)
        if what == "correct":
            self.world.correct(child, dose, self.world.today - dt.timedelta(days=ago))
        elif what == "withdraw":
            self.world.withdraw(child, dose)
        elif what == "doubt":
            self.world.doubt(child, dose)
        elif what == "settle":
            self.world.settle(child)
        elif what == "exempt":
            self.world.exempt(child, line)
        else:
            self.world.end_exemptions(child)

    @rule(which=WHICH, what=st.sampled_from(AFTERWARDS), product=st.sampled_from(PRODUCTS), ago=DAYS_AGO)
    def autumn_goes_on(self, which: int, what: str, product: str, ago: int) -> None:
        child, world = self._child(which), self.world
        if what == "file":
            autumn.read_a_file(world, child, product, world.today - dt.timedelta(days=ago))
        elif what == "file back":
            autumn.take_a_file_back(world)
            self.touched = None
        elif what in ("not given", "asked again"):
            autumn.say_why_not(world, child, open_again=what == "asked again")
        elif what == "second call":
            autumn.call_a_second_time(world, child)
        elif what == "certificate":
            autumn.give_a_certificate(world, child)
        elif what == "new booklet":
            autumn.replace_certificate(world, child)
        else:
            autumn.look_again(world, child, ClinicResult.COMPLETE if ago else ClinicResult.CATCH_UP)

    @precondition(lambda self: len(self.world.children) < 7)
    @rule(which=WHICH)
    def a_child_comes_twice(self, which: int) -> None:
        twice.come_again(self.world, self._child(which))

    @precondition(lambda self: len(self.world.children) > 1)
    @rule(which=WHICH, other=WHICH)
    def two_records_are_joined(self, which: int, other: int) -> None:
        gone = self._child(other)
        kept = self._child(which)
        if kept != gone:
            twice.join(self.world, kept, gone)

    @rule()
    def two_records_are_parted(self) -> None:
        twice.part(self.world)
        self.touched = None

    @rule(which=WHICH, slip=st.booleans())
    def the_notice_goes_home(self, which: int, slip: bool) -> None:
        self.world.hand_out(self._child(which), slip)

    @rule(what=st.sampled_from(LIST_STEPS), far=st.booleans(), elsewhere=st.booleans())
    def a_list_moves_on(self, what: str, far: bool, elsewhere: bool) -> None:
        if what == "send":
            self.world.send()
        elif what in ("acknowledge", "give back"):
            autumn.answer_list(self.world, back=what == "give back")
        elif what == "freeze one":
            self.world.freeze("far" if far else "near", "far_center" if far != elsewhere else "near_center")
        else:
            self.world.freeze_all()
            with self.world.database.reading() as session:
                truths.two_everybody_is_listed_once_lists_are_frozen(session)

    @rule(days=st.sampled_from([1, 1, 7, 40]))
    def days_pass(self, days: int) -> None:
        self.world.days_pass(days)
        self.touched = None

    @precondition(lambda self: len(self.world.children) > 3)
    @rule(which=WHICH)
    def a_child_is_erased(self, which: int) -> None:
        self.world.erase(self._child(which))
        self.touched = None

    @invariant()
    def the_truths_hold(self) -> None:
        with self.world.database.reading() as session:
            truths.one_every_sum_adds_up(session, self.world)
            truths.two_whoever_owes_has_one_notice(session)
            truths.two_only_who_passed_is_certified(session)
            truths.two_a_list_holds_nobody_twice(session)
            truths.two_debts_in_review_are_questions(session)
            fresh = [check for check in session.query(Check) if check.id not in self.judged]
            truths.three_judged_again_the_same(fresh)
            self.judged |= {check.id for check in fresh}
            for table in ("dose_record", "check_record", "audit_event"):
                now = truths.digests(session, table)
                assert self.kept.get(table, set()) <= now, f"{table} forgot or changed a row."
                self.kept[table] = now
            truths.five_only_what_is_due_is_owed(session)
            truths.five_sums_are_recounts(session, self.world)
            truths.six_every_owed_dose_has_its_line(session)
            truths.seven_silence_is_seen(session, self.world)
            if self.touched in self.world.children:
                truths.six_the_lines_stand_as_the_record_does(session, self.world, self.touched)

    def teardown(self) -> None:
        if self.world.children:
            every_page_shows_the_recount(self.world)
        with self.world.database.reading() as session:
            truths.three_judged_again_the_same(session.query(Check))
            assert verify(session) == []

    def _child(self, which: int) -> int:
        children = sorted(self.world.children)
        self.touched = children[which % len(children)]
        return self.touched


def run(new_world: NewWorld, examples: int, steps: int) -> None:
    calm = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        # Shrinking a sequence of this house takes minutes; the steps of the failing one are printed anyway.
        phases=(Phase.explicit, Phase.generate),
    )
    run_state_machine_as_test(lambda: September(new_world), settings=calm)


def test_whatever_happens_the_truths_hold(new_world: NewWorld) -> None:
    run(new_world, examples=6, steps=25)


@pytest.mark.slow
def test_whatever_happens_for_long(new_world: NewWorld) -> None:
    run(new_world, examples=40, steps=50)
