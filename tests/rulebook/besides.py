"""What the law says and no case can ask: a case has an answer, and its answer has no number of type 2."""

from rules import assess
from rules.ages import parse_day
from rules.law import Law, UnknownEditionError
from rules.vocabulary import Child


def no_edition_holds_before_the_first(law: Law) -> bool:
    try:
        law.edition_on(_day("2021-02-28"))
    except UnknownEditionError:
        return True
    return False


def the_first_dose_of_type_2_is_the_first(law: Law) -> bool:
    """Of the older cohort, to which one dose of type 2 is owed, and of everybody from 2026 on, to whom two are."""
    older = Child(_day("2018-03-10"), _day("2025-09-10"), ())
    newer = Child(_day("2018-03-10"), _day("2026-09-10"), ())
    return (_type2(older, law), _type2(newer, law)) == ([1], [1, 2])


def _type2(child: Child, law: Law) -> list[int]:
    owed = next(line.owed for line in assess(child, None, law).lines if line.line == "Polio")
    return [one.type2_dose for one in owed if one.type2_dose is not None]


def _day(text: str) -> int:
    day = parse_day(text)
    assert day is not None
    return day


BESIDES = (no_edition_holds_before_the_first, the_first_dose_of_type_2_is_the_first)
