"""The 归档包: complete, provable, without a name outside its sheets; and sealing on it."""

import datetime as dt
import hashlib
import io
import json
import zipfile

import pypdfium2
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from app import clock
from app.archive.models import Archive
from app.audit.models import AuditEvent
from app.audit.verifying import verify
from app.campaigns.models import Campaign, CampaignState
from app.campaigns.sealing import Sealed
from app.children.models import Child
from app.jobs import keeping
from app.jobs.models import JobFile, JobState
from app.jobs.queries import files_of
from app.notices.actions import mark_printed
from app.notices.models import Notice
from app.privacy.erasing import erase_child
from app.reports.actions import freeze, send
from app.schools.models import Organisation
from tests.actors import actor
from tests.conftest import SignIn
from tests.jobs.conftest import CHILDREN, School
from tests.notices.september import DAY, at

NAMES = ("田一", "田二", "田三")


def archived(school: School, client: FlaskClient, sign_in: SignIn, who: str = "school_head") -> dict[str, bytes]:
    """Through the page, worked off, opened."""
    sign_in(client, school.district.users[who])
    assert client.post("/archive", data={"campaign": "1"}).status_code == 303
    with school.database.reading() as session:
        job_id = session.scalars(select(JobFile.job_id).order_by(JobFile.job_id.desc())).first() or 0
    job_id += 1
    school.work(job_id)
    assert school.job(job_id).state is JobState.DONE, school.job(job_id).failed_because
    with school.database.reading() as session:
        (whole,) = files_of(session, school.job(job_id))
        content = keeping.taken_out(session, school.settings, whole)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def reported(school: School) -> School:
    with school.database.writing() as session:
        by, near = actor(school.district, "clerk"), session.get_one(Organisation, school.district.places["near"].id)
        center = session.get_one(Organisation, near.default_health_center_id)
        campaign = session.scalars(select(Campaign)).one()
        report = freeze(session, by=by, now=at(DAY), campaign=campaign, school=near, center=center)
        send(session, by=by, now=at(DAY), report=report)
    return school


def test_everything_is_in_it_and_every_hash_is_right(reported: School, client: FlaskClient, sign_in: SignIn) -> None:
    files = archived(reported, client, sign_in)
    kinds = {name.partition("/")[0].partition(".")[0] for name in files}
    assert kinds == {
        *("登记表", "接种记录单", "通知存根", "名单", "补证补种登记表", "汇总表", "规则册"),
        *("归档索引", "index", "SHA256SUMS"),
    }
    index = json.loads(files["index.json"])
    listed = {one["name"]: one["sha256"] for one in index["files"]}
    sums = dict(reversed(line.split("  ", 1)) for line in files["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in sums.items())
    assert listed == {name: digest for name, digest in sums.items() if name in listed}
    assert set(sums) - set(listed) == {"index.json", "归档索引.pdf"}
    with reported.database.reading() as session:
        archive = session.scalars(select(Archive)).one()
        detail = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "archive.made")).one()
    assert archive.index_hash == hashlib.sha256(files["index.json"]).hexdigest()
    assert archive.index_hash in detail
    assert index["edition"] == "nip-2026"


def test_names_stand_in_the_sheets_and_nowhere_else(reported: School, client: FlaskClient, sign_in: SignIn) -> None:
    files = archived(reported, client, sign_in)
    assert not [name for name in files if any(one in name for one in NAMES)]
    assert not any(one.encode() in files[name] for one in NAMES for name in ("index.json", "SHA256SUMS"))
    pages = {name: text_of(files[name]) for name in files if name.startswith("接种记录单/")}
    assert sum(len(found) for found in pages.values()) == sum(CHILDREN.values()), "a page a child"
    assert "田一" in "".join(next(iter(pages.values())))
    rows = load_workbook(io.BytesIO(files["通知存根.xlsx"])).worksheets[0].iter_rows(values_only=True)
    assert sum(any(cell in NAMES for cell in row) for row in rows) == sum(CHILDREN.values())
    sealed = [one.read_bytes() for one in keeping.room(reported.settings).glob("*.sealed")]
    assert sealed
    assert not any(mark in content for content in sealed for mark in (b"%PDF", b"PK\x03\x04"))


def test_the_pieces_are_gone_once_they_are_packed(reported: School, client: FlaskClient, sign_in: SignIn) -> None:
    archived(reported, client, sign_in)
    with reported.database.reading() as session:
        left = session.scalars(select(JobFile.name).where(JobFile.gone_at.is_(None))).all()
    assert left == ["archive.zip"]
    assert len(list(keeping.room(reported.settings).glob("*.sealed"))) == 1


def test_an_erased_child_is_nameless_in_the_next_archive(
    reported: School, client: FlaskClient, sign_in: SignIn
) -> None:
    with reported.database.writing() as session:
        child = session.get_one(Child, session.scalars(select(Notice.child_id).order_by(Notice.id)).first())
        erase_child(session, by=actor(reported.district, "clerk"), now=at(DAY), child=child)
    files = archived(reported, client, sign_in)
    rows = list(load_workbook(io.BytesIO(files["通知存根.xlsx"])).worksheets[0].iter_rows(values_only=True))
    assert sum("（资料已删除）" in row for row in rows) == 1
    records = [page for name in files if name.startswith("接种记录单/") for page in text_of(files[name])]
    assert len(records) == sum(CHILDREN.values()) - 1


def test_the_bureau_gets_counts_and_hashes(reported: School, client: FlaskClient, sign_in: SignIn) -> None:
    archived(reported, client, sign_in)
    files = archived(reported, client, sign_in, "bureau_auditor")
    texts = [page for name, content in files.items() if name.endswith(".pdf") for page in text_of(content)]
    assert not [one for one in NAMES if one in "".join(texts)]
    with reported.database.reading() as session:
        first = session.scalars(select(Archive).order_by(Archive.id)).first()
    assert first is not None
    rows = list(load_workbook(io.BytesIO(files["各校归档和名单.xlsx"])).worksheets[0].iter_rows(values_only=True))
    assert first.index_hash[:32] in [cell for row in rows for cell in row]


def test_sealed_on_the_archive_nothing_changes_any_more(reported: School, client: FlaskClient, sign_in: SignIn) -> None:
    archived(reported, client, sign_in, "bureau_auditor")
    assert "没有做归档包的学校" in client.get("/archive/1/seal").text
    assert "已封存" in client.post("/archive/1/seal", follow_redirects=True).text
    with reported.database.reading() as session:
        assert session.scalars(select(Campaign)).one().state is CampaignState.SEALED
        archive = session.get_one(Archive, 1)
        detail = session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "archive.sealed")).one()
        assert archive.index_hash in detail
        assert verify(session) == []
    with reported.database.reading() as session:
        notices = session.scalars(select(Notice)).all()
        with pytest.raises(Sealed):
            mark_printed(session, by=actor(reported.district, "clerk"), now=clock.now(), notices=notices)
    assert client.post("/archive/1/seal").status_code == 409
    clock.fix(at(DAY + dt.timedelta(days=1)))
    again = archived(reported, client, sign_in, "school_head")
    assert "登记表" in {name.partition("/")[0] for name in again}


def test_what_moved_since_is_not_sealed(reported: School, client: FlaskClient, sign_in: SignIn) -> None:
    archived(reported, client, sign_in, "bureau_auditor")
    with reported.database.writing() as session:
        notice = session.scalars(select(Notice).order_by(Notice.id)).first()
        mark_printed(session, by=actor(reported.district, "clerk"), now=clock.now(), notices=[notice])
    assert "归档包旧了" in client.get("/archive/1/seal").text
    assert "又有变动" in client.post("/archive/1/seal", follow_redirects=True).text
    with reported.database.reading() as session:
        assert session.scalars(select(Campaign)).one().state is CampaignState.OPEN


def test_somebody_elses_campaign_is_not_there(school: School, client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(client, school.district.users["school_head"])
    assert client.post("/archive", data={"campaign": "987654"}).status_code == 404
    assert client.post("/archive", data={"campaign": "x"}).status_code == 404


def text_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
