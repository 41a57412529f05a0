"""Signing in at the page: who gets in, what the others read, and how guessing is slowed down."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.database import Database
from app.people import passwords
from app.people.models import FailedSignIn, User, UserSession
from app.people.signing_in import sign_in
from tests.district import MOMENT, PASSWORD, District


def try_to_sign_in(client: FlaskClient, name: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in", data={"name": name, "password": password, **more})


@pytest.fixture(autouse=True)
def _morning(district: District) -> None:
    clock.fix(MOMENT)


def test_the_right_password_opens_the_house(client: FlaskClient) -> None:
    assert client.get("/").location == "/sign-in?next=/"
    assert try_to_sign_in(client, "clerk").location == "/"
    assert client.get("/").status_code in {200, 303}
    assert client.get("/sign-in").status_code == 303


def test_a_name_in_capitals_or_full_width_letters_is_the_same_name(client: FlaskClient) -> None:
    assert try_to_sign_in(client, "  ＣLERK ").status_code == 303


@pytest.mark.parametrize("name", ["clerk", "nobody-has-this-name"])
def test_a_wrong_password_and_an_unknown_name_read_the_same(client: FlaskClient, name: str) -> None:
    answer = try_to_sign_in(client, name, "not the password")
    assert answer.status_code == 401
    assert "工号或密码不对。再错 4 次，账号会锁 15 分钟。" in answer.text
    assert name in answer.text  # what was typed is still there
    assert "not the password" not in answer.text


@pytest.mark.parametrize("name", ["clerk", "nobody-has-this-name"])
def test_the_fifth_failure_locks_and_the_right_password_waits_too(client: FlaskClient, name: str) -> None:
    for number in range(4):
        clock.fix(MOMENT + dt.timedelta(minutes=number))
        try_to_sign_in(client, name, "wrong")
    clock.fix(MOMENT + dt.timedelta(minutes=5))
    answer = try_to_sign_in(client, name, "wrong")
    assert answer.status_code == 429
    assert "请过 15 分钟再试" in answer.text
    clock.fix(MOMENT + dt.timedelta(minutes=19, seconds=30))
    assert "请过 30 秒再试" in try_to_sign_in(client, name).text


def test_after_the_lock_the_right_password_opens_and_forgives(client: FlaskClient, database: Database) -> None:
    for number in range(5):
        clock.fix(MOMENT + dt.timedelta(minutes=number))
        try_to_sign_in(client, "clerk", "wrong")
    clock.fix(MOMENT + dt.timedelta(minutes=20))
    assert try_to_sign_in(client, "clerk").status_code == 303
    with database.reading() as session:
        assert session.scalar(select(FailedSignIn.failures).where(FailedSignIn.kind == "name")) == 0
    assert "再错 4 次" in try_to_sign_in(client, "clerk", "wrong").text


def test_each_lock_is_longer_than_the_one_before(client: FlaskClient) -> None:
    now = MOMENT
    for _ in range(5):
        now += dt.timedelta(minutes=1)
        clock.fix(now)
        try_to_sign_in(client, "clerk", "wrong")
    clock.fix(now + dt.timedelta(minutes=16))
    assert "请过 30 分钟再试" in try_to_sign_in(client, "clerk", "wrong").text


def test_tries_at_the_same_moment_are_all_counted(client: FlaskClient) -> None:
    answers = [try_to_sign_in(client, "clerk", "wrong") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert try_to_sign_in(client, "clerk").status_code == 429  # the third failure asks for two seconds


def test_twelve_hands_at_once_get_no_more_tries_than_one(app: Flask) -> None:
    """Whatever the database, tries at the same moment are counted one after the other."""
    house = app.extensions["chayan"]

    def guess(number: int) -> str:
        refusal = sign_in(
            house.database, house.secret, name="clerk", password=f"{number}", address="10.0.0.1", now=MOMENT
        )
        return type(refusal).__name__

    with ThreadPoolExecutor(12) as hands:
        assert sorted(hands.map(guess, range(12))) == ["Waiting"] * 9 + ["Wrong"] * 3


def test_failures_are_forgotten_after_a_quiet_day(client: FlaskClient) -> None:
    try_to_sign_in(client, "clerk", "wrong")
    clock.fix(MOMENT + dt.timedelta(hours=23))
    assert "再错 3 次" in try_to_sign_in(client, "clerk", "wrong").text
    clock.fix(MOMENT + dt.timedelta(hours=48))
    assert "再错 4 次" in try_to_sign_in(client, "clerk", "wrong").text


def test_old_failures_leave_the_table(client: FlaskClient, database: Database) -> None:
    for number in range(5):
        try_to_sign_in(client, f"name{number}", "wrong")
    clock.fix(MOMENT + dt.timedelta(hours=25))
    try_to_sign_in(client, "clerk")
    with database.reading() as session:
        assert session.scalar(select(func.count(FailedSignIn.id))) == 2


def test_one_address_trying_many_names_is_slowed_down(client: FlaskClient) -> None:
    codes = {try_to_sign_in(client, f"name{number}", "wrong").status_code for number in range(60)}
    assert codes == {401}
    assert try_to_sign_in(client, "clerk").status_code == 429
    clock.fix(MOMENT + dt.timedelta(minutes=2))
    assert try_to_sign_in(client, "clerk").status_code == 303


def test_a_success_does_not_wipe_the_failures_of_an_address(client: FlaskClient, database: Database) -> None:
    for number in range(10):
        try_to_sign_in(client, f"name{number}", "wrong")
    try_to_sign_in(client, "clerk")
    with database.reading() as session:
        assert session.scalar(select(FailedSignIn.failures).where(FailedSignIn.kind == "address")) == 10


def test_neither_names_nor_addresses_are_kept_in_clear(client: FlaskClient, database: Database) -> None:
    try_to_sign_in(client, "nobody-has-this-name", "wrong")
    with database.reading() as session:
        digests = session.scalars(select(FailedSignIn.digest)).all()
    assert len(digests) == 2
    assert all(len(digest) == 64 and "nobody" not in digest and "127.0.0.1" not in digest for digest in digests)


def test_somebody_switched_off_reads_so_only_with_the_right_password(client: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        session.scalars(select(User).where(User.sign_in_name == "clerk")).one().active = False
    assert "停用" not in try_to_sign_in(client, "clerk", "wrong").text
    assert "这个账号已经停用" in try_to_sign_in(client, "clerk").text
    with database.reading() as session:
        assert session.scalar(select(func.count(UserSession.id))) == 0


def test_an_empty_form_says_what_is_missing(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"name": "clerk"})
    assert answer.status_code == 422
    assert "请填密码。" in answer.text
    assert "clerk" in answer.text


def test_a_hash_of_old_parameters_is_renewed(client: FlaskClient, database: Database, monkeypatch) -> None:
    stronger = passwords.PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", stronger)
    try_to_sign_in(client, "clerk")
    with database.reading() as session:
        renewed = session.scalars(select(User.password_hash).where(User.sign_in_name == "clerk")).one()
    assert "m=16,t=2" in renewed
    assert passwords.verify(PASSWORD, renewed)


def test_an_unknown_name_costs_the_same_hash(client: FlaskClient, monkeypatch) -> None:
    looked_at = []
    verify = passwords.hasher.verify
    monkeypatch.setattr(
        passwords, "hasher", _Counting(passwords.hasher, lambda stored: looked_at.append(stored.split("$")[3]))
    )
    try_to_sign_in(client, "clerk", "wrong")
    try_to_sign_in(client, "nobody-has-this-name", "wrong")
    assert len(looked_at) == 2
    assert looked_at[0] == looked_at[1], "the two hashes have different parameters"
    assert verify


class _Counting:
    """A hasher that tells which hashes it was shown."""

    def __init__(self, hasher: passwords.PasswordHasher, tell) -> None:
        self._hasher, self._tell = hasher, tell

    def __getattr__(self, name: str):
        return getattr(self._hasher, name)

    def verify(self, stored: str, password: str) -> bool:
        self._tell(stored)
        return self._hasher.verify(stored, password)


@pytest.mark.parametrize(
    ("asked", "went"),
    [
        ("/password", "/password"),
        ("/users?q=a", "/users?q=a"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("\\/elsewhere.example", "/"),
        ("/\t/elsewhere.example", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_on_stays_in_the_house(client: FlaskClient, asked: str, went: str) -> None:
    assert try_to_sign_in(client, "clerk", next=asked).location == went
