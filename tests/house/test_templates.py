"""Every page keeps to the house's own styles, scripts and drawings; every Chinese word in it can be translated."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

HAN = re.compile(r"[\u3400-\u9fff]")
MARKS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
#: What the policy of the house refuses in a browser; here it is refused before.
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE
)
ICON = re.compile(r"""\bicon\(\s*'([\w-]+)'(?!\s*~)|\bicon='([\w-]+)'|'icon':\s*'([\w-]+)'""")
CLASSES = re.compile(r'\bclass="([^"]*)"')

JINJA = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)


def inline(source: str) -> list[str]:
    return [match.group().strip() for match in INLINE.finditer(source)]


def unmarked(source: str) -> list[str]:
    """Chinese that a reader would see and no translator would find."""
    return [text.strip() for text in _loose_text(JINJA.parse(source)) if HAN.search(text)]


def _loose_text(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in MARKS:
        for argument in node.kwargs:  # the values put into a sentence are looked at, the sentence is marked
            yield from _loose_text(argument)
        return
    if isinstance(node, nodes.TemplateData):
        yield node.data
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for child in node.iter_child_nodes():
        yield from _loose_text(child)


def classes(source: str) -> set[str]:
    """Class names written out in full; those that a value completes (is-…) are left alone."""
    plain = re.sub(r"{[{%].*?[%}]}", "§", re.sub(r"{#.*?#}", "", source, flags=re.DOTALL), flags=re.DOTALL)
    words = {word.rstrip("§") for match in CLASSES.findall(plain) for word in match.split()}
    return {word for word in words if re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]", word)}


@pytest.fixture(scope="module")
def templates(root: Path) -> dict[str, str]:
    folder = root / "app" / "templates"
    found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}
    assert "base.html" in found
    return found


@pytest.fixture(scope="module")
def drawings(root: Path) -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (root / "static" / "icons.svg").read_text("utf-8")))


def test_no_style_and_no_script_inside_a_page(templates: dict[str, str]) -> None:
    assert not {name: there for name, source in templates.items() if (there := inline(source))}


def test_every_chinese_word_can_be_translated(templates: dict[str, str]) -> None:
    assert not {name: there for name, source in templates.items() if (there := unmarked(source))}


def test_every_drawing_exists(templates: dict[str, str], drawings: set[str]) -> None:
    asked = {
        (name, next(filter(None, match)))
        for name, source in templates.items()
        for match in ICON.findall(re.sub(r"{#.*?#}", "", source, flags=re.DOTALL))
    }

    assert asked
    assert not {(name, icon) for name, icon in asked if icon not in drawings}


def test_every_component_says_how_it_is_called(templates: dict[str, str]) -> None:
    silent = {
        (name, macro)
        for name, source in templates.items()
        if name.startswith("components/")
        for macro in re.findall(r"{%-? macro ([a-z]\w*)\(", source)
        if f"{macro}(" not in source.split("#}")[0]
    }

    assert not silent


def test_every_class_of_a_component_has_a_rule(root: Path, templates: dict[str, str]) -> None:
    rules = "".join(path.read_text("utf-8") for path in (root / "static" / "css").glob("*.css"))
    known = set(re.findall(r"\.([a-z][\w-]*)", rules))
    #: Names that say what a list is and need no rule of their own.
    bare = {"icon", "inline-form", "owed-list", "uncounted-list", "progress", "plain", "caption"}

    used = {
        (name, word)
        for name, source in templates.items()
        if name.startswith("components/") or name == "base.html"
        for word in classes(source)
    }
    assert not {(name, word) for name, word in used if word not in known | bare}


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>go()</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_an_inline_style_or_script_is_found(source: str) -> None:
    assert inline(source)


def test_a_script_with_an_address_is_no_inline_script() -> None:
    assert not inline('<script type="module" src="/static/js/chayan.js"></script><p class="row">')


@pytest.mark.parametrize(
    "source",
    ["<p>查验</p>", "{{ '查验' }}", "{{ button('保存') }}", '<a title="查验">', "{{ _('共 %(what)s', what='三剂') }}"],
)
def test_an_unmarked_word_is_found(source: str) -> None:
    assert unmarked(source)


@pytest.mark.parametrize(
    "source",
    ["{# 查验 #}<p>{{ _('查验') }}</p>", "{% trans %}查验{% endtrans %}", "{{ button(_('保存')) }}", "<p>OK</p>"],
)
def test_a_marked_word_is_left_alone(source: str) -> None:
    assert not unmarked(source)
