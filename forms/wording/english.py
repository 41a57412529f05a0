"""Vaccines, doses and ages in English, for papers in two languages: short, by the names clinics abroad know."""

from rules.ages import Span

_PRODUCTS = {
    "BCG": "BCG",
    "HepB": "Hepatitis B",
    "IPV": "Polio IPV",
    "bOPV": "Polio bOPV",
    "DTaP": "DTaP",
    "DT": "DT",
    "MMR": "MMR",
    "JE-L": "JE live",
    "JE-I": "JE inactivated",
    "MPSV-A": "MenA",
    "MPSV-AC": "MenAC",
    "HepA-L": "Hepatitis A live",
    "HepA-I": "Hepatitis A inact.",
}
_LINES = {
    "BCG": "BCG",
    "HepB": "Hep. B",
    "Polio": "Polio",
    "DTP": "DTP",
    "MMR": "MMR",
    "JE": "JE",
    "Men": "Men.",
    "HepA": "Hep. A",
    "others": "other",
}


def product(code: str) -> str:
    """The catalogue's code where the programme does not give the product itself."""
    return _PRODUCTS.get(code, code)


def line(code: str) -> str:
    return _LINES.get(code, code)


def dose(product_code: str, number: int, age: Span | None) -> str:
    """DTaP dose 5, 6 years"""
    told = f"{product(product_code)} dose {number}"
    return f"{told}, {span(age)}" if age is not None else told


def span(age: Span) -> str:
    if age.months and age.months % 12 == 0 and age.months >= 24:
        return f"{age.months // 12} years"
    if age.months:
        return f"{age.months} months" if age.months > 1 else "1 month"
    return f"{age.days} days" if age.days else "at birth"


def waived(line_code: str, status: str) -> str:
    why = "past the age for it" if status == "closed" else "not given, by a clinic's decision"
    return f"{line(line_code)}: {why}"
