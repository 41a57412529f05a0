"""Measures the rules on made-up children of 3 to 7 years with 20 doses on average. Called by scripts/bench-rules."""

import argparse
import datetime as dt
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rules import assess, contract
from rules.planning import plan

ROOT = Path(__file__).resolve().parent.parent
AS_OF = dt.date(2026, 9, 10)
#: Product, age in months, chance that the dose is on record; a few families choose combinations.
SCHEDULE = [
    ("BCG", 0, 0.98),
    ("HepB", 0, 0.99),
    ("HepB", 1, 0.98),
    ("HepB", 6, 0.96),
    ("IPV", 2, 0.97),
    ("IPV", 3, 0.96),
    ("bOPV", 4, 0.96),
    ("bOPV", 48, 0.9),
    ("DTaP", 3, 0.97),
    ("DTaP", 4, 0.97),
    ("DTaP", 5, 0.96),
    ("DTaP", 18, 0.93),
    ("DTaP", 72, 0.7),
    ("MMR", 8, 0.97),
    ("MMR", 18, 0.95),
    ("JE-L", 8, 0.96),
    ("JE-L", 24, 0.93),
    ("MPSV-A", 6, 0.95),
    ("MPSV-A", 9, 0.93),
    ("MPSV-AC", 36, 0.9),
    ("MPSV-AC", 72, 0.6),
    ("HepA-L", 18, 0.94),
    ("Var", 12, 0.6),
    ("IIV", 30, 0.3),
]


def children(count: int) -> Iterator[dict[str, Any]]:
    """The same children on every machine."""
    chance = random.Random(20260910)  # noqa: S311  made-up children, no secret
    for number in range(count):
        birth = AS_OF - dt.timedelta(days=chance.randint(3 * 365, 7 * 365))
        doses = []
        for product, months, likely in SCHEDULE:
            day = birth + dt.timedelta(days=int(months * 30.44) + int(chance.expovariate(1 / 12)))
            if day <= AS_OF and chance.random() < likely:
                doses.append({"product": product, "date": day.isoformat()})
        yield {"id": f"c{number}", "birth_date": birth.isoformat(), "as_of": AS_OF.isoformat(), "doses": doses}


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench-rules")
    parser.add_argument("--quick", action="store_true", help="20,000 children, under 50 s")
    quick = parser.parse_args().quick
    count = 20_000 if quick else 100_000
    made = list(children(count))
    doses = sum(len(child["doses"]) for child in made) / count
    print(f"{count} children, {doses:.1f} doses on average; {platform.python_version()}, {os.cpu_count()} cores")
    inside = in_process(made)
    piped, two = through_evaluate(made)
    single, planned = one_at_a_time(made)
    memory = peak_memory(made, *((5_000, 20_000) if quick else (100_000, 1_000_000)))
    print(
        f"summary: {inside:,.0f} children/s in process, {piped:,.0f}/s through evaluate, x{two:.2f} with two jobs, "
        f"one {single * 1000:.2f} ms, with plan {planned * 1000:.2f} ms, memory x{memory:.2f}"
    )


def in_process(made: list[dict[str, Any]]) -> float:
    """Children a second of processor time, judged and put into the contract's form; the best of four passes."""
    read = [contract.read(child) for child in made]

    def judge_all() -> None:
        for case in read:
            contract.write(assess(case))

    best = min(_cpu(judge_all) for _ in range(4))
    print(f"in process, with reasons and citations: {len(made) / best:,.0f} children/s of one core")
    return len(made) / best


def through_evaluate(made: list[dict[str, Any]]) -> tuple[float, float]:
    """Children a second of the command's processor time, with JSON and start; and how much faster two jobs are.

    One job and two run in turn, so that whatever else the machine does meets both; the best pair counts. What two
    processes can gain at all just then is told beside it: a shared machine may grant them one processor between them.
    """
    with tempfile.TemporaryDirectory() as room:
        lines = Path(room) / "children.jsonl"
        lines.write_text("".join(json.dumps(child) + "\n" for child in made), encoding="utf-8")
        pairs, possible = [], 0.0
        for _ in range(3):
            pairs.append((_run(lines), _run(lines, "--jobs", "2")))
            possible = max(possible, _gain_of_two_loops())
    processor = min(one.processor for one, _two in pairs)
    gain = max(one.wall / two.wall for one, two in pairs)
    cost = statistics.median(two.processor / one.processor for one, two in pairs)
    wall = min(one.wall for one, _two in pairs)
    print(
        f"scripts/evaluate: {len(made) / processor:,.0f}/s of one core, {len(made) / wall:,.0f}/s by the clock; "
        f"--jobs 2: x{gain:.2f} for x{cost:.2f} processor time (two empty loops: x{possible:.2f})"
    )
    return len(made) / processor, gain


def one_at_a_time(made: list[dict[str, Any]]) -> tuple[float, float]:
    """Median seconds of one judgement from the contract's input, and with a plan for those who owe."""
    some = made[:2000]
    single = statistics.median(_wall(lambda child=child: assess(contract.read(child))) for child in some)
    owing = [case for case in map(contract.read, some) if any(line.owed for line in assess(case).lines)][:500]
    planned = statistics.median(_wall(lambda case=case: plan(case)) for case in owing)
    print(f"one judgement: median {single * 1000:.2f} ms; with plan: {planned * 1000:.2f} ms ({len(owing)} who owe)")
    return single, planned


def peak_memory(made: list[dict[str, Any]], few: int, many: int) -> float:
    """Peak memory of the command at the end of many lines against that of few: 1 is flat."""
    least, most = _peak(made, few), _peak(made, many)
    print(f"peak memory: {least // 1024} MB after {few:,} lines, {most // 1024} MB after {many:,}")
    return most / least


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _wall(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


class Spent(NamedTuple):
    """Seconds by the clock, and of the processors."""

    wall: float
    processor: float


def _gain_of_two_loops() -> float:
    """How much faster two loops without any data are done side by side than one after the other."""
    loop = [sys.executable, "-c", "for _ in range(20_000_000): pass"]
    alone = _wall(lambda: subprocess.run(loop, check=True))  # noqa: S603  our own loop

    def side_by_side() -> None:
        for process in [subprocess.Popen(loop) for _ in range(2)]:  # noqa: S603  our own loop
            process.wait()

    return 2 * alone / _wall(side_by_side)


def _run(lines: Path, *options: str) -> Spent:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with lines.open("rb") as source:
        wall = _wall(
            lambda: subprocess.run(  # noqa: S603  our own script
                [str(ROOT / "scripts" / "evaluate"), *options], stdin=source, stdout=subprocess.DEVNULL, check=True
            )
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _peak(made: list[dict[str, Any]], lines: int) -> int:
    """The most kilobytes that a process of its own needs for so many lines, read from the kernel before it ends.

    `ru_maxrss` would not do: a child process begins with the peak of its parent.
    """
    command = [sys.executable, "-m", "rules.evaluating"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:  # noqa: S603
        assert process.stdin is not None
        assert process.stdout is not None
        encoded = [json.dumps(child).encode() + b"\n" for child in made[:2000]]
        for number in range(lines):
            process.stdin.write(encoded[number % len(encoded)])
            # Few at a time: neither pipe may fill up while the other end waits.
            if number % 10 == 9 or number == lines - 1:
                process.stdin.flush()
                for _ in range(number % 10 + 1):
                    process.stdout.readline()
        most = _high_water(process.pid)
        process.stdin.close()
    if process.returncode:
        sys.exit("scripts/evaluate failed while its memory was measured.")
    return most


def _high_water(pid: int) -> int:
    """Kilobytes of the most memory that the process ever held."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


if __name__ == "__main__":
    main()
