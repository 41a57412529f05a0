"""Links between the documents lead somewhere: to a file of the house and, where named, to a heading in it."""

import re
from pathlib import Path

import pytest

LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?[^)]*\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def broken_links(page: Path) -> list[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return [target for target in LINK.findall(text) if not leads_somewhere(page, target)]


def leads_somewhere(page: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return True
    file, _, heading = target.partition("#")
    place = page.parent / file if file else page
    if not place.exists():
        return False
    return not heading or place.suffix != ".md" or heading in anchors(place)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings: lower case, punctuation gone, spaces to hyphens."""
    headings = re.findall(r"^#+\s+(.*?)\s*#*$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower())) for heading in headings}


def test_links_lead_somewhere(root: Path, rooms: list[Path]) -> None:
    pages = [path for path in rooms if path.suffix == ".md"]
    assert pages

    assert not {str(page.relative_to(root)): broken for page in pages if (broken := broken_links(page))}


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("[here](other.md)", []),
        ("[here](other.md#the-second-part)", []),
        ("[here](#own)\n\n# Own\n", []),
        ("[there](https://example.org/x)", []),
        ("```\n[an example](nowhere.md)\n```\n", []),
        ("[nowhere](nowhere.md)", ["nowhere.md"]),
        ("![no picture](screens/none.png)", ["screens/none.png"]),
        ("[no such part](other.md#third)", ["other.md#third"]),
    ],
)
def test_a_broken_link_is_found(tmp_path: Path, text: str, broken: list[str]) -> None:
    (tmp_path / "other.md").write_text("# Other\n\n## The second part\n")
    page = tmp_path / "page.md"
    page.write_text(text)

    assert broken_links(page) == broken
