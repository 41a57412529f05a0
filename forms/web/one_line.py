"""Text of one line as it is kept: nothing in it that nobody sees."""

import unicodedata


def one_line(text: str | None) -> str:
    """Without control characters (some databases refuse them, no paper shows them) and without spaces at the ends."""
    return "".join(" " if unicodedata.category(one) == "Cc" else one for one in text or "").strip()
