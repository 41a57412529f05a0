"""What every response says to the browser: take nothing from elsewhere, frame nothing, keep nothing."""

from typing import Any

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.office import Office

_CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)

#: The camera's page compiles our own reader of codes; 'wasm-unsafe-eval' allows that and no other evaluation.
_COMPILES_WASM = frozenset({"intake.camera"})
_WITH_WASM = _CONTENT_SECURITY_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")

_ALWAYS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def cookie_settings(office: Office) -> dict[str, Any]:
    """Flask's own settings; its cookie carries nothing but the CSRF token and short messages."""
    return {
        "SECRET_KEY": office.secret.key_for("flask cookie").hex(),
        "SESSION_COOKIE_NAME": "__Host-chayan_page" if office.settings.https else "chayan_page",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": office.settings.https,
        "MAX_CONTENT_LENGTH": office.settings.largest_request,
        # A page left open over lunch still saves: the token lives as long as the browser's session.
        "WTF_CSRF_TIME_LIMIT": None,
        # no-referrer is our policy, so there is no referrer to compare.
        "WTF_CSRF_SSL_STRICT": False,
    }


def register(app: Flask) -> None:
    app.after_request(_finish)
    office: Office = app.extensions["chayan"]
    if office.settings.https:
        # HTTPS ends at a proxy in front of us; without this every client would have the proxy's address.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]


def _finish(response: Response) -> Response:
    response.headers.update(_ALWAYS)
    if request.endpoint in _COMPILES_WASM:
        response.headers["Content-Security-Policy"] = _WITH_WASM
    if request.endpoint != "static" or response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response
