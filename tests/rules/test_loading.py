"""Careless rule data is refused: file, line, what was found, what to write instead. Nothing is guessed."""

import re
import shutil
from pathlib import Path

import pytest

from rules.compiling import DATA, load, national
from rules.loading import RuleDataError
from tests.rules.slips import SLIPS, UNSEEN, Slip


def folder_with(slip: Slip, tmp_path: Path) -> tuple[Path, int]:
    """A copy of the rule data with the slip in it, and the line on which it stands."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    path = folder / slip.file
    text = path.read_text(encoding="utf-8")
    assert slip.old in text, f"{slip.file} holds no {slip.old!r} any more: mend the test"
    text = text.replace(slip.old, slip.new, 1)
    path.write_text(text, encoding="utf-8")
    return folder, text[: text.index(slip.at)].count("\n") + 1


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.what)
def test_a_slip_is_refused_with_file_line_and_remedy(slip: Slip, tmp_path: Path) -> None:
    folder, line = folder_with(slip, tmp_path)
    with pytest.raises(RuleDataError) as error:
        load(folder)
    message = str(error.value)
    for words in slip.words:
        assert words in message
    place = re.match(r"(\S+\.yaml):", message)
    assert place, f"no file in {message}"
    assert place[1] == slip.file
    if slip.at:
        found = re.match(r"\S+\.yaml:(\d+):", message)
        assert found, f"no line in {message}"
        assert int(found[1]) == line


@pytest.mark.parametrize("slip", UNSEEN, ids=lambda slip: slip.what)
def test_a_slip_that_no_type_betrays_is_refused(slip: Slip, tmp_path: Path) -> None:
    folder, _ = folder_with(slip, tmp_path)
    with pytest.raises(RuleDataError, match=rf"^{slip.file}:\d+: "):
        load(folder)


def test_the_line_of_an_unknown_key_is_its_own(tmp_path: Path) -> None:
    slip = Slip("an unknown key", "lines/men.yaml", "    a_doses: 2", "    a_dozes: 2", "a_dozes", ())
    folder, line = folder_with(slip, tmp_path)
    with pytest.raises(RuleDataError, match=f"^lines/men.yaml:{line}: unknown key 'a_dozes'"):
        load(folder)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("lines/men.yaml", None, "cannot be read"),
        ("lines/men.yaml", b"", "is empty"),
        ("lines/men.yaml", b"# nothing\n", "is empty"),
        ("lines/men.yaml", b"line: Men\n  title: x\n", "cannot be read as YAML"),
        ("lines/men.yaml", b"line: \xff\n", "UTF-8"),
        ("lines/men.yaml", b"line: *nowhere\n", "nowhere"),
        ("lines/men.yaml", b"- Men\n", "expected a mapping"),
        ("lines/men.yaml", b"Men\n", "expected a mapping"),
        ("products.yaml", b"products: 7\n", "expected a list"),
        ("products.yaml", None, "cannot be read"),
        ("sources.yaml", b"sources: 7\n", "expected a list"),
        ("sources.yaml", None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_rule_data_is_refused(name: str, content: bytes | None, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(RuleDataError, match=words) as error:
        load(folder)
    assert Path(name).name in str(error.value)


def test_yaml_can_only_be_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    trap = tmp_path / "sprung"
    (folder / "lines" / "bcg.yaml").write_text(f"!!python/object/apply:os.mkdir ['{trap}']\n", encoding="utf-8")
    with pytest.raises(RuleDataError):
        load(folder)
    assert not trap.exists()


def test_the_same_data_gives_the_same_law(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    shutil.copytree(DATA, folder)
    assert load(folder).digest == national().digest


def test_every_change_of_the_data_shows_in_the_digest(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    digests = {national().digest}
    files = [*folder.glob("*.yaml"), *folder.glob("lines/*.yaml")]
    for path in files:
        path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
        digests.add(load(folder).digest)
    assert len(digests) == 1 + len(files)
