"""No branch on the name of a vaccine outside the law: pages and papers ask `rules`, they do not know better."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml


@pytest.fixture(scope="module")
def codes(root: Path) -> frozenset[str]:
    """The codes of the products and of the lines."""
    catalogue = yaml.safe_load((root / "rules/data/products.yaml").read_text(encoding="utf-8"))
    products = {product["code"] for product in catalogue["products"]}
    lines = {line for product in catalogue["products"] for line in product.get("feeds", [])}
    assert {"BCG", "MMR", "Polio"} <= products | lines
    return frozenset(products | lines)


def branches(source: str, codes: frozenset[str]) -> Iterator[str]:
    """Every comparison, membership test or match case that names one of the codes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            asked = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            asked = [node.value]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"startswith", "endswith"}:
            asked = list(node.args)
        else:
            continue
        for part in asked:
            elements = part.elts if isinstance(part, ast.Tuple | ast.List | ast.Set) else [part]
            for element in elements:
                if isinstance(element, ast.Constant) and element.value in codes:
                    yield f"line {element.lineno} compares with {element.value!r}"


def branches_in_text(text: str, codes: frozenset[str]) -> list[str]:
    """The same in templates and scripts, by pattern."""
    names = "|".join(sorted(map(re.escape, codes), key=len, reverse=True))
    pattern = rf"""(?:[=!]==?|\bin\b\s*[\[(]?|\bcase\b)\s*["'](?:{names})["']"""
    return re.findall(pattern, text)


def test_no_branch_on_a_vaccine(root: Path, rooms: list[Path], codes: frozenset[str]) -> None:
    found = []
    for path in rooms:
        name = path.relative_to(root).as_posix()
        if not name.startswith(("app/", "forms/", "static/")):
            continue
        if path.suffix == ".py":
            found += [f"{name}: {what}" for what in branches(path.read_text(encoding="utf-8"), codes)]
        if path.suffix in {".html", ".js"}:
            found += [f"{name}: {what}" for what in branches_in_text(path.read_text(encoding="utf-8"), codes)]

    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "if vaccine == 'MMR':\n    pass\n",
        "late = 'BCG' != code\n",
        "if code in ('HepA', 'Polio'):\n    pass\n",
        "if code in {'Polio'}:\n    pass\n",
        "match code:\n    case 'MMR':\n        pass\n",
        "if code.startswith('MMR'):\n    pass\n",
    ],
)
def test_a_branch_is_found(source: str, codes: frozenset[str]) -> None:
    assert list(branches(source, codes))


@pytest.mark.parametrize(
    "text", ["{% if line == 'MMR' %}", 'if (code === "BCG") {', "{% if dose.line in ['Polio'] %}", "case 'MMR':"]
)
def test_a_branch_in_a_page_is_found(text: str, codes: frozenset[str]) -> None:
    assert branches_in_text(text, codes)


def test_naming_a_vaccine_without_a_branch_is_allowed(codes: frozenset[str]) -> None:
    assert not list(branches("DEMO = [('MMR', '2021-03-12')]\nshown = words['BCG']\n", codes))
    assert not branches_in_text('<option value="MMR">', codes)
