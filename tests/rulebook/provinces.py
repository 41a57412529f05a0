"""Overlays for the tests: the sample, and small ones written on the spot."""

from pathlib import Path
from typing import Any

from rules import assess, contract
from rules.compiling import DATA, load
from rules.law import Law

SAMPLE = DATA / "overlays" / "sample-province.yaml"

HEAD = """\
name: test-province
title: 测试省
sources:
  - {id: local, title: 测试文件, in_force: 2025-01-01}
"""


def province(body: str, folder: Path) -> Law:
    """The national law with an overlay of this body."""
    path = folder / "province.yaml"
    path.write_text(HEAD + body, encoding="utf-8")
    return load(DATA, path)


def judge(law: Law, born: str, as_of: str, *doses: str, **more: Any) -> dict[str, Any]:
    """The contract's output; doses as `MMR 2023-03-10`."""
    given = [dict(zip(("product", "date"), dose.split(), strict=True)) for dose in doses]
    child = {"id": "x", "birth_date": born, "as_of": as_of, "doses": given} | more
    return contract.write(assess(contract.read(child, law), None, law), "x")


def owed(answer: dict[str, Any], line: str) -> list[tuple[str, int, str]]:
    return [(one["product"], one["dose"], one["earliest"]) for one in answer["lines"][line]["owed"]]
