"""The door for other programs: every wrong field is named, nothing that can be kept is lost, null means missing."""

import json
from typing import Any

import pytest

from rules import assess, contract, national
from rules.contract import InputError
from tests.rules.casebook import LINES
from tests.rules.comparing import judge

CHILD: dict[str, Any] = {
    "id": "c1",
    "birth_date": "2023-03-01",
    "sex": "F",
    "as_of": "2026-09-10",
    "certificate": "present",
    "clinic_assessment": {"result": "catch_up", "date": "2026-08-20"},
    "hbsag_exposed_under_2000g": False,
    "avoid": [],
    "exempt": ["JE"],
    "doubts": [{"line": "MMR", "dose": 1, "kind": "conflict"}],
    "doses": [
        {"product": "HepB", "date": "2023-03-01", "source": "booklet"},
        {"product": "MMR", "date": "2023-11-01"},
        {"product": "DTaP", "date": None},
    ],
}


def child(**changes: Any) -> dict[str, Any]:
    return CHILD | changes


def test_the_whole_input_is_read() -> None:
    contract.read(CHILD)


@pytest.mark.parametrize("data", [None, [], "c1", 7, True, [CHILD]])
def test_a_line_holds_one_object(data: Any) -> None:
    with pytest.raises(InputError, match="one JSON object") as error:
        contract.read(data)
    assert error.value.field == ""


@pytest.mark.parametrize("field", ["id", "birth_date", "as_of", "doses"])
def test_what_is_required_is_asked_for(field: str) -> None:
    absent = {key: value for key, value in CHILD.items() if key != field}
    for data in (absent, child(**{field: None})):
        with pytest.raises(InputError, match="is required") as error:
            contract.read(data)
        assert error.value.field == field


@pytest.mark.parametrize("name", ["c1", "", "孩子", 0, 17, -1, 2**60])
def test_any_name_of_a_child_will_do(name: Any) -> None:
    assert judge(child(id=name))["id"] == name


WRONG: list[tuple[dict[str, Any], str, str]] = [
    *[
        ({field: value}, field, "YYYY-MM-DD")
        for field in ("birth_date", "as_of")
        for value in (
            "2023-3-1",
            "2023-02-30",
            "20230301",
            "2023-03-01 ",
            "2023-03-01\n",
            "２０２３-03-01",
            "",
            20230301,
            True,
            [],
            {},
        )
    ],
    ({"birth_date": "1899-12-31"}, "birth_date", "1900"),
    ({"as_of": "2200-01-01"}, "as_of", "2199"),
    ({"as_of": "2023-02-28"}, "as_of", "before birth_date"),
    ({"sex": "female"}, "sex", "expected one of F, M"),
    ({"sex": 1}, "sex", "expected one of F, M"),
    ({"certificate": "lost"}, "certificate", "present, absent, being_replaced, replaced, doubtful"),
    ({"certificate": ["present"]}, "certificate", "present, absent"),
    ({"certificate": True}, "certificate", "present, absent"),
    ({"clinic_assessment": "complete"}, "clinic_assessment", "object"),
    ({"clinic_assessment": []}, "clinic_assessment", "object"),
    ({"clinic_assessment": {"result": "done"}}, "clinic_assessment.result", "complete, catch_up, none"),
    ({"hbsag_exposed_under_2000g": 1}, "hbsag_exposed_under_2000g", "true or false"),
    ({"hbsag_exposed_under_2000g": "true"}, "hbsag_exposed_under_2000g", "true or false"),
    ({"avoid": "live"}, "avoid", "list"),
    ({"avoid": ["dead"]}, "avoid", "live"),
    ({"avoid": [["live"]]}, "avoid", "live"),
    ({"exempt": "JE"}, "exempt", "list"),
    ({"exempt": {"JE": True}}, "exempt", "list"),
    ({"exempt": ["JE", "HPV"]}, "exempt", "BCG, HepB, Polio, DTP, MMR, JE, Men, HepA"),
    ({"exempt": [None]}, "exempt", "BCG, HepB"),
    ({"doses": {}}, "doses", "list"),
    ({"doses": "none"}, "doses", "list"),
    ({"doses": ["BCG"]}, "doses[0]", "object"),
    ({"doses": [{"product": "BCG"}, None]}, "doses[1]", "object"),
    ({"doses": [{"date": "2023-03-01"}]}, "doses[0].product", "product"),
    ({"doses": [{"product": None, "date": "2023-03-01"}]}, "doses[0].product", "product"),
    ({"doses": [{"product": 7}]}, "doses[0].product", "product"),
    ({"doses": [{"product": ["BCG"]}]}, "doses[0].product", "product"),
    ({"doses": [{"product": "BCG", "source": "memory"}]}, "doses[0].source", "booklet, registry, clinic, guardian"),
    ({"doses": [{"product": "BCG", "source": {}}]}, "doses[0].source", "booklet"),
    ({"doubts": {}}, "doubts", "list"),
    ({"doubts": ["MMR"]}, "doubts[0]", "object"),
    ({"doubts": [{"dose": 0, "kind": "conflict"}]}, "doubts[0].line", "MMR"),
    ({"doubts": [{"line": "HPV", "kind": "conflict"}]}, "doubts[0].line", "MMR"),
    ({"doubts": [{"line": ["MMR"], "kind": "conflict"}]}, "doubts[0].line", "MMR"),
    ({"doubts": [{"line": "MMR", "dose": 3, "kind": "conflict"}]}, "doubts[0].dose", "index of one of 3 doses"),
    ({"doubts": [{"line": "MMR", "dose": -1, "kind": "conflict"}]}, "doubts[0].dose", "index of one of 3 doses"),
    ({"doubts": [{"line": "MMR", "dose": True, "kind": "conflict"}]}, "doubts[0].dose", "index"),
    ({"doubts": [{"line": "MMR", "dose": 1.0, "kind": "conflict"}]}, "doubts[0].dose", "index"),
    ({"doubts": [{"line": "MMR", "dose": "1", "kind": "conflict"}]}, "doubts[0].dose", "index"),
    ({"doubts": [{"line": "MMR", "dose": 1, "kind": "lie"}]}, "doubts[0].kind", "conflict, unreadable, untrue"),
    (
        {"doubts": [{"line": "MMR", "kind": "conflict"}, {"line": "MMR", "dose": 9, "kind": "conflict"}]},
        "doubts[1].dose",
        "index of one of 3 doses",
    ),
]


@pytest.mark.parametrize(
    ("changes", "field", "words"), WRONG, ids=[f"{field}-{i}" for i, (_, field, _) in enumerate(WRONG)]
)
def test_a_wrong_field_is_named(changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(InputError) as error:
        contract.read(child(**changes))
    assert error.value.field == field
    assert words in error.value.message


@pytest.mark.parametrize(
    "changes", [{"certificate": "x" * 100_000}, {"birth_date": "x" * 100_000}, {"exempt": ["x" * 100_000]}]
)
def test_a_message_stays_short_whatever_was_found(changes: dict[str, Any]) -> None:
    with pytest.raises(InputError) as error:
        contract.read(child(**changes))
    assert len(error.value.message) < 200


def test_a_message_stays_short_whatever_a_product_is_called() -> None:
    with pytest.raises(InputError) as error:
        contract.read(child(doses=[{"product": "x" * 100_000}], doubts=[]))
    assert len(error.value.message) < 300


OPTIONAL = ("sex", "certificate", "clinic_assessment", "hbsag_exposed_under_2000g", "avoid", "exempt", "doubts")


@pytest.mark.parametrize("field", OPTIONAL)
def test_null_means_missing(field: str) -> None:
    without = {key: value for key, value in CHILD.items() if key != field}
    assert contract.read(child(**{field: None})) == contract.read(without)


def test_null_means_missing_inside_doses_and_doubts() -> None:
    spoken = child(
        doses=[{"product": "JE-L", "date": None, "source": None}],
        doubts=[{"line": "MMR", "dose": None, "kind": None}],
        clinic_assessment={"result": None, "date": None},
    )
    silent = child(doses=[{"product": "JE-L"}], doubts=[{"line": "MMR"}], clinic_assessment={})
    assert contract.read(spoken) == contract.read(silent)


def test_what_is_not_said_is_taken_as_the_contract_says() -> None:
    bare = {"id": "c1", "birth_date": "2023-03-01", "as_of": "2026-09-10", "doses": [{"product": "JE-L"}]}
    said = bare | {
        "certificate": "present",
        "clinic_assessment": {"result": "none"},
        "hbsag_exposed_under_2000g": False,
        "avoid": [],
        "exempt": [],
        "doubts": [],
        "doses": [{"product": "JE-L", "date": None, "source": "booklet"}],
    }
    assert contract.read(bare) == contract.read(said)


@pytest.mark.parametrize(
    "written",
    ["", "不详", "2023-05", "2023-02-30", "2023/05/06", 20230506, 1.5, True, [], {}, ["2023-05-06"], "x" * 100_000],
)
def test_a_dose_with_an_unreadable_date_is_kept(written: Any) -> None:
    answer = judge(child(doses=[{"product": "JE-L", "date": written}], doubts=[]))
    assert answer["doses"] == [{"index": 0, "counts_for": {}, "reasons": {"JE": ["undated"]}, "warnings": []}]


@pytest.mark.parametrize(("written", "reason"), [("0001-01-01", "before_birth"), ("9999-12-31", "in_future")])
def test_the_ends_of_the_calendar_are_dates(written: str, reason: str) -> None:
    answer = judge(child(doses=[{"product": "JE-L", "date": written}], doubts=[]))
    assert answer["doses"][0]["reasons"] == {"JE": [reason]}


@pytest.mark.parametrize("birth", ["1900-01-01", "2199-12-31", "2198-02-28"])
def test_a_child_of_any_year_is_judged(birth: str) -> None:
    answer = judge(child(birth_date=birth, as_of="2199-12-31", doubts=[], exempt=[]))
    assert set(answer["lines"]) == set(LINES)


@pytest.mark.parametrize("code", sorted(national().products))
def test_every_code_of_the_catalogue_names_itself(code: str) -> None:
    assert contract.read(child(doses=[{"product": code}], doubts=[])).doses[0].product == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("乙肝疫苗", "HepB"),
        ("百白破", "DTaP"),
        ("五联", "DTaP-IPV/Hib"),
        ("糖丸", "OPV"),
        ("脊灰减毒活疫苗（二价）", "bOPV"),
        ("脊灰减毒活疫苗(二价)", "bOPV"),
        (" 麻腮风 ", "MMR"),
        ("ＭＭＲ", "MMR"),
        ("mmr", "MMR"),
        ("白破", "DT"),
    ],
)
def test_a_name_is_understood(name: str, code: str) -> None:
    assert contract.read(child(doses=[{"product": name}], doubts=[])).doses[0].product == code


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("四联", ["DTaP-Hib", "DTaP-IPV"]),
        ("乙脑疫苗", ["JE-L", "JE-I"]),
        ("甲肝", ["HepA-L", "HepA-I"]),
        ("流脑", ["MPSV-A", "MPSV-AC"]),
        ("A群C群流脑", ["MPSV-AC", "MPCV-AC"]),
        ("流感疫苗", ["IIV", "LAIV"]),
    ],
)
def test_an_ambiguous_name_names_its_candidates(name: str, candidates: list[str]) -> None:
    with pytest.raises(InputError) as error:
        contract.read(child(doses=[{"product": name}], doubts=[]))
    assert error.value.field == "doses[0].product"
    for code in candidates:
        assert code in error.value.message


@pytest.mark.parametrize("name", ["", " ", "霍乱疫苗", "MMR2", "BCG; DROP TABLE", "\x00", "💉"])
def test_an_unknown_name_says_so(name: str) -> None:
    with pytest.raises(InputError, match="not a product of the catalogue") as error:
        contract.read(child(doses=[{"product": "BCG"}, {"product": name}], doubts=[]))
    assert error.value.field == "doses[1].product"


def test_two_hundred_doses() -> None:
    products = sorted(national().products)
    doses = [
        {"product": products[index % len(products)], "date": f"20{21 + index % 5}-0{1 + index % 9}-1{index % 10}"}
        for index in range(200)
    ]
    answer = judge(child(birth_date="2021-01-01", doses=doses, doubts=[]))
    assert [dose["index"] for dose in answer["doses"]] == list(range(200))


def test_the_output_has_the_agreed_shape() -> None:
    answer = judge(CHILD)
    assert list(answer) == ["id", "verdict", "result", "edition", "rules_digest", "lines", "doses"]
    assert list(answer["lines"]) == list(LINES)
    assert answer["rules_digest"].startswith("sha256:")
    assert len(answer["rules_digest"]) == len("sha256:") + 64
    for line in answer["lines"].values():
        assert list(line) == ["status", "owed", "next"]
        for owed in line["owed"]:
            assert list(owed) == ["product", "dose", "earliest", "state", "condition", "because"]
            assert owed["because"]
        if line["next"]:
            assert list(line["next"]) == ["product", "dose", "from"]
    for dose in answer["doses"]:
        assert list(dose) == ["index", "counts_for", "reasons", "warnings"]
    assert json.loads(json.dumps(answer)) == answer


def test_next_stands_only_where_nothing_is_owed_and_something_is_to_come() -> None:
    answer = judge(child(doses=[], doubts=[], exempt=["Men"], as_of="2023-10-01"))
    for line in answer["lines"].values():
        assert (line["next"] is not None) == (line["status"] == "up_to_date")
        assert bool(line["owed"]) == (line["status"] in ("owed", "review"))


def test_reading_changes_nothing_of_what_was_handed_in() -> None:
    before = json.dumps(CHILD)
    assess(contract.read(CHILD))
    assert json.dumps(CHILD) == before
