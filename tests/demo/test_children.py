"""The demo's children before anything is loaded: the same everywhere, of every kind, and nobody real."""

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import pytest

from app.config import ROOT
from app.demo import numbers
from app.demo.children import MadeUpChild, population
from app.demo.days import REGISTRY_UNTIL
from app.demo.families import CAME_FROM, NAMED, SIBLINGS, TWINS
from app.demo.judging import judge
from app.demo.records import digest
from app.demo.stories import STORIES
from app.privacy.identities import IdentifierKind
from app.privacy.resident_ids import look_at_resident_id
from rules import national
from rules.vocabulary import DoseWarning, Reason, Result

#: Change it together with the figures of docs/demo.md, when the demo is meant to change.
DIGEST = "847db32aace05a36a6265a7a2022c6053bcee8003be0510eed55278ed6f72d06"


@pytest.fixture(scope="module")
def children() -> tuple[MadeUpChild, ...]:
    return population()


@pytest.fixture(scope="module")
def by_seat(children) -> dict:
    return {child.seat: child for child in children}


def test_every_machine_makes_the_same_histories(children) -> None:
    assert digest(child.record for child in children) == DIGEST


def test_neither_hashing_nor_time_nor_place_changes_anything() -> None:
    code = (
        "from app.demo.children import population; from app.demo.records import digest; "
        "who = [(c.seat, c.identity.name, c.birth, [i.number for i in c.identity.identifiers]) for c in population()]; "
        "print(digest(c.record for c in population()), who)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati"))
    }
    assert len(told) == 1
    assert told.pop().startswith(DIGEST)


@pytest.mark.parametrize("loaded_only", [False, True])
def test_the_mix_is_that_of_a_district(children, loaded_only: bool) -> None:
    asked = [child for child in children if child.school.roster_loaded or not loaded_only]
    counted = Counter(judge(child).result for child in asked)
    share = {result: 100 * count / len(asked) for result, count in counted.items()}

    assert 650 <= len(asked) <= 750
    assert 68 <= share[Result.COMPLETE] <= 72
    assert 18 <= share[Result.CATCH_UP] <= 20
    assert 6 <= share[Result.REVIEW] <= 8
    assert 2 <= share[Result.NO_CERTIFICATE] <= 3
    assert 1 <= share[Result.WAIVED] <= 2


def test_every_story_is_told_and_ends_as_it_should(children) -> None:
    other = [child.story.name for child in children if judge(child).result is not child.story.ends]

    assert {child.story.name for child in children} == set(STORIES)
    # 糖丸 of children born early enough hold type 2: those owe nothing.
    assert set(other) <= {"sugar_pills"}


def test_every_product_that_a_story_names_appears(children) -> None:
    given = {dose.product for child in children for dose in child.record.doses}
    named = (
        "BCG HepB IPV bOPV tOPV OPV DTaP DTaP-Hib DTaP-IPV DTaP-IPV/Hib DTaP-IPV-HepB/Hib DT MMR MMRV MR MM MV "
        "RV-rubella JE-L JE-I MPSV-A MPSV-AC MPCV-AC MPCV-AC/Hib MPSV-ACYW MPCV-ACYW HepA-L HepA-I HepAB "
        "Var Hib RV PCV13 IIV LAIV EV71 RabV other other-live"
    )
    assert given == set(named.split())
    assert given <= set(national().products)


def test_records_have_their_faults(children) -> None:
    judged = [judge(child) for child in children]
    reasons = {
        fault.reason for one in judged for fate in one.doses for faults in fate.faults.values() for fault in faults
    }
    warnings = {warning for one in judged for fate in one.doses for warning in fate.warnings}
    states = {owed.state.value for one in judged for line in one.lines for owed in line.owed}

    assert reasons >= {Reason.TOO_YOUNG, Reason.TOO_SOON, Reason.DUPLICATE, Reason.WRONG_PRODUCT}
    assert reasons >= {Reason.UNDATED, Reason.DOUBTED}
    assert warnings >= {DoseWarning.LIVE_INTERVAL, DoseWarning.PRODUCT_WITHDRAWN}
    assert states == {"due", "overdue", "waiting"}
    assert any(dose.partial_date for child in children for dose in child.record.doses)
    assert all(dose.as_written for child in children for dose in child.record.doses if dose.product.startswith("other"))


def test_doses_fall_between_birth_and_the_last_day_of_august_and_never_on_a_weekend(children) -> None:
    made = [child for child in children if not child.story.faults]
    for child in made:
        days = [dose.day for dose in child.record.doses if dose.day]
        assert days == sorted(days)
        assert all(child.birth <= day <= REGISTRY_UNTIL for day in days)
        later = {day for day in days if day != child.birth}
        beside = {dose.day for dose in child.record.doses if dose.series.startswith("beside")}
        assert not [day for day in later - beside if day.weekday() > 4]
    assert len(made) > 400


def test_births_are_those_of_the_grades(children) -> None:
    assert {child.birth.year for child in children} == set(range(2014, 2024))
    assert dt.date(2020, 2, 29) in {child.birth for child in children}
    entrants = [child for child in children if child.school_class.entrants]
    assert {(dt.date(2026, 9, 1) - child.birth).days // 366 for child in entrants} <= {2, 3, 5, 6}


def test_twins_and_siblings(by_seat) -> None:
    for together in TWINS:
        for one, other in pairwise(by_seat[seat] for seat in together):
            assert one.birth == other.birth
            assert one.identity.guardians == other.identity.guardians
            assert one.identity.name != other.identity.name
            assert one.identity.name[0] == other.identity.name[0]
            assert not {*one.identity.identifiers} & {*other.identity.identifiers}
            assert one.record.doses == other.record.doses
    for together in SIBLINGS:
        for one, other in pairwise(by_seat[seat] for seat in together):
            assert one.identity.guardians == other.identity.guardians
            assert one.birth != other.birth


def test_two_pairs_share_name_sex_and_birth_date_in_two_schools(by_seat, children) -> None:
    whole = Counter((child.identity.name, child.sex, child.birth) for child in children)
    shared = {key for key, count in whole.items() if count > 1}

    assert len(shared) == 2
    for key in shared:
        seats = [seat for seat, named in NAMED.items() if named == key]
        one, other = (by_seat[seat] for seat in seats)
        assert one.school is not other.school
        assert one.identity.guardians != other.identity.guardians


def test_the_girl_of_the_readme_owes_what_it_says(by_seat) -> None:
    girl = by_seat["lab", "一（3）班", 12]
    owed = [(line.line, one.product, one.dose) for line in judge(girl).lines for one in line.owed]

    assert girl.identity.name == "林知夏"
    assert judge(girl).result is Result.CATCH_UP
    assert owed == [("Polio", "IPV", 5), ("DTP", "DTaP", 5)]


def test_names_have_every_shape(children) -> None:
    names = [child.identity.name for child in children]

    assert [name for name in names if "·" in name]
    assert [name for name in names if len(name) == 2]
    assert [name for name in names if name[:2] in {"欧阳", "上官", "单于"}]
    assert [name for name in names if any(ord(sign) > 0xFFFF for sign in name)]
    assert [child for child in children if child.identity.former_names]


def test_numbers_are_well_formed_unlike_each_other_and_nobodys(children) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for child in children:
        seen.update((number.kind, number.number) for number in child.identity.identifiers)
        resident = child.identity.number(IdentifierKind.RESIDENT_ID)
        if resident:
            assert look_at_resident_id(resident, child.birth, child.sex) == []
            # XX0000 is a province: no person's number begins so.
            assert resident[2:6] == "0000"
        code = child.identity.number(IdentifierKind.CHILD_CODE)
        assert code is None or (len(code) == 18 and code.startswith("990199"))
        assert all(guardian.phone.startswith("1540000") for guardian in child.identity.guardians)
    assert set(seen.values()) == {1}
    assert {kind for kind, _ in seen} == set(IdentifierKind)
    assert [child for child in children if not child.identity.identifiers]


def test_families_do_not_share_phones(children) -> None:
    families = {child.identity.guardians for child in children}
    phones = Counter(guardian.phone for family in families for guardian in family)

    assert set(phones.values()) == {1}


def test_a_place_has_only_so_many_numbers_a_day() -> None:
    with pytest.raises(ValueError, match="499 of each sex"):
        numbers.resident_id("330000", dt.date(2020, 3, 5), 499, population()[0].sex)


def test_some_came_from_another_school_of_the_district(by_seat) -> None:
    for seat, (school, class_name, since, until) in CAME_FROM.items():
        assert school != seat[0]
        assert (school, class_name, 1) in by_seat
        assert since < until < by_seat[seat].from_day
