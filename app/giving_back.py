"""A form that came with an old token is given back to be sent once more, so that nothing typed is lost.

That happens to honest people: a tab stayed open while they signed in anew in another. A foreign site's form is never
given back; what tells them apart is the browser's own word on where the form came from, which no page can forge.
"""

from urllib.parse import urlsplit

from flask import request

#: More is no form that somebody typed.
_MOST_FIELDS = 2_000
#: Nobody's secret is written into a page.
_NEVER = ("password", "old", "new", "again", "csrf_token")


def fields_to_give_back() -> list[tuple[str, str]] | None:
    """What was typed, ready to be sent once more; None if it must not or cannot be given back."""
    if request.method != "POST" or not _is_ours() or request.files:
        return None
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    if not typed or len(typed) > _MOST_FIELDS or any(name in _NEVER for name, _ in typed):
        return None
    return typed


def _is_ours() -> bool:
    """Browsers that say where a form came from say it in one of these headers; silence counts as foreign."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin)[:2] == (request.scheme, request.host)
