"""Finds a product from what is written on a certificate or in a registry. Several candidates are several candidates."""

import unicodedata
from functools import cache

from rules.compiling import national
from rules.law import Law
from rules.schedule import Product


class UnknownProductError(LookupError):
    """No product, or more than one, goes by this name; `candidates` are the codes to choose from."""

    def __init__(self, text: str, candidates: tuple[str, ...]) -> None:
        self.text = text
        self.candidates = candidates
        if candidates:
            message = f"{text!r} can be {', '.join(candidates)}: say which one"
        else:
            message = f"{text!r} is not a product of the catalogue: use a code of it, or other / other-live"
        super().__init__(message)


def match(text: str, law: Law | None = None) -> tuple[Product, ...]:
    """Every product that goes by this code, name or alias; empty when none does."""
    law = law or national()
    exact = law.products.get(text)
    if exact is not None:
        return (exact,)
    return _names(law.digest).get(_folded(text), ())


def resolve(text: str, law: Law | None = None) -> Product:
    """The one product of this name; UnknownProductError names the candidates otherwise."""
    law = law or national()
    found = match(text, law)
    if len(found) == 1:
        return found[0]
    candidates = found or tuple(
        product for product in law.products.values() if _folded(text) and _folded(text) in _folded(product.name)
    )
    raise UnknownProductError(text, tuple(product.code for product in candidates))


def _folded(text: str) -> str:
    """Letters without width, case, spaces and brackets: `Ａ＋Ｃ 流脑` is `a+c流脑`."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if not letter.isspace() and letter not in "()[]（）【】·・")


@cache
def _names(_digest: str) -> dict[str, tuple[Product, ...]]:
    names: dict[str, list[Product]] = {}
    for product in national().products.values():
        for name in {_folded(product.code), _folded(product.name), *map(_folded, product.aliases)}:
            names.setdefault(name, []).append(product)
    return {name: tuple(products) for name, products in names.items()}
