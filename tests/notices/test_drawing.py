"""From the database to the sheet: nothing owed is lost, nothing in review is demanded, the right clinic is named."""

import datetime as dt
import random

import pytest

from app.children.kinds import CertificateState, ClinicResult
from app.children.models import Child
from app.notices.actions import mark_printed
from app.notices.drawing import sheets_of
from app.notices.settling import settle_items
from app.schools.models import Organisation
from forms.paper.notice import NoticeSheet
from tests.district import District
from tests.notices.september import DAY, FULL, Desk, at, without


@pytest.fixture
def child(desk: Desk, district: District) -> Child:
    return desk.enrol(district.classes["near_1"], "林知夏")


def sheet_of(desk: Desk, child: Child, day: dt.date = DAY) -> NoticeSheet:
    notice = desk.notice(child, day)
    assert notice is not None
    return sheets_of(desk.session, [notice], day)[0]


@pytest.mark.parametrize("seed", range(25))
def test_every_owed_dose_of_every_check_is_on_the_sheet(desk: Desk, district: District, seed: int) -> None:
    chance = random.Random(seed)
    child = desk.enrol(district.classes["near_1"], "林知夏")
    kept = tuple(chance.sample(FULL, chance.randrange(len(FULL))))
    shifted = tuple(
        (product, day if chance.random() < 0.8 else str(dt.date.fromisoformat(day) - dt.timedelta(days=40)))
        for product, day in kept
    )
    records = desk.doses(child, shifted)
    if chance.random() < 0.3 and records:
        desk.doubt(child, "MMR")
    if chance.random() < 0.3:
        desk.certificate(child, CertificateState.ABSENT)
    elif chance.random() < 0.3:
        desk.certificate(child, clinic=ClinicResult.COMPLETE)
    check = desk.check(child)
    notice = desk.notice(child)
    if notice is None:
        assert check.findings["result"] in {"complete", "waived"}
        return
    [sheet] = sheets_of(desk.session, [notice], DAY)
    lines = check.findings["lines"].values()
    asked_for_sure = check.findings["verdict"] == "catch_up" and check.findings["result"] != "review"
    sure = sum(len(line["owed"]) for line in lines if line["status"] == "owed" and asked_for_sure)

    assert len(sheet.owed) == sure
    assert len(sheet.owed) + sum(len(one.doses) for one in sheet.questions) == sum(len(line["owed"]) for line in lines)
    assert all(one.age for one in sheet.owed)
    assert all(one.remarks for one in sheet.questions)
    shown = " ".join(str(entry) for record in sheet.records for entry in record.entries)
    assert all(day in shown for _product, day in shifted)
    assert bool(sheet.certificate) == (check.findings["result"] == "no_certificate")


def test_what_waits_comes_with_its_day(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MPSV-AC", 1), ("MPSV-AC", 2)) + (("MPSV-AC", "2024-01-10"),))
    sheet = sheet_of(desk, child)
    [late] = [one for one in sheet.owed if not one.ready]

    assert late.earliest == dt.date(2027, 1, 10)
    assert late.state == "未到间隔"
    assert [visit.when for visit in sheet.visits][-1] == "2027-01-12 周二"


def test_an_ipv_for_type_two_is_called_what_it_is(desk: Desk, child: Child) -> None:
    polio = (("IPV", "2020-05-14"), *(("bOPV", day) for day in ("2020-06-15", "2020-07-16", "2024-03-14")))
    desk.doses(child, without(("IPV", 1), ("IPV", 2), ("bOPV", 1), ("bOPV", 2)) + polio)
    [owed] = sheet_of(desk, child).owed

    assert (owed.vaccine, owed.dose) == ("脊灰灭活疫苗（IPV）", "补 1 剂（含Ⅱ型第 2 剂）")


def test_what_stands_on_the_paper_instead_of_a_day_is_shown(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)))
    desk.doses(child, (("MMR", None),), partial_date="2021年9月")
    sheet = sheet_of(desk, child)
    [measles] = [record for record in sheet.records if record.vaccine == "麻腮风"]

    assert [str(entry) for entry in measles.entries] == ["2020-11-16", "2021年9月*"]
    assert [one.vaccine for one in sheet.questions] == ["麻腮风"]


def test_vaccines_outside_the_programme_have_their_days_and_no_name(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2)) + (("Var", "2021-04-01"),))
    sheet = sheet_of(desk, child)

    assert [str(entry) for entry in sheet.records[-1].entries] == ["2021-04-01"]
    assert not any("水痘" in one.vaccine for one in sheet.owed)


def test_the_clinic_is_that_of_the_home_else_that_of_the_school(desk: Desk, district: District, child: Child) -> None:
    assert sheet_of(desk, child).clinic.name == "近水卫生院"
    assert sheet_of(desk, child).clinic.open_days == "周二、周四"
    child.home_health_center_id = district.places["far_center"].id
    assert sheet_of(desk, child).clinic.name == "远山卫生院"
    school = desk.session.get_one(Organisation, district.places["near"].id)
    child.home_health_center_id = school.default_health_center_id = None
    desk.session.flush()
    assert sheet_of(desk, child).clinic is None


def test_a_reprint_shows_what_was_given_since(desk: Desk, child: Child) -> None:
    desk.doses(child, without(("MMR", 2), ("HepA-L", 1)))
    notice = desk.notice(child)
    desk.doses(child, (("MMR", "2026-10-08"),))
    desk.exempt(child, "HepA")
    settle_items(desk.session, by=desk.by, now=at(dt.date(2026, 10, 12)), child=child)
    mark_printed(desk.session, by=desk.by, now=at(dt.date(2026, 10, 12)), notices=[notice, notice])
    [sheet] = sheets_of(desk.session, [notice], dt.date(2026, 10, 12))

    assert [one.done for one in sheet.owed] == ["2026-10-08", "不用再补"]
    assert (sheet.still_owed, sheet.ready, sheet.copy) == (0, 0, 2)


def test_numbers_and_the_code_are_those_of_the_notice(desk: Desk, district: District, child: Child) -> None:
    notice = desk.notice(child)
    [sheet] = sheets_of(desk.session, [notice], DAY)
    assert sheet.number == f"2026秋-{district.places['near'].id:04}-0001"
    assert sheet.code == notice.code
    assert (sheet.pupil.school, sheet.pupil.class_name) == ("近水小学", "一（1）班")


def test_an_erased_child_has_no_sheet(desk: Desk, child: Child) -> None:
    from app.privacy.erasing import erase_child

    notice = desk.notice(child)
    erase_child(desk.session, by=desk.by, now=at(DAY), child=child)
    assert sheets_of(desk.session, [notice], DAY) == []
