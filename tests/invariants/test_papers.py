"""Invariants 5, 6 and 10 on the paper itself: every owed dose on a line of its own, totals that are recounts, and a
square code that is a bare number and dies with its notice.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.children.kinds import CertificateState, ClinicResult
from app.notices.codes import LENGTH, check_digit, new_code, read_code
from app.notices.models import ENDED, NoticePart
from app.notices.queries import by_code
from app.schools.models import SchoolClass
from forms.wording import product_name
from tests.actors import actor
from tests.invariants import truths
from tests.invariants.pages import browser_of
from tests.invariants.world import BIRTHS, RECORDS, World
from tests.journeys.papers import Sheet, plain, sheets

pytestmark = pytest.mark.database


@pytest.fixture
def class_of_all_kinds(world: World) -> World:
    """A child for every record and every age, assessed; some without certificate, one with a doubt."""
    for born in BIRTHS[:3]:
        for record in RECORDS:
            child = world.enrol("near_1", record, born, lives_far=False)
            if record == "half":
                world.doubt(child, 3)
            seen = record != "no bcg"
            state = CertificateState.PRESENT if seen else CertificateState.ABSENT
            world.assess(child, state, ClinicResult.NONE if seen else None)
    return world


def test_every_owed_dose_has_its_line_on_paper(class_of_all_kinds: World, tmp_path: Path) -> None:
    world = class_of_all_kinds
    papers = _printed(world, tmp_path)
    with world.database.reading() as session:
        live = truths.live_notices(session)
    assert papers.keys() == {notice.code for notice, _check, _items in live}, "The square holds the number alone."
    assert len(live) > 10
    for notice, _check, items in live:
        sheet = papers[notice.code]
        lines = [line for line in sheet.lines if re.search(r"□.+第\d+剂", line)]
        owed = [item for item in items if item.part is NoticePart.CATCH_UP]
        asked = [item for item in items if item.part is NoticePart.VERIFY]
        assert len(lines) == len(owed)
        for item in owed:
            words = f"{plain(product_name(item.product))}第{item.dose}剂"
            assert len([line for line in lines if words in line]) == 1
        for item in asked:  # in the table of questions, under 核实
            assert f"{plain(product_name(item.product))}第{item.dose}剂" in plain(sheet.text)


def test_the_list_adds_up_on_paper(class_of_all_kinds: World, tmp_path: Path) -> None:
    world = class_of_all_kinds
    clerk = browser_of(world, "clerk")
    center = world.district.places["near_center"].id
    report = clerk.post(f"/reports/centers/{center}/freeze").location
    cover, *pages = sheets(clerk.post(f"{report}/print").data, tmp_path)
    with world.database.reading() as session:
        counted = truths.recount(session)[world.district.classes["near_1"].id]
        items = [item for _notice, _check, some in truths.live_notices(session) for item in some]
    owed = Counter((item.product, item.dose) for item in items if item.part is NoticePart.CATCH_UP)
    words = plain(cover.text)
    listed = sum(counted[result] for result in truths.ASKED)

    assert f"应查验{counted.total()}人" in words
    assert f"本次名单{listed}人，要补{owed.total()}剂" in words
    lines = [line for page in pages for line in page.lines]
    for product in {product for product, _dose in owed}:
        sums = [owed[product, dose] for dose in range(1, max(dose for _p, dose in owed) + 1)]
        assert plain(product_name(product)) + "".join(str(n) for n in [*sums, sum(sums)] if n) in lines


def test_a_code_is_twenty_random_digits_and_a_check_digit() -> None:
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(r"\d{21}", code) and check_digit(code[:-1]) == code[-1] for code in codes)
    for place in range(20):
        assert len({code[place] for code in codes}) == 10, f"Digit {place + 1} is not random."
    code = codes.pop()
    assert read_code(code[:-1] + str((int(code[-1]) + 1) % 10)) is None
    assert len(code) == LENGTH


def test_reprints_are_counted_and_an_ended_code_is_dead(world: World, tmp_path: Path) -> None:
    child = world.enrol("near_1", "no hepa", BIRTHS[0], lives_far=False)
    world.assess(child, CertificateState.PRESENT, ClinicResult.CATCH_UP)
    (first,) = _printed(world, tmp_path)
    again = _printed(world, tmp_path)[first]
    assert "第2次打印" in plain(again.text)
    world.days_pass(1)
    world.assess(child, CertificateState.PRESENT, ClinicResult.NONE)
    (second,) = _printed(world, tmp_path)

    with world.database.reading() as session:
        old, new = (by_code(session, actor(world.district, "nurse"), code) for code in (first, second))
        assert old.state in ENDED
        assert old.print_count == 2
        assert new.state not in ENDED
        assert session.scalars(select(AuditEvent.action).where(AuditEvent.action == "notice.printed")).all()
    refused = browser_of(world, "clerk").post(f"/notices/{old.id}/print", follow_redirects=True)
    assert refused.mimetype == "text/html"
    assert "不能再用" in refused.text


def _printed(world: World, folder: Path) -> dict[str, Sheet]:
    """The notices of a class: what stands in the square → the sheet."""
    with world.database.reading() as session:
        class_id = session.scalars(select(SchoolClass.id).where(SchoolClass.name == "一（1）班")).first()
    clerk = browser_of(world, "clerk")
    pages = sheets(clerk.post(f"/classes/{class_id}/notices/print", data={"which": "all"}).data, folder)
    assert all(len(page.codes) == 1 for page in pages), "A sheet shows two codes, or none."
    return {next(iter(page.codes)): page for page in pages}
