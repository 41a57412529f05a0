"""More screens with a hand on the mouse: the campaign, the registry's file, lists and their life, the second look."""

from tests.journeys.screens import ClinicScreen, Screen


class CampaignScreen(Screen):
    """批次, as the bureau sees it."""

    def name_contact(self, school: str, person: str, phone: str) -> None:
        self.page.get_by_label(f"{school}的负责人").fill(person)
        self.page.get_by_label(f"{school}的电话").fill(phone)


class RegistryScreen(Screen):
    """导入, as a health center sees it."""

    def write(self, content: bytes, doses: int) -> None:
        self.page.locator("input[type=file]").set_input_files(
            {"name": "接种记录.xlsx", "mimeType": "application/octet-stream", "buffer": content}
        )
        self.click("读这份文件")
        self.click(f"写入 {doses} 剂")


class ListScreen(Screen):
    """名单: the draft of a school, a frozen list, the answer of the health center."""

    def open_list(self, place: int = 0) -> None:
        """One of the frozen lists, the newest first."""
        with self.page.expect_navigation():
            self.page.locator("main table a.row-link").nth(place).click()
        self._watch.look(self.page)

    def freeze(self) -> None:
        self.go("名单")
        self.click("看名单")
        self.click("定稿")

    def give_back(self, why: str) -> None:
        self.page.get_by_text("要退回给学校").click()
        self.page.get_by_label(why).check()
        self.click("退回")

    @property
    def names(self) -> list[str]:
        """Of the children on the list."""
        return self.page.get_by_role("table", name="名单", exact=True).locator("td.at-1").all_inner_texts()


class NurseScreen(ClinicScreen):
    """待补种, when things go otherwise."""

    def refuse(self, dose: str, why: str) -> None:
        form = self.page.locator("section", has=self.page.get_by_role("heading", name="没种成"))
        form.get_by_role("checkbox", name=dose).check()
        form.get_by_role("combobox").select_option(label=why)
        self.click("记下原因")


class SecondLookScreen(Screen):
    """复查."""

    @property
    def names(self) -> list[str]:
        table = self.page.get_by_role("table", name="可以复查的孩子")
        return table.locator("td.at-1").all_inner_texts() if table.count() else []

    def the_booklet_says_so_and_all_is_done(self) -> None:
        """For the first of them."""
        self.click("已完成")
