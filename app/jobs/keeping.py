"""Files of jobs at rest: sealed under a key a file, in the data room; forgetting the key forgets the file."""

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.jobs.models import Job, JobFile
from app.privacy.keys import keys_of
from app.privacy.sealing import new_key, seal, unseal

#: A day to fetch it; and after fetching, as long as it takes to try again when a line broke.
KEPT = dt.timedelta(days=1)
FETCHED_KEPT = dt.timedelta(minutes=10)
_STRAY_AFTER = 3600.0


class Gone(LookupError):
    """The file was there once."""


def room(settings: Settings) -> Path:
    """Where the sealed files lie; the worker and the pages share it, as they share the key file."""
    path = settings.data_dir / "jobs"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(
    session: Session,
    settings: Settings,
    *,
    job: Job,
    part_id: int | None,
    name: str,
    media: str,
    content: bytes,
    now: dt.datetime,
    offered: bool = True,
) -> JobFile:
    """Seal a file. Its row is kept with the transaction; bytes without a row are swept away."""
    data_key = new_key()
    row = JobFile(
        job_id=job.id,
        part_id=part_id,
        name=name,
        media=media,
        offered=offered,
        size=len(content),
        made_at=now,
        expires_at=now + KEPT,
        # There from the first moment, so that the table's own rule holds; bound to its id below.
        wrapped=b"",
        master_version=0,
    )
    session.add(row)
    session.flush()
    row.wrapped, row.master_version = keys_of(session).wrap_for(_place(row.id, "wrapped"), data_key)
    _write(path_of(settings, row.id), seal(data_key, content, _place(row.id, "file")))
    session.flush()
    return row


def taken_out(session: Session, settings: Settings, row: JobFile) -> bytes:
    """The bytes as they were made."""
    if row.wrapped is None or row.master_version is None:
        raise Gone(f"The file {row.id} is gone.")
    data_key = keys_of(session).unwrap_for(_place(row.id, "wrapped"), row.wrapped, row.master_version)
    try:
        sealed = path_of(settings, row.id).read_bytes()
    except FileNotFoundError:
        raise Gone(f"The file {row.id} is gone.") from None
    return unseal(data_key, sealed, _place(row.id, "file"))


def forget(settings: Settings, rows: Iterable[JobFile], now: dt.datetime) -> int:
    """Destroy keys and bytes; how many files there were."""
    count = 0
    for row in rows:
        if row.gone_at is None:
            row.wrapped = row.master_version = None
            row.gone_at = now
            count += 1
        path_of(settings, row.id).unlink(missing_ok=True)
    return count


def sweep_strays(session: Session, settings: Settings) -> None:
    """Bytes without a row: somebody was killed between the two. A file that is being written is younger."""
    clock_of_the_disk = room(settings) / "now"
    clock_of_the_disk.touch()
    old = clock_of_the_disk.stat().st_mtime - _STRAY_AFTER
    known = set(session.scalars(select(JobFile.id).where(JobFile.gone_at.is_(None))))
    for path in room(settings).iterdir():
        number = path.name.partition(".")[0]
        stray = not number.isdigit() or int(number) not in known or path.suffix != ".sealed"
        if stray and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)


def path_of(settings: Settings, file_id: int) -> Path:
    return room(settings) / f"{file_id}.sealed"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, also when the power goes."""
    new = path.with_suffix(".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _place(file_id: int, what: str) -> str:
    return f"job_file/{file_id}/{what}"
