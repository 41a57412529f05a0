"""The gettext that wording uses: the Chinese sentence is the key, values go in by name."""

from flask_babel import get_locale, gettext


def translate(text: str, **values: object) -> str:
    """The sentence in the reader's language; outside a page, in Chinese."""
    return str(gettext(text, **values))


def speaks_english() -> bool:
    """Does whoever reads the page read English? Nobody does outside a page."""
    return str(get_locale()).startswith("en")
