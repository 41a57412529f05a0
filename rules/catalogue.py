"""Finds a product from what is written on a certificate or in a registry. Several candidates are several candidates."""

import re
from functools import lru_cache

from rules.compiling import national
from rules.law import Law
from rules.schedule import Product
from rules.spelling import Speller

#: Tables of names that are kept at hand: the national law's and those of a few overlays.
_AT_HAND = 8
_FEWEST_LETTERS = 2
#: A message never repeats a whole book.
_LONGEST_SHOWN = 40
_BRACKETED = re.compile(r"([^(\[【]*)[(\[【]([^)\]】]+)[)\]】](.*)")


class UnknownProductError(LookupError):
    """No product, or more than one, goes by this name; `candidates` are the codes to choose from."""

    def __init__(self, text: str, candidates: tuple[str, ...]) -> None:
        self.text = text
        self.candidates = candidates
        shown = repr(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…")
        if len(candidates) == 1:
            message = f"{shown} is not a name of the catalogue: if it is {candidates[0]}, write that code"
        elif candidates:
            message = f"{shown} can be {', '.join(candidates)}: say which one"
        else:
            message = f"{shown} is not a product of the catalogue: use a code of it, or other / other-live"
        super().__init__(message)


def match(text: str, law: Law | None = None) -> tuple[Product, ...]:
    """Every product that goes by this code, name or alias; empty when none does."""
    law = law or national()
    exact = law.products.get(text)
    return (exact,) if exact is not None else _names(law).match(text)


def resolve(text: str, law: Law | None = None) -> Product:
    """The one product of this name; UnknownProductError names the candidates otherwise."""
    law = law or national()
    found = match(text, law)
    if len(found) == 1:
        return found[0]
    raise UnknownProductError(text, tuple(product.code for product in found or _names(law).near(text)))


class _Names:
    """The names of one law's products, as they are written and without regard to case."""

    def __init__(self, law: Law) -> None:
        self._speller = Speller(law.spelling)
        self._products = tuple(law.products.values())
        self._close: dict[str, dict[str, Product]] = {}
        self._written: dict[str, dict[str, Product]] = {}
        self._folded: dict[str, dict[str, Product]] = {}
        self._unsure: dict[str, dict[str, Product]] = {}
        for product in self._products:
            for name in (product.code, product.name, *product.aliases):
                self._add(name, product)
            for one in product.registry:
                (self._unsure if one.unsure else self._close).setdefault(one.code, {})[product.code] = product
        #: A registry's export writes the same few names a million times.
        self.match = lru_cache(maxsize=4096)(self._match)

    def _add(self, name: str, product: Product) -> None:
        bare = self._speller.bare(name)
        self._close.setdefault(self._speller.close(name), {})[product.code] = product
        self._written.setdefault(bare, {})[product.code] = product
        self._folded.setdefault(bare.casefold(), {})[product.code] = product

    def _match(self, text: str) -> tuple[Product, ...]:
        for reading in self._speller.readings(text):
            found = self._known(reading) or self._agreed(reading)
            if found:
                return tuple(found.values())
        return ()

    def _known(self, text: str) -> dict[str, Product]:
        """As it is written first: `dTap` is another vaccine than `DTaP`, though `dtap` may be either."""
        bare = self._speller.bare(text)
        if not bare:
            return {}
        close = self._close.get(self._speller.close(text))
        return close or self._written.get(bare) or self._folded.get(bare.casefold()) or {}

    def _agreed(self, text: str) -> dict[str, Product]:
        """A name with a further word for it in brackets: what both can mean."""
        parts = _BRACKETED.fullmatch(text)
        if not parts:
            return {}
        inner = self._known(parts[2])
        return {code: product for code, product in self._known(parts[1] + parts[3]).items() if code in inner}

    def near(self, text: str) -> tuple[Product, ...]:
        """What may be meant by a text that names nothing: the registries differ, or it holds or is part of a name."""
        unsure = self._unsure.get(text.strip())
        if unsure:
            return tuple(unsure.values())
        form = self._speller.bare(text).casefold()
        if len(form) < _FEWEST_LETTERS:
            return ()
        within = [one for one in self._products if form in self._speller.bare(one.name).casefold()]
        if within:
            return tuple(within)
        held = [name for name in self._folded if len(name) >= _FEWEST_LETTERS and name in form and not name.isascii()]
        longest = max(map(len, held), default=0)
        found = {code: product for name in held if len(name) == longest for code, product in self._folded[name].items()}
        return tuple(found.values())


_tables: dict[str, _Names] = {}


def _names(law: Law) -> _Names:
    names = _tables.get(law.digest)
    if names is None:
        if len(_tables) >= _AT_HAND:
            _tables.clear()
        names = _tables[law.digest] = _Names(law)
    return names
