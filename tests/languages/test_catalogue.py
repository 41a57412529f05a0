"""The English catalogue says every sentence of the pages, and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from app.config import ROOT

CATALOGUE = ROOT / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "_l": None, "translate": None, "ngettext": (1, 2)}
#: Values, and the per cent sign that stands for itself.
HOLES = re.compile(r"%\(\w+\)[a-z]|%%")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
#: What stays Chinese in an English sentence: what a person must type, headings of files, made-up people and places.
KEPT = {
    *("年", "月", "日", "一", "班", "男", "女", "本地", "外地", "境外", "新生", "转入", "插班", "借读", "年秋季"),
    *("班级", "疫苗", "接种日期", "儿童编码", "身份证号", "姓名", "出生日期", "证件类型"),
    *("陈浩然", "林大河", "林小满", "青河路", "号", "青禾区教育局", "青禾街道社区卫生服务中心"),
}


@pytest.fixture(scope="module")
def catalogue() -> list[Message]:
    with CATALOGUE.open(encoding="utf-8") as file:
        return [message for message in read_po(file, locale="en") if message.id]


def test_every_sentence_is_in_it_and_none_too_many(catalogue: list[Message]) -> None:
    said = set(sentences(ROOT))
    kept = {message.id for message in catalogue}

    assert len(said) > 2000
    assert not said - kept, "Run scripts/translations and fill what is empty."
    assert not kept - said, "Run scripts/translations: nobody says these any more."


def test_every_sentence_has_its_english(catalogue: list[Message]) -> None:
    empty = [message.id for message in catalogue if not all(forms(message))]

    assert not empty, "Fill their msgstr in app/translations/en/LC_MESSAGES/messages.po."
    assert not [message.id for message in catalogue if message.fuzzy]


def test_values_stand_in_both(catalogue: list[Message]) -> None:
    for message in catalogue:
        wanted = sorted(HOLES.findall(message.id[-1] if isinstance(message.id, tuple) else message.id))
        for form in forms(message):
            assert sorted(HOLES.findall(form)) == wanted, message.id


def test_no_chinese_is_left(catalogue: list[Message]) -> None:
    left = {word for message in catalogue for form in forms(message) for word in CHINESE.findall(form)}

    assert left <= KEPT


def test_a_sentence_that_is_new_is_found(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "room.py").write_text('_("从来没有说过的话")\n', encoding="utf-8")

    assert list(sentences(tmp_path)) == ["从来没有说过的话"]


def test_no_sentence_is_hidden_in_an_f_string() -> None:
    """There it is found by one Python and not by another."""
    for path in [one for room in ("app", "forms/web", "forms/wording") for one in (ROOT / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                called = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
                assert "_" not in [one.id for one in called if isinstance(one, ast.Name)], f"{path}:{node.lineno}"


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def sentences(root: Path) -> Iterator[str | tuple[str, ...]]:
    with (ROOT / "app" / "translations" / "extract.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for _file, _line, message, _comments, _context in extract_from_dir(
        root, methods, options, keywords=KEYWORDS, directory_filter=lambda name: not Path(name).name.startswith(".")
    ):
        yield message
