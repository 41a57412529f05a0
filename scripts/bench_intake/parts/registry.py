"""A registry's export: read in its box, kept sealed, compared with the record, written, as the pages do it."""

import csv
import datetime as dt
import io
import tempfile
import time
from pathlib import Path

from flask_babel import force_locale
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app import create_app
from app.children.kinds import EnrolmentSource, EnrolmentState, Origin, Sex
from app.children.models import Child, Enrolment
from app.config import Settings
from app.database import Database
from app.people.actors import Actor
from app.privacy.identities import Identifier, IdentifierKind, Identity, seal_identities
from app.privacy.keys import keys_of
from app.registry import actions, keeping
from app.registry.comparing import compare
from app.registry.models import RegistryImport
from app.registry.reading import read_export
from app.tables import metadata
from tests.actors import actor
from tests.district import FIRST_DAY, MOMENT, build_district

TITLE = "A registry's export of children and doses"
CHILDREN, QUICK, DOSES = 5_000, 500, 20
BORN = dt.date(2020, 3, 12)
VACCINES = ("乙肝疫苗", "脊灰灭活疫苗", "百白破疫苗", "麻腮风疫苗")
COLUMNS = ("儿童编码", "姓名", "出生日期", "疫苗名称", "接种日期", "批号", "接种单位")


def run(quick: bool) -> str:
    children = QUICK if quick else CHILDREN
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({"CHAYAN_DATA": folder})
        empty = Database(settings.database_url)
        metadata.create_all(empty.engine)
        empty.close()
        app = create_app(settings)
        database: Database = app.extensions["chayan"].database
        with app.test_request_context(), force_locale("zh_CN"):
            steps = _import(database, _fill(database, children), _file(children))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6
        database.close()
    for name, seconds in steps.items():
        print(f"{name:<10} {seconds:6.1f} s")
    whole = sum(steps.values())
    return f"{children * DOSES:,} doses of {children:,} children in {whole:.1f} s, {size:.0f} MB"


def _import(database: Database, by: Actor, content: bytes) -> dict[str, float]:
    steps, began = {}, time.perf_counter()

    def lap(name: str) -> None:
        nonlocal began
        steps[name], began = time.perf_counter() - began, time.perf_counter()

    export = read_export(content, file_name="export.csv", today=FIRST_DAY)
    lap("read")
    with database.writing() as session:
        import_id = actions.propose(session, by=by, now=MOMENT, export=export).id
    lap("seal")
    with database.reading() as session:
        waiting = session.get_one(RegistryImport, import_id)
        seen = compare(session, by, keeping.taken_out(keys_of(session), waiting))
    assert seen.new_doses == export.dose_rows
    lap("compare")
    with database.writing() as session:
        actions.apply(session, by=by, now=MOMENT, import_id=import_id, seen=seen.stamp)
    lap("write")
    return steps


def _fill(database: Database, children: int) -> Actor:
    with database.writing() as session:
        district = build_district(session)
        ids = _children(session, children)
        place = district.classes["near_1"].id
        source, state = EnrolmentSource.ROSTER, EnrolmentState.ACTIVE
        rows = [
            {"child_id": one, "class_id": place, "from_day": FIRST_DAY, "source": source, "state": state} for one in ids
        ]
        session.execute(insert(Enrolment), rows)
        return actor(district, "nurse")


def _children(session: Session, children: int) -> list[int]:
    same = {"sex": Sex.FEMALE, "birth_date": BORN, "origin": Origin.LOCAL, "hbsag_exposed_under_2000g": False}
    rows = [{**same, "created_at": MOMENT} for _ in range(children)]
    ids = list(session.scalars(insert(Child).returning(Child.id), rows))
    sealing = [(one, BORN, Identity(_name(n), identifiers=(_code(n),))) for n, one in enumerate(ids)]
    seal_identities(session, sealing, now=MOMENT)
    return ids


def _file(children: int) -> bytes:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for n in range(children):
        for dose in range(DOSES):
            day = BORN + dt.timedelta(days=40 * dose)
            table.writerow([_code(n).number, _name(n), BORN, VACCINES[dose % 4], day, f"2021{dose:02}", "近水卫生院"])
    return written.getvalue().encode()


def _name(n: int) -> str:
    return f"林小{chr(0x4E00 + n)}"


def _code(n: int) -> Identifier:
    return Identifier(IdentifierKind.CHILD_CODE, f"3301992020{n:08}")
