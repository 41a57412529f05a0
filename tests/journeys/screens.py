"""The other screens, with a hand on the mouse: signing in, the roster, notices and lists, the clinic, the bureau."""

from playwright.sync_api import Page

from tests.district import PASSWORD
from tests.journeys.watching import Watch


class Screen:
    """A page, and clicks that lead on."""

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page, self._watch = page, watch

    def sign_in(self, name: str) -> None:
        self.page.goto("/")
        self._watch.look(self.page)
        self.page.get_by_label("工号").fill(name)
        self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        self.click("登录")

    def go(self, tab: str) -> None:
        """One of the words at the top."""
        with self.page.expect_navigation():
            self.page.locator(".nav").get_by_role("link", name=tab, exact=True).click()
        self._watch.look(self.page)

    def click(self, words: str) -> None:
        """A button or a link that leads to a page."""
        here = self.page.locator("main, .bottom-bar")
        found = here.get_by_role("button", name=words).or_(here.get_by_role("link", name=words)).first
        with self.page.expect_navigation():
            found.click()
        self._watch.look(self.page)

    def print(self, words: str) -> None:
        """A button that opens a paper in a window of its own."""
        with self.page.context.expect_page() as opened:
            self.page.locator("main").get_by_role("button", name=words).first.click()
        opened.value.wait_for_load_state()
        opened.value.close()

    def fetch(self, words: str) -> bytes:
        """A button that brings a file."""
        with self.page.expect_download() as brought:
            self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()
        return brought.value.path().read_bytes()

    @property
    def says(self) -> str:
        return self.page.locator("body").inner_text()


class RosterScreen(Screen):
    """导入: a file, what would change, and only then the writing."""

    def upload(self, content: bytes) -> None:
        self.page.get_by_label("名册文件").set_input_files(
            {"name": "一年级名册.xlsx", "mimeType": "application/octet-stream", "buffer": content}
        )
        self.click("读这份名册")

    def show(self, group: str) -> str:
        """One of the groups at the left; what it says."""
        with self.page.expect_navigation():
            self.page.locator(".change-groups").get_by_role("link", name=group).click()
        self._watch.look(self.page)
        return self.page.locator(".change-set > .stack").inner_text()

    def make_the_class(self) -> None:
        self.page.get_by_label("新建这个班").check()
        self.click("记下")

    @property
    def sum(self) -> str:
        return self.page.locator(".change-sum").inner_text()


class ClinicScreen(Screen):
    """待补种."""

    def scan(self, code: str) -> None:
        self.page.keyboard.type(code)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self._watch.look(self.page)

    def enter(self, *doses: str) -> None:
        """Tick what was given today."""
        given = self.page.get_by_role("group", name="种了的", exact=True)
        for dose in doses:
            given.get_by_role("checkbox", name=dose).check()
        self.click("记下种了的")


class BoardScreen(Screen):
    """督查: one row a school."""

    @property
    def rows(self) -> list[list[str]]:
        """The cells of the table of schools."""
        lines = self.page.get_by_role("table", name="各校进度").locator("tbody tr")
        return [
            [cell.strip() for cell in line.locator("td").all_inner_texts()]
            for line in (lines.nth(place) for place in range(lines.count()))
        ]
