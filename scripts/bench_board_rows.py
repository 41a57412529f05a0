"""A district of any size, written straight into the tables: what scripts/bench-board measures with."""

import datetime as dt
import json
import random
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, bindparam, insert, text
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign, CampaignState, Round
from app.checks.judging import judge
from app.checks.models import Check
from app.children.kinds import DoseSource, EnrolmentSource, EnrolmentState, Origin, Sex
from app.children.models import Child, DoseRecord, Enrolment
from app.database import Database
from app.notices.codes import new_code
from app.notices.models import ItemState, Notice, NoticeItem, NoticeKind, NoticePart, NoticeState
from app.oversight import marking
from app.people.models import User
from app.people.roles import Role
from app.schools.models import Area, Organisation, OrganisationKind, Ownership, SchoolClass, Stage

NOW = dt.datetime(2026, 9, 21, 1, tzinfo=dt.UTC)
FIRST = dt.date(2026, 9, 1)
BORN = dt.date(2020, 3, 12)
PER_SCHOOL, PER_CLASS, TOWNSHIPS = 500, 40, 24
#: 18 doses of a child born on BORN.
DOSES = (
    ("BCG", "2020-03-12"),
    *(("HepB", day) for day in ("2020-03-12", "2020-04-14", "2020-09-15")),
    *(("IPV", day) for day in ("2020-05-14", "2020-06-15")),
    *(("bOPV", day) for day in ("2020-07-16", "2024-03-14")),
    *(("DTaP", day) for day in ("2020-06-15", "2020-07-16", "2020-08-17", "2021-09-16")),
    *(("MMR", day) for day in ("2020-11-16", "2021-09-16")),
    *(("JE-L", day) for day in ("2020-11-16", "2022-03-15")),
    ("MPSV-A", "2020-09-15"),
    ("MPSV-A", "2020-12-16"),
)

Template = tuple[str, str, str, tuple[tuple[str, str, int], ...]]
_templates: list[Template] = []


def templates_of_children() -> list[Template]:
    """Inputs, findings, result and owed doses of a few children, judged in earnest; what no count reads is left out."""
    if not _templates:
        chance = random.Random(1)  # noqa: S311
        for missing in range(12):
            doses = (
                list(DOSES) if missing < 8 else sorted(chance.sample(DOSES, 18 - missing % 4), key=lambda one: one[1])
            )
            doses += [
                ("MPSV-AC", "2023-03-15"),
                ("MPSV-AC", "2026-03-16"),
                ("HepA-L", "2021-09-16"),
                ("DTaP", "2026-03-16"),
            ]
            inputs: dict[str, Any] = {
                "id": "1",
                "birth_date": BORN.isoformat(),
                "sex": "F",
                "as_of": "2026-09-10",
                "certificate": "present",
                "clinic_assessment": None,
                "hbsag_exposed_under_2000g": False,
                "avoid": [],
                "exempt": [],
                "doubts": [],
                "doses": [{"product": product, "date": day, "source": "registry"} for product, day in doses],
            }
            findings = judge(inputs).findings
            owed = tuple(
                (line, one["product"], one["dose"])
                for line, found in findings["lines"].items()
                for one in found["owed"]
            )
            lean = {
                "lines": {line: {"owed": found["owed"]} for line, found in findings["lines"].items()},
                "doses": [{"counts_for": one["counts_for"]} for one in findings["doses"]],
            }
            _templates.append((json.dumps(inputs), json.dumps(lean), findings["result"], owed))
    return _templates


def check_row(number: int | None, enrolment: int, child: int, by: int, *template: Any) -> dict[str, Any]:
    inputs, findings, result, _owed = template
    day = dt.date(2026, 9, 3 + enrolment % 17)
    row = {"enrolment_id": enrolment, "child_id": child, "number": 1, "as_of": day, "by": by, "withdrawn": False}
    row |= {"at": dt.datetime(day.year, day.month, day.day, 2, tzinfo=dt.UTC), "edition": "nip-2026"}
    row |= {"inputs": json.loads(inputs), "findings": json.loads(findings), "result": result, "rules_digest": "x"}
    return row if number is None else row | {"id": number}


def write(database: Database, children: int, number_of_schools: int) -> tuple[int, int, int]:
    """Everything in blocks, without the triggers: afterwards every class is marked, as a migration does."""
    dialect = database.engine.dialect.name
    with database.writing() as session:
        for statement in marking.undoing_statements(dialect):
            session.execute(text(statement))
        campaign_id, auditor_id, schools = places(session, children, -(-children // number_of_schools))
    for first in range(0, len(schools), 20):
        with database.writing() as session:
            for school, classes in schools[first : first + 20]:
                fill(session, campaign_id, auditor_id, school, classes)
    with database.writing() as session:
        for statement in marking.statements(dialect):
            session.execute(text(statement.replace(":", "\\:")))
        session.execute(text(marking.MARK_ALL))
        if dialect == "postgresql":
            for table in ("child", "enrolment", "check_record", "notice", "notice_item", "dose_record"):
                session.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608
                )
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return campaign_id, auditor_id, schools[0][0]


def places(
    session: Session, children: int, per_school: int
) -> tuple[int, int, list[tuple[int, list[tuple[int, range]]]]]:
    session.add(Area(code="330199000000", name="区", parent_code=None))
    session.flush()
    bureau = Organisation(kind=OrganisationKind.BUREAU, name="教育局", area_code="330199000000")
    centers = [
        Organisation(kind=OrganisationKind.HEALTH_CENTER, name=f"卫生院{n}", area_code="330199000000")
        for n in range(TOWNSHIPS)
    ]
    session.add_all([bureau, *centers])
    session.flush()
    auditor = User(sign_in_name="x", shown_name="x", role=Role.BUREAU_AUDITOR, organisation_id=bureau.id)
    auditor.password_hash, auditor.active, auditor.must_change_password, auditor.created_at = "-", True, False, NOW
    campaign = Campaign(bureau_id=bureau.id, name="2026年秋季", year=2026, round=Round.AUTUMN, first_day=FIRST)
    campaign.joins_from, campaign.recheck_by = FIRST - dt.timedelta(days=60), dt.date(2026, 12, 31)
    campaign.list_within_days, campaign.edition, campaign.created_at = 7, "nip-2026", NOW
    campaign.state = CampaignState.OPEN
    session.add_all([auditor, campaign])
    schools = []
    for n in range((children + per_school - 1) // per_school):
        one = Organisation(kind=OrganisationKind.SCHOOL, name=f"学校{n:04}", area_code="330199000000")
        one.supervisor_id, one.default_health_center_id = bureau.id, centers[n % TOWNSHIPS].id
        one.stage, one.ownership = list(Stage)[n % 2], list(Ownership)[n % 3 % 2]
        schools.append(one)
    session.add_all(schools)
    session.flush()
    found, start = [], 1
    for school in schools:
        size = min(per_school, children - start + 1)
        groups = [
            SchoolClass(school_id=school.id, grade="一年级", name=f"一（{n + 1}）班")
            for n in range((size + PER_CLASS - 1) // PER_CLASS)
        ]
        session.add_all(groups)
        session.flush()
        parts = []
        for n, group in enumerate(groups):
            parts.append((group.id, range(start + n * PER_CLASS, min(start + (n + 1) * PER_CLASS, start + size))))
        found.append((school.id, parts))
        start += size
    return campaign.id, auditor.id, found


def fill(session: Session, campaign: int, by: int, school: int, classes: list[tuple[int, range]]) -> None:
    """One school. Every eleventh has not begun; elsewhere about one in seven is not checked yet."""
    templates = templates_of_children()
    ids = [one for _group, part in classes for one in part]
    plain = {"sex": Sex.FEMALE, "birth_date": BORN, "origin": Origin.LOCAL, "hbsag_exposed_under_2000g": False}
    put(session, Child.__table__, ({**plain, "id": one, "created_at": NOW} for one in ids))
    joined = {"from_day": FIRST, "source": EnrolmentSource.ROSTER, "state": EnrolmentState.ACTIVE}
    put(
        session,
        Enrolment.__table__,
        ({**joined, "id": one, "child_id": one, "class_id": group} for group, part in classes for one in part),
    )
    seen = [] if school % 11 == 0 else [one for one in ids if one % 7 != school % 7]
    put(session, Check.__table__, (check_row(one, one, one, by, *templates[one % 12]) for one in seen))
    owing = [one for one in seen if templates[one % 12][3]]
    letter = {"campaign_id": campaign, "school_id": school, "kind": NoticeKind.FIRST, "parts": ["catch_up"]}
    letter |= {"state": NoticeState.PRINTED, "print_count": 1, "made_at": NOW, "made_by": by}
    put(
        session,
        Notice.__table__,
        (
            {
                **letter,
                "id": one,
                "enrolment_id": one,
                "child_id": one,
                "check_id": one,
                "number": one,
                "code": new_code(),
            }
            for one in owing
        ),
    )
    doses(session, by, ids[0], ids[-1])
    item = {"part": NoticePart.CATCH_UP, "earliest": dt.date(2026, 9, 10), "state_at_check": "overdue"}
    put(
        session,
        NoticeItem.__table__,
        (
            {**item, "notice_id": one, "line": line, "product": product, "dose": dose}
            | (
                {"state": ItemState.GIVEN, "dose_record_id": one * len(DOSES)}
                if one % 3 == 0
                else {"state": ItemState.OPEN, "dose_record_id": None}
            )
            for one in owing
            for line, product, dose in templates[one % 12][3]
        ),
    )


def doses(session: Session, by: int, first: int, last: int) -> None:
    """The doses of these children, multiplied by the database itself: they are most of all rows."""
    values = ", ".join(f"({n}, '{product}', '{day}')" for n, (product, day) in enumerate(DOSES))
    day = "CAST(d.day AS date)" if session.get_bind().dialect.name == "postgresql" else "d.day"
    session.execute(
        text(
            f"WITH d (n, product, day) AS (VALUES {values}) "  # noqa: S608 (nothing of it is typed)
            "INSERT INTO dose_record (id, child_id, product, day, source, entered_by, entered_at, withdrawn) "
            f"SELECT (c.id - 1) * {len(DOSES)} + d.n + 1, c.id, d.product, {day}, :source, :by, :at, :no "
            "FROM child c CROSS JOIN d WHERE c.id >= :first AND c.id <= :last"
        ).bindparams(bindparam("at", type_=DoseRecord.__table__.c.entered_at.type)),
        {
            "source": DoseSource.REGISTRY.value,
            "by": by,
            "at": NOW,
            "no": False,
            "first": first,
            "last": last,
        },
    )


def put(session: Session, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        session.execute(insert(table), found)
