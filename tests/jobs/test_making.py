"""A job is made whole whatever happens on the way: once each, nothing lost, nothing twice, nothing in clear."""

import datetime as dt
import io
import os

import pikepdf
import pytest
from sqlalchemy import func, select

from app import clock
from app.audit.models import AuditEvent
from app.campaigns.models import Campaign
from app.campaigns.sealing import seal
from app.children.models import Child
from app.jobs import actions, keeping, notices
from app.jobs.making import Broke
from app.jobs.models import Failure, JobFile, JobState
from app.jobs.queries import files_of
from app.notices.actions import withdraw_of
from app.notices.models import Notice
from app.people.models import User
from tests.actors import actor
from tests.jobs.conftest import CHILDREN, School
from tests.notices.september import DAY, Desk, at

ALL = sum(CHILDREN.values())


def pages_of(school: School, job_id: int) -> dict[str, int]:
    with school.database.reading() as session:
        return {
            one.name: len(pikepdf.open(io.BytesIO(keeping.taken_out(session, school.settings, one))).pages)
            for one in files_of(session, school.job(job_id))
        }


def test_every_notice_is_counted_and_printed_once(school: School) -> None:
    job_id = school.ask(merged=True)
    school.work(job_id)
    assert pages_of(school, job_id) == {"001.pdf": 3, "002.pdf": 2, "all.pdf": ALL}
    assert school.prints() == [1] * ALL
    job = school.job(job_id)
    assert (job.state, job.done, job.total, job.skipped) == (JobState.DONE, ALL, ALL, 0)


def test_the_trail_has_the_print_before_anything_is_laid_out(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def lay_out(*_arguments: object) -> bytes:
        with school.database.reading() as session:
            seen.append(session.scalar(select(func.count()).where(AuditEvent.action == "read.print")))
        raise RuntimeError("no paper")

    monkeypatch.setattr(notices, "print_batch", lay_out)
    job_id = school.ask()
    with pytest.raises(Broke):
        school.work(job_id)
    assert seen[0] == CHILDREN["near_1"]


def test_a_step_that_is_done_again_changes_nothing(school: School) -> None:
    job_id = school.ask(merged=True)
    waves = school.maker.waves(job_id)
    for _again in range(3):
        for wave in waves:
            assert school.maker.make(job_id, wave)
    for _again in range(3):
        school.maker.finish(job_id)
    assert school.prints() == [1] * ALL
    assert len(pages_of(school, job_id)) == len(CHILDREN) + 1
    assert school.job(job_id).done == ALL


def test_what_broke_between_counting_and_keeping_is_made_the_next_time(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id, whole = school.ask(), notices.print_batch
    monkeypatch.setattr(notices, "print_batch", lambda *_arguments: 1 / 0)
    with pytest.raises(Broke) as fault:
        school.work(job_id)
    assert str(fault.value) == "ZeroDivisionError"
    assert set(school.prints()) <= {0, 1}
    monkeypatch.setattr(notices, "print_batch", whole)
    school.work(job_id)
    assert school.prints() == [1] * ALL
    assert sum(pages_of(school, job_id).values()) == ALL


def test_bytes_without_a_row_are_swept_and_others_stay(school: School) -> None:
    job_id = school.ask()
    school.work(job_id)
    stray = keeping.room(school.settings) / "4711.sealed"
    stray.write_bytes(b"x")
    os.utime(stray, (1_000_000_000, 1_000_000_000))
    with school.database.writing() as session:
        keeping.sweep_strays(session, school.settings)
    assert not stray.exists()
    assert len(pages_of(school, job_id)) == len(CHILDREN)


def test_cancelled_in_the_middle_what_was_counted_is_made_and_the_rest_is_not(school: School) -> None:
    job_id = school.ask()
    with school.database.writing() as session:
        parts = [one for wave in school.maker.waves(job_id) for one in wave]
        assert len(parts) == len(CHILDREN)
    laying = school.maker._begun(job_id, parts[0])
    with school.database.writing() as session:
        job = session.merge(school.job(job_id))
        actions.cancel(session, school.settings, by=actor(school.district, "clerk"), now=clock.now(), job=job)
    assert laying is not None
    school.maker._keep(job_id, parts[0], laying)
    assert school.maker.make(job_id, parts)
    school.maker.finish(job_id)
    assert school.job(job_id).state is JobState.CANCELLED
    assert school.prints() == [1] * 3 + [0] * 2
    assert pages_of(school, job_id) == {"001.pdf": 3}


def test_taken_up_again_it_makes_only_what_is_left(school: School) -> None:
    job_id = school.ask(merged=True)
    parts = [one for wave in school.maker.waves(job_id) for one in wave]
    school.maker.make(job_id, parts[:1])
    by = actor(school.district, "clerk")
    with school.database.writing() as session:
        actions.cancel(session, school.settings, by=by, now=clock.now(), job=session.merge(school.job(job_id)))
    before = school.job(job_id).workflow_id
    with school.database.writing() as session:
        assert actions.go_on(session, by=by, now=clock.now(), job=session.merge(school.job(job_id)))
    assert school.job(job_id).workflow_id != before
    school.work(job_id)
    assert school.prints() == [1] * ALL
    assert school.job(job_id).state is JobState.DONE
    assert pages_of(school, job_id)["all.pdf"] == ALL


def test_what_was_withdrawn_since_is_left_out_and_said(school: School) -> None:
    job_id = school.ask()
    with school.database.writing() as session:
        desk = Desk(session, actor(school.district, "clerk"))
        notice = session.scalars(select(Notice).order_by(Notice.id)).first()
        assert notice is not None
        enrolment = desk.enrolment(session.get_one(Child, notice.child_id))
        withdraw_of(session, by=desk.by, now=at(DAY), enrolment=enrolment)
    school.work(job_id)
    job = school.job(job_id)
    assert (job.done, job.total, job.skipped) == (ALL - 1, ALL - 1, 1)
    assert school.prints() == [0] + [1] * (ALL - 1)


def test_a_sealed_campaign_is_not_printed_any_more(school: School) -> None:
    job_id = school.ask()
    with school.database.writing() as session:
        campaign = session.scalars(select(Campaign)).one()
        seal(session, by=actor(school.district, "bureau_auditor"), now=at(DAY), campaign=campaign)
    school.work(job_id)
    assert school.job(job_id).failed_because is Failure.SEALED
    assert school.prints() == [0] * ALL


@pytest.mark.parametrize("change", ["switched off", "another class"])
def test_somebody_who_is_not_the_same_any_more_prints_nothing(school: School, change: str) -> None:
    job_id = school.ask()
    with school.database.writing() as session:
        user = session.get_one(User, school.district.users["clerk"].id)
        if change == "switched off":
            user.active = False
        else:
            user.class_id = school.district.classes["near_2"].id
    school.work(job_id)
    assert school.job(job_id).failed_because is Failure.NOT_ALLOWED
    assert school.prints() == [0] * ALL


def test_files_lie_sealed_and_go_ten_minutes_after_they_were_fetched(school: School) -> None:
    job_id = school.ask()
    school.work(job_id)
    (first, second), by = sealed_files(school, job_id), actor(school.district, "clerk")
    assert all(b"%PDF" not in one.read_bytes() for one in keeping.room(school.settings).glob("*.sealed"))
    with school.database.writing() as session:
        what = {"job": session.merge(school.job(job_id)), "file": session.get_one(JobFile, first.id)}
        assert actions.fetch(session, school.settings, by=by, now=clock.now(), **what).startswith(b"%PDF")
    assert let_go(school, dt.timedelta(minutes=9)) == 0
    assert let_go(school, dt.timedelta(minutes=10)) == 1
    assert not keeping.path_of(school.settings, first.id).exists()
    assert keeping.path_of(school.settings, second.id).exists()
    with school.database.reading() as session:
        gone = session.get_one(JobFile, first.id)
        assert (gone.wrapped, gone.master_version) == (None, None)
        with pytest.raises(keeping.Gone):
            keeping.taken_out(session, school.settings, gone)


def test_what_nobody_fetches_goes_after_a_day(school: School) -> None:
    job_id = school.ask()
    school.work(job_id)
    assert let_go(school, dt.timedelta(hours=23)) == 0
    assert let_go(school, dt.timedelta(days=1)) == len(CHILDREN)
    assert list(keeping.room(school.settings).glob("*.sealed")) == []


def test_a_file_opens_in_no_other_row(school: School) -> None:
    job_id = school.ask()
    school.work(job_id)
    first, second = sealed_files(school, job_id)
    path = keeping.path_of(school.settings, first.id)
    path.write_bytes(keeping.path_of(school.settings, second.id).read_bytes())
    with school.database.reading() as session, pytest.raises(ValueError, match="does not open"):
        keeping.taken_out(session, school.settings, first)


def sealed_files(school: School, job_id: int) -> list[JobFile]:
    with school.database.reading() as session:
        return list(files_of(session, school.job(job_id)))


def let_go(school: School, later: dt.timedelta) -> int:
    with school.database.writing() as session:
        return actions.expire(session, school.settings, now=at(DAY) + later)
