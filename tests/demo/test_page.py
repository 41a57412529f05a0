"""docs/demo.md says what is so: its figures are those of the program, its accounts exist."""

import re
from pathlib import Path

from app.config import ROOT
from app.demo import users
from app.demo.accounts import accounts_text
from app.demo.counting import figures

PAGE = (ROOT / "docs/demo.md").read_text(encoding="utf-8")


def test_the_figures_are_those_of_the_program() -> None:
    _, written = PAGE.split("; a test compares.\n")

    assert written.splitlines() == figures(), "run  python -m app.demo.counting  and put what it says into docs/demo.md"


def test_the_accounts_it_names_exist_and_the_password_is_the_one() -> None:
    names = {person.sign_in_name for person in users.PEOPLE}
    rows = PAGE.split("| sign in as |")[1].split("## When")[0]

    assert f"`{users.PASSWORD}`" in PAGE
    assert set(re.findall(r"`([a-z]+(?:-[a-z0-9]+)?)`", rows)) - {"lzx"} <= names


def test_whoever_starts_it_is_told_every_account() -> None:
    told = accounts_text(Path("/somewhere/samples"))

    assert users.PASSWORD in told
    assert "/somewhere/samples" in told
    assert all(re.search(rf"^  {person.sign_in_name} .*{person.shown_name}", told, re.M) for person in users.PEOPLE)
    assert len(told.splitlines()) <= 30
