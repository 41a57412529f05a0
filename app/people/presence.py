"""The cookie: which browser is which signed-in person."""

from urllib.parse import urlsplit

from flask import redirect, request, url_for
from flask import session as page_cookie
from werkzeug.wrappers import Response as AnyResponse

from app import clock
from app.office import office
from app.people import sessions
from app.people.sessions import Person


def cookie_name() -> str:
    """Over HTTPS the name says that no other host or plain page can have set it."""
    return "__Host-chayan_session" if office().settings.https else "chayan_session"


def find() -> Person | None:
    """The person of this request, if the cookie belongs to a live session."""
    sent = token()
    if not sent:
        return None
    now = clock.now()
    with office().database.reading() as session:
        person = sessions.find_person(session, sent, now=now, idle_minutes=office().settings.idle_minutes)
    if person and person.seen_long_ago:
        with office().database.writing() as session:
            sessions.note_presence(session, person, now=now)
    return person


def token() -> str:
    """The token this browser sent; an empty text if none."""
    return request.cookies.get(cookie_name(), "")


def welcome(new_token: str, address: str) -> AnyResponse:
    """Go on to `address` as the person of this token; what the stranger's page had kept is dropped."""
    page_cookie.clear()
    response = redirect(address, 303)
    keep(response, new_token)
    return response


def farewell(address: str) -> AnyResponse:
    """Go to `address` as a stranger."""
    page_cookie.clear()
    response = redirect(address, 303)
    forget(response)
    return response


def keep(response: AnyResponse, new_token: str) -> None:
    """Hand the token to the browser; it forgets it when it is closed."""
    secure = office().settings.https
    response.set_cookie(cookie_name(), new_token, httponly=True, samesite="Lax", secure=secure, path="/")


def forget(response: AnyResponse) -> None:
    response.delete_cookie(cookie_name(), path="/", secure=office().settings.https, httponly=True, samesite="Lax")


def send_to_sign_in() -> AnyResponse:
    """Ask a stranger to sign in: a page that was only looked at comes back afterwards, anything else was not done."""
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")), 303)
    return redirect(url_for("people.sign_in", undone=1), 303)


def safe_next(address: str | None) -> str | None:
    """`address` if it is a path on this server, else None: a link must not lead elsewhere after sign-in."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if any(character in address for character in "\\\r\n\t") or not address.isprintable():
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
