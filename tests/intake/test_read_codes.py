"""scripts/read-codes: a line for every file, the same answer as the site gives, status 1 when one could not be read."""

import json
import subprocess
from pathlib import Path

from app.config import ROOT
from app.intake.looking import look
from scripts.bench_intake.hard_pictures import picture
from tests.intake.pictures import bomb, page, png


def test_a_line_for_every_file(tmp_path: Path) -> None:
    good, empty, bad = tmp_path / "好.png", tmp_path / "empty.jpg", tmp_path / "bomb.png"
    good.write_bytes(png(page(("Code128", "330106202020034071"))))
    empty.write_bytes(b"")
    bad.write_bytes(bomb(20_000))
    names = [str(good), str(tmp_path / "none.png"), str(empty), str(bad), str(good)]
    done = subprocess.run([ROOT / "scripts/read-codes", *names], capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["path"] for line in lines] == names
    assert lines[0]["codes"] == [{"text": "330106202020034071", "format": "Code128", "kind": "child_code"}]
    assert lines[0]["ms"] > 0
    assert [line.get("error", {}).get("code") for line in lines] == [None, "no_file", "empty", "too_large", None]
    assert done.returncode == 1


def test_all_good_is_status_0_and_the_site_says_the_same(tmp_path: Path) -> None:
    hard = picture(0)
    file = tmp_path / "hard.jpg"
    file.write_bytes(hard.jpeg)
    done = subprocess.run([ROOT / "scripts/read-codes", file], capture_output=True, text=True, check=True)
    (line,) = map(json.loads, done.stdout.splitlines())
    assert [one["text"] for one in line["codes"]] == [one.text for one in look(hard.jpeg).codes]
    assert {one["text"] for one in line["codes"]} == {text for _kind, text in hard.codes}


def test_no_file_is_a_sentence() -> None:
    done = subprocess.run([ROOT / "scripts/read-codes"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "scripts/read-codes FILE" in done.stderr
