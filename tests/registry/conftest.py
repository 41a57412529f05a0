"""A nurse, a school's children, and files as registries export them."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from sqlalchemy.orm import Session

from app.database import Database
from app.people.actors import Actor
from app.registry import actions
from app.registry.comparing import Comparison, compare
from app.registry.models import RegistryImport
from app.registry.reading import read_export
from tests.actors import actor
from tests.district import MOMENT, District
from tests.roster.sheets import workbook

COLUMNS = ("儿童编码", "身份证号", "姓名", "性别", "出生日期", "疫苗名称", "剂次", "接种日期", "批号", "接种单位")
TODAY = dt.date(2026, 9, 1)


def dose(vaccine: str = "甲肝减毒活疫苗", day: object = "2021-09-16", **who: object) -> list[object]:
    """A row under `COLUMNS`."""
    cells = {"疫苗名称": vaccine, "接种日期": day, "批号": "2021A", "接种单位": "近水卫生院", "剂次": 1, **who}
    return [cells.get(column, "") for column in COLUMNS]


def export(*rows: list[object]) -> bytes:
    return workbook(COLUMNS, *rows, title="接种记录")


@dataclass
class Center:
    """Somebody who reads files."""

    database: Database
    by: Actor
    ids: list[int] = field(default_factory=list)

    def compared(self, session: Session, content: bytes) -> Comparison:
        return compare(session, self.by, read_export(content, file_name="导出.xlsx", today=TODAY))

    def propose(self, content: bytes, now: dt.datetime = MOMENT) -> int:
        with self.database.writing() as session:
            read = read_export(content, file_name="导出.xlsx", today=TODAY)
            return actions.propose(session, by=self.by, now=now, export=read).id

    def seen(self, session: Session, import_id: int) -> str:
        from app.privacy.keys import keys_of
        from app.registry import keeping

        waiting = session.get_one(RegistryImport, import_id)
        return compare(session, self.by, keeping.taken_out(keys_of(session), waiting)).stamp

    def write(self, content: bytes, now: dt.datetime = MOMENT) -> RegistryImport:
        """Everything that is sure."""
        import_id = self.propose(content)
        with self.database.writing() as session:
            seen = self.seen(session, import_id)
            return actions.apply(session, by=self.by, now=now, import_id=import_id, seen=seen)


@pytest.fixture
def center(database: Database, district: District) -> Center:
    return Center(database, actor(district, "nurse"))
