"""Runs the parts, each in its turn, and says everything once more in one line."""

import argparse
import importlib
import pkgutil
import sys
import time

from scripts.bench_intake import parts


def main() -> None:
    names = sorted(module.name for module in pkgutil.iter_modules(parts.__path__))
    arguments = argparse.ArgumentParser(prog="scripts/bench-intake")
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("parts", nargs="*", metavar="PART", help=f"one or more of: {', '.join(names)}")
    chosen = arguments.parse_args()
    if unknown := set(chosen.parts) - set(names):
        sys.exit(f"scripts/bench-intake: there is no part {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    lines = []
    began = time.perf_counter()
    for name in chosen.parts or names:
        part = importlib.import_module(f"scripts.bench_intake.parts.{name}")
        print(f"\n# {part.TITLE}", flush=True)
        lines.append(f"{name}: {part.run(chosen.quick)}")
    print(f"\n{' | '.join(lines)} | {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
