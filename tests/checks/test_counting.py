"""Expected is the sum of every state; a program that recounts rows one by one comes to the same numbers."""

import datetime as dt
from collections import Counter

from sqlalchemy import select

from app.campaigns.queries import taking_part
from app.checks.counting import counts_of_classes, counts_of_schools
from app.checks.models import Check
from app.children.kinds import ClinicResult, EnrolmentState
from app.children.models import Enrolment
from app.database import Database
from app.schools.models import SchoolClass
from tests.campaigns import EVERYTHING, child_with_doses, open_campaign, without
from tests.checking import check, enrolment_of
from tests.district import District


def test_counts_equal_a_recount_of_rows(database: Database, district: District) -> None:
    with database.writing() as session:
        campaign = open_campaign(session, district)
        for doses, clinic in [
            (EVERYTHING, ClinicResult.COMPLETE),
            (EVERYTHING, ClinicResult.CATCH_UP),
            (without("HepA-L"), ClinicResult.CATCH_UP),
            (without("BCG"), ClinicResult.NONE),
            ({"HepB": ["2020-03-12", "2020-03-20"]}, ClinicResult.NONE),
        ]:
            check(session, district, child_with_doses(session, district, doses, clinic=clinic))
        for class_name in ("near_1", "near_2", "far_1"):
            child_with_doses(session, district, EVERYTHING, class_name=class_name)
        class_ids = [district.classes[name].id for name in ("near_1", "near_2", "far_1")]
        counts = counts_of_classes(session, campaign, class_ids)
        for class_id in class_ids:
            recount: Counter[str] = Counter()
            for enrolment in session.scalars(select(Enrolment).where(Enrolment.class_id == class_id)):
                rows = session.scalars(select(Check).where(Check.enrolment_id == enrolment.id)).all()
                replaced = {row.supersedes_id for row in rows}
                standing = [row for row in rows if row.id not in replaced and not row.withdrawn]
                newest = max(standing, key=lambda row: row.number, default=None)
                recount[newest.findings["result"] if newest else "not_checked"] += 1
            assert {result: number for result, number in counts[class_id].by_result.items() if number} == dict(recount)
            assert counts[class_id].expected == recount.total()
            assert counts[class_id].checked == recount.total() - recount["not_checked"]


def test_a_school_that_did_nothing_is_counted(database: Database, district: District) -> None:
    with database.writing() as session:
        campaign = open_campaign(session, district)
        far = district.places["far"].id
        counts = counts_of_schools(session, campaign, [far])[far]
        assert (counts.expected, counts.checked) == (1, 0)


def test_who_left_or_came_in_earlier_years_is_not_expected(database: Database, district: District) -> None:
    with database.writing() as session:
        campaign = open_campaign(session, district)
        gone, older = (child_with_doses(session, district, EVERYTHING) for _ in range(2))
        left = enrolment_of(session, gone)
        left.state, left.to_day = EnrolmentState.LEFT, dt.date(2026, 9, 5)
        enrolment_of(session, older).from_day = dt.date(2025, 9, 1)
        session.flush()
        expected = {one.child_id for one in session.scalars(taking_part(campaign))}
        assert gone.id not in expected
        assert older.id not in expected


def test_another_bureau_s_schools_take_no_part(database: Database, district: District) -> None:
    with database.writing() as session:
        campaign = open_campaign(session, district)
        foreign = select(SchoolClass.id).where(SchoolClass.school_id == district.places["foreign"].id)
        assert not session.scalars(taking_part(campaign).where(Enrolment.class_id.in_(foreign))).all()
