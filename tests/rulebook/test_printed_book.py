"""The book in words: every value is said, the kept copies are what the script prints, and paper shows all of it."""

import dataclasses
import io
import re
import shutil
from pathlib import Path

import pikepdf
import pytest

from app.papers import press as house_press
from forms.paper.rule_book import command
from forms.paper.rule_book.composing import compose
from forms.paper.rule_book.lines import sentence
from forms.paper.rule_book.printing import page, print_book
from forms.paper.rule_book.sheet import Points, Sheet, Table
from forms.paper.rule_book.text import markdown
from forms.paper.rule_book.words import DOSES, FACTS, THINKING
from rules import national
from rules.ages import parse_day
from rules.compiling import DATA, load
from rules.law import Law
from rules.rulebook import Book, book
from rules.schedule import Slot
from tests.privacy.pdf_text import pdf_parts
from tests.rulebook.provinces import SAMPLE


@pytest.fixture(scope="module")
def books() -> list[Book]:
    sample = load(DATA, SAMPLE)
    return [*(book(edition.id) for edition in national().editions), book(law=sample)]


def keys(books: list[Book]) -> dict[str, set[type]]:
    """The place of every value in the books, and whether a dose or a single value stands there."""
    found: dict[str, set[type]] = {}
    for one in books:
        for line in one.lines:
            for name, parts in (("given", line.given), ("owed", line.owed)):
                for part in parts:
                    for fact in part.facts:
                        path = ".".join(piece for piece in fact.path if not piece.isdigit())
                        found.setdefault(f"{line.thinking}.{name}.{path}", set()).add(type(fact.value))
    return found


def test_every_value_has_words_and_no_words_are_idle(books: list[Book]) -> None:
    places = keys(books)
    assert {place for place, kinds in places.items() if Slot in kinds} == set(DOSES)
    assert {place for place, kinds in places.items() if Slot not in kinds} == set(FACTS)
    assert {line.thinking for one in books for line in one.lines} == set(THINKING)


def test_a_value_without_words_cannot_be_printed() -> None:
    with pytest.raises(KeyError):
        sentence("bcg.owed.colour", "red", national())


@pytest.mark.parametrize("name", sorted(command.copies()))
def test_the_kept_copy_is_what_the_script_prints(name: str) -> None:
    kept = (command.COPIES / name).read_text(encoding="utf-8")
    assert kept == command.copies()[name], "the rules changed: look at `scripts/rule-book --keep && git diff docs/`"


def test_nothing_else_is_kept() -> None:
    assert {path.name for path in command.COPIES.iterdir()} == {*command.copies(), "README.md"}


def test_an_edit_of_the_rules_shows(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    men = folder / "lines" / "men.yaml"
    men.write_text(men.read_text(encoding="utf-8").replace("ac_interval: 3y", "ac_interval: 2y"), encoding="utf-8")
    before, after = _lines(national()), _lines(load(folder))
    assert after - before == {"| A群C群第2剂与计入的第1剂至少隔2年。 | nip-2021 二·八(三) |"}
    assert len(before - after) == 1


def _lines(law: Law) -> set[str]:
    return set(markdown(compose(book(law=law))).splitlines())


def test_a_birth_date_narrows_the_book() -> None:
    sheet = compose(book("nip-2026", born=parse_day("2018-06-01")))
    words = "\n".join(_words(sheet))
    assert "2018-06-01" in words
    assert "2019-09-30及以前出生的，不论" in words
    assert "2019-10-01及以后出生的，不论" not in words


def _words(sheet: Sheet) -> list[str]:
    """Everything the book says, cell by cell."""
    found = [sheet.title, sheet.statement, *sheet.signatures, *(value for pair in sheet.head for value in pair)]
    for block in sheet.blocks:
        if isinstance(block, Table):
            found += [*block.head, *(cell for row in block.rows for cell in row.cells)]
        elif isinstance(block, Points):
            found += block.items
        else:
            found.append(block.text)
    return found


def test_paper_says_all_of_it(books: list[Book]) -> None:
    sheet = compose(books[-1])
    printed = print_book(house_press(), sheet)
    said = _close("".join(part.decode("utf-8", "ignore") for part in pdf_parts(printed)))
    missing = [words for words in _words(sheet) if _close(words) not in said]
    assert missing == []
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        pages = len(pdf.pages)
    assert f"{pages}/{pages}" in said
    assert said.count(sheet.digest) == pages + 1


def _close(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_page_needs_no_other_file(books: list[Book]) -> None:
    html = page(compose(books[-1]))
    assert not re.search(r"<(?:link|script|img)\b|url\(", html)
    assert national().digest not in html
    assert books[-1].law.digest in html


def test_the_page_shows_marks_as_they_are() -> None:
    sheet = compose(book())
    broken = dataclasses.replace(sheet, subtitle="<b>&")
    assert "&lt;b&gt;&amp;" in page(broken)


def test_the_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--edition", "nip-2021"]) == 0
    assert capsys.readouterr().out == command.copies()["nip-2021.md"]
    target = tmp_path / "book.html"
    assert command.main(["--on", "2026-09-10", "--born", "2020-02-29", "--html", str(target)]) == 0
    assert "2026-09-10" in target.read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--edition", "nip-2027"], "unknown edition 'nip-2027': there are nip-2021"),
        (["--on", "2026-02-30"], "not a calendar date"),
        (["--on", "2020-01-01"], "no edition is in force"),
        (["--overlay", "nowhere.yaml"], "cannot be read"),
        (["--html", "/nowhere/book.html"], "No such file"),
    ],
)
def test_what_cannot_be_printed_is_said(
    arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        command.main(arguments)
    assert stop.value.code == 2
    assert complaint in capsys.readouterr().err
