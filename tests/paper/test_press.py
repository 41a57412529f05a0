"""The press fetches nothing but the house's own, prints what it is given as text, and lets nothing turn it around."""

from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from forms.paper import printing, qr
from forms.paper.fitting import Layout, Style
from forms.paper.notice import Kind, Waived
from forms.paper.notice_printing import print_notices
from forms.paper.printing import MISSING, ClosedFetcher, Press
from tests.paper.sheets import notice, owed, page_count, pages, picture, questions, records, squeezed


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x.png",
        "https://example.org/x.png",
        "file:///etc/hostname",
        "data:image/png;base64,AAAA",
        "ftp://example.org/",
        "face:../../../etc/hostname",
        "face:unknown.ttf",
        "qr:https://example.org",
        "qr:林知夏",
        "paper:/x",
    ],
)
def test_nothing_else_is_fetched(press: Press, address: str) -> None:
    fetcher = press._fetcher
    assert isinstance(fetcher, ClosedFetcher)
    with pytest.raises(ValueError):
        fetcher.fetch(address)


def test_a_sheet_that_asks_for_more_is_not_printed(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    template = press._templates.from_string('<img src="http://127.0.0.1:9/x.png">')
    monkeypatch.setattr(press._templates, "get_template", lambda name: template)
    with pytest.raises(FatalURLFetchingError):
        press.print("notice")


def test_only_digits_go_into_a_code() -> None:
    for text in ("林知夏", "12a", "", "１２３", "https://x"):
        with pytest.raises(ValueError):
            qr.picture(text)


MARKUP = "<b>林</b><img src=x onerror=1>&amp;{{ 7*7 }}"


def test_markup_in_a_name_is_printed_as_it_stands(press: Press) -> None:
    sheet = notice(MARKUP, owed=owed(1))
    text = squeezed("".join(pages(print_notices(press, [sheet]))))

    assert squeezed(MARKUP) in text


def test_a_character_that_no_font_has_is_marked(press: Press) -> None:
    """A private-use character, as some registries have for rare names: a box would say nothing."""
    text = squeezed(pages(print_notices(press, [notice("李\ue123", owed=owed(1))]))[0])

    assert f"李{MISSING}" in text
    assert f"名字里的{MISSING}是打印不出来的字，请用笔写上。" in text
    assert "请用笔写上" not in squeezed(pages(print_notices(press, [notice("李喆", owed=owed(1))]))[0])


def test_what_steers_text_is_taken_out(press: Press) -> None:
    """U+202E would print the rest of the line backwards."""
    text = pages(print_notices(press, [notice("林\u202e知\u200b夏\x07", owed=owed(1))]))[0]

    assert "林知夏" in squeezed(text)
    assert "\u202e" not in text


def test_the_file_says_nothing_of_the_child(press: Press) -> None:
    """Title and other properties are shown by viewers, mail programs and file managers."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(print_notices(press, [notice(owed=owed(1))]))) as pdf:
        properties = " ".join(str(value) for value in pdf.docinfo.values())
    assert "补种通知书" in properties
    assert "林知夏" not in properties
    assert "0311" not in properties


def test_words_are_chinese_whatever_the_screen_speaks(press: Press) -> None:
    from flask import Flask
    from flask_babel import Babel

    app = Flask("other")
    Babel(app, locale_selector=lambda: "en")
    with app.test_request_context():
        text = squeezed(pages(print_notices(press, [notice(owed=owed(1))]))[0])
    assert "家长您好" in text


@pytest.mark.parametrize("style", [Style(), Style(Layout.HALF), Style(Layout.LARGE, english=True)], ids=str)
def test_a_bare_page_looks_as_with_every_default(
    press: Press, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, style: Style
) -> None:
    """Pixel by pixel: the short list of defaults lacks nothing that a notice uses."""
    sheets = [
        notice(certificate="absent", owed=owed(3), questions=questions(2), records=records()),
        notice(kind=Kind.WAIVED, waived=(Waived("卡介苗", "已过补种年龄"),), records=records()),
    ]
    bare = print_notices(press, sheets, style)
    monkeypatch.setattr(printing, "_BARE_SHEETS", frozenset())
    whole = print_notices(press, sheets, style)

    assert page_count(bare) == page_count(whole)
    for page in range(1, page_count(bare) + 1):
        assert (
            picture(bare, tmp_path, dpi=100, page=page).tobytes()
            == picture(whole, tmp_path, dpi=100, page=page).tobytes()
        )
