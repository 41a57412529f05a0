"""A whole school's September: the campaign, the roster, the registry's file, the desk, the notices, the lists."""

from pathlib import Path

from app.children.actions import Facts, add_child
from app.children.dose_actions import enter_doses
from app.children.kinds import DoseSource, EnrolmentSource, Sex
from app.clock import now, today
from app.privacy.identities import Identifier, IdentifierKind, Identity
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from tests.actors import actor
from tests.district import District
from tests.journeys import recount
from tests.journeys.autumn_screens import CampaignScreen, RegistryScreen
from tests.journeys.keyboard import Desk
from tests.journeys.on_paper import every_dose_has_its_line
from tests.journeys.papers import plain, sheets
from tests.journeys.school_of_sixty import (
    ASKED,
    ASKED_FOR,
    CLASSES,
    FIRST_DAY,
    IN_THE_BOOKLET,
    NEWCOMER,
    class_of,
    known,
    newcomer_roster,
    registry_file,
    school_roster,
)
from tests.journeys.screens import RosterScreen, Screen
from tests.journeys.serving import House


def the_bureau_begins_a_campaign(bureau: CampaignScreen) -> None:
    bureau.sign_in("bureau_auditor")
    bureau.go("批次")
    assert "还没有批次" in bureau.says
    bureau.click("新建批次")
    bureau.name_contact("近水小学", "方老师", "0571-85550001")
    bureau.click("建好这一批")
    assert "学校还看不见" in bureau.says
    bureau.click("开始，各校可见")
    assert "开始了" in bureau.says


def the_clerk_imports_the_roster(roster: RosterScreen, house: House) -> None:
    roster.sign_in("clerk")
    roster.go("导入")
    roster.upload(school_roster())
    roster.click("都新建")
    roster.click(f"写入 {len(FIRST_DAY)} 行")
    assert recount.results_by_school(house.database)["近水小学"].total() == len(FIRST_DAY)


def the_nurse_brings_the_registry(registry: RegistryScreen, house: House) -> None:
    doses = list(known())
    registry.sign_in("nurse")
    registry.go("导入")
    registry.write(registry_file(iter(doses)), len(doses))
    assert recount.rows(house.database, "dose_record") == len(doses)


def everybody_is_seen_at_the_desk(desk: Desk, house: House) -> None:
    """Class by class; nobody touches a mouse."""
    for name in CLASSES:
        desk.open_class(name)
        for pupil, plan in FIRST_DAY:
            if class_of(pupil) == name:
                desk.scan(pupil.code)
                assert desk.child == pupil.name
                assert desk.assess(plan.key) == plan.result
    assert recount.results_by_school(house.database)["近水小学"]["not_checked"] == 0


def the_notices_go_home(screen: Screen, house: House, folder: Path) -> dict[str, str]:
    """Every class on its own paper, handed out; whose notice has which code."""
    codes: dict[str, str] = {}
    for name in CLASSES:
        screen.go("通知")
        screen.click(name)
        pupils = {one.name for one in ASKED_FOR if class_of(one) == name}
        screen.print(f"打印没打过的 {len(pupils)} 张")
        pages = sheets(house.tray[-1], folder)
        assert len(pages) == len(pupils)
        for sheet in pages:
            (name_on_it,) = [one for one in pupils if plain(one) in plain(sheet.text)]
            every_dose_has_its_line(sheet, house)
            (codes[name_on_it],) = sheet.codes
        screen.page.reload()
        for box in screen.page.get_by_role("table").get_by_role("checkbox").all():
            box.check()
        screen.click("记下勾了的")
    assert codes.keys() == {one.name for one in ASKED_FOR}
    return codes


def a_missing_dose_is_found_in_the_booklet(screen: Screen, desk: Desk, code: str) -> None:
    """The child is asked for nothing any more: the notice is withdrawn, its code leads nowhere."""
    screen.go("通知")
    screen.page.keyboard.type(code)
    with screen.page.expect_navigation():
        screen.page.keyboard.press("Enter")
    screen.click("这个孩子")
    desk.open_class(class_of(ASKED))
    desk.scan(ASKED.code)
    desk.add_doses((("百白破", f"{IN_THE_BOOKLET:%Y%m%d}"),))
    desk.tab_to("查验台")
    desk.press("Enter")
    desk.scan(ASKED.code)
    assert desk.assess("1") == "已种齐"
    screen.go("通知")
    screen.page.keyboard.type(code)
    with screen.page.expect_navigation():
        screen.page.keyboard.press("Enter")
    assert "这张通知已经撤回" in screen.says


def the_neighbours_know_the_newcomer(house: House, district: District) -> None:
    """Her first school is in the next district: what it knows comes along with her."""
    by = actor(district, "foreign_clerk")
    identity = Identity(
        NEWCOMER.name,
        identifiers=(
            Identifier(IdentifierKind.RESIDENT_ID, NEWCOMER.number),
            Identifier(IdentifierKind.CHILD_CODE, NEWCOMER.code),
        ),
    )
    with house.database.writing() as session:
        child = add_child(
            session,
            by=by,
            now=now(),
            on=today(),
            school_class=district.classes["foreign_1"],
            source=EnrolmentSource.ROSTER,
            facts=Facts(Sex.FEMALE, NEWCOMER.born),
            identity=identity,
        )
        entries = [DoseEntry(Vaccine(product), Written(day=day)) for product, day in NEWCOMER.doses]
        enter_doses(session, by=by, now=now(), child=child, entries=entries, source=DoseSource.BOOKLET)


def a_child_comes_from_another_school(roster: RosterScreen, desk: Desk, house: House) -> None:
    """Her doses come along; her thirty days begin on the day she came."""
    doses = recount.rows(house.database, "dose_record")
    roster.go("导入")
    roster.upload(newcomer_roster(today()))
    assert NEWCOMER.name in roster.show("转入")
    roster.click("写入 1 行")
    desk.open_class(class_of(NEWCOMER))
    desk.scan(NEWCOMER.code)
    assert "10 月 14 日" in desk.says or "10-14" in desk.says
    assert desk.assess("2") == "需补种"
    assert recount.rows(house.database, "dose_record") == doses
