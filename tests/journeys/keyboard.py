"""The desk as a clerk's fingers know it: a gun that types, single keys, Tab and Enter. Nothing here moves a pointer."""

from playwright.sync_api import Page

from tests.journeys.watching import Watch

#: A gun's keys follow each other this fast.
_GUN_MS = 4
#: More Tabs than this and nobody would find the button.
_MOST_TABS = 90
_FOCUSED = "(({activeElement: on}) => on === document.body ? '' : on.innerText || on.value || '')(document)"


class Keyboard:
    """Keys, and where they lead."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page, self._watch = page, watch

    def press(self, key: str) -> None:
        """A key that leads to a page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self._watch.look(self.page)

    def tab_to(self, words: str, beside: str = "", key: str = "Tab") -> None:
        """Tab until the focus stands on `words`; `beside`: in the row that says this too."""
        for _ in range(_MOST_TABS):
            if words in self.page.evaluate(_FOCUSED) and beside in self._row():
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{_MOST_TABS} times Tab and never at “{words}”: {self.page.url}")

    def _row(self) -> str:
        row: str = self.page.evaluate("document.activeElement.closest('tr')?.innerText ?? ''")
        return row


class Desk(Keyboard):
    """查验台."""

    def open_class(self, name: str) -> None:
        self.tab_to("查验台")
        self.press("Enter")
        if not self.page.url.endswith("/classes"):  # it remembers the one before
            self.press("F9")
        self.tab_to("查这个班", beside=name)
        self.press("Enter")

    def scan(self, digits: str) -> None:
        """The gun: fast digits, then Enter. The field has the focus already, whatever was done before."""
        self.page.keyboard.type(digits, delay=_GUN_MS)
        self.press("Enter")

    def type(self, words: str) -> None:
        """A name, initials, the end of a number."""
        self.scan(words)

    def choose(self, name: str) -> None:
        """One of several who were found; the first has the focus."""
        self.tab_to(name)
        self.press("Enter")

    def assess(self, key: str) -> str:
        """The key for the assessment page (`/` has a second one); the result that fills the screen."""
        *before, last = key
        for one in before:
            self.page.keyboard.press(one)
        self.press(last)
        return self.result

    def undo(self) -> None:
        self.press("-")

    def print_notice(self) -> None:
        """The paper opens in a window of its own, which the clerk closes again."""
        with self.page.context.expect_page() as opened:
            self.page.keyboard.press("+")
        opened.value.wait_for_load_state()
        opened.value.close()

    def type_doses(self, booklet: tuple[tuple[str, str], ...]) -> None:
        """From the open booklet, row by row: a vaccine, Enter, a day, Enter; ten more lines when the sheet is full."""
        self.press("*")
        self.tab_to("逐行录", key="Shift+Tab")
        self.press("Enter")
        self._fill(booklet)

    def add_doses(self, booklet: tuple[tuple[str, str], ...]) -> None:
        """The same for a child that has its result: `*` shows the record first."""
        self.press("*")
        self.tab_to("录剂次")
        self.press("Enter")
        self._fill(booklet)

    def _fill(self, booklet: tuple[tuple[str, str], ...]) -> None:
        lines = self.page.locator(".sheet-row").count()
        for place, (vaccine, day) in enumerate(booklet):
            if place == lines:
                self.tab_to("再加 10 行", key="Shift+Tab")
                self.press("Enter")
            self.page.keyboard.type(vaccine)
            self.page.keyboard.press("Enter")
            self.page.keyboard.type(day)
            self.page.keyboard.press("Enter")
        self.tab_to("保存")
        self.press("Enter")

    @property
    def child(self) -> str:
        """Whoever is before the desk."""
        named = self.page.locator(".result-name")
        return (named if named.count() else self.page.locator("main h1").first).inner_text().strip()

    @property
    def result(self) -> str:
        return self.page.locator(".result-word").inner_text()

    @property
    def says(self) -> str:
        """The whole page."""
        return self.page.locator("body").inner_text()
