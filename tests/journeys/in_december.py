"""The end: the archive of the school, the archive of the bureau, the seal, and that nothing changes behind it."""

import hashlib
import io
import json
import zipfile

from tests.journeys import recount
from tests.journeys.keyboard import Desk
from tests.journeys.school_of_sixty import CLASSES, REFUSES, SIXTY
from tests.journeys.screens import Screen
from tests.journeys.serving import House


def the_head_archives_the_school(head: Screen) -> None:
    head.sign_in("school_head")
    head.page.goto("/archive")
    files = _archive(head)
    kinds = {name.partition("/")[0].partition(".")[0] for name in files}
    assert {"登记表", "接种记录单", "通知存根", "名单", "补证补种登记表", "汇总表", "规则册", "归档索引"} <= kinds
    registers = [name for name in files if name.startswith("登记表/") and name.endswith(".xlsx")]
    assert all(any(one in name for name in registers) for one in CLASSES)
    # The list that came back, the one in its place, the supplement.
    assert len([name for name in files if name.startswith("名单/") and name.endswith(".xlsx") and "份" in name]) == 3
    assert not [name for name in files if any(one.name in name for one, _plan in SIXTY)]


def the_bureau_seals(bureau: Screen) -> None:
    bureau.sign_in("bureau_auditor")
    bureau.page.goto("/archive")
    files = _archive(bureau)
    assert not [name for name, content in files.items() if any(one.name.encode() in content for one, _plan in SIXTY)]
    bureau.page.goto("/archive")
    bureau.click("封存")
    assert "归档包旧了" not in bureau.says
    bureau.click("封存，不再改")
    bureau.go("批次")
    assert "已封存" in bureau.says


def nothing_changes_any_more(desk: Desk, screen: Screen, house: House) -> None:
    """A clerk who goes on is told why not; the rows stay as they were."""
    before = [recount.rows(house.database, table) for table in ("check_record", "notice", "report")]
    results = recount.results_by_school(house.database)
    screen.sign_in("clerk")
    screen.go("名单")
    assert "现在没有开着的查验批次" in screen.says
    desk.open_class(CLASSES[0])
    desk.scan(REFUSES.code)
    desk.tab_to("评估页变了，重新记")
    desk.press("Enter")
    desk.press("1")
    assert "已经封存" in desk.says
    assert before == [recount.rows(house.database, table) for table in ("check_record", "notice", "report")]
    assert results == recount.results_by_school(house.database)


def _archive(screen: Screen) -> dict[str, bytes]:
    """One button, the worker's progress, one file; every hash in it is right."""
    screen.click("做归档包")
    screen.page.get_by_role("button", name="取文件").first.wait_for(timeout=120_000)
    with zipfile.ZipFile(io.BytesIO(screen.fetch("取文件"))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(reversed(line.split("  ", 1)) for line in files["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in sums.items())
    listed = {one["name"]: one["sha256"] for one in json.loads(files["index.json"])["files"]}
    assert listed.items() <= sums.items()
    return files
