"""An outsider with the whole bulletin before them: does any sum, taken with every other, say one to four children?"""

import random

import numpy
import pytest
from scipy.optimize import linprog

from app.campaigns.models import Campaign
from app.checks.counting import RESULTS
from app.counting.indicators import LINES, Indicator
from app.oversight.board import Board, By, Stand, group_of
from app.oversight.bulletin import HIDDEN, bulletin
from app.oversight.disclosure import LEAST
from app.oversight.watching import Place
from app.reports.standing import Standing
from app.schools.models import Organisation, Ownership, Stage
from tests.notices.september import DAY, at

LACKING = RESULTS[:-1]
REASONS = ("refused", "moved", "")


def district(campaign: Campaign, chance: random.Random) -> Board:
    """Townships whose counts hang together as they do in earnest, with many a small one."""

    def few() -> int:
        return chance.choice([0, 0, 1, 2, 3, 4, 5, 6, 9, 30])

    stands = []
    for number in range(chance.randrange(1, 7)):
        result = {one: few() for one in LACKING} | {"not_checked": few()}
        have_one = result["complete"] + result["catch_up"]
        replaced, caught_up = min(few(), have_one), min(few(), result["complete"])
        open_doses = [few() for _ in REASONS]
        measures = {f"result.{one}": count for one, count in result.items()}
        measures["certificate.without"] = result["no_certificate"] + replaced
        measures["certificate.replaced"] = replaced
        measures["baseline.children"], measures["baseline.caught_up"] = result["catch_up"] + caught_up, caught_up
        given = few()
        measures["place.mmr.1.owed"], measures["place.mmr.1.caught_up"] = sum(open_doses) + given, given
        measures |= {f"reason.{one}": count for one, count in zip(REASONS, open_doses, strict=True)}
        for line in LINES:
            measures[f"exempt.{line}"] = min(few(), result["waived"])
            measures[f"behind.{line}"] = min(few(), result["catch_up"])
        school = Organisation(
            id=number, name=f"学校{number}", stage=chance.choice(list(Stage)), ownership=chance.choice(list(Ownership))
        )
        kept = {key: count for key, count in measures.items() if count}
        stands.append(Stand(Place(school, f"乡镇{number % 4}"), kept, Standing(DAY)))
    cells = tuple(group_of("", [one]) for one in stands)
    return Board(campaign, DAY, group_of("", stands), cells, closed_at=at(DAY, 17))


class Outsider:
    """Linear knowledge: every number on the paper, every sum that everybody knows, and no count below 0."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.equations: list[tuple[dict[str, float], float]] = []

    def learn(self, terms: dict[str, float], value: float) -> None:
        for name in terms:
            self.names.setdefault(name, len(self.names))
        self.equations.append((terms, value))

    def read(self, name: str, cell: object) -> None:
        if cell != HIDDEN:
            assert isinstance(cell, int)
            self.learn({name: 1}, cell)

    def between(self, terms: dict[str, float]) -> tuple[float, float]:
        sides = numpy.zeros((len(self.equations), len(self.names)))
        for at_, (known, _value) in enumerate(self.equations):
            for name, factor in known.items():
                sides[at_, self.names[name]] = factor
        values = [value for _known, value in self.equations]
        aim = numpy.zeros(len(self.names))
        for name, factor in terms.items():
            aim[self.names[name]] = factor
        ends = []
        for sign in (1, -1):
            found = linprog(sign * aim, A_eq=sides, b_eq=values, bounds=(0, 100_000))
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return ends[0], ends[1]


def read_paper(board: Board) -> Outsider:
    sheet = bulletin(board, at(DAY, 18), "审核员", {})
    tables = {one.title: one for one in sheet.tables}
    knows = Outsider()
    units = [*tables["乡镇街道"].rows, *tables["乡镇街道"].totals]
    for row, unit in enumerate(units):
        _name, expected, *cells, not_checked = unit.cells[: 2 + len(RESULTS)]
        knows.learn({f"{row}.{one}": 1 for one in LACKING}, expected - not_checked)
        for one, cell in zip(LACKING, cells, strict=True):
            knows.read(f"{row}.{one}", cell)
    whole = len(units) - 1
    for one in LACKING:
        knows.learn({f"{whole}.{one}": 1} | {f"{row}.{one}": -1 for row in range(whole)}, 0)
    checked = board.whole.figures.checked
    # What everybody knows of the rates: what they are made of.
    knows.learn({"with": 1, "without": 1}, checked)
    knows.learn({"without": 1, "replaced": -1, f"{whole}.no_certificate": -1}, 0)
    knows.learn({"baseline": 1, "caught_up": -1, f"{whole}.catch_up": -1}, 0)
    knows.learn({"owed": 1, "given": -1, "open": -1}, 0)
    for line in LINES:
        knows.learn({f"asked.{line}": 1, f"exempt.{line}": 1}, checked)
        knows.learn({f"asked.{line}": 1, f"behind.{line}": -1, f"well.{line}": -1}, 0)
    rates = dict(zip(board.whole.indicators.values(), tables["指标"].rows, strict=True))
    for one, row in rates.items():
        for name, cell in zip(_parts(one, whole), row.cells[1:3], strict=True):
            if name:
                knows.read(name, cell)
    reasons = tables["没补的原因"]
    for row, found in enumerate(reasons.rows):
        knows.read(f"reason.{row}", found.cells[1])
    knows.learn({"open": 1} | {f"reason.{row}": -1 for row in range(len(reasons.rows))}, 0)
    for found in reasons.totals:
        knows.read("open", found.cells[1])
    return knows


def _parts(one: Indicator, whole: int) -> tuple[str, str]:
    """Numerator and denominator by the outsider's names; a denominator that is in every table has none."""
    if one.code.startswith("coverage."):
        line = one.code.partition(".")[2]
        return f"well.{line}", f"asked.{line}"
    named = {
        "certificate": ("with", ""),
        "replaced": ("replaced", "without"),
        "complete": (f"{whole}.complete", ""),
        "caught_up": ("caught_up", "baseline"),
        "doses": ("given", "owed"),
    }
    return named.get(one.code, ("", ""))


def secrets_of(board: Board) -> dict[str, tuple[dict[str, float], int]]:
    """What nobody outside should know, where it is small."""
    groups = [*board.groups(By.TOWNSHIP), board.whole]
    whole, figures = len(groups) - 1, board.whole.figures
    found = {
        f"{row}.{one}": ({f"{row}.{one}": 1.0}, group.figures.by_result[one])
        for row, group in enumerate(groups)
        for one in LACKING
    }
    doses = figures.baseline.doses
    found |= {
        "without": ({"without": 1.0}, figures.without_certificate),
        "replaced": ({"replaced": 1.0}, figures.replaced),
        "caught_up": ({"caught_up": 1.0}, figures.baseline.caught_up),
        "still open": ({f"{whole}.catch_up": 1.0}, figures.baseline.children - figures.baseline.caught_up),
        "given": ({"given": 1.0}, doses.caught_up),
        "open": ({"open": 1.0}, doses.owed - doses.caught_up),
    }
    found |= {f"behind.{one}": ({f"behind.{one}": 1.0}, figures.behind[one]) for one in LINES}
    found |= {f"exempt.{one}": ({f"exempt.{one}": 1.0}, figures.exempt[one]) for one in LINES}
    reasons = [number for _code, number in figures.baseline.reasons.most_common()]
    found |= {f"reason.{row}": ({f"reason.{row}": 1.0}, number) for row, number in enumerate(reasons)}
    return {name: (terms, number) for name, (terms, number) in found.items() if 0 < number < LEAST}


@pytest.mark.parametrize("seed", range(25))
def test_nothing_small_can_be_worked_out_of_a_bulletin(campaign: Campaign, seed: int) -> None:
    board = district(campaign, random.Random(seed))
    knows = read_paper(board)
    for name, (terms, number) in secrets_of(board).items():
        low, high = knows.between(terms)
        assert low - 1e-6 <= number <= high + 1e-6
        assert numpy.floor(high + 1e-6) > numpy.ceil(low - 1e-6), f"{name} is {number}, and everybody knows"
