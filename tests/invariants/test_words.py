"""Invariant 13: nothing in the product can hold up an enrolment, and no paper names a product that families pay for."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest

from app.campaigns.models import CampaignState
from app.checks.counting import RESULTS
from app.children.kinds import EnrolmentState
from app.config import ROOT
from app.notices.models import ItemState, NoticePart, NoticeState
from app.reports.models import ReportState
from forms.wording import product_name, say_next
from rules import assess, contract, national
from rules.vocabulary import Result

#: What a school might be tempted to read into a result. 孩子可以照常上学 is what we say instead.
FORBIDDEN = re.compile(
    r"(?:不得|不能|不可|不准|不许|不予|不许可|禁止|拒绝|拒收|拒不|暂缓|暂停|停止|推迟|延缓)(?:办理|参加|其)?"
    r"(?:入学|入托|入园|上学|报名|报到|注册|就读|就学|入校|到校|返校|接收)"
    r"|劝退|退学|停学|开除|取消(?:入学|学籍|报名)|方可(?:入学|入托|入园|报名)|才(?:能|可以)(?:入学|入托|入园|上学|报名)"
)
#: Words of English that would be a state or a field with the same effect.
FORBIDDEN_CODE = re.compile(
    r"\b(?:block|deny|denied|forbid|reject|suspend|expel|exclu)\w*_?(?:enrol|child|pupil)", re.I
)
#: Families pay for these, or may choose to.
SELF_PAID = re.compile(r"自费|自愿付费|二类疫苗|非免疫规划|五联|四联|六联|水痘|肺炎球菌|轮状|流感|手足口|EV71|HPV|Hib")
_SPOKEN = {".html", ".py", ".js", ".po", ".css"}


def words_of_the_house() -> list[Path]:
    """Everything that a page, a paper or a message is made of."""
    folders = [ROOT / name for name in ("app", "forms", "static")]
    return [path for folder in folders for path in folder.rglob("*") if path.suffix in _SPOKEN]


def found(paths: Iterable[Path], forbidden: re.Pattern[str]) -> list[str]:
    return [
        f"{path.name}: {hit.group()}" for path in paths for hit in forbidden.finditer(path.read_text(encoding="utf-8"))
    ]


def test_no_word_holds_up_an_enrolment() -> None:
    assert found(words_of_the_house(), FORBIDDEN) == []
    assert found(words_of_the_house(), FORBIDDEN_CODE) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "未接种者不得入学",
        "拒绝其入托",
        "不予办理入学手续",
        "补种后方可入学",
        "补完才能上学",
        "建议暂缓入园",
        "予以劝退",
    ],
)
def test_the_look_finds_such_a_sentence(tmp_path: Path, sentence: str) -> None:
    (tmp_path / "page.html").write_text(sentence, encoding="utf-8")
    assert found([tmp_path / "page.html"], FORBIDDEN)


def test_what_we_say_instead_is_not_found() -> None:
    assert not FORBIDDEN.search("孩子可以照常上学。没有记录，不等于没有种。不能当天补的，可以先入学。")


@pytest.mark.parametrize(
    "kind", [EnrolmentState, CampaignState, NoticeState, NoticePart, ItemState, ReportState, Result]
)
def test_no_state_is_a_gate(kind: type[StrEnum]) -> None:
    """A closed list: whoever adds a word looks at this test."""
    harmless = {
        EnrolmentState: {"proposed", "active", "left"},
        CampaignState: {"preparing", "open", "sealed"},
        NoticeState: {"drafted", "printed", "handed", "slip_back", "replaced", "withdrawn"},
        NoticePart: {"certificate", "catch_up", "verify"},
        ItemState: {"open", "given", "not_owed", "failed"},
        ReportState: {"frozen", "sent", "acknowledged", "returned"},
        Result: set(RESULTS) - {"not_checked"},
    }
    assert {one.value for one in kind} == harmless[kind]


def test_whoever_is_asked_for_something_hears_that_school_goes_on() -> None:
    said = {Result(one.result): say_next(one) for one in _everybody()}
    assert said.keys() >= {Result.CATCH_UP, Result.NO_CERTIFICATE}
    for result in (Result.CATCH_UP, Result.NO_CERTIFICATE):
        assert "可以照常上学" in said[result]
    assert "孩子可以照常上学" in (ROOT / "forms" / "paper" / "notice.html").read_text(encoding="utf-8")


def test_nobody_owes_what_families_pay_for() -> None:
    """Whatever the age and whatever is missing, only products of the national programme are asked for."""
    asked = {owed.product for one in _everybody() for line in one.lines for owed in line.owed}
    assert len(asked) > 8
    assert not [
        code for code in asked if SELF_PAID.search(product_name(code)) or "outside" in national().products[code].traits
    ]


def test_no_paper_names_what_families_pay_for() -> None:
    papers = list((ROOT / "forms" / "paper").rglob("*.html")) + list((ROOT / "app" / "templates" / "notices").glob("*"))
    assert papers
    assert found(papers, SELF_PAID) == []


def _everybody() -> list[object]:
    """A child of every age from birth to fourteen, with no dose on record, with and without a certificate."""
    day = dt.date(2026, 9, 3)
    return [
        assess(contract.read(_case(day - dt.timedelta(days=age), day, certificate)), None, national())
        for age in range(0, 14 * 366, 61)
        for certificate in ("present", "absent")
    ]


def _case(born: dt.date, day: dt.date, certificate: str) -> dict[str, object]:
    return {
        "id": "1",
        "birth_date": born.isoformat(),
        "sex": "F",
        "as_of": day.isoformat(),
        "certificate": certificate,
        "doses": [],
    }
