"""What a hostile parent tries beside the form: other addresses, other methods, links, and the proxy in front."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.parents.conftest import DIGITS, Family

GUIDE = Path("docs/families.md")
#: What the outer network may reach, by the room that answers.
OUTSIDE = {"parents", "rehearsals", "languages", "static"}


def opened_by(address: str) -> bool:
    """Does the guide's nginx pass this address on?"""
    rules = re.findall(r"location (=?) ?(/\S*) +\{ proxy_pass", GUIDE.read_text(encoding="utf-8"))
    assert len(rules) == 7
    return any(address == path if exact else address.startswith(path) for exact, path in rules)


def test_the_proxy_of_the_guide_opens_the_families_rooms_and_no_other(app: Flask) -> None:
    rules = list(app.url_map.iter_rules())
    reached = {rule.endpoint for rule in rules if opened_by(rule.rule)}
    assert {endpoint.partition(".")[0] for endpoint in reached} == OUTSIDE
    assert {rule.endpoint for rule in rules if rule.endpoint.partition(".")[0] in OUTSIDE} == reached


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/p/{code}/"),
        ("GET", "/p/{code}/x"),
        ("POST", "/p/{code}"),
        ("PUT", "/p/{code}"),
        ("GET", "/p?code={code}&digits={digits}"),
        ("GET", "/p?over=<script>alert(1)</script>{code}"),
        ("GET", "/parents/sheet?{code}"),
        ("GET", "/parents?code={code}&digits={digits}"),
    ],
)
def test_an_address_beside_the_page_opens_and_repeats_nothing(
    client: FlaskClient, family: Family, method: str, path: str
) -> None:
    answer = client.open(path.format(code=family.code, digits=DIGITS), method=method)
    page = answer.get_data(as_text=True)
    for secret in (family.code, "白露", "近水", "alert(1)"):
        assert secret not in page
        assert secret not in (answer.location or "")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("target", ["//evil.example/p", "/\\evil.example", "https://evil.example/", "javascript:1"])
def test_the_link_to_the_other_language_leads_to_no_other_house(client: FlaskClient, target: str) -> None:
    assert client.get("/language/en", query_string={"next": target}).location == "/"


def test_too_often_says_nothing_of_the_notice(
    client: FlaskClient, family: Family, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    answers = [client.get(f"/p/{family.code}") for _try in range(121)]
    assert answers[-1].status_code == 429
    assert family.code not in answers[-1].get_data(as_text=True)
    assert answers[-1].headers["Cache-Control"] == "no-store"
    assert family.code not in caplog.text
