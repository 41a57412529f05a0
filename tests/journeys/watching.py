"""Looks over a browser's shoulder: where it asks, what it complains of, when a hand reaches for the mouse.

Every page is looked at by axe once, as it is met: a page is known by its address without numbers and its headline.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

_POINTERS = """
for (const kind of ["pointerdown", "mousedown", "touchstart"])
  window.addEventListener(kind, (event) => { if (event.isTrusted) window.noticed(kind); }, { capture: true });
"""
#: A result fades in; half faded its contrast is nobody's.
_STILL = "Promise.all(document.getAnimations().map((one) => one.finished))"
_LOUD = {"serious", "critical"}
#: A browser asks for it beside a PDF, which cannot name the icon that pages name.
_ICON = "/favicon.ico"
#: Not on a network: pages of the browser's own, such as its viewer of PDFs.
_OWN = {"about", "blob", "chrome", "chrome-extension", "data"}


@dataclass
class Watch:
    """What one person's browser did. `pointers` and `complaints` grow as it goes."""

    pointers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    pages: dict[str, list[str]] = field(default_factory=dict)

    def over(self, context: BrowserContext) -> None:
        context.expose_function("noticed", lambda kind: self.pointers.append(kind))
        context.add_init_script(_POINTERS)
        context.on("request", lambda request: self._asked(request.url))
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def look(self, page: Page) -> None:
        """Have axe look at this page, unless it has seen one like it."""
        place = re.sub(r"\d+", "n", urlsplit(page.url).path)
        name = f"{place} ({page.locator('h1').first.inner_text()})"
        if name not in self.pages:
            page.evaluate(_STILL)
            found = Axe().run(page).response["violations"]
            self.pages[name] = [_sentence(fault) for fault in found if fault["impact"] in _LOUD]

    @property
    def faults(self) -> list[str]:
        """Everything that should not have happened."""
        seen = [f"{page}: {fault}" for page, faults in self.pages.items() for fault in faults]
        return seen + self.complaints + [f"asked {address}" for address in self.foreign]

    def _asked(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in _OWN and parts.hostname != "127.0.0.1":
            self.foreign.append(address)

    def _said(self, line: ConsoleMessage) -> None:
        """A refused script or style is an error on the console, too."""
        about = line.location["url"]
        if line.type in {"error", "warning"} and not about.endswith(_ICON):
            self.complaints.append(f"{line.text} ({about})")


def _sentence(fault: dict[str, object]) -> str:
    nodes = fault["nodes"]
    assert isinstance(nodes, Iterable)
    return f"{fault['id']}: {[node['target'] for node in nodes]}"
