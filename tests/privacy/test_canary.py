"""Seeded children go through the house's own doors; afterwards nothing at rest knows their names.

Looked at: the database file and its log, every value of every table, every file of the data room (key file, log file at
its most talkative), and what the browser is told outside the page itself: addresses, cookies, headers.
"""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.logging import default_handler
from flask.testing import FlaskClient
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from app import clock, create_app
from app.children.models import Child
from app.children.searching import search
from app.config import Settings
from app.database import Base, Database
from app.people.models import User
from app.privacy import rotating
from app.privacy.discretion import HideNumbers
from app.privacy.erasing import erase_child
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity, open_identity, seal_identity
from app.privacy.indexing import NumberTaken
from app.privacy.keys import keys_of
from app.schools.models import Organisation
from tests.actors import actor
from tests.district import MOMENT, District
from tests.privacy.canaries import found_in
from tests.privacy.people import enter

SignIn = Callable[[FlaskClient, User], None]

#: Nobody is called so, and no machine writes these by chance.
NAME, FORMER, GUARDIAN = "阚𠮷骉", "亓官毳毳", "逄犇犇·麤"
LATIN = "Quillfeather Zzyzxby"
NUMBER, CODE, STUDENT, PASSPORT = "11010120200305178X", "331999777120200088", "G110101202003059876", "EQ7766551"
PHONE, ADDRESS = "19187654321", "葳蕤街 7 号院鸑鷟楼"
CANARIES = (NAME, FORMER, GUARDIAN, LATIN, NUMBER, CODE, STUDENT, PASSPORT, PHONE, ADDRESS)

SEEDED = Identity(
    name=NAME,
    former_names=(FORMER, LATIN),
    identifiers=(
        Identifier(IdentifierKind.RESIDENT_ID, NUMBER),
        Identifier(IdentifierKind.CHILD_CODE, CODE),
        Identifier(IdentifierKind.STUDENT_NUMBER, STUDENT),
        Identifier(IdentifierKind.PASSPORT, PASSPORT),
    ),
    guardians=(Guardian(GUARDIAN, "父亲", PHONE),),
    address=ADDRESS,
)


@pytest.fixture(autouse=True)
def log_file(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Everything that anybody logs, down to the rows of the database driver, in a file of the data room."""
    path = settings.data_dir / "house.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    root, loggers = logging.getLogger(), [logging.getLogger(name) for name in ("sqlalchemy.engine", "sqlalchemy.pool")]
    levels = [(logger, logger.level) for logger in (root, *loggers)]
    root.addHandler(handler)
    for logger, _ in levels:
        logger.setLevel(logging.DEBUG)
    yield path
    root.removeHandler(handler)
    handler.close()
    for logger, level in levels:
        logger.setLevel(level)


def at_rest(database: Database, settings: Settings) -> dict[str, set[str]]:
    """Which canaries are where: every file of the data room, every value of every table."""
    files = [file for file in settings.data_dir.rglob("*") if file.is_file()]
    found = {file.name: found_in(file.read_bytes(), CANARIES) for file in files}
    with database.reading() as session:
        for table in Base.metadata.tables:
            rows = session.execute(text(f'SELECT * FROM "{table}"')).all()
            values = [value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row]
            found[table] = found_in(b"\n".join(values), CANARIES)
    return {place: canaries for place, canaries in found.items() if canaries}


@pytest.fixture
def seeded(log_file: Path, database: Database, district: District) -> int:
    with database.writing() as session:
        return enter(session, district.classes["near_1"], SEEDED, born="2020-03-05").id


def test_sealing_finding_correcting_and_rotating_leave_no_trace(
    database: Database, settings: Settings, district: District, seeded: int
) -> None:
    clerk = actor(district, "clerk")
    with database.reading() as session:
        for asked in (NAME, FORMER, LATIN, NUMBER, CODE, STUDENT, PASSPORT, PHONE, PHONE[-4:], f"{NAME} 20200305"):
            (hit,) = search(session, clerk, asked)
            assert hit.name == NAME
    with database.writing() as session:
        child = session.get_one(Child, seeded)
        identity = open_identity(session, child)
        assert identity == SEEDED
        seal_identity(session, child, identity, now=MOMENT)
        keys = keys_of(session)
    rotating.rotate(database, keys)
    assert at_rest(database, settings) == {}


def test_refusals_and_crashes_leave_no_trace(
    database: Database, settings: Settings, district: District, seeded: int
) -> None:
    log = logging.getLogger("somewhere")
    identity_in_hand = SEEDED

    def twice() -> None:
        with database.writing() as session:
            enter(session, district.classes["near_2"], SEEDED)

    def broken() -> None:
        with database.writing() as session:
            session.execute(update(Organisation).values(name=None, contact_person=NAME, phone=PHONE))

    def careless() -> None:
        raise RuntimeError(f"could not save {identity_in_hand} {[identity_in_hand]} {identity_in_hand.guardians}")

    for failing, kind in ((twice, NumberTaken), (broken, DBAPIError), (careless, RuntimeError)):
        try:
            failing()
        except kind:
            log.exception("It did not work.")
        else:
            pytest.fail("it should have failed")
    assert at_rest(database, settings) == {}


def test_an_erased_child_leaves_no_trace(
    database: Database, settings: Settings, district: District, seeded: int
) -> None:
    with database.writing() as session:
        erase_child(session, by=actor(district, "clerk"), now=MOMENT, child=session.get_one(Child, seeded))
    assert at_rest(database, settings) == {}


def test_no_door_carries_a_name_outside_its_page(
    app: Flask, database: Database, settings: Settings, district: District, seeded: int, sign_in: SignIn
) -> None:
    """Every page, as everybody, with the canaries in what is asked; the pages may show them, nothing else may."""
    app.testing = False
    told, pages = [], []
    for user in district.users.values():
        client = app.test_client()
        sign_in(client, user)
        for address in addresses(app, seeded):
            for answer in (client.get(address), client.post(address, data=dict.fromkeys(FIELDS, NAME))):
                told.append("\n".join(f"{name}: {value}" for name, value in answer.headers))
                pages.append(answer.get_data())
    assert any(NAME.encode() in page for page in pages), "no page showed the child: the doors were not opened"
    assert found_in("\n".join(told).encode(), CANARIES) == set()
    assert at_rest(database, settings) == {}


def test_a_child_typed_into_the_browser_leaves_no_trace(
    app: Flask, client: FlaskClient, database: Database, settings: Settings, district: District, sign_in: SignIn
) -> None:
    """Added, refused a second time, looked for in every way, opened, put right: the whole way of a clerk."""
    clock.fix(MOMENT)
    sign_in(client, district.users["clerk"])
    answers = [client.post("/children/new", data=typed(district)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 422]
    page = answers[0].location
    answers += [client.post("/children", data={"q": asked}) for asked in (*CANARIES[:9], PHONE[-4:], NAME[:1])]
    assert [answer.status_code for answer in answers[2:]].count(303) >= 6, (
        "the whole name and every whole number lead to the child"
    )
    answers += [client.get(address) for address in ("/children", page, f"{page}/edit", "/no-such-page?q=" + NAME)]
    assert all(NAME in answer.text for answer in answers[-3:-1])
    answers.append(client.post(f"{page}/edit", data={**typed(district), "name": NAME + "二"}))
    told = "\n".join(f"{name}: {value}" for answer in answers for name, value in answer.headers)
    assert found_in(told.encode(), CANARIES) == set()
    assert at_rest(database, settings) == {}


def typed(district: District) -> dict[str, str]:
    """The form of a new child, filled in by a clerk."""
    return {
        "name": NAME,
        "sex": "F",
        "birth_date": "20200305",
        "former_names": f"{FORMER}、{LATIN}",
        "resident_id": NUMBER,
        "child_code": CODE,
        "student_number": STUDENT,
        "passport": PASSPORT,
        "guardian_name": GUARDIAN,
        "guardian_phone": PHONE,
        "address": ADDRESS,
        "origin": "local",
        "class_id": str(district.classes["near_1"].id),
        "source": "roster",
    }


FIELDS = ("name", "q", "text", "search", "number", "phone", "address", "guardian", "sign_in_name")


def addresses(app: Flask, child_id: int) -> list[str]:
    """One address of every route; numbers in it are the seeded child's."""
    with app.test_request_context():
        urls = app.url_map.bind("localhost")
        return [
            urls.build(rule.endpoint, dict.fromkeys(rule.arguments, child_id), force_external=False)
            for rule in app.url_map.iter_rules()
            if all(type(rule._converters[name]).__name__ == "IntegerConverter" for name in rule.arguments)
        ]


@pytest.mark.parametrize("place", ["table", "file", "log", "database file"])
def test_a_leak_would_be_seen(
    database: Database, settings: Settings, district: District, log_file: Path, place: str
) -> None:
    if place == "table":
        with database.writing() as session:
            session.execute(update(Organisation).values(contact_person=NAME))
    elif place == "file":
        (settings.data_dir / "cache").mkdir()
        (settings.data_dir / "cache" / "x").write_bytes(NAME.encode("gb18030"))
    elif place == "log":
        logging.getLogger("somewhere").info("looking for %s", NAME)
    else:
        file = settings.data_dir / "copy.sqlite"
        file.write_bytes(b"\x00" * 100 + NAME.encode("utf-16-le"))
    found = at_rest(database, settings)
    assert {canary for canaries in found.values() for canary in canaries} == {NAME}


def test_numbers_that_slip_into_a_log_line_are_hidden() -> None:
    def shown(message: str, *arguments: object) -> str:
        record = logging.LogRecord("x", logging.INFO, "x", 1, message, arguments, None)
        assert HideNumbers().filter(record)
        return record.getMessage()

    assert shown("no child %s, call %s", NUMBER, PHONE) == "no child [number], call [number]"
    assert shown("%s", "+8619187654321") == "[number]"
    assert shown("check 1234567x") == "check [number]"
    assert shown("year 2026, 404, sha256:0123456789abcdef, 192.168.1.100") == (
        "year 2026, 404, sha256:0123456789abcdef, 192.168.1.100"
    )


def test_numbers_in_a_traceback_are_hidden() -> None:
    try:
        raise ValueError(f"odd: {NUMBER}")
    except ValueError as error:
        record = logging.LogRecord("x", logging.INFO, "x", 1, "it broke", (), (ValueError, error, error.__traceback__))
    HideNumbers().filter(record)
    assert NUMBER not in logging.Formatter().format(record)
    assert "odd: [number]" in logging.Formatter().format(record)


def test_the_application_hangs_the_filter_once_on_every_handler(app: Flask, settings: Settings) -> None:
    create_app(settings)
    handlers = [default_handler, *logging.getLogger().handlers]
    assert {sum(isinstance(one, HideNumbers) for one in handler.filters) for handler in handlers} == {1}
