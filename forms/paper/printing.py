"""The printing press: a template and plain values in, the bytes of a PDF out.

Nothing is fetched but the house's own style sheets, cut fonts and square codes; whatever else a page may ask for stops
the print. Characters that no font has become 〓, the printers' mark for a missing type, instead of an empty box.
"""

import gc
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from flask_babel import force_locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from forms.paper import bars, qr
from forms.paper.fonts import Fonts, find_fonts
from forms.paper.tables import TableSheet, lines
from forms.translating import translate

HERE = Path(__file__).resolve().parent
#: Stands for a character that cannot be printed; somebody writes it by hand.
MISSING = "〓"
#: Families speak Chinese, whatever language the clerk's screen has.
_LANGUAGE = "zh_CN"
_BARE_SHEETS = {"notice"}
_BARE = CSS(string=(HERE / "bare.css").read_text(encoding="utf-8"))


class Press:
    """Templates compiled once, style sheets parsed once; one sheet after the other, however many ask at once."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._fetcher = ClosedFetcher(fonts)
        self._types = FontConfiguration()
        self._styles: dict[str, CSS] = {}
        self._turn = threading.RLock()
        self._templates = Environment(
            loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals.update(_=translate, MISSING=MISSING, lines=lines)
        self._templates.filters["lacks_type"] = self.lacks_type

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """One job from its first layout to its last byte; the others wait their turn."""
        with self._turn, force_locale(_LANGUAGE), _without_sweeping():
            yield

    def print(self, sheet: str, /, **values: object) -> bytes:
        """The PDF of `sheet`.html, styled by `sheet`.css on top of paper.css."""
        with self.at_work():
            return self.lay_out(sheet, **values).pdf()

    def print_tables(self, sheet: TableSheet) -> bytes:
        """The PDF of a sheet of tables."""
        return self.print("table", sheet=sheet)

    def lay_out(self, sheet: str, /, **values: object) -> "LaidOut":
        """The pages of a sheet, to be looked at before they become a PDF. Only `at_work`.

        A sheet in `_BARE_SHEETS` has the elements of bare.css and no others.
        """
        html = self._printable(self._templates.get_template(f"{sheet}.html").render(**values))
        styles = [self._style(name) for name in ("paper.css", "grid.css", f"{sheet}.css")]
        kind = Bare if sheet in _BARE_SHEETS else HTML
        page = kind(string=html, base_url="paper:/", url_fetcher=self._fetcher)
        return LaidOut(page.render(stylesheets=styles, font_config=self._types))

    def lacks_type(self, text: str) -> bool:
        """Is there a character in it that no font has?"""
        return MISSING in self._printable(text)

    def _style(self, name: str) -> CSS:
        if name not in self._styles:
            text = (HERE / name).read_text(encoding="utf-8")
            if name == "paper.css":
                text = self._faces() + text
            self._styles[name] = CSS(
                string=text, base_url="paper:/", url_fetcher=self._fetcher, font_config=self._types
            )
        return self._styles[name]

    def _faces(self) -> str:
        return "".join(
            f"@font-face {{ font-family: {face.family}; font-weight: {face.weight}; src: url(face:{path.name}) }}\n"
            for face, path in self._fonts.files
        )

    def _printable(self, text: str) -> str:
        lacking = {ord(one): _instead(one) for one in set(text) if ord(one) not in self._fonts.characters}
        return text.translate(lacking)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document in pages."""

    document: Document

    def pages_of(self, ids: Sequence[str]) -> list[int]:
        """How many pages each of these elements takes, every one of which begins a page."""
        begins: dict[str, int] = {}
        for number, page in enumerate(self.document.pages):
            for name in page.anchors:
                begins.setdefault(name, number)  # it is on every page that the element goes on to
        first = [begins[one] for one in ids]
        return [after - at for at, after in pairwise([*first, len(self.document.pages)])]

    def pdf(self) -> bytes:
        written = self.document.write_pdf()
        assert isinstance(written, bytes)
        return written


class Bare(HTML):  # type: ignore[misc]
    """A page without the 400 rules that WeasyPrint has for every element of HTML: a fifth of a notice's time.

    The hook is WeasyPrint's own and not documented; tests/paper/test_press.py holds that the looks are the same.
    """

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_BARE]


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """`face:` a cut font, `qr:` a square code, `dots:` one of a pixel a module, `bar:` a bar code; nothing else."""

    def __init__(self, fonts: Fonts) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self._faces = {path.name: path for _, path in fonts.files}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        kind, _, name = url.partition(":")
        if kind == "face" and name in self._faces:
            return URLFetcherResponse(url, self._faces[name].read_bytes(), {"Content-Type": "font/ttf"})
        if kind == "qr":
            return URLFetcherResponse(url, qr.picture(name), {"Content-Type": "image/png"})
        if kind == "bar":
            return URLFetcherResponse(url, bars.picture(name), {"Content-Type": "image/png"})
        if kind == "dots":
            return URLFetcherResponse(url, qr.picture(name, 1), {"Content-Type": "image/png"})
        raise ValueError(f"A sheet asks for {kind}:…, and nothing is fetched for a print but fonts and codes.")


@cache
def press(folder: Path) -> Press:
    """The press of this process, with the fonts that were cut into `folder` if there are any."""
    return Press(find_fonts(folder))


def _instead(character: str) -> str | None:
    """Line ends stay; what only steers text (and could turn it around) goes; the rest is a missing type."""
    if character in "\n\t":
        return character
    return None if unicodedata.category(character) in {"Cc", "Cf"} else MISSING


@contextmanager
def _without_sweeping() -> Iterator[None]:
    """Layout makes millions of small things that live to its end: sweeping through them again and again is a tenth of
    the time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
