"""Children to be tried at every boundary of the law: born on an ordinary day, at the end of months, on a leap day."""

from typing import Any

from tests.rules.calendar import day
from tests.rules.comparing import judge

#: Children whose doses all fall under the texts of 2021, of 2025, or under either.
ANY = ("2022-03-10", "2022-01-31", "2020-02-29", "2021-08-31", "2021-12-31")
BEFORE_2025 = ("2018-03-10", "2018-01-31", "2016-02-29", "2017-08-31", "2017-12-31")
FROM_2025 = ("2025-03-10", "2025-01-31", "2028-02-29", "2025-08-31", "2025-12-31")
#: Children whose months of six, nine, twelve and eighteen lie as far apart as the intervals ask.
NO_SHORT_MONTHS = ("2022-03-10", "2022-01-31", "2021-12-31")
OLDER_MMR = ("2018-03-10", "2019-01-31", "2016-02-29", "2017-08-31", "2019-09-30")

DAYS = (-1, 0, 1)

#: Three doses in time, whatever the year.
INFANT = "DTaP 3m, DTaP 4m, DTaP 6m"
#: The editions as the rows below name them.
EVERY = ("nip-2021", "dtap-2025", "nip-2026")
OLD, NEW, FIVE = ("nip-2021",), ("nip-2026",), ("dtap-2025", "nip-2026")


def doses(born: str, history: str) -> list[dict[str, Any]]:
    """`HepB 0d, HepB 1m+2d` as the doses of a child born on that day."""
    found = []
    for words in filter(None, history.split(", ")):
        product, age = words.split()
        found.append({"product": product, "date": day(born, *age.split("+"))})
    return found


def judged(
    born: str, as_of: str, given: list[dict[str, Any]], edition: str | None = None, **more: Any
) -> dict[str, Any]:
    return judge({"id": "b", "birth_date": born, "as_of": as_of, "doses": given} | more, edition)


def floor_day(floor: str, born: str, given: list[dict[str, Any]]) -> str:
    """`age 6m`, or `28d after 2`: counted from the second dose of the history."""
    match floor.split():
        case ["age", span]:
            return day(born, span)
        case [span, "after", which]:
            return day(given[int(which) - 1]["date"], span)
    raise ValueError(floor)
