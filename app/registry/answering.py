"""From the form of a waiting export to answers: which child is meant by a row, which product by a name. Pure."""

from collections.abc import Mapping

_NONE = "none"
#: A name of a vaccine travels beside its answer, because it can hold anything.
_NAME, _MEANT = "name-", "product-"


def read_children(form: Mapping[str, str]) -> dict[int, int | None]:
    """Row → child, or None: none of the candidates. What is not answered is left out."""
    found: dict[int, int | None] = {}
    for field, value in form.items():
        row = field.removeprefix("child-")
        if row != field and row.isascii() and row.isdigit() and (value == _NONE or value.isascii() and value.isdigit()):
            found[int(row[:9])] = None if value == _NONE else int(value[:9])
    return found


def read_products(form: Mapping[str, str]) -> dict[str, str]:
    """Name in the file → product, or empty: leave these doses out. What is not answered is left out."""
    answered = {field.removeprefix(_MEANT): value for field, value in form.items() if field.startswith(_MEANT)}
    named = {place: form.get(f"{_NAME}{place}") for place in answered}
    return {
        name: "" if answered[place] == _NONE else answered[place]
        for place, name in named.items()
        if name and answered[place]
    }
