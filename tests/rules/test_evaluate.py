"""`scripts/evaluate` as other programs meet it: a process, lines in, lines out."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.rules.comparing import judge

EVALUATE = Path(__file__).parents[2] / "scripts" / "evaluate"
CHILD: dict[str, Any] = {
    "id": "c1",
    "birth_date": "2023-03-01",
    "as_of": "2026-09-10",
    "doses": [{"product": "HepB", "date": "2023-03-01"}],
}


def line(**changes: Any) -> bytes:
    return json.dumps(CHILD | changes).encode() + b"\n"


def evaluate(given: bytes, *options: str) -> tuple[list[Any], int, str]:
    """The answers, the exit status and what was complained."""
    done = subprocess.run([EVALUATE, *options], input=given, capture_output=True, timeout=120, check=False)
    return (
        [json.loads(text, parse_constant=_not_json) for text in done.stdout.splitlines()],
        done.returncode,
        done.stderr.decode(),
    )


def _not_json(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def test_one_line_in_one_line_out_in_the_same_order() -> None:
    given = [CHILD | {"id": f"孩子{number}", "as_of": f"2026-09-{10 + number % 20}"} for number in range(60)]
    answers, status, complaints = evaluate(b"".join(line(**child) for child in given))

    assert answers == [judge(child) for child in given]
    assert (status, complaints) == (0, "")


def test_nothing_in_nothing_out() -> None:
    assert evaluate(b"") == ([], 0, "")


def test_the_last_line_needs_no_end() -> None:
    answers, status, _ = evaluate(line().rstrip(b"\n"))
    assert [answer["id"] for answer in answers] == ["c1"]
    assert status == 0


def test_an_id_of_many_lists_never_stops_the_rest() -> None:
    deep = [b"[" * depth + b"]" * depth for depth in range(900, 1000)]
    given = b"".join(b'{"id":' + name + b"}\n" for name in deep) + line()
    done = subprocess.run([EVALUATE], input=given, capture_output=True, timeout=120, check=False)
    answers = done.stdout.splitlines()

    assert (len(answers), done.returncode, done.stderr) == (len(deep) + 1, 1, b"")
    assert all(b'"error"' in answer for answer in answers[:-1])
    assert json.loads(answers[-1])["id"] == "c1"


def test_a_line_that_cannot_be_read_is_answered_and_passed_over() -> None:
    bad = [
        (b"\n", None, ""),
        (b"   \n", None, ""),
        (b"{\n", None, ""),
        (b"null\n", None, ""),
        (b"[]\n", None, ""),
        (b'"c1"\n', None, ""),
        (b'{"id": "b"} {"id": "c"}\n', None, ""),
        (b'{"id": "b\xff"}\n', None, ""),
        (b"\x00\n", None, ""),
        (b"[" * 100_000 + b"\n", None, ""),
        (b'{"id":' + b"[" * 990 + b"\n", None, ""),
        (b'{"id": ' + b"9" * 5000 + b"}\n", None, ""),
        (b'{"id": "b"}\n', "b", "birth_date"),
        (b'{"id": null}\n', None, "id"),
        (b"{}\n", None, "id"),
        (line(birth_date="2023-02-30"), "c1", "birth_date"),
        (line(as_of="2021-02-28", birth_date="2021-01-01"), "c1", "as_of"),
        (line(doses=[{"product": "四联"}]), "c1", "doses[0].product"),
        (line(id={"a": [1]}, doses=None), {"a": [1]}, "doses"),
        (b'{"id": NaN}\n', None, "id"),
        (b'{"id": [1, {"a": -1e999}]}\n', None, "id"),
    ]
    answers, status, complaints = evaluate(b"".join(text + line(id="between") for text, _, _ in bad))

    assert [answer["id"] for answer in answers[1::2]] == ["between"] * len(bad)
    assert all("error" not in answer for answer in answers[1::2])
    errors = answers[::2]
    assert [(answer["id"], answer["error"]["field"]) for answer in errors] == [(name, field) for _, name, field in bad]
    assert all(set(answer) == {"id", "error"} and answer["error"]["message"] for answer in errors)
    assert (status, complaints) == (1, "")


def test_names_come_back_as_they_were() -> None:
    names = ["x" * 100_000, "孩子", "a\nb", '"', "\x00", "\ud800", "💉", 0, -1, 1.5, 10**4000, False, [], {"a": None}]
    given = b"".join(line(id=name) for name in names)
    done = subprocess.run([EVALUATE], input=given, capture_output=True, timeout=120, check=False)

    assert [json.loads(text)["id"] for text in done.stdout.split(b"\n")[:-1]] == names
    assert done.returncode == 0


def test_signatures_and_line_ends_of_other_systems_are_read_over() -> None:
    answers, status, _ = evaluate(b"\xef\xbb\xbf" + line().rstrip() + b"\r\n" + line(id="c2"))
    assert [answer["id"] for answer in answers] == ["c1", "c2"]
    assert status == 0


def test_an_edition_can_be_named() -> None:
    given = CHILD | {"as_of": "2020-06-01", "birth_date": "2018-06-01"}
    without, status, _ = evaluate(line(**given))
    assert without[0]["error"]["field"] == "as_of"
    assert status == 1

    answers, status, _ = evaluate(line(**given), "--edition", "nip-2021")
    assert answers == [judge(given, "nip-2021")]
    assert answers[0]["edition"] == "nip-2021"
    assert status == 0


def test_options_that_make_no_sense_are_refused() -> None:
    for options in (["--edition", "nip-1978"], ["--editions", "nip-2021"], ["children.jsonl"]):
        answers, status, complaints = evaluate(line(), *options)
        assert answers == []
        assert status == 2
        assert options[-1] in complaints


def test_an_answer_comes_before_the_next_line_is_sent() -> None:
    with subprocess.Popen([EVALUATE], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(line(id=number))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_a_line_that_comes_in_pieces_is_one_line() -> None:
    long, short = line(id="x" * 1_000_000), line(id="short")
    pieces = [
        (line(id="first") + long[:100], ["first"]),
        (long[100:400_000], []),
        (long[400_000:] + short[:20], ["x" * 1_000_000]),
        (short[20:] + line(id=1) + line(id=2), ["short", 1, 2]),
    ]
    with subprocess.Popen([EVALUATE], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for piece, names in pieces:
            process.stdin.write(piece)
            process.stdin.flush()
            assert [json.loads(process.stdout.readline())["id"] for _ in names] == names
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_a_reader_who_leaves_is_no_catastrophe(tmp_path: Path) -> None:
    children = tmp_path / "children.jsonl"
    children.write_bytes(line() * 2000)
    with (
        children.open("rb") as given,
        subprocess.Popen([EVALUATE], stdin=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,
    ):
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_it_works_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "__init__.py").write_text("raise RuntimeError('the wrong rules')\n")
    done = subprocess.run([EVALUATE], input=line(), capture_output=True, timeout=120, check=False, cwd=tmp_path)
    assert json.loads(done.stdout) == judge(CHILD)


def test_several_processes_say_the_same_in_the_same_order() -> None:
    given = [CHILD | {"id": number} for number in range(900)]
    given[450]["doses"] = None
    text = b"".join(line(**child) for child in given)
    answers, status, _ = evaluate(text, "--jobs", "2")
    assert [answer["id"] for answer in answers] == list(range(900))
    assert [answer["id"] for answer in answers if "error" in answer] == [450]
    assert status == 1


def test_the_plan_comes_on_demand() -> None:
    (without,), _, _ = evaluate(line())
    (planned,), status, _ = evaluate(line(), "--plan")
    assert "plan" not in without
    assert without == {key: value for key, value in planned.items() if key != "plan"}
    assert planned["plan"][0]["date"] >= CHILD["as_of"]
    assert status == 0


def test_every_answer_is_json() -> None:
    given = b"".join(line().replace(b'"c1"', name) for name in (b"NaN", b"Infinity", b"-Infinity", b"1e999"))
    answers, _, _ = evaluate(given)
    assert len(answers) == 4
