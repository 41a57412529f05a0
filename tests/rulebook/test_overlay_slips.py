"""A careless overlay is refused: file, line, what was found, what to write instead."""

import re
from pathlib import Path

import pytest
import yaml

from rules.compiling import DATA, load
from rules.loading import RuleDataError
from tests.rulebook.provinces import HEAD, SAMPLE, province

SLIPS = yaml.safe_load((Path(__file__).parent / "overlay_slips.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip["what"])
def test_a_slip_is_refused_with_file_line_and_remedy(slip: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(RuleDataError) as error:
        province(slip["body"], tmp_path)
    message = str(error.value)
    assert slip["complaint"] in message
    place = re.match(r"province\.yaml:(\d+): ", message)
    assert place, message
    assert "«" in (HEAD + slip["body"]).splitlines()[int(place[1]) - 1], message


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("name: sample-province\n", "", "the key 'name' is missing"),
        ("sources:\n", "source:\n", "unknown key 'source'"),
        ("- id: sample-2025", "- id: nip-2021", "is a national document"),
        ("set: {born_from: 2020-01-01}", "set: {born_from: 2020-02-01}", "no version holds for a child born from"),
        ("same_day: [MMRV, Var]", "same_day: [Var]", "same_day must hold each product that feeds Var, once: MMRV, Var"),
        ("feeds: [MMR, Var]", "feeds: [Var]", "differ in MMRV"),
    ],
)
def test_a_slip_in_the_sample_is_refused(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "sample.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleDataError, match=rf"sample\.yaml:\d+: .*{re.escape(complaint)}"):
        load(DATA, path)


def test_no_file_is_no_overlay(tmp_path: Path) -> None:
    with pytest.raises(RuleDataError, match="cannot be read"):
        load(DATA, tmp_path / "nowhere.yaml")
