"""The room of families: two blueprints, the cookie of a visit, and the link to the other language."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app import languages
from app.notices.codes import read_code
from app.office import office
from app.papers import explain_missing_fonts
from app.parents.visiting import LONGEST
from forms.wording import weekday_word

#: Only where families can reach this house.
pages = Blueprint("parents", __name__)
#: Everywhere: it knows nobody.
rehearsal_pages = Blueprint("rehearsals", __name__)
explain_missing_fonts(pages)
rehearsal_pages.add_app_template_global(weekday_word, "weekday_of_visit")


def cookie_name() -> str:
    return "__Host-chayan_family" if office().settings.https else "chayan_family"


def token() -> str:
    """The token of this browser's visit; an empty text if it sent none."""
    return request.cookies.get(cookie_name(), "")


def keep(response: AnyResponse, new_token: str) -> AnyResponse:
    """The browser forgets it when it is closed, and in any case with the visit."""
    secure, seconds = office().settings.https, int(LONGEST.total_seconds())
    response.set_cookie(
        cookie_name(), new_token, max_age=seconds, httponly=True, samesite="Lax", secure=secure, path="/"
    )
    return response


def forget(response: AnyResponse) -> AnyResponse:
    response.delete_cookie(cookie_name(), path="/", secure=office().settings.https, httponly=True, samesite="Lax")
    return response


@rehearsal_pages.app_template_global("language_of_families")
def _other_language(here: str | None = None) -> tuple[str, str]:
    """The other language, and the address that chooses it and comes back here: a family has no first page."""
    name, _address = languages.other()
    code = languages.CHINESE if languages.chosen() == languages.ENGLISH else languages.ENGLISH
    # Of an address only a code that can be one is repeated.
    broken = request.endpoint == "parents.arrive" and read_code((request.view_args or {})["notice_code"]) is None
    here = here or (url_for("parents.look") if broken else request.script_root + request.path)
    return name, url_for("languages.choose", code=code, next=here)


@rehearsal_pages.app_template_global()
def families_can_come() -> bool:
    """Is there a public address?"""
    return office().settings.public_address is not None
