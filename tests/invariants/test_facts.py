"""Invariants 3 and 8: a result rests on its inputs alone, and a fact is a field, never a date that means something."""

import datetime as dt
import re
import tokenize
from pathlib import Path

import pytest
from sqlalchemy import Date, DateTime, select

from app.checks.models import Check
from app.children.kinds import CertificateState, ClinicResult
from app.children.models import DoseRecord, Exemption
from app.config import ROOT
from app.database import Base
from tests.invariants import truths
from tests.invariants.world import BIRTHS, World

#: Nothing is asked of anybody later than this.
GROWN_UP = dt.date(BIRTHS[0].year + 18, 12, 31)
#: Dates that somebody once gave a meaning: never, unknown, refused, for ever.
_FAKE = re.compile(r"(?:0001|1[0-8]\d\d|19\d\d|2[2-9]\d\d|9999)[-./, ]+(?:0?1|12)[-./, ]+(?:0?1|31)\b")


@pytest.mark.database
def test_what_cannot_be_dated_has_no_date(world: World) -> None:
    """A month alone, an exemption without an end: written as what they are."""
    child = world.enrol("near_1", "no hepa", BIRTHS[0], lives_far=False)
    world.give(child, "HepA-L", None, at_the_clinic=False)
    world.exempt(child, "JE")
    world.assess(child, CertificateState.PRESENT, ClinicResult.NONE)

    with world.database.reading() as session:
        dose = session.scalars(select(DoseRecord).where(DoseRecord.product == "HepA-L")).one()
        check = session.scalars(select(Check)).one()
        (given,) = [one for one in check.inputs["doses"] if one["product"] == "HepA-L"]
        assert (dose.day, dose.partial_date, given["date"]) == (None, "2024-05", None)
        assert session.scalars(select(Exemption)).one().valid_to is None
        assert check.inputs["exempt"] == ["JE"]


@pytest.mark.database
def test_every_day_on_record_is_a_day_of_that_child(world: World) -> None:
    for record in ("everything", "half", "no record"):
        child = world.enrol("near_1", record, BIRTHS[0], lives_far=False)
        world.give(child, "MMR", None, at_the_clinic=False)
        world.assess(child, CertificateState.PRESENT, ClinicResult.NONE)

    with world.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            days = [column for column in table.columns if isinstance(column.type, (Date, DateTime))]
            for column in days:
                # A plan may be reckoned from the campaign's first day, which somebody said.
                reckoned = table.name == "campaign" and column.default is not None and column.default.is_callable
                assert column.default is None or reckoned, f"{table.name}.{column.name} has a day that nobody said."
                assert column.server_default is None
                for value in session.scalars(select(column).where(column.is_not(None))):
                    day = value.date() if isinstance(value, dt.datetime) else value
                    assert BIRTHS[0] <= day <= GROWN_UP, f"{table.name}.{column.name}"


@pytest.mark.database
def test_a_stored_check_comes_out_the_same_years_later(world: World) -> None:
    child = world.enrol("near_1", "half", BIRTHS[0], lives_far=False)
    world.assess(child, CertificateState.PRESENT, ClinicResult.NONE)
    world.days_pass(3000)
    world.give(child, "MMR", world.today, at_the_clinic=True)

    with world.database.reading() as session:
        truths.three_judged_again_the_same(session.scalars(select(Check)))


def test_no_code_knows_a_day_that_means_something_else() -> None:
    code = [path for folder in ("app", "forms") for path in (ROOT / folder).rglob("*.py")]
    assert [f"{path.relative_to(ROOT)}: {text}" for path in code for text in _fake_days(path)] == []


def test_the_look_finds_a_fake_day(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text('REFUSED = dt.date(1982, 1, 1)\nFOR_EVER = "9999-12-31"\n# not 1900-01-01\n', encoding="utf-8")
    assert len(_fake_days(planted)) == 2


def _fake_days(path: Path) -> list[str]:
    """Comments may tell of them."""
    with path.open("rb") as file:
        tokens = [one for one in tokenize.tokenize(file.readline) if one.type != tokenize.COMMENT]
    return _FAKE.findall(" ".join(one.string for one in tokens if one.string.strip()))
