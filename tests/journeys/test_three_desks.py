"""Three desks at one class of twenty, worked with keys and guns alone: nobody is checked twice, no mouse is touched.

The keys that hands pressed are counted by the browser itself. A key costs 0.28 s and a pointing 1.1 s (the
keystroke-level model of Card, Moran and Newell); the server's seconds are measured and printed (`-s`), not judged here.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from app.checks.models import Check
from app.children.models import DoseRecord
from app.database import Database
from app.privacy.identities import Identifier, IdentifierKind, Identity, seal_identity
from tests.campaigns import EVERYTHING, child_with_doses
from tests.checking import MORNING
from tests.district import PASSWORD, District
from tests.journeys.conftest import Window
from tests.journeys.keyboard import Desk
from tests.journeys.papers import plain
from tests.journeys.serving import House
from tests.journeys.watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KEY, POINTING = 0.28, 1.1
TWENTY = 20
#: Their booklets were never typed.
TO_TYPE = (18, 19)
#: In the order of the booklet: `.` is the day above, a second part answers which product it was.
ORDER = ("BCG", "HepB", "IPV", "bOPV", "DTaP", "MMR", "JE-L", "MPSV-A", "MPSV-AC", "HepA-L")
ANSWERS = {"IPV": "1", "bOPV": "2", "JE-L": "1", "HepA-L": "1"}
#: What a row of the grid holds, for the days above.
ROWS = (("BCG",), ("HepB",), ("IPV", "bOPV"), ("DTaP",), ("MMR",), ("JE-L",), ("MPSV-A",), ("MPSV-AC",), ("HepA-L",))
_RECORD = """
window.addEventListener("keydown", (event) => { if (event.isTrusted) window.pressed(event.key); }, { capture: true });
"""


@dataclass
class Hands:
    """One clerk: the desk, the keys pressed by hand, and how long each answer of the server took."""

    desk: Desk
    keys: list[str] = field(default_factory=list)
    by_gun: int = 0
    seconds: list[float] = field(default_factory=list)

    def timed(self, act: Callable[[], object]) -> None:
        began = time.perf_counter()
        act()
        self.seconds.append(time.perf_counter() - began)

    def scan(self, code: str) -> None:
        self.by_gun += len(code) + 1
        self.timed(lambda: self.desk.scan(code))

    def assess(self, key: str) -> None:
        self.timed(lambda: self.desk.assess(key))

    @property
    def by_hand(self) -> int:
        return len(self.keys) - self.by_gun


def code_of(number: int) -> str:
    return f"33102020031{number:07d}"


@pytest.fixture
def twenty(house: House, district: District) -> list[int]:
    """Twenty children of one class, every one with a code; what eighteen of them had is known."""
    made = []
    with house.database.writing() as session:
        for number in range(TWENTY):
            doses = {} if number in TO_TYPE else EVERYTHING
            child = child_with_doses(session, district, doses, name=f"孩子{number:02d}", clinic=None)
            code = Identifier(IdentifierKind.CHILD_CODE, code_of(number))
            identity = Identity(name=f"孩子{number:02d}", identifiers=(code,))
            seal_identity(session, child, identity, now=MORNING)
            made.append(child.id)
    return made


def sit_down(page: Page, watch: Watch, who: str, class_name: str) -> Hands:
    hands = Hands(Desk(page, watch))
    page.expose_function("pressed", lambda key: hands.keys.append(key))
    page.add_init_script(_RECORD)
    page.goto("/")
    page.get_by_label("工号").fill(who)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "sign" not in address)
    hands.desk.open_class(class_name)
    hands.keys.clear()
    return hands


def test_three_desks_and_twenty_children(
    house: House, district: District, window: Window, watch: Watch, twenty: list[int]
) -> None:
    class_name = district.classes["near_1"].name
    desks = [sit_down(window(), watch, who, class_name) for who in ("clerk", "school_head", "clerk")]
    pointers = len(watch.pointers)

    ready = [number for number in range(TWENTY) if number not in TO_TYPE]
    for place in range(0, len(ready), len(desks)):
        turn = list(zip(desks, ready[place : place + len(desks)], strict=False))
        for hands, number in turn:
            hands.scan(code_of(number))
        for hands, number in turn:
            assert hands.desk.child == f"孩子{number:02d}"
            hands.assess("1")
            assert hands.desk.result == "已种齐"
    assert checks(house.database) == len(ready)
    assert [hands.by_hand for hands in desks] == [len(ready) // len(desks)] * len(desks)
    waits = [sum(pair) for hands in desks for pair in zip(*[iter(hands.seconds)] * 2, strict=True)]

    one_child_at_three_desks(desks, house)
    others_see_how_far_it_is(desks[2], done=len(ready))
    a_booklet_of_twenty_two_doses(desks, twenty, house)

    assert len(watch.pointers) == pointers, "Somebody reached for the mouse."
    assert watch.faults == []
    print(f"\nready child: 1 key, 0 pointings, server {median(waits):.2f} s: {KEY + median(waits):.2f} s")


def one_child_at_three_desks(desks: list[Hands], house: House) -> None:
    """All three hold the same booklet; the second and third are told, and nothing is written."""
    before = checks(house.database)
    for hands in desks:
        hands.scan(code_of(0))
        assert "这次没有改动任何内容" in hands.desk.says
    assert checks(house.database) == before


def others_see_how_far_it_is(waiting: Hands, done: int) -> None:
    """Within seconds and without a key."""
    everybody = TWENTY + 1  # the class has one child more
    bar = waiting.desk.page.locator("[data-live]")
    expect(bar).to_contain_text(re.compile(rf"已查\s*{done}\s*/ {everybody}"), timeout=10_000)
    assert f"还差{everybody - done}人" in plain(waiting.desk.says)


def a_booklet_of_twenty_two_doses(desks: list[Hands], twenty: list[int], house: House) -> None:
    for hands, number in zip(desks, TO_TYPE, strict=False):
        page, before, began = hands.desk.page, hands.by_hand, len(hands.seconds)
        hands.scan(code_of(number))
        hands.desk.press("*")
        for key in booklet():
            page.keyboard.press(key)
        expect(page.locator("[data-save]")).to_be_focused()
        hands.timed(lambda hands=hands: hands.desk.press("Enter"))
        hands.assess("1")
        keys, waited = hands.by_hand - before, sum(hands.seconds[began:])
        print(f"\n22 doses: {keys} keys, 0 pointings, server {waited:.2f} s: {keys * KEY + waited:.1f} s")
        assert hands.desk.result == "已种齐"
        assert keys * KEY <= 58
        with house.database.reading() as session:
            mine = select(DoseRecord).where(DoseRecord.child_id == twenty[number])
            kept = sorted((one.product, one.day.isoformat()) for one in session.scalars(mine) if one.day)
        assert kept == sorted((product, day) for product, days in EVERYTHING.items() for day in days)


def booklet() -> list[str]:
    """Every key for the twenty-two doses."""
    keys: list[str] = []
    above: dict[int, str] = {}
    for row in ROWS:
        doses = [(product, day) for product in row for day in EVERYTHING[product]]
        for column, (product, day) in enumerate(doses):
            keys += ["."] if above.get(column) == day else list(day.replace("-", ""))
            keys.append("Enter")
            # From six on a dose of this row may be 百白破 or 白破.
            asked = ANSWERS.get(product) or ("1" if product == "DTaP" and column == len(doses) - 1 else "")
            keys += list(asked)
        above |= {column: day for column, (_product, day) in enumerate(doses)}
    return keys


def checks(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Check)) or 0
