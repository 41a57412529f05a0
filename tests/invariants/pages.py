"""The numbers of invariant 1 and 5 as the pages and papers show them, read out of the answers to a browser."""

import re
from collections import Counter

from flask.testing import FlaskClient

from app import clock
from app.people import sessions
from app.schools.models import SchoolClass
from tests.invariants import truths
from tests.invariants.world import World

_TAGS = re.compile(r"<[^>]+>")
_NUMBER = r"(\d+)"
#: In the order of the board's columns.
_BOARD = ("complete", "catch_up", "review", "no_certificate", "waived")
#: As the sum line names them.
_WORDS = {
    "not_checked": "未查验",
    "complete": "已种齐",
    "waived": "无需补种",
    "catch_up": "需补种",
    "review": "需核实",
    "no_certificate": "无接种证",
}


def every_page_shows_the_recount(world: World) -> None:
    """Desk, class list, lists and board say what the rows say."""
    with world.database.reading() as session:
        by_class = truths.recount(session)
        classes = {one.id: one for one in session.query(SchoolClass)}
    near = [class_id for class_id, one in classes.items() if one.school_id == world.district.places["near"].id]
    clerk = browser_of(world, "clerk")
    for class_id in near:
        _the_desk(clerk, class_id, by_class.get(class_id, Counter()))
    _the_lists(clerk, sum((by_class.get(class_id, Counter()) for class_id in near), Counter()))
    _the_board(browser_of(world, "bureau_auditor"), world, by_class, classes)
    clock.fix(None)


def _the_desk(clerk: FlaskClient, class_id: int, counted: Counter[str]) -> None:
    clerk.post("/desk/classes", data={"class_id": class_id})
    said = _words(clerk.get("/desk").text)
    assert f"已查{counted.total() - counted['not_checked']}/{counted.total()}" in said
    assert f"还差{counted['not_checked']}人" in said


def _the_lists(clerk: FlaskClient, counted: Counter[str]) -> None:
    """The drafts of both centers together, as their sum lines say them."""
    summed: Counter[str] = Counter()
    page = _words(clerk.get("/reports").text, between="|")
    for total, line in re.findall(rf"{_NUMBER}人＝([^|]+)", page):
        parts = {word: int(number) for word, number in re.findall(rf"([^\d＋]+){_NUMBER}", line)}
        found = {result: parts[word] for result, word in _WORDS.items()}
        assert sum(found.values()) == int(total)
        summed.update(found)
    assert summed == counted


def _the_board(
    auditor: FlaskClient, world: World, by_class: dict[int, Counter[str]], classes: dict[int, SchoolClass]
) -> None:
    page = auditor.get("/oversight").text
    (schools,) = re.findall(r"<table[^>]*>\s*<caption[^>]*>各校进度</caption>(.*?)</table>", page, re.DOTALL)
    for name in ("near", "far"):
        school = world.district.places[name]
        own = [counted for class_id, counted in by_class.items() if classes[class_id].school_id == school.id]
        counted = sum(own, Counter())
        (row,) = re.findall(rf"<tr>\s*<td[^>]*><a[^>]*>{school.name}</a></td><td[^>]*>[^<]*</td>(<td.*?)</tr>", schools)
        cells = [_words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        numbers = [int(re.match(r"\d+", cell).group()) for cell in cells[:7]]
        checked = counted.total() - counted["not_checked"]
        assert numbers == [counted.total(), checked, *(counted[result] for result in _BOARD)]


def _words(page: str, between: str = "") -> str:
    return re.sub(r"\s+", "", _TAGS.sub(between, page))


def browser_of(world: World, who: str) -> FlaskClient:
    """The browser of somebody who has signed in; the house's clock stops at the world's time."""
    clock.fix(world.now)
    client = world.app.test_client()
    with world.database.writing() as session:
        token = sessions.open_session(session, user=world.district.users[who], now=clock.now())
    client.set_cookie("chayan_session", token)
    return client
