"""Which product is meant by what stands on the paper. Several candidates are asked about, an unknown one is kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from flask_babel import gettext as _
from pypinyin import Style, lazy_pinyin

from forms.wording import product_name
from rules import catalogue, national

LONGEST = 80
#: More suggestions than these help nobody.
_FEW = 8
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A product of the catalogue; for one outside it, also the words on the paper."""

    product: str
    as_written: str | None = None


class WhichVaccine(ValueError):
    """No product or several go by this name; the message is a sentence, `choices` are what it could be."""

    def __init__(self, sentence: str, choices: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.choices = tuple((code, product_name(code)) for code in choices)


def read_vaccine(text: str, chosen: str = "") -> Vaccine:
    """The product meant by `text`; `chosen` is the answer to an earlier WhichVaccine."""
    written = text.strip()
    if len(written) > LONGEST:
        raise WhichVaccine(_("疫苗名太长，%(n)s 个字以内就够了。", n=LONGEST))
    shown = _by_shown_name(written)
    found = (shown,) if shown else tuple(product.code for product in catalogue.match(written))
    found = found or initials().get(written.casefold(), ())
    if len(found) == 1:
        return Vaccine(found[0])
    if found:
        return _one_of(written, found, chosen)
    return _outside(written, chosen)


@cache
def initials() -> dict[str, tuple[str, ...]]:
    """First letters of every name and alias → what they can mean: yg is 乙肝, yn may be either 乙脑."""
    found: dict[str, dict[str, None]] = {}
    for product in national().products.values():
        for name in (product.name, *product.aliases):
            for spoken in {name, name.removesuffix("疫苗")}:
                if _HAN.fullmatch(spoken):
                    letters = "".join(lazy_pinyin(spoken, style=Style.FIRST_LETTER))
                    found.setdefault(letters, {})[product.code] = None
    return {letters: tuple(codes) for letters, codes in found.items()}


def shown_name(vaccine: Vaccine) -> str:
    """What a page calls it: the words on the paper where the catalogue has none."""
    return vaccine.as_written or product_name(vaccine.product)


def names() -> list[tuple[str, str]]:
    """Every product as (name, code), to be offered while somebody types."""
    return [(product.name, product.code) for product in national().products.values()]


def plain_name(code: str) -> str:
    """The name that, typed again, means this product."""
    product = national().products.get(code)
    return product.name if product else code


def _one_of(written: str, found: tuple[str, ...], chosen: str) -> Vaccine:
    if chosen in found:
        return Vaccine(chosen)
    raise WhichVaccine(
        _(
            "%(text)s有 %(n)s 种：%(names)s。请写清是哪种，或者在下面选。",
            text=_quoted(written),
            n=len(found),
            names=_list(found),
        ),
        found,
    )


def _outside(written: str, chosen: str) -> Vaccine:
    outside = tuple(code for code in ("other", "other-live") if code in national().products)
    near = _near(written)
    if chosen in outside:
        return Vaccine(chosen, as_written=written)
    if chosen in near:
        return Vaccine(chosen)
    if near:
        sentence = _("没有叫%(text)s的疫苗，是不是：%(names)s？", text=_quoted(written), names=_list(near))
    else:
        sentence = _("目录里没有%(text)s。", text=_quoted(written))
    raise WhichVaccine(sentence + _("写错了请改；证上真是这样写的，请在下面选一类。"), (*near, *outside))


def _near(written: str) -> tuple[str, ...]:
    try:
        catalogue.resolve(written)
    except catalogue.UnknownProductError as error:
        return error.candidates if len(error.candidates) <= _FEW else ()
    return ()


def _by_shown_name(written: str) -> str | None:
    """Pages show 脊灰灭活疫苗（IPV）: what is shown can be typed."""
    return next((code for code in national().products if product_name(code) == written), None)


def _list(codes: Sequence[str]) -> str:
    return str(_("、").join(product_name(code) for code in codes))


def _quoted(written: str) -> str:
    return f"“{written}”" if len(written) <= 20 else f"“{written[:20]}…”"
