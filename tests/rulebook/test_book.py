"""The book holds every value of the law that is in force, for the right children and with its citation."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from rules import national
from rules.ages import Span, parse_day
from rules.compiling import DATA, load
from rules.law import Law, UnknownEditionError
from rules.rulebook import Book, BookLine, book
from rules.schedule import Slot
from tests.rulebook.provinces import SAMPLE

EDITIONS = [edition.id for edition in national().editions]


@pytest.fixture(scope="module")
def sample() -> Law:
    return load(DATA, SAMPLE)


def line(found: Book, code: str) -> BookLine:
    return next(one for one in found.lines if one.code == code)


def leaves(thing: Any) -> Iterator[Any]:
    """Every dose and every single value of a rule, found by another way than the book's."""
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        if field.name in ("citation", "in_force", "grace") or value is None:
            continue
        for one in value if isinstance(value, tuple) else (value,):
            deep = dataclasses.is_dataclass(one) and not isinstance(one, Slot | Span) and not isinstance(value, tuple)
            yield from leaves(one) if deep else (one,)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_value_in_force_is_in_the_book(edition: str) -> None:
    law, found = national(), book(edition)
    rank = law.edition(edition).rank
    for one, rule in zip(found.lines, law.lines, strict=True):
        for born in ("2017-06-01", "2018-01-01", "2018-01-02", "2019-09-30", "2019-10-01", "2025-06-01"):
            day = parse_day(born)
            assert day
            owed = rule.owed_rule(law.editions[rank], day)
            (part,) = line(book(edition, born=day), one.code).owed
            assert [fact.value for fact in part.facts] == list(leaves(owed))
        in_force = [version.rule for version in rule.given if version.rank <= law.editions[rank].in_force]
        assert [[fact.value for fact in part.facts] for part in one.given] == [list(leaves(rule)) for rule in in_force]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_value_has_its_citation(edition: str) -> None:
    law = national()
    for one in book(edition).lines:
        for part in (*one.given, *one.owed):
            for fact in part.facts:
                document = fact.citation.split()[0]
                assert document in law.sources or document in law.readings, fact


def test_a_later_edition_cites_its_own_document() -> None:
    for one in book("nip-2026").lines:
        for part in one.owed:
            assert part.citation.startswith("nip-2026 "), one.code


@pytest.mark.parametrize(
    ("edition", "code", "cohorts"),
    [
        ("nip-2021", "DTP", [(None, None)]),
        ("dtap-2025", "DTP", [(None, "2018-01-02"), ("2018-01-02", None)]),
        ("nip-2026", "DTP", [(None, None)]),
        ("dtap-2025", "Polio", [(None, "2019-10-01"), ("2019-10-01", None)]),
        ("nip-2026", "Polio", [(None, None)]),
        ("nip-2026", "MMR", [(None, "2019-10-01"), ("2019-10-01", None)]),
    ],
)
def test_cohorts(edition: str, code: str, cohorts: list[tuple[str | None, str | None]]) -> None:
    days = [tuple(parse_day(day) if day else None for day in cohort) for cohort in cohorts]
    assert [(part.born_from, part.born_before) for part in line(book(edition), code).owed] == days


def test_which_book(sample: Law) -> None:
    day = parse_day("2025-06-01")
    assert (book().edition.id, book().on) == ("nip-2026", national().editions[-1].in_force)
    assert (book(on=day).edition.id, book(on=day).on) == ("dtap-2025", day)
    assert (book("nip-2026", on=day).edition.id, book("nip-2026", on=day).on) == ("nip-2026", day)
    assert [one.code for one in book(law=sample).lines][-1] == "Var"
    with pytest.raises(UnknownEditionError):
        book("nip-2027")
    with pytest.raises(UnknownEditionError):
        book(on=parse_day("2020-01-01"))


def test_a_rule_for_given_doses_is_in_the_book_from_its_day_on() -> None:
    def given(day: str) -> int:
        return len(line(book(on=parse_day(day)), "DTP").given)

    assert (given("2024-12-31"), given("2025-01-01")) == (1, 2)


def test_the_grace_of_a_province_is_no_fact_of_a_dose(sample: Law) -> None:
    (part,) = line(book(law=sample), "Var").given
    assert [fact.path for fact in part.facts] == [("slots", "1"), ("slots", "2")]
