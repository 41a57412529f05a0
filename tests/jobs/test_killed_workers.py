"""A worker that is killed in the middle, again and again: everything is printed once each, nothing is lost.

The real worker with DBOS, its pool of processes, its file or its schema beside our tables.
"""

import random
import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from app import clock
from app.audit.verifying import verify
from app.jobs import actions, keeping, queueing
from app.jobs.models import Job, JobState
from app.jobs.queries import files_of, parts_of
from app.notices.models import Notice
from app.schools.models import SchoolClass
from tests.actors import actor
from tests.jobs.conftest import School
from tests.jobs.working import wait_until, working
from tests.notices.september import Desk, without
from tests.privacy.canaries import forms

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CLASSES, IN_A_CLASS, KILLS = 8, 12, 4
NAME = "阚𠮷骉"


@pytest.fixture
def busy(school: School) -> School:
    """Eight more classes of twelve."""
    with school.database.writing() as session:
        desk = Desk(session, actor(school.district, "clerk"))
        for number in range(CLASSES):
            place = school.district.places["near"].id
            one = SchoolClass(school_id=place, grade="二", name=f"二（{number + 1}）班")
            session.add(one)
            session.flush()
            for _child in range(IN_A_CLASS):
                child = desk.enrol(one, NAME)
                desk.doses(child, without(("DTaP", 5)))
                assert desk.notice(child) is not None
    return school


def test_killed_again_and_again_everything_is_printed_once(busy: School) -> None:
    job_id = busy.ask(merged=True)
    chance, seen = random.Random(20260903), []
    for _kill in range(KILLS):
        with working(busy.settings):
            begun = len(done_parts(busy, job_id))
            assert wait_until(lambda begun=begun: len(done_parts(busy, job_id)) > begun or over(busy, job_id))
            wait_until(lambda: False, seconds=chance.random() / 3)
        seen.append(busy.job(job_id).state)
    assert JobState.RUNNING in seen, "It was never killed at work."
    with working(busy.settings):
        assert wait_until(lambda: over(busy, job_id))
    job = busy.job(job_id)
    assert (job.state, job.done, job.skipped) == (JobState.DONE, job.total, 0)
    assert set(busy.prints()) == {1}
    assert numbers_printed(busy, job_id, whole=False) == numbers_printed(busy, job_id, whole=True) == all_numbers(busy)
    assert not names_at_rest(busy)
    with busy.database.reading() as session:
        assert verify(session) == []


def test_cancelled_while_nobody_works_and_while_somebody_does(busy: School) -> None:
    first, second = busy.ask(), busy.ask()
    stop(busy, first)
    with working(busy.settings):
        assert wait_until(lambda: done_parts(busy, second))
        stop(busy, second)
        assert wait_until(lambda: set(done_parts(busy, second)) == set(counted_parts(busy, second)))
        made = len(done_parts(busy, second))
        wait_until(lambda: False, seconds=2)
        assert len(done_parts(busy, second)) == len(counted_parts(busy, second)) == made < CLASSES + 2
    assert busy.job(first).state is busy.job(second).state is JobState.CANCELLED
    assert not done_parts(busy, first)
    printed = sum(busy.prints())
    assert printed == sum(numbers_printed(busy, second, whole=False).values()), "What was counted was not made."


def test_a_stand_in_takes_over(busy: School) -> None:
    job_id = busy.ask()
    with working(busy.settings) as one:
        assert wait_until(lambda: done_parts(busy, job_id))
        with working(busy.settings):
            wait_until(lambda: False, seconds=2)
            one.kill()
            assert wait_until(lambda: over(busy, job_id))
    assert busy.job(job_id).state is JobState.DONE
    assert set(busy.prints()) == {1}


def test_dbos_forgets_what_is_over(busy: School) -> None:
    job_id = busy.ask()
    with working(busy.settings):
        assert wait_until(lambda: over(busy, job_id))
    with working(busy.settings):
        client = None

        def empty() -> bool:
            nonlocal client
            client = client or queueing.client_of(busy.settings)
            return client.list_workflows() == []

        assert wait_until(empty)


def done_parts(school: School, job_id: int) -> list[int]:
    with school.database.reading() as session:
        return [one.position for one in parts_of(session, session.get_one(Job, job_id)) if one.made_at]


def counted_parts(school: School, job_id: int) -> list[int]:
    with school.database.reading() as session:
        return [one.position for one in parts_of(session, session.get_one(Job, job_id)) if one.recorded_at]


def over(school: School, job_id: int) -> bool:
    return school.job(job_id).state not in {JobState.WAITING, JobState.RUNNING}


def stop(school: School, job_id: int) -> None:
    with school.database.writing() as session:
        job = session.get_one(Job, job_id)
        actions.cancel(session, school.settings, by=actor(school.district, "clerk"), now=clock.now(), job=job)
    queueing.take_out(school.settings, job)


def numbers_printed(school: School, job_id: int, *, whole: bool) -> Counter[int]:
    """The numbers of the notices, read off the pages."""
    found: Counter[int] = Counter()
    with school.database.reading() as session:
        for one in files_of(session, school.job(job_id)):
            if (one.part_id is None) is whole:
                pdf = keeping.taken_out(session, school.settings, one)
                for page in pypdfium2.PdfDocument(pdf):
                    text = page.get_textpage().get_text_range()
                    found.update({int(number) for number in re.findall(r"2026秋-\d{4}-(\d{4})", text)})
    return found


def all_numbers(school: School) -> Counter[int]:
    with school.database.reading() as session:
        return Counter(session.scalars(select(Notice.number)))


def names_at_rest(school: School) -> list[str]:
    """DBOS's own file above all: what it keeps are numbers."""
    if queueing.on_sqlite(school.settings):
        assert queueing.file_of(school.settings).stat().st_size > 0
    files = [one for one in Path(school.settings.data_dir).rglob("*") if one.is_file()]
    return [one.name for one in files if any(form in one.read_bytes() for form in forms(NAME))]
