"""The language of the pages: Chinese, or English for whoever chose it. Papers are Chinese whatever the screen says."""

from flask import Blueprint, g, has_request_context, redirect, request, url_for
from flask_babel import refresh
from werkzeug.wrappers import Response as AnyResponse

from app.office import office
from app.people.access import open_to_all
from app.people.presence import safe_next

pages = Blueprint("languages", __name__, url_prefix="/language")

CHINESE, ENGLISH = "zh_CN", "en"
_COOKIE = "chayan_language"
_YEAR = 365 * 24 * 3600


@pages.get("/<any(zh_CN, en):code>")
@open_to_all
def choose(code: str) -> AnyResponse:
    """Remember the choice in this browser and go back to the page it was made on."""
    answer = redirect(safe_next(request.args.get("next")) or url_for("people.home"), 303)
    answer.set_cookie(
        _COOKIE, code, max_age=_YEAR, httponly=True, samesite="Lax", secure=office().settings.https, path="/"
    )
    return answer


def chosen() -> str:
    """Chinese unless this browser chose English; the browser's own wish has no say: the office PC is Chinese anyway."""
    if not has_request_context() or g.get("on_paper"):
        return CHINESE
    return ENGLISH if request.cookies.get(_COOKIE) == ENGLISH else CHINESE


def speak_chinese() -> None:
    """From here on this request makes a paper."""
    if has_request_context():
        g.on_paper = True
        refresh()


def other() -> tuple[str, str]:
    """The other language's own name, and where a click on it leads."""
    code, name = (CHINESE, "中文") if chosen() == ENGLISH else (ENGLISH, "English")
    here = request.script_root + request.path if request.method == "GET" else None
    return name, url_for("languages.choose", code=code, next=here)
