"""Practice rooms: a folder for each school with a database and keys of its own. Wiping one deletes the folder.

Nothing of it can reach a count, a list or a notice's number of the real house, because it is not in the same database;
and nothing has to be undone in tables that never forget.
"""

import shutil
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from app import migrating
from app.office import Office
from app.people.actors import Actor
from app.people.models import User
from app.practice.filling import fill, person

_FILE = "practice.sqlite"
_turn = threading.Lock()
#: The rooms this process has open, by folder: the file they were opened on tells a wiped room from its successor.
_open: dict[Path, tuple[int, Office]] = {}


def find(house: Office, actor: Actor) -> Office | None:
    """The room of this person's school with this person in it; None if there is none of this version."""
    folder = _folder(house, actor)
    with _turn:
        room = _opened(house, folder)
    if room is None:
        return None
    _let_in(house, room, actor)
    return room


def enter(house: Office, actor: Actor) -> None:
    """Make the room of this person's school, unless it is there. Two who come at once find the same one."""
    folder = _folder(house, actor)
    with _turn:
        if _opened(house, folder) is not None:
            return
    _remove(folder)  # of an older version, or left half made
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        room = _open_in(house, aside, create=True)
        with house.database.reading() as session, room.database.writing() as practice:
            fill(session, practice, actor)
        room.database.close()
        aside.rename(folder)
    except OSError:
        if not (folder / _FILE).exists():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def wipe(house: Office, actor: Actor) -> bool:
    """Delete the room with everything in it. Whether there was one."""
    return _remove(_folder(house, actor))


def exists(house: Office, actor: Actor) -> bool:
    return (_folder(house, actor) / _FILE).exists()


def _folder(house: Office, actor: Actor) -> Path:
    return house.settings.data_dir / "practice" / str(actor.organisation_id)


def _opened(house: Office, folder: Path) -> Office | None:
    """The open room of a folder, opened anew if the folder is another one than before. Only with `_turn`."""
    file = folder / _FILE
    known = _open.get(folder)
    if known is not None and file.exists() and file.stat().st_ino == known[0]:
        return known[1]
    if known is not None:
        known[1].database.close()
        del _open[folder]
    if not file.exists():
        return None
    room = _open_in(house, folder)
    if migrating.current(room.database) != migrating.newest():
        room.database.close()
        return None
    _open[folder] = (file.stat().st_ino, room)
    return room


def _open_in(house: Office, folder: Path, *, create: bool = False) -> Office:
    settings = replace(
        house.settings,
        data_dir=folder,
        database_url=f"sqlite:///{folder / _FILE}",
        master_key_file=folder / "practice.key",
        public_address=None,  # no family has a child in here
    )
    if create:
        room = Office.open(replace(settings, demo=False))
        migrating.upgrade(room.database)
        return room
    return Office.open(replace(settings, demo=False))


def _let_in(house: Office, room: Office, actor: Actor) -> None:
    """What is done in the room names the person who did it: somebody new at the school is new there too."""
    with room.database.reading() as practice:
        if practice.get(User, actor.user_id) is not None:
            return
    with house.database.reading() as session, room.database.writing() as practice:
        _copy_person(session, practice, actor.user_id)


def _copy_person(session: Session, practice: Session, user_id: int) -> None:
    if practice.get(User, user_id) is None:
        practice.add(person(session.get_one(User, user_id)))


def _remove(folder: Path) -> bool:
    with _turn:
        known = _open.pop(folder, None)
        if known is not None:
            known[1].database.close()
    if not folder.exists():
        return False
    # Out of the way in one step, so that nobody finds half a room.
    gone = Path(tempfile.mkdtemp(prefix=".wiping-", dir=folder.parent))
    try:
        folder.rename(gone / "room")
    except FileNotFoundError:
        return False  # somebody else was quicker
    finally:
        shutil.rmtree(gone, ignore_errors=True)
    return True
