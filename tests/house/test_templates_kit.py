"""The kit is served by the demo and by nothing else; what it renders obeys the same rules as its templates."""

import dataclasses
import re
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.config import Settings

PAGES = ["/kit/", "/kit/child", "/kit/sign-in"]


@pytest.fixture
def demo(settings: Settings) -> Flask:
    return create_app(dataclasses.replace(settings, demo=True))


@pytest.mark.parametrize("page", PAGES)
def test_the_demo_shows_the_kit(demo: Flask, page: str) -> None:
    answer = demo.test_client().get(page)

    assert answer.status_code == 200
    assert "演示" in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_an_office_has_no_kit(app: Flask, page: str) -> None:
    answer = app.test_client().get(page)

    assert answer.status_code == 404
    assert "demo-banner" not in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_a_rendered_page_holds_no_inline_style_or_script(demo: Flask, page: str) -> None:
    text = demo.test_client().get(page).text

    assert not re.findall(r"""<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=["']""", text)


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_labels_lead_somewhere(demo: Flask, page: str) -> None:
    text = demo.test_client().get(page).text
    ids = Counter(re.findall(r'\sid="([^"]+)"', text))

    assert not [name for name, count in ids.items() if count > 1]
    assert set(re.findall(r'<label for="([^"]+)"', text)) <= set(ids)
    described = {name for value in re.findall(r'aria-describedby="([^"]+)"', text) for name in value.split()}
    assert described <= set(ids)


def test_every_result_has_its_word_and_its_mark(demo: Flask) -> None:
    text = demo.test_client().get("/kit/").text
    words = {
        "complete": "已种齐",
        "catch_up": "需补种",
        "review": "需核实",
        "no_certificate": "无接种证",
        "waived": "无需补种",
        "not_checked": "未查验",
    }

    for result, word in words.items():
        badge = re.search(rf'<span class="badge is-{result}">.*?</span>', text, re.DOTALL)
        assert badge
        assert f"#{result}" in badge.group()
        assert word in badge.group()


def test_the_kit_shows_every_component(root: Path) -> None:
    folder = root / "app" / "templates"
    macros = {
        name
        for path in (folder / "components").glob("*.html")
        for name in re.findall(r"{%-? macro ([a-z]\w*)\(", path.read_text("utf-8"))
    }
    shown = "".join(path.read_text("utf-8") for path in [folder / "base.html", *folder.glob("kit*.html")])

    assert macros
    assert not {name for name in macros if not re.search(rf"(?:{{{{|call|[^\w.]) ?{name}\(", shown)}
