"""A clerk at the door of the import, and the ways through it."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.database import Database
from app.people.models import User
from app.roster.models import RosterImport
from tests.district import MOMENT, District

SignIn = Callable[[FlaskClient, User], None]


@dataclass
class Desk:
    """A signed-in browser that imports rosters."""

    client: FlaskClient
    database: Database

    def upload(self, content: bytes, name: str = "名册.xlsx", **fields: str) -> TestResponse:
        data = {"file": (io.BytesIO(content), name), **fields}
        return self.client.post("/roster/import", data=data, content_type="multipart/form-data")

    def propose(self, content: bytes, name: str = "名册.xlsx", **fields: str) -> str:
        """Upload a file that can be read; the address of its page."""
        answer = self.upload(content, name, **fields)
        assert answer.status_code == 303, answer.text
        assert answer.location is not None
        return answer.location

    def see(self, address: str, group: str | None = None, page: int = 1) -> str:
        answer = self.client.get(address, query_string={"group": group, "page": page} if group else None)
        assert answer.status_code == 200
        return answer.text

    def answer(self, address: str, said: dict[str, str]) -> TestResponse:
        """Post answers with the stamps of the page, as the browser would."""
        fields = dict(said)
        page = "".join(self.see(address, group) for group in ("duplicate", "changed", "transfer"))
        for number in {name.split("-")[1] for name in fields if name.startswith(("row-", "tick-", "box-"))}:
            stamp = page.partition(f'name="stamp-{number}" value="')[2].partition('"')[0]
            fields[f"stamp-{number}"] = stamp
        return self.client.post(f"{address}/answers", data=fields, follow_redirects=True)

    def seen(self, address: str) -> str:
        """What the write button would send; empty while it is disabled."""
        return self.see(address).partition('name="seen" value="')[2].partition('"')[0]

    def apply(self, address: str, seen: str | None = None) -> TestResponse:
        seen = self.seen(address) if seen is None else seen
        return self.client.post(f"{address}/apply", data={"seen": seen}, follow_redirects=True)

    def write(self, content: bytes, **fields: str) -> str:
        """Upload and confirm a file without questions."""
        address = self.propose(content, **fields)
        answer = self.apply(address)
        assert "写好了" in answer.text, answer.text
        return address

    def imports(self) -> list[RosterImport]:
        with self.database.reading() as session:
            return list(session.scalars(select(RosterImport).order_by(RosterImport.id)))


@pytest.fixture
def desk(app: Flask, database: Database, district: District, sign_in: SignIn) -> Desk:
    """The clerk of the whole school 近水小学."""
    clock.fix(MOMENT)
    client = app.test_client()
    sign_in(client, district.users["clerk"])
    return Desk(client, database)
