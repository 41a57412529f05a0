"""The plan a family is shown: on days when its health center vaccinates, with a sentence for every dose that waits."""

import datetime as dt
from typing import Any

from app import holidays
from app.checks.judging import Judgement, judge
from app.checks.planning import ShownPlan, plan_for
from app.schools.models import Organisation
from rules.vocabulary import Status

TUESDAYS_AND_THURSDAYS = Organisation(open_days=[2, 4])


def judged(as_of: str, doses: dict[str, list[str | None]], **more: Any) -> Judgement:
    given = [{"product": product, "date": day} for product, days in doses.items() for day in days]
    return judge({"id": "1", "birth_date": "2020-03-12", "as_of": as_of, "doses": given, **more})


COMPLETE: dict[str, list[str | None]] = {
    "BCG": ["2020-03-12"],
    "HepB": ["2020-03-12", "2020-04-12", "2020-09-12"],
    "IPV": ["2020-05-12", "2020-06-12"],
    "bOPV": ["2020-07-12", "2024-03-12"],
    "DTaP": ["2020-06-12", "2020-07-12", "2020-08-12", "2021-09-14", "2026-03-12"],
    "MMR": ["2020-11-12", "2021-09-14"],
    "JE-L": ["2020-11-12", "2022-03-12"],
    "MPSV-A": ["2020-09-12", "2020-12-12"],
    "MPSV-AC": ["2023-03-12", "2026-03-12"],
    "HepA-L": ["2021-09-14"],
}


def without(*products: str) -> dict[str, list[str | None]]:
    return {product: days for product, days in COMPLETE.items() if product not in products}


def days(plan: ShownPlan) -> dict[str, list[str]]:
    return {f"{visit.day} {visit.weekday}": [dose.product for dose in visit.doses] for visit in plan.visits}


def test_visits_fall_on_the_centers_days() -> None:
    """30 September is a Wednesday; Thursday is National Day and so is Tuesday after it."""
    plan = plan_for(judged("2026-09-30", without("HepA-L")), TUESDAYS_AND_THURSDAYS)
    assert days(plan) == {"2026-10-08 周四": ["HepA-L"]}
    assert plan.visits[0].doses[0].why == "2026-09-30 起可种。那时接种单位不接种，排到下一个接种日。"
    assert not plan.remarks


def test_a_center_without_days_and_a_year_without_holidays_are_said() -> None:
    plan = plan_for(judged("2026-12-31", without("MMR")), None)
    assert list(days(plan)) == ["2026-12-31 周四", "2027-01-28 周四"]
    assert plan.remarks == (
        "接种单位的接种日还没登记，先按周一到周五排。",
        "2027 年的放假安排还没公布，那以后的日子以接种单位为准。",
    )


def test_every_dose_that_waits_says_for_what() -> None:
    plan = plan_for(judged("2026-12-31", without("HepA-L", "MMR", "JE-L")), TUESDAYS_AND_THURSDAYS)
    assert not any(dose.why for dose in plan.visits[0].doses)
    assert {f"{dose.product} {dose.number}": dose.why for visit in plan.visits[1:] for dose in visit.doses} == {
        "MMR 2": "与 2026-12-31 那剂要隔 28 天，2027-01-28 起可种。",
        "HepA-L 1": "与 2026-12-31 的另一种活疫苗要隔 28 天，2027-01-28 起可种。",
        "JE-L 2": "与 2026-12-31 那剂要隔 12 个月，2027-12-31 起可种。那时接种单位不接种，排到下一个接种日。",
    }


def test_debts_of_a_line_in_review_are_not_planned() -> None:
    doses = without("HepA-L") | {"MMR": ["2020-11-12", None]}
    judgement = judged("2026-09-03", doses)
    assert {line.line: line.status for line in judgement.assessment.lines}["MMR"] is Status.REVIEW
    assert days(plan_for(judgement, TUESDAYS_AND_THURSDAYS)) == {"2026-09-03 周四": ["HepA-L"]}


def test_a_plan_of_a_later_day_begins_on_it() -> None:
    plan = plan_for(judged("2026-09-03", without("HepA-L")), TUESDAYS_AND_THURSDAYS, dt.date(2026, 11, 2))
    assert days(plan) == {"2026-11-03 周二": ["HepA-L"]}


def test_an_ipv_beyond_the_fourth_dose_is_named_as_in_the_list() -> None:
    doses = without("IPV", "bOPV") | {"IPV": ["2020-05-12"], "bOPV": ["2020-06-12", "2020-07-12", "2024-03-12"]}
    plan = plan_for(judged("2026-09-03", doses), TUESDAYS_AND_THURSDAYS)
    assert [dose.dose for dose in plan.visits[0].doses] == ["补 1 剂（含Ⅱ型第 2 剂）"]


def test_a_dose_without_a_day_says_when_its_line_ends() -> None:
    judgement = judge({"id": "1", "birth_date": "2022-09-05", "as_of": "2026-09-04", "doses": []})
    plan = plan_for(judgement, TUESDAYS_AND_THURSDAYS)
    assert plan.left_out == ("卡介苗 第 1 剂：到 2026-09-05 就超过年龄，之前排不进，不再种。",)


def test_holidays_of_a_fixed_date_are_known_for_ever() -> None:
    later = holidays.known_until().year + 3
    assert dt.date(later, 10, 3).toordinal() in holidays.closed_days()
    assert dt.date(2026, 2, 23).toordinal() in holidays.closed_days()
    assert dt.date(2026, 2, 24).toordinal() not in holidays.closed_days()
