"""The pages of an export: upload, questions, writing, and a school's clerk who uses the same door."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.children.models import DoseRecord
from app.database import Database
from app.people.models import User
from app.privacy.identities import IdentifierKind
from tests.district import MOMENT, District
from tests.registry.conftest import dose, export
from tests.roster.school import known

SignIn = Callable[[FlaskClient, User], None]
CODE = "330106202000010001"


@pytest.mark.parametrize("who", ["nurse", "clerk"])
def test_from_the_file_to_the_record(
    client: FlaskClient, database: Database, district: District, sign_in: SignIn, who: str
) -> None:
    clock.fix(MOMENT)
    with database.writing() as session:
        known(session, district.classes["near_1"], "林小明", CODE, kind=IdentifierKind.CHILD_CODE)
        asked = known(session, district.classes["near_1"], "王小问")
    sign_in(client, district.users[who])
    content = export(
        dose(儿童编码=CODE, 姓名="林小明"),
        dose("神秘疫苗", 儿童编码=CODE),
        dose(姓名="王小问", 出生日期="2020-03-12", 性别="女"),
        dose(姓名="王小无", 出生日期="2020-03-13", 性别="女"),
        dose(儿童编码=CODE, day="去年"),
    )
    sent = client.post("/registry/import", data={"file": (io.BytesIO(content), "导出.xlsx")})
    assert sent.status_code == 303, sent.text
    page = client.get(sent.location).text
    for words in ("将写入 1 剂", "神秘疫苗", "王小问", "不是一个日期", "文件 5 剂"):
        assert words in page
    client.post(f"{sent.location}/answers", data={"child-4": str(asked.id), "name-1": "神秘疫苗", "product-1": "other"})
    page = client.get(sent.location).text
    assert "将写入 3 剂" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert "写好了" in client.post(f"{sent.location}/apply", data={"seen": seen}, follow_redirects=True).text
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(DoseRecord)) == 3
    assert "处理过了" in client.post(f"{sent.location}/apply", data={"seen": seen}, follow_redirects=True).text
    assert "收回了 3 剂" in client.post(f"{sent.location}/undo", follow_redirects=True).text
    assert "写入后收回了" in client.get("/registry/import").text


def test_a_clerk_of_one_class_leaves_it_to_others(client: FlaskClient, district: District, sign_in: SignIn) -> None:
    sign_in(client, district.users["class_clerk"])
    assert 'type="file"' not in client.get("/registry/import").text
    sent = client.post("/registry/import", data={"file": (io.BytesIO(export(dose(儿童编码=CODE))), "x.xlsx")})
    assert sent.status_code == 422


def test_no_file_is_a_sentence(client: FlaskClient, district: District, sign_in: SignIn) -> None:
    sign_in(client, district.users["nurse"])
    assert "请选一个文件" in client.post("/registry/import", data={}).text
