"""The queue as pages and commands see it: put a job in, take one out. They never run anything themselves.

DBOS keeps where each workflow was, in an SQLite file of its own beside ours or in the schema "dbos" of our PostgreSQL.
It gets the number of a job and nothing else, as JSON. Where it cannot be reached the job waits in our own table, and
the worker puts it in.
"""

import logging
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from app.config import Settings
from app.jobs.models import Job

if TYPE_CHECKING:
    from dbos import DBOSClient, DBOSPortableJSONSerializer

log = logging.getLogger(__name__)

NAME = "chayan"
QUEUE = "jobs"
WORKFLOW = "chayan.job"
#: Fixed, so that another start and another release go on with what an earlier one began. Change the version only
#: together with the steps of the workflow.
EXECUTOR = "worker"
VERSION = "1"


def serializer() -> "DBOSPortableJSONSerializer":
    from dbos import DBOSPortableJSONSerializer  # a page that asks for no job does without

    return DBOSPortableJSONSerializer()


def system_database(settings: Settings) -> str:
    """Where DBOS keeps its own tables; they have no prefix, so never in our SQLite file."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        return url.render_as_string(hide_password=False)
    return f"sqlite:///{file_of(settings)}"


def file_of(settings: Settings) -> Path:
    return settings.data_dir / "jobs.sqlite"


def on_sqlite(settings: Settings) -> bool:
    return make_url(settings.database_url).get_backend_name() == "sqlite"


def settle_file(settings: Settings) -> None:
    """Write-ahead log for DBOS's file: it stays with the file, and DBOS does not ask for it."""
    if on_sqlite(settings):
        file = sqlite3.connect(file_of(settings))
        try:
            file.execute("PRAGMA journal_mode=WAL")
        finally:
            file.close()
        file_of(settings).chmod(0o600)


def put_in(settings: Settings, job: Job) -> bool:
    """Hand the job to the worker; False where the queue is not to be reached, then the worker finds it by itself."""
    try:
        client = client_of(settings)
        client.enqueue(
            {
                "queue_name": QUEUE,
                "workflow_name": WORKFLOW,
                "workflow_id": job.workflow_id,
                "app_version": VERSION,
                "application_name": NAME,
            },
            job.id,
        )
    except Exception:
        log.info("The queue cannot be reached; job %s waits for the worker.", job.id)
        _let_go(settings)
        return False
    return True


def take_out(settings: Settings, job: Job) -> None:
    """Begin no further step of it. Our own row says so already; this only spares DBOS the look."""
    try:
        client_of(settings).cancel_workflow(job.workflow_id)
    except Exception:
        log.info("The queue cannot be reached; job %s ends at its next step.", job.id)
        _let_go(settings)


_clients: dict[Settings, "DBOSClient"] = {}


def client_of(settings: Settings) -> "DBOSClient":
    """The one client of this process. Raises where the worker never made its tables."""
    from dbos import DBOSClient

    if settings in _clients:
        return _clients[settings]
    if on_sqlite(settings) and not file_of(settings).exists():
        raise FileNotFoundError("No worker has been here yet.")
    client = DBOSClient(
        system_database_url=system_database(settings),
        serializer=serializer(),
        application_name=NAME,
        retry_connection_errors=False,
    )
    _clients[settings] = client
    return client


def _let_go(settings: Settings) -> None:
    """The next one connects anew."""
    client = _clients.pop(settings, None)
    if client is not None:
        client.destroy()
