"""A new master key: every data key is wrapped anew, in batches; killed in the middle, it goes on where it stopped.

Sealed identities and look-up digests stay as they are. While it runs, people work: a ring that meets a version it does
not know reads its file again. The old master keys stay in the file for the sake of backups until `--retire`.
"""

import argparse
import sys
from pathlib import Path

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app import clock
from app.audit.actions import record
from app.config import SettingError
from app.database import Database
from app.privacy.keys import KeyRing, KeyRingError, keys_of
from app.privacy.models import ChildKey
from app.privacy.opening import open_installation

_BATCH = 500


def rotate(database: Database, keys: KeyRing, *, batch: int = _BATCH) -> int:
    """Wrap every data key with a new master key; how many were wrapped. Finishes an unfinished rotation instead."""
    if not _left_behind(database, keys):
        keys.add_master()
    wrapped = 0
    while True:
        with database.writing() as session:
            done = _wrap_some(session, keys, batch)
            if done == 0:
                _note(session, "keys.rotated", keys)
                return wrapped
        wrapped += done


def retire(database: Database, keys: KeyRing) -> list[int]:
    """Drop the master keys that wrap nothing any more; which ones. From then on older backups need the older key file.

    On PostgreSQL stop the server first: there a child saved in this very moment could still take an old key.
    """
    with database.writing() as session:
        in_use = set(session.scalars(select(ChildKey.master_version).where(ChildKey.wrapped.is_not(None)).distinct()))
        idle = [version for version in keys.master_versions if version not in in_use and version != keys.newest_master]
        if idle:
            _note(session, "keys.retired", keys)
            keys.drop_masters(set(idle))
    return idle


def _left_behind(database: Database, keys: KeyRing) -> bool:
    """Did a rotation begin and not end? Then some keys are wrapped by the newest master, or none, and others not."""
    newest = keys.newest_master
    with database.reading() as session:
        return newest > 1 and session.scalars(_older_than(newest).limit(1)).first() is not None


def _wrap_some(session: Session, keys: KeyRing, batch: int) -> int:
    newest = keys.newest_master
    rows = session.scalars(_older_than(newest).order_by(ChildKey.child_id).limit(batch).with_for_update()).all()
    for row in rows:
        assert row.wrapped is not None
        assert row.master_version is not None
        data_key = keys.unwrap(row.child_id, row.wrapped, row.master_version)
        row.wrapped, row.master_version = keys.wrap(row.child_id, data_key)
    return len(rows)


def _older_than(version: int) -> Select[ChildKey]:
    return select(ChildKey).where(ChildKey.wrapped.is_not(None), ChildKey.master_version < version)


def _note(session: Session, action: str, keys: KeyRing) -> None:
    record(session, by=None, now=clock.now(), action=action, detail={"master_version": keys.newest_master})


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="rotate-master-key", description="换主密钥 (a new master key)")
    parser.add_argument("--data", type=Path, help="数据文件夹 (the folder of the database and the key file)")
    parser.add_argument("--retire", action="store_true", help="再删去不用的旧主密钥 (drop the old keys nothing needs)")
    chosen = parser.parse_args(arguments)
    try:
        database = open_installation(chosen.data)
        with database.reading() as session:
            keys = keys_of(session)
        count = rotate(database, keys)
        print(f"主密钥现在是第 {keys.newest_master} 版，重新包裹了 {count} 个孩子的密钥。请备份 {keys.path}")
        print(f"(Master key {keys.newest_master} wraps {count} data keys anew. Back up {keys.path})")
        if chosen.retire:
            versions = ", ".join(map(str, retire(database, keys))) or "-"
            print(f"已删去旧主密钥：{versions} (dropped). 更早的备份要用更早的密钥文件才能打开。")
    except (KeyRingError, SettingError) as error:
        print(error, file=sys.stderr)
        return 2
    database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
