"""A school with two classes whose children have notices, and a worker that does everything in this very process."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.config import Settings
from app.database import Database
from app.jobs.actions import ask
from app.jobs.choosing import groups
from app.jobs.inside import office_of
from app.jobs.making import Maker
from app.jobs.models import Job, JobKind
from app.jobs.notices import pieces_of
from app.notices import batching
from app.notices.models import Notice
from app.office import Office
from tests.actors import actor
from tests.district import District
from tests.notices.september import DAY, Desk, at, open_campaign, without

CHILDREN = {"near_1": 3, "near_2": 2}


class AtOnce:
    """Hands that need no process."""

    count = 2

    def submit(self, work: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        try:
            done.set_result(work(*arguments))
        except Exception as fault:
            done.set_exception(fault)
        return done


@dataclass
class School:
    """The district, and what happens in it."""

    district: District
    office: Office

    @property
    def database(self) -> Database:
        return self.office.database

    @property
    def settings(self) -> Settings:
        return self.office.settings

    @property
    def maker(self) -> Maker:
        return Maker(self.office, AtOnce())  # type: ignore[arg-type]

    def ask(self, who: str = "clerk", **choices: object) -> int:
        with self.database.writing() as session:
            by = actor(self.district, who)
            pieces = pieces_of([(one.label, one.notices) for one in groups(session, by, only_new=False)])
            what = {"kind": JobKind.NOTICES, "pieces": pieces, "choices": {"layout": "a4", **choices}}
            return ask(session, by=by, now=clock.now(), on=DAY, **what).id

    def work(self, job_id: int) -> None:
        """What the workflow does."""
        for wave in self.maker.waves(job_id):
            if not self.maker.make(job_id, wave):
                return
        self.maker.finish(job_id)

    def job(self, job_id: int) -> Job:
        with self.database.reading() as session:
            return session.get_one(Job, job_id)

    def prints(self) -> list[int]:
        with self.database.reading() as session:
            return list(session.scalars(select(Notice.print_count).order_by(Notice.id)))


@pytest.fixture
def school(app: Flask, database: Database, district: District) -> Iterator[School]:
    clock.fix(at(DAY))
    with database.writing() as session:
        open_campaign(session, district)
        desk = Desk(session, actor(district, "clerk"))
        for name, number in CHILDREN.items():
            for n in range(number):
                child = desk.enrol(district.classes[name], "田" + "一二三四五"[n])
                desk.doses(child, without(("DTaP", 5), ("HepA-L", 1)))
                assert desk.notice(child) is not None
    yield School(district, app.extensions["chayan"])
    batching._office.cache_clear()
    office_of.cache_clear()
