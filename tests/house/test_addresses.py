"""No page asks another machine for anything: templates, styles and scripts hold no outside address."""

import re
from pathlib import Path

import pytest

READ = {".html", ".js", ".css", ".svg", ".json", ".webmanifest", ".txt"}
#: Names that look like addresses and are never fetched.
NAMESPACES = re.compile(r"https?://www\.w3\.org/(?:1999/xhtml|1999/xlink|2000/svg|1998/Math/MathML)")
ADDRESS = re.compile(r"""(?:https?:|wss?:)//[^\s"'<>)]+|(?:["'(=]\s*)//[\w-]+\.[^\s"'<>)]+""")


def addresses(text: str) -> list[str]:
    return ADDRESS.findall(NAMESPACES.sub("", text))


def test_no_outside_address_in_a_page(root: Path, rooms: list[Path]) -> None:
    found = {}
    for path in rooms:
        name = path.relative_to(root).as_posix()
        served = name.startswith("static/") or (name.startswith(("app/", "forms/")) and "templates" in path.parts)
        if served and path.suffix in READ and (there := addresses(path.read_text(encoding="utf-8"))):
            found[name] = there

    assert not found


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//example.org/x.png">',
        "@import url(//fonts.example/a.css);",
        'fetch("http://example.org")',
        'new WebSocket("wss://example.org")',
    ],
)
def test_an_outside_address_is_found(text: str) -> None:
    assert addresses(text)


@pytest.mark.parametrize(
    "text", ['<svg xmlns="http://www.w3.org/2000/svg">', "// a comment about css.units", '<a href="/children/3">']
)
def test_what_is_no_address_is_left_alone(text: str) -> None:
    assert not addresses(text)
