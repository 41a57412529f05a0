"""What every response tells the browser, whatever the page and however it went."""

from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.people.access import open_to_all
from tests.district import District

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}

PAGES = ["/sign-in", "/", "/users", "/organisations", "/password"]
MISSING = ["/nowhere", "/users/999999", "/static/nowhere.css"]


@pytest.mark.parametrize("address", [*PAGES, *MISSING, "/static/favicon.svg"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_strict_on_every_response(client: FlaskClient, district: District, sign_in, address: str, signed_in) -> None:
    if signed_in:
        sign_in(client, district.users["administrator"])
    headers = client.get(address).headers
    assert set(headers["Content-Security-Policy"].split("; ")) == CSP
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    if address != "/static/favicon.svg":
        assert headers["Cache-Control"] == "no-store"


def test_strict_on_a_broken_page_too(app: Flask, client: FlaskClient) -> None:
    app.testing = False
    app.add_url_rule("/broken", "broken", open_to_all(lambda: 1 / 0))
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_static_file_is_kept_for_ever_under_its_fingerprint_only(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("favicon.svg")
    assert "immutable" in client.get(address).headers["Cache-Control"]
    for other in ("/static/favicon.svg", "/static/favicon.svg?v=000000000000", "/static/favicon.svg?v="):
        assert client.get(other).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/static/../setup.cfg", "/static/%2e%2e/setup.cfg", "/static//etc/passwd"])
def test_static_is_that_folder_and_nothing_else(client: FlaskClient, address: str) -> None:
    assert client.get(address, follow_redirects=True).status_code == 404


def test_behind_https_the_proxy_tells_the_clients_address(settings: Settings) -> None:
    for https, seen in ((True, "10.1.2.3"), (False, "127.0.0.1")):
        application = create_app(replace(settings, https=https))
        application.add_url_rule("/who", "who", open_to_all(lambda: request.remote_addr))
        answer = application.test_client().get("/who", headers={"X-Forwarded-For": "10.1.2.3"})
        assert answer.text == seen
        application.extensions["chayan"].database.close()
