"""Measures a job of many notices with its worker in a process of its own; called by scripts/bench-jobs."""

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, create_app
from app.checks.actions import check_child
from app.children.actions import Facts, add_child
from app.children.dose_actions import enter_doses
from app.children.kinds import CertificateState, ClinicResult, DoseSource, EnrolmentSource, Sex
from app.children.models import Enrolment
from app.children.record_actions import record_certificate
from app.config import ROOT, Settings
from app.database import Database
from app.jobs.actions import ask
from app.jobs.choosing import groups
from app.jobs.models import GOING_ON, Job, JobKind, JobWorker
from app.jobs.notices import pieces_of
from app.jobs.queries import files_of
from app.jobs.queueing import put_in
from app.migrating import upgrade
from app.people.actors import Actor
from app.people.models import User
from app.people.roles import Role
from app.privacy.identities import Guardian, Identity
from app.schools.models import Area, OrganisationKind, SchoolClass
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from scripts.bench_tables import open_campaign, place

IN_A_CLASS = 40
BORN = dt.date(2020, 3, 12)
#: What everybody had; what is missing of the schedule is on the notice.
HAD = (
    *(("BCG", "2020-03-12"), ("HepB", "2020-03-12"), ("HepB", "2020-04-14"), ("HepB", "2020-09-15")),
    *(("IPV", "2020-05-14"), ("IPV", "2020-06-15"), ("bOPV", "2020-07-16"), ("DTaP", "2020-06-15")),
    *(("DTaP", "2020-07-16"), ("DTaP", "2020-08-17"), ("DTaP", "2021-09-15"), ("MMR", "2020-11-16")),
    *(("JE-L", "2020-11-16"), ("JE-L", "2022-03-15"), ("MPSV-A", "2020-09-15"), ("MPSV-A", "2020-12-17")),
    *(("MPSV-AC", "2023-03-20"), ("HepA-L", "2021-09-15")),
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--notices", type=int, default=500)
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()
    notices = 200 if arguments.quick else arguments.notices
    clock.fix(dt.datetime(2026, 9, 3, 9, tzinfo=clock.CHINA))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({"CHAYAN_DATA": folder})
        app = create_app(settings)
        database: Database = app.extensions["chayan"].database
        upgrade(database)
        with app.test_request_context():
            clerk = make_school(database, notices)
            print(f"{notices} children made up, in classes of {IN_A_CLASS}")
            with worker(settings):
                print(measured(database, settings, clerk))


def measured(database: Database, settings: Settings, clerk: Actor) -> str:
    """From the button on, with a worker that waits."""
    wait(lambda: works(database))
    time.sleep(5)  # Its processes load the fonts now: a server's worker has done so long ago.
    begun = time.monotonic()
    with database.writing() as session:
        pieces = pieces_of([(one.label, one.notices) for one in groups(session, clerk, only_new=True)])
        what = {"pieces": pieces, "choices": {"layout": "a4", "english": False, "merged": True}}
        job = ask(session, by=clerk, now=clock.now(), on=clock.today(), kind=JobKind.NOTICES, **what)
        job_id, total = job.id, job.total
    with database.reading() as session:
        put_in(settings, session.get_one(Job, job_id))
    first = wait(lambda: look(database, job_id)[1] > 0) - begun
    whole = wait(lambda: not look(database, job_id)[0]) - begun
    with database.reading() as session:
        job = session.get_one(Job, job_id)
        if job.done != total:
            raise SystemExit(f"{job.done} of {total} were made: {job.state} {job.failed_because}")
    return (
        f"jobs: {total} notices; first class to fetch after {first:.1f} s, all of them in one file after {whole:.1f} s"
    )


def works(database: Database) -> bool:
    """The worker says that it is there, by its own clock."""
    with database.reading() as session:
        return session.scalar(select(JobWorker.seen_at)) is not None


def look(database: Database, job_id: int) -> tuple[bool, int]:
    """Does it go on, and how many files are there?"""
    with database.reading() as session:
        job = session.get_one(Job, job_id)
        return job.state in GOING_ON, len(files_of(session, job))


def wait(true: Callable[[], bool]) -> float:
    while not true():
        time.sleep(0.05)
    return time.monotonic()


@contextmanager
def worker(settings: Settings) -> Iterator[None]:
    environment = os.environ | {"CHAYAN_DATA": str(settings.data_dir), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app.cli", "work"]
    with open(Path(settings.data_dir) / "worker.log", "wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603  our own
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def make_school(database: Database, children: int) -> Actor:
    with database.writing() as session:
        session.add(Area(code="330199000000", name="区", parent_code=None))
        session.flush()
        bureau = place(session, OrganisationKind.BUREAU, "教育局")
        center = place(session, OrganisationKind.HEALTH_CENTER, "卫生院")
        school = place(session, OrganisationKind.SCHOOL, "学校", bureau, center)
        clerk = User(sign_in_name="clerk", shown_name="查验员", role=Role.CLERK, organisation_id=school.id)
        clerk.password_hash, clerk.active, clerk.must_change_password = "-", True, False
        clerk.created_at = clock.now()
        campaign = open_campaign(bureau, clock.now())
        session.add_all([clerk, campaign])
        session.flush()
        by = Actor(clerk.id, "clerk", Role.CLERK, school.id, OrganisationKind.SCHOOL)
        school_id = school.id
    for number in range(-(-children // IN_A_CLASS)):
        with database.writing() as session:
            group = SchoolClass(school_id=school_id, grade="一年级", name=f"一（{number + 1}）班")
            session.add(group)
            session.flush()
            for one in range(number * IN_A_CLASS, min((number + 1) * IN_A_CLASS, children)):
                enrol(session, by, group, one)
    return by


def enrol(session: Session, by: Actor, group: SchoolClass, number: int) -> None:
    """One child that lacks some doses, checked: its notice is there."""
    had = HAD[: len(HAD) - number % 9]
    child = add_child(
        session,
        by=by,
        now=clock.now(),
        on=clock.today(),
        school_class=group,
        source=EnrolmentSource.ROSTER,
        facts=Facts(Sex.FEMALE, BORN),
        identity=Identity(f"林小满{number}", guardians=(Guardian("林家长", "母亲", f"1540000{number % 10_000:04}"),)),
    )
    entries = [DoseEntry(Vaccine(product), Written(day=dt.date.fromisoformat(day))) for product, day in had]
    what = {"by": by, "now": clock.now(), "child": child}
    enter_doses(session, **what, entries=entries, source=DoseSource.REGISTRY)
    seen = {"state": CertificateState.PRESENT, "clinic_result": ClinicResult.CATCH_UP}
    record_certificate(session, **what, instead_of=None, **seen)
    enrolment = session.scalars(select(Enrolment).where(Enrolment.child_id == child.id)).one()
    check_child(session, **what, as_of=clock.today(), enrolment=enrolment)


if __name__ == "__main__":
    main()
