"""Measures sheets of many rows and the summary of many schools; called by scripts/bench-tables."""

import argparse
import datetime as dt
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from flask import Flask
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from app import create_app
from app.campaigns.models import Campaign, CampaignState, Round
from app.checks.models import Check
from app.children.kinds import EnrolmentSource, EnrolmentState, Origin, Sex
from app.children.models import Child, Enrolment
from app.config import Settings
from app.database import Database
from app.migrating import upgrade
from app.notices.codes import new_code
from app.notices.models import ItemState, Notice, NoticeItem, NoticePart, NoticeState
from app.papers import press
from app.people.actors import Actor
from app.people.models import User
from app.people.roles import Role
from app.schools.models import Area, Organisation, OrganisationKind, SchoolClass
from app.sheets.drawing import summary_sheet
from forms.paper.parties import Pupil
from forms.paper.report import Figure, ReportLine, ReportSheet, SumRow, SumTable, print_report, tables_of
from forms.paper.workbook import workbook

T = TypeVar("T")
MOMENT = dt.datetime(2026, 11, 2, 1, tzinfo=dt.UTC)
FIRST = dt.date(2026, 9, 1)
#: What every fifth child owes.
OWED = (("MMR", "MMR", 2), ("HepA", "HepA-L", 1), ("DTP", "DTaP", 5))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    schools, children, rows = (40, 100, 300) if quick else (200, 300, 1000)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.from_environment({"CHAYAN_DATA": folder}))
        with app.test_request_context():
            figures = [*report(rows), *district(app, Path(folder), schools, children)]
    for words in figures:
        print(words)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"tables: {'; '.join(figures)}; peak {peak} MB")


def report(rows: int) -> list[str]:
    sheet = made_up(rows)
    pdf, paper = timed(lambda: print_report(press(), sheet))
    book, grid = timed(lambda: workbook(tables_of(sheet)))
    return [f"report of {rows} rows: PDF {pdf:.1f} s {len(paper) // 1024} kB, XLSX {book:.1f} s {len(grid) // 1024} kB"]


def district(app: Flask, folder: Path, schools: int, children: int) -> list[str]:
    database: Database = app.extensions["chayan"].database
    upgrade(database)
    with database.writing() as session:
        campaign, auditor = make_district(session, schools, children)
        asked: list[str] = []
        event.listen(database.engine, "before_cursor_execute", lambda *heard: asked.append(heard[2]))
        seconds, drawn = timed(lambda: summary_sheet(session, auditor, campaign, MOMENT))
    pdf, _paper = timed(lambda: press().print_tables(drawn.sheet))
    size = sum(path.stat().st_size for path in folder.glob("*.sqlite*")) // 2**20
    return [
        f"summary of {schools} schools, {schools * children} children: {seconds:.1f} s in {len(asked)} questions"
        f" ({size} MB database), PDF {pdf:.1f} s"
    ]


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The time of one core: others may share the machine."""
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def made_up(rows: int) -> ReportSheet:
    lines = tuple(
        ReportLine(
            position,
            Pupil(f"孩子{position}", "F", dt.date(2020, 3, 12), "学校", f"一（{position // 45 + 1}）班"),
            f"{position:04}",
            (f"家长 1390000{position % 10000:04}",),
            "需补种",
            ("百白破疫苗 5", "麻腮风疫苗 2"),
        )
        for position in range(1, rows + 1)
    )
    sums = SumTable(
        (1, 2, 3, 4, 5), (SumRow("百白破疫苗", (0, 0, 0, 0, rows)), SumRow("麻腮风疫苗", (0, rows, 0, 0, 0)))
    )
    return ReportSheet(
        school="学校",
        center="卫生院",
        campaign="2026年秋季",
        number="名2026秋-0001-0001-01",
        seal="7f3a 91c4 0be2",
        is_draft=False,
        sequence=1,
        drawn_on=FIRST,
        until=FIRST,
        figures=(Figure("需补种", rows, strong=True),),
        listed_before=0,
        only_due=0,
        lines=lines,
        sums=sums,
        edition="免疫程序",
        made_by="周敏",
    )


def make_district(session: Session, schools: int, children: int) -> tuple[Campaign, Actor]:
    """Rows written straight into the tables: every fifth child owes three doses, of which some were given."""
    session.add(Area(code="330199000000", name="区", parent_code=None))
    session.flush()
    bureau = place(session, OrganisationKind.BUREAU, "教育局")
    centers = [place(session, OrganisationKind.HEALTH_CENTER, f"卫生院{n}") for n in range(12)]
    clerk = User(sign_in_name="x", shown_name="x", role=Role.BUREAU_AUDITOR, organisation_id=bureau.id)
    clerk.password_hash, clerk.active, clerk.must_change_password, clerk.created_at = "-", True, False, MOMENT
    campaign = open_campaign(bureau, MOMENT)
    session.add_all([clerk, campaign])
    session.flush()
    for number in range(schools):
        school = place(session, OrganisationKind.SCHOOL, f"学校{number}", bureau, centers[number % len(centers)])
        make_school(session, school, campaign, clerk.id, children)
    actor = Actor(clerk.id, "x", Role.BUREAU_AUDITOR, bureau.id, OrganisationKind.BUREAU)
    return campaign, actor


def open_campaign(bureau: Organisation, now: dt.datetime) -> Campaign:
    campaign = Campaign(bureau_id=bureau.id, name="2026年秋季", year=2026, round=Round.AUTUMN, first_day=FIRST)
    campaign.joins_from, campaign.recheck_by = FIRST - dt.timedelta(days=60), dt.date(2026, 12, 31)
    campaign.deadline_days, campaign.list_within_days, campaign.cutoff_hour = 30, 7, 17
    campaign.due_counts, campaign.edition, campaign.created_at = True, "nip-2026", now
    campaign.state = CampaignState.OPEN
    return campaign


def place(
    session: Session,
    kind: OrganisationKind,
    name: str,
    bureau: Organisation | None = None,
    center: Organisation | None = None,
) -> Organisation:
    made = Organisation(kind=kind, name=name, area_code="330199000000")
    made.supervisor_id = bureau.id if bureau else None
    made.default_health_center_id = center.id if center else None
    session.add(made)
    session.flush()
    return made


def make_school(session: Session, school: Organisation, campaign: Campaign, by: int, children: int) -> None:
    group = SchoolClass(school_id=school.id, grade="一年级", name="一（1）班")
    session.add(group)
    session.flush()
    start = (session.scalar(select(Child.id).order_by(Child.id.desc()).limit(1)) or 0) + 1
    ids = range(start, start + children)
    session.execute(
        insert(Child),
        [
            {
                "id": one,
                "sex": Sex.FEMALE,
                "birth_date": dt.date(2020, 3, 12),
                "origin": Origin.LOCAL,
                "created_at": MOMENT,
            }
            | {"hbsag_exposed_under_2000g": False}
            for one in ids
        ],
    )
    session.execute(
        insert(Enrolment),
        [
            {"id": one, "child_id": one, "class_id": group.id, "from_day": FIRST, "source": EnrolmentSource.ROSTER}
            | {"state": EnrolmentState.ACTIVE}
            for one in ids
        ],
    )
    findings = {"lines": {}, "doses": [], "result": "x", "filler": "x" * 4000}
    owing = set(ids[::5])
    session.execute(
        insert(Check),
        [
            {"id": one, "enrolment_id": one, "child_id": one, "number": 1, "as_of": dt.date(2026, 9, 10), "by": by}
            | {"at": MOMENT, "inputs": {}, "findings": findings, "edition": "nip-2026", "rules_digest": "x"}
            | {"result": "catch_up" if one in owing else "complete", "withdrawn": False}
            for one in ids
        ],
    )
    session.execute(
        insert(Notice),
        [
            {"id": one, "campaign_id": campaign.id, "school_id": school.id, "enrolment_id": one, "child_id": one}
            | {"check_id": one, "number": one, "code": new_code(), "parts": ["catch_up"], "state": NoticeState.PRINTED}
            | {"print_count": 1, "made_at": MOMENT, "made_by": by}
            for one in sorted(owing)
        ],
    )
    session.execute(
        insert(NoticeItem),
        [
            {"notice_id": one, "part": NoticePart.CATCH_UP, "line": line, "product": product, "dose": dose}
            | {"earliest": dt.date(2026, 9, 10), "state_at_check": "overdue", "state": ItemState.OPEN}
            for one in sorted(owing)
            for line, product, dose in OWED
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
