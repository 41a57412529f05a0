"""One form for what people write in many ways, for comparing and finding only: what was typed is kept as typed."""

import re
import unicodedata

#: ·, •, ‧, ・, ･, ∙, ⋅ and a plain full stop between Han characters: all stand for the dot in 阿依古丽·买买提.
_DOTS = re.compile(r"[·•‧・･∙⋅●.]")
_NOT_IN_A_NUMBER = re.compile(r"[\s\-‐-―/_.·]")
_COUNTRY_CODE = re.compile(r"(\+|00)86(?=1\d{10}\Z|0\d{9,11}\Z)")


def fold_name(name: str) -> str:
    """Width, case, dots and spaces made equal: 「张　三」 and 「张三」, 「John  LI」 and 「john li」."""
    text = _DOTS.sub("·", unicodedata.normalize("NFKC", _without_controls(name)).casefold())
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"\s*·\s*", "·", re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text))


def fold_number(number: str) -> str:
    """An identifier without spaces and strokes, in half-width capitals: 「１１０１０１ 20200305 123x」."""
    return _NOT_IN_A_NUMBER.sub("", unicodedata.normalize("NFKC", _without_controls(number))).upper()


def fold_phone(phone: str) -> str:
    """A phone as digits alone, without China's country code; 「+86 138-0000-0000」 is 「13800000000」."""
    plain = re.sub(r"[^\d+]", "", unicodedata.normalize("NFKC", phone))
    return _COUNTRY_CODE.sub("", plain).replace("+", "")


def _without_controls(text: str) -> str:
    # Zero-width and direction marks come along with copied text and are seen by nobody.
    return "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf"}
    )
