"""The engine and the second judgement say the same of thousands of random children."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from rules import assess, contract, national

HERE = Path(__file__).parent


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"second_{name}", HERE / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name.
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


judgement, histories = _load("judgement"), _load("histories")


def _first(child: dict[str, Any], edition: str | None) -> dict[str, Any]:
    law = national()
    assessment = assess(contract.read(child), law.edition(edition) if edition else None, law)
    return contract.write(assessment, child["id"])


def _comparable(answer: dict[str, Any]) -> dict[str, Any]:
    """Without what the second judgement leaves out, and with sets as sets."""
    answer = json.loads(json.dumps(answer))
    answer.pop("rules_digest", None)
    for line in answer["lines"].values():
        for owed in line["owed"]:
            owed.pop("because", None)
    for dose in answer["doses"]:
        dose["warnings"].sort()
        for reasons in dose["reasons"].values():
            reasons.sort()
    return answer


def _disagreements(seed: int, count: int, window: str, named: str | None = None) -> list[str]:
    found = []
    for child in histories.random_children(seed, count, window):
        mine, other = _comparable(_first(child, named)), _comparable(judgement.judge(child, named))
        if mine != other:
            parts = [line for line in mine["lines"] if mine["lines"][line] != other["lines"][line]]
            found.append(f"{child['id']}: {parts or 'doses, verdict or result'}")
    return found


@pytest.mark.parametrize("window", ["nip-2021", "dtap-2025", "nip-2026"])
def test_both_judgements_agree(window: str) -> None:
    assert _disagreements(20260901, 5000, window) == []


@pytest.mark.parametrize("named", ["nip-2021", "dtap-2025", "nip-2026"])
def test_both_judgements_agree_when_the_edition_is_named(named: str) -> None:
    assert _disagreements(20260902, 2000, "nip-2026", named) == []


@pytest.mark.slow
@pytest.mark.parametrize("window", ["nip-2021", "dtap-2025", "nip-2026"])
def test_both_judgements_agree_on_fifty_thousand(window: str) -> None:
    assert _disagreements(20260903, 50_000, window) == []


def test_a_planted_difference_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail: with one more month in the second judgement children differ."""
    real = judgement.judge

    def wrong(child: dict[str, Any], edition: str | None = None) -> dict[str, Any]:
        answer = real(child, edition)
        answer["lines"]["HepB"]["status"] = "complete"
        return answer

    monkeypatch.setattr(judgement, "judge", wrong)
    assert _disagreements(20260904, 200, "nip-2026")
