"""Made-up children for plans: everything in time but for what a test leaves away."""

from rules.ages import add_months, parse_day
from rules.vocabulary import Child, Dose

#: Age in months of each dose of a child who was never late.
IN_TIME = {
    "BCG": (0,),
    "HepB": (0, 1, 6),
    "IPV": (2, 3),
    "bOPV": (4, 48),
    "DTaP": (3, 4, 5, 18),
    "MMR": (8, 18),
    "JE-L": (8, 24),
    "MPSV-A": (6, 9),
    "MPSV-AC": (36,),
    "HepA-L": (18,),
}


def day(text: str) -> int:
    found = parse_day(text)
    assert found is not None
    return found


def child_of(born: str, as_of: str, given: dict[str, list[str]] | None = None) -> Child:
    """A child with these doses and no other."""
    doses = [Dose(product, day(text)) for product, days in (given or {}).items() for text in days]
    return Child(day(born), day(as_of), tuple(doses))


def complete_but(
    born: str, as_of: str, *, without: dict[str, int], instead: dict[str, list[str]] | None = None
) -> Child:
    """A child with every dose in time, without the last so many of a product; `instead`: further doses."""
    child = child_of(born, as_of, instead)
    doses = list(child.doses)
    for product, months in IN_TIME.items():
        days = [add_months(child.birth, age) for age in months[: len(months) - without.get(product, 0)]]
        doses += [Dose(product, given) for given in days if given <= child.as_of]
    return Child(child.birth, child.as_of, tuple(doses))
