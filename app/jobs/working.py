"""The worker: one process that runs jobs, made durable by DBOS. Killed in the middle, the next one goes on.

One works at a time. Another one waits as a stand-in and takes over when the lock is free: a file's on one machine, a
session's on PostgreSQL. DBOS then recovers what the dead one had begun, since all call themselves by the same name.
"""

import fcntl
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from dbos import DBOS
from dbos import error as dbos_error
from sqlalchemy import text

from app import clock
from app.config import Settings
from app.jobs import keeping, queueing
from app.jobs.actions import end, expire, sign_of_life
from app.jobs.hands import Hands
from app.jobs.inside import get_ready
from app.jobs.making import Broke, Maker
from app.jobs.models import GOING_ON, Failure, Job
from app.jobs.queries import going_on
from app.office import Office
from app.oversight.keeping import close_days
from app.privacy import discretion

log = logging.getLogger(__name__)

#: A workflow that was begun so often without coming to its end kills its worker: it is left for a person.
MOST_ATTEMPTS = 5
_LOOK_EVERY = 0.25
_ON_THE_LOCK = 0x63687961  # "chya"

_maker: Maker | None = None


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=1.0)
def _waves(job_id: int) -> list[list[int]]:
    return _at_work().waves(job_id)


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=1.0)
def _make(job_id: int, part_ids: list[int]) -> bool:
    return _at_work().make(job_id, part_ids)


@DBOS.step(retries_allowed=True, max_attempts=3, interval_seconds=1.0)
def _finish(job_id: int) -> None:
    _at_work().finish(job_id)


@DBOS.step()
def _fail(job_id: int) -> None:
    _at_work().fail(job_id, Failure.BROKE)


@DBOS.workflow(name=queueing.WORKFLOW, max_recovery_attempts=MOST_ATTEMPTS)
def _run(job_id: int) -> None:
    """Every step is at least once; our own tables say what is done already."""
    try:
        for wave in _waves(job_id):
            if not _make(job_id, wave):
                return
        _finish(job_id)
    except (Broke, dbos_error.DBOSMaxStepRetriesExceeded):
        _fail(job_id)


def work(settings: Settings, stop: threading.Event, *, hands: int | None = None) -> None:
    """Work until `stop` is set. Waits while somebody else works."""
    global _maker
    discretion.install()
    office = Office.open(settings)
    with _only_one(office, stop) as still_mine:
        if stop.is_set():
            return
        queueing.settle_file(settings)
        maker = _maker = Maker(office, Hands(hands))
        maker.hands.get_ready(partial(get_ready, settings))
        DBOS(
            config={
                "name": queueing.NAME,
                "system_database_url": queueing.system_database(settings),
                "serializer": queueing.serializer(),
                "executor_id": queueing.EXECUTOR,
                "application_version": queueing.VERSION,
                "notification_listener_polling_interval_sec": 1.0,
                "log_level": "ERROR",
            }
        )
        DBOS.listen_queues([queueing.QUEUE])
        try:
            DBOS.launch()
            DBOS.register_queue(queueing.QUEUE, worker_concurrency=2, polling_interval_sec=0.5)
            _look_after(office, stop, still_mine)
        finally:
            maker.hands.close()
            DBOS.destroy()
            office.database.close()


def _look_after(office: Office, stop: threading.Event, still_mine: Callable[[], bool]) -> None:
    """Say that somebody works; find what waits; let go what has had its time."""
    rounds: list[tuple[float, Callable[[], None]]] = [
        (15.0, partial(_say_so, office)),
        (2.0, partial(_find_waiting, office)),
        (60.0, partial(_let_go, office)),
        (2.0, partial(_close_days, office)),
    ]
    due = [0.0] * len(rounds)
    while not stop.wait(_LOOK_EVERY):
        for at, (every, do) in enumerate(rounds):
            if time.monotonic() < due[at]:
                continue
            due[at] = time.monotonic() + every
            try:
                do()
            except Exception:
                log.exception("The worker could not look after its jobs; it tries again.")
        if not still_mine():
            # Somebody else may have begun: whatever this process is in the middle of, it must not write it.
            os.kill(os.getpid(), signal.SIGKILL)


def _say_so(office: Office) -> None:
    with office.database.writing() as session:
        sign_of_life(session, now=clock.now())


def _find_waiting(office: Office) -> None:
    """Jobs that no workflow stands for are put in; those whose workflow ended without them are ended."""
    with office.database.reading() as session:
        jobs = list(going_on(session))
    if not jobs:
        return
    client = queueing.client_of(office.settings)
    found = {one.workflow_id: one for one in client.list_workflows(workflow_ids=[one.workflow_id for one in jobs])}
    for job in jobs:
        known = found.get(job.workflow_id)
        if known is None:
            queueing.put_in(office.settings, job)
        elif known.status in {"ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED", "CANCELLED", "SUCCESS"}:
            _end_what_ended(office, job.id, job.attempt)


def _end_what_ended(office: Office, job_id: int, attempt: int) -> None:
    with office.database.writing() as session:
        job = session.get_one(Job, job_id)
        if job.attempt == attempt and job.state in GOING_ON:
            end(session, now=clock.now(), job=job, failure=Failure.BROKE)


def _let_go(office: Office) -> None:
    """Files that have had their time, bytes that nobody knows, workflows that ended: DBOS keeps them for ever."""
    with office.database.writing() as session:
        expire(session, office.settings, now=clock.now())
        keeping.sweep_strays(session, office.settings)
    client = queueing.client_of(office.settings)
    ended = client.list_workflows(
        status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"], load_input=False, load_output=False
    )
    with office.database.reading() as session:
        needed = {one.workflow_id for one in going_on(session)}
    old = [one.workflow_id for one in ended if one.workflow_id not in needed]
    if old:
        client.delete_workflows(old)


def _close_days(office: Office) -> None:
    """The counts of the cut-off hour are kept although nobody looks at a board."""
    close_days(office.database, clock.now())


@contextmanager
def _only_one(office: Office, stop: threading.Event) -> Iterator[Callable[[], bool]]:
    """Wait for the lock; gives a question: is it still ours?"""
    if queueing.on_sqlite(office.settings):
        with (keeping.room(office.settings) / "worker.lock").open("w") as file:
            while not stop.is_set():
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    stop.wait(0.5)
            yield lambda: True
        return
    with office.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        asked = text("SELECT pg_try_advisory_lock(:key)")
        while not stop.is_set() and not connection.scalar(asked, {"key": _ON_THE_LOCK}):
            stop.wait(0.5)

        def still_mine() -> bool:
            try:
                connection.execute(text("SELECT 1"))
            except Exception:
                log.warning("The connection that holds the worker's lock broke.")
                return False
            return True

        yield still_mine


def _at_work() -> Maker:
    if _maker is None:
        raise RuntimeError("Only the worker runs jobs: start it with  python -m app.cli work.")
    return _maker
