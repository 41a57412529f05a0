"""What is counted of a class, flat: a number by a word with dots. Sums are sums of these; figures are read from them.

A flat count adds up a thousand schools in milliseconds, and two counts are compared with ==.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from app.checks.counting import RESULTS
from app.counting.baseline import Baseline, DoseTally
from app.counting.columns import Place
from app.counting.figures import Figures

Measures = Mapping[str, int]
_TALLIED = ("owed", "caught_up", "found_later", "too_early", "not_owed")
_OF_BASELINE = ("children", "caught_up", "newly_due", "after_review", "only_due")


def measures_of(figures: Figures) -> Counter[str]:
    """The figures of a class without what is 0."""
    base = figures.baseline
    found = Counter({f"result.{one}": number for one, number in figures.by_result.items()})
    found["certificate.without"], found["certificate.replaced"] = figures.without_certificate, figures.replaced
    found.update({f"baseline.{one}": getattr(base, one) for one in _OF_BASELINE})
    found.update({f"reason.{one}": number for one, number in base.reasons.items()})
    found.update({f"behind.{one}": number for one, number in figures.behind.items()})
    found.update({f"exempt.{one}": number for one, number in figures.exempt.items()})
    for place, tally in base.by_place.items():
        found.update({f"place.{place.vaccine}.{place.dose}.{one}": getattr(tally, one) for one in _TALLIED})
    return +found


def figures_from(measures: Measures, schools: int = 0, begun: int = 0) -> Figures:
    """The other way round."""
    base = Baseline(**{one: measures.get(f"baseline.{one}", 0) for one in _OF_BASELINE})
    base.reasons = Counter(dict(under(measures, "reason")))
    for key, number in under(measures, "place"):
        vaccine, dose, what = key.split(".")
        setattr(base.by_place.setdefault(Place(vaccine, int(dose)), DoseTally()), what, number)
    return Figures(
        by_result={one: measures.get(f"result.{one}", 0) for one in RESULTS},
        without_certificate=measures.get("certificate.without", 0),
        replaced=measures.get("certificate.replaced", 0),
        baseline=base,
        behind=Counter(dict(under(measures, "behind"))),
        exempt=Counter(dict(under(measures, "exempt"))),
        schools=schools,
        schools_begun=begun,
    )


def under(measures: Measures, word: str) -> Iterator[tuple[str, int]]:
    """The measures that begin with a word, by the rest of it."""
    length = len(word) + 1
    for key, number in measures.items():
        if key.startswith(f"{word}."):
            yield key[length:], number


def expected(measures: Measures) -> int:
    return sum(measures.get(f"result.{one}", 0) for one in RESULTS)


def checked(measures: Measures) -> int:
    return expected(measures) - measures.get("result.not_checked", 0)


def sum_up(parts: Iterable[Measures]) -> Counter[str]:
    # A plain dictionary: a Counter asks itself what is missing, which costs three times as much.
    whole: dict[str, int] = {}
    get = whole.get
    for part in parts:
        for key, number in part.items():
            whole[key] = get(key, 0) + number
    return Counter(whole)
