"""Does at least one case fail for every slip in the rule data? Behind scripts/mutate-law.

Every mutant is a law of its own, read by the real loader (a slip that the loader refuses is caught) and judged by the
cases in this process, those of its own line first.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rules import loading
from rules.compiling import DATA, load
from rules.law import Law
from rules.loading import RuleDataError
from tests.rulebook.besides import BESIDES
from tests.rulebook.mutants import Mutant, all_mutants
from tests.rules.casebook import Case, all_cases
from tests.rules.comparing import differences


@dataclass(frozen=True)
class Outcome:
    """A mutant and what caught it: the name of a case, `loader`, or None for a survivor. `equivalent`: nothing can."""

    mutant: Mutant
    caught_by: str | None
    equivalent: bool


def outcomes(mutants: Sequence[Mutant], cases: Sequence[Case]) -> Iterator[Outcome]:
    beyond = set(equivalents())
    with _laws() as law_of:
        for mutant in mutants:
            equivalent = not beyond.isdisjoint({mutant.place, f"{mutant.place}: {mutant.slip}"})
            try:
                caught_by = _caught_by(law_of(mutant), _nearest_first(cases, mutant))
            except RuleDataError:
                caught_by = "loader"
            yield Outcome(mutant, caught_by, equivalent)


def equivalents() -> list[str]:
    """The places and slips of equivalent_mutants.yaml."""
    written = yaml.safe_load((Path(__file__).parent / "equivalent_mutants.yaml").read_text(encoding="utf-8"))
    return [name for group in written for name in group["mutants"]]


def _caught_by(law: Law, cases: Sequence[Case]) -> str | None:
    for case in cases:
        try:
            if differences(case, law):
                return case.name
        except (LookupError, ValueError, TypeError) as error:
            return f"{case.name} ({type(error).__name__})"
    return next((check.__name__ for check in BESIDES if not check(law)), None)


def _nearest_first(cases: Sequence[Case], mutant: Mutant) -> list[Case]:
    line = Path(mutant.file).stem
    return sorted(cases, key=lambda case: case.file not in (line, "mutants"))


@contextmanager
def _laws() -> Iterator[Any]:
    """Reads mutants in a folder of their own; what did not change is parsed once."""
    real, trees = loading.read_tree, {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        shutil.copytree(DATA, folder)

        def read_tree(path: Path) -> loading.Node:
            text = path.read_text(encoding="utf-8")
            if (path, text) not in trees:
                if len(trees) > 50:
                    trees.clear()
                trees[path, text] = real(path)
            return trees[path, text]

        def law_of(mutant: Mutant) -> Law:
            path = folder / mutant.file
            text = path.read_text(encoding="utf-8")
            try:
                path.write_text(mutant.written(text), encoding="utf-8")
                return load(folder)
            finally:
                path.write_text(text, encoding="utf-8")

        loading.read_tree = read_tree
        try:
            yield law_of
        finally:
            loading.read_tree = real


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every survivor and the score; 1 where a mutant survives."""
    parser = argparse.ArgumentParser(prog="scripts/mutate-law", description="Does a case fail for every slip?")
    parser.add_argument("--all", action="store_true", help="also say what caught each of the others")
    parser.add_argument("only", nargs="*", help="only mutants whose file, path or values hold one of these words")
    chosen = parser.parse_args(arguments)
    mutants = [one for one in all_mutants() if not chosen.only or any(word in one.name for word in chosen.only)]
    caught = equivalent = 0
    for outcome in outcomes(mutants, all_cases()):
        equivalent += outcome.equivalent
        caught += outcome.caught_by is not None and not outcome.equivalent
        if outcome.caught_by is None and not outcome.equivalent:
            print(f"survives    {outcome.mutant.name}", flush=True)
        elif chosen.all:
            what = "equivalent" if outcome.equivalent else "caught    "
            print(f"{what}  {outcome.mutant.name}  {outcome.caught_by or ''}", flush=True)
    live = len(mutants) - equivalent
    print(f"{caught} of {live} caught, {100 * caught / max(live, 1):.1f} %; {equivalent} more cannot make a difference")
    return 0 if caught == live else 1


if __name__ == "__main__":
    sys.exit(main())
