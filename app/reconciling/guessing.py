"""Why two sides may differ about one dose: how a day gets wrong on its way, how a product gets another name. Pure."""

import datetime as dt
import re
from collections.abc import Iterable

from app.reconciling.telling import Cause, Told
from rules import national

#: Nobody gives two doses of one vaccine closer together than this.
CLOSEST_DAYS = 28
NEIGHBOUR_DAYS = 3
_MONTH = re.compile(r"(\d{4})\D{1,2}(\d{1,2})(?!\d)|(\d{4})(\d{2})(?!\d)")


def cause_of(one: Told, other: Told) -> Cause | None:
    """Why these may be one dose told twice; None if nothing speaks for it."""
    if one.side is other.side or not may_be_one_vaccine(one.product, other.product):
        return None
    if one.day and other.day:
        return _same_day(one, other) if one.day == other.day else _cause_of_days(one.day, other.day)
    if one.day or other.day:
        day, partial = (one.day, other.partial) if one.day else (other.day, one.partial)
        return Cause.MONTH_ONLY if day and month_in(partial) == (day.year, day.month) else None
    same = one.product == other.product and bool(one.partial) and one.partial == other.partial
    return Cause.PRODUCT_NAME if same else None


def is_part_of(part: str, whole: str) -> bool:
    """Is this product in that combined one? By what its code names, and by the lines they feed."""
    if part == whole:
        return False
    products = national().products
    if part not in products or whole not in products:
        return False
    inside, outside = set(products[part].feeds), set(products[whole].feeds)
    return _names(part) < _names(whole) or (bool(inside) and inside < outside)


def may_be_one_vaccine(one: str, other: str) -> bool:
    """Could one dose be called by both? The same product, products of one line, a part and its whole."""
    if one == other:
        return True
    if is_part_of(one, other) or is_part_of(other, one):
        return True
    return bool(lines_of([one]) & lines_of([other]))


def lines_of(products: Iterable[str]) -> set[str]:
    known = national().products
    return {str(line) for code in products if code in known for line in known[code].feeds}


def is_outside(product: str) -> bool:
    """Outside the catalogue products are told apart by their words alone."""
    known = national().products.get(product)
    return known is None or "outside" in known.traits


def month_in(partial: str) -> tuple[int, int] | None:
    """2021年3月, 2021-03, 202103."""
    found = _MONTH.search(partial)
    if not found:
        return None
    year, month = int(found[1] or found[3]), int(found[2] or found[4])
    return (year, month) if 1 <= month <= 12 else None


def _same_day(one: Told, other: Told) -> Cause | None:
    if one.product == other.product and one.as_written == other.as_written:
        return None
    if is_part_of(one.product, other.product) or is_part_of(other.product, one.product):
        return Cause.COMBINED
    return Cause.PRODUCT_NAME


def _cause_of_days(one: dt.date, other: dt.date) -> Cause | None:
    apart = abs((one - other).days)
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Cause.SWAPPED
    if abs(one.year - other.year) == 1 and (one.month, one.day) == (other.month, other.day):
        return Cause.YEAR
    if apart <= NEIGHBOUR_DAYS:
        return Cause.NEIGHBOUR
    digits = sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True))
    if digits == 1:
        return Cause.DIGIT
    return Cause.TOO_CLOSE if apart < CLOSEST_DAYS else None


def _names(code: str) -> set[str]:
    """DTaP-IPV/Hib → DTaP, IPV, Hib."""
    return set(re.split(r"[-/]", code))
