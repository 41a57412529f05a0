"""The words of sheets that go to a school: why a dose was not given, without a word of why not to give it."""

from flask_babel import gettext as _

from app.clinic.kinds import WhyNot
from app.clinic.wording import why_not_word

#: A school sees the clinic's decision, never a diagnosis.
_DECIDED = frozenset({WhyNot.ILL, WhyNot.CONTRAINDICATED})


def reason_word(code: str | None) -> str:
    """Why a dose is open, for a school; empty where nobody said."""
    if not code:
        return ""
    if code in _DECIDED:
        return _("临床判定：暂不接种") if code == WhyNot.ILL else _("临床判定：不接种")
    return why_not_word(code)
