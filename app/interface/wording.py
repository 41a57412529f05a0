"""The words of the page of tokens."""

from flask_babel import gettext as _

from app.clock import CHINA
from app.interface.models import ApiToken, Scope


def scope_word(scope: str) -> str:
    return {
        Scope.READ_RESULTS: _("读查验结果和名单"),
        Scope.WRITE_ROSTER: _("交名册"),
        Scope.WRITE_DOSES: _("交接种记录"),
    }[Scope(scope)]


def scope_words(token: ApiToken) -> str:
    return _("、").join(scope_word(one) for one in token.scopes)


def last_day(token: ApiToken) -> str:
    """With its year: a token lives up to one."""
    return token.expires_at.astimezone(CHINA).date().isoformat()
