"""The demo in the tables: what is there at half past eight, that it is whole, and that it loads once, nowhere else."""

import datetime as dt
from collections import Counter

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app.audit.models import AuditEvent, ReplayRun
from app.audit.verifying import verify
from app.campaigns.queries import open_campaign, taking_part
from app.checks.gathering import gather
from app.checks.judging import judge as judge_again
from app.checks.models import Check
from app.children.kinds import CertificateState, DoseSource, EnrolmentState
from app.children.models import Certificate, Child, DoseRecord, Doubt, Enrolment, Exemption
from app.cli import main
from app.config import Settings
from app.database import Database
from app.demo import days, loading, users
from app.demo.accounts import accounts_text
from app.demo.checking import checked_seats
from app.demo.children import population
from app.demo.contradicting import KINDS
from app.demo.judging import judge
from app.inspection.models import VisitFinding
from app.notices.models import Notice, NoticeState
from app.oversight.models import BoardClosing
from app.people.models import User
from app.people.roles import Role
from app.privacy.identities import open_identities
from app.reconciling.queries import rows_of
from app.reconciling.telling import Cause
from app.schools.models import Organisation, OrganisationKind, SchoolClass, Stage
from app.spotchecks.models import Outcome, SpotItem

pytestmark = pytest.mark.database
_NO_NOTICE = {"complete", "waived"}
LOADED = [child for child in population() if child.school.roster_loaded]


@pytest.fixture
def session(demo):
    with demo.database.reading() as session:
        yield session


def test_the_district_stands(session) -> None:
    kinds = Counter(session.scalars(select(Organisation.kind)))
    stages = Counter(session.scalars(select(Organisation.stage).where(Organisation.stage.is_not(None))))
    centers = session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.HEALTH_CENTER)).all()

    assert kinds == {"bureau": 1, "cdc": 1, "health_center": 2, "school": 6}
    assert stages == {Stage.KINDERGARTEN: 3, Stage.PRIMARY: 3}
    assert all(center.phone and center.address and center.open_days and center.supervisor_id for center in centers)


def test_every_role_can_sign_in_and_nobody_has_to_change_the_password(demo_app, session) -> None:
    people = session.scalars(select(User)).all()
    browser = demo_app.test_client()

    assert {user.role for user in people} == set(Role)
    assert [user for user in people if user.class_id]
    assert len(users.PASSWORD) >= 10
    for name in ("clerk", "nurse", "admin"):
        answer = browser.post("/sign-in", data={"name": name, "password": users.PASSWORD})
        assert answer.status_code == 303
        assert browser.get(answer.location).status_code in {200, 302, 303}
        assert "/password" not in (browser.get("/").location or "")
        browser.post("/sign-out")


def test_the_campaign_is_open_and_takes_everybody(session) -> None:
    school = session.scalars(select(Organisation).where(Organisation.stage == Stage.PRIMARY).limit(1)).one()
    campaign = open_campaign(session, school.id)

    assert (campaign.name, campaign.first_day, campaign.joins_from) == (
        "2026年秋季",
        dt.date(2026, 9, 1),
        dt.date(2026, 7, 1),
    )
    assert (campaign.recheck_by, campaign.list_within_days, campaign.edition) == (dt.date(2026, 12, 31), 7, "nip-2026")
    assert len(session.scalars(taking_part(campaign)).all()) == len(LOADED)
    assert session.scalar(select(func.count()).where(Enrolment.state == EnrolmentState.LEFT)) == 3


def test_who_a_child_is_opens_again(session) -> None:
    rows = session.scalars(select(Child)).all()
    opened = open_identities(session, rows)

    assert Counter((one.name, one.address) for one in opened.values()) == Counter(
        (child.identity.name, child.identity.address) for child in LOADED
    )


def test_one_school_is_far_one_has_begun_and_the_others_have_not(session) -> None:
    counted = Counter(
        session.scalars(
            select(Organisation.name)
            .join(SchoolClass, SchoolClass.school_id == Organisation.id)
            .join(Enrolment, Enrolment.class_id == SchoolClass.id)
            .join(Check, Check.enrolment_id == Enrolment.id)
        )
    )
    expected = sum(child.school.short == "lab" for child in LOADED)

    assert counted["青禾区实验小学"] * 2 == expected
    assert 0 < counted["柳溪镇中心幼儿园"] < 15
    assert len(counted) == 2


def test_saved_checks_are_of_the_past_by_the_schools_clerk_and_come_out_the_same_again(session) -> None:
    checks = session.scalars(select(Check)).all()
    moments = [check.at for check in checks]
    clerks = dict(session.execute(select(User.id, User.organisation_id)).all())

    assert len(set(moments)) == len(moments)
    assert all(days.ROSTERS < moment < days.OPENING for moment in moments)
    assert all(check.as_of == check.at.astimezone(days.OPENING.tzinfo).date() for check in checks)
    for check in checks:
        school = session.scalar(select(SchoolClass.school_id).join(Enrolment).where(Enrolment.id == check.enrolment_id))
        assert clerks[check.by] == school
        again = judge_again(check.inputs, check.edition)
        assert again.findings == check.findings
        now = gather(session, session.get_one(Child, check.child_id), check.as_of)
        # What the center gave after the check was not known to it.
        now["doses"] = [dose for dose in now["doses"] if dose["source"] != DoseSource.CLINIC]
        assert now == check.inputs


def test_whoever_owes_something_has_a_notice_and_the_first_class_took_it_home(session) -> None:
    asked = {
        check.enrolment_id for check in session.scalars(select(Check)) if check.findings["result"] not in _NO_NOTICE
    }
    notices = session.scalars(select(Notice)).all()
    handed = set(
        session.scalars(
            select(SchoolClass.name)
            .join(Enrolment, Enrolment.class_id == SchoolClass.id)
            .where(Enrolment.id.in_([notice.enrolment_id for notice in notices if notice.handed_at]))
        )
    )

    assert {notice.enrolment_id for notice in notices} == asked
    assert handed == {"一（1）班"}
    assert {notice.state for notice in notices} == {NoticeState.DRAFTED, NoticeState.HANDED}


def test_what_the_tables_know_of_checked_children_is_what_was_made_up(session) -> None:
    results = Counter(check.findings["result"] for check in session.scalars(select(Check)))
    made_up = Counter(judge(child).result.value for child in LOADED if child.seat in checked_seats())

    # Two days earlier; nobody of these had a birthday on which something fell due.
    assert results == made_up
    assert set(results) == {"complete", "catch_up", "review", "no_certificate", "waived"}


def test_doses_are_known_but_for_one_class(session) -> None:
    counted = (
        select(SchoolClass.name, func.count(DoseRecord.id))
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .outerjoin(DoseRecord, DoseRecord.child_id == Enrolment.child_id)
        .join(Organisation, Organisation.id == SchoolClass.school_id)
        .where(Organisation.name == "青禾区实验小学", Enrolment.state == EnrolmentState.ACTIVE)
        .group_by(SchoolClass.name)
    )
    per_class = dict(session.execute(counted).all())
    sources = Counter(session.scalars(select(DoseRecord.source)))
    made_up = sum(len(child.record.doses) for child in LOADED if not child.school_class.booklets_to_type)

    assert [name for name, doses in per_class.items() if not doses] == ["一（4）班"]
    assert sum(sources.values()) - sources[DoseSource.CLINIC] - len(KINDS) == made_up
    assert sources[DoseSource.CLINIC] > 0
    assert sources[DoseSource.REGISTRY] > 0.9 * made_up
    assert sources[DoseSource.BOOKLET]
    assert sources[DoseSource.GUARDIAN]


def test_two_booklets_contradict_the_registry(session) -> None:
    doubted = set(session.scalars(select(Doubt.child_id).where(Doubt.by_comparing.is_(True))))
    causes = {row.cause for child_id in doubted for row in rows_of(session, child_id) if row.open}

    assert len(doubted) == len(KINDS)
    assert causes == {Cause.SWAPPED, Cause.COMBINED}


def test_what_people_said_on_the_first_morning_is_there(session) -> None:
    states = Counter(session.scalars(select(Certificate.state)))
    lost = sum(child.record.certificate in {"absent", "being_replaced"} for child in LOADED)

    assert states[CertificateState.ABSENT] + states[CertificateState.BEING_REPLACED] == lost
    assert session.scalar(select(func.count()).select_from(Doubt).where(Doubt.settled_at.is_(None))) >= 8
    assert session.scalar(select(func.count()).select_from(Exemption)) == sum(
        len(child.record.exemptions) for child in LOADED
    )
    assert session.scalar(select(func.count()).where(Exemption.valid_to.is_not(None)))


def test_the_trail_is_whole_and_nothing_in_it_is_of_the_future(session) -> None:
    assert verify(session) == []
    # Not those of the test that signs in: they show that the demo's clock runs.
    moments = session.scalars(select(AuditEvent.at).where(AuditEvent.action.not_like("user.signed%"))).all()
    assert min(map(dt.datetime.fromisoformat, moments)) >= days.SET_UP
    assert max(map(dt.datetime.fromisoformat, moments)) == days.OPENING


def test_the_console_is_told_the_accounts_and_nothing_else(demo) -> None:
    assert demo.told == accounts_text(loading.samples_in(demo.settings)) + "\n"
    assert loading.samples_in(demo.settings).is_dir()


def test_it_loads_once(demo) -> None:
    with demo.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Child))

    with pytest.raises(loading.NotHere, match="--reset"):
        loading.load(demo.settings, demo.database)

    with demo.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Child)) == before == len(LOADED)


def test_the_command_refuses_in_sentences(settings: Settings) -> None:
    environment = {"CHAYAN_DATA": str(settings.data_dir), "CHAYAN_DATABASE": settings.database_url, "CHAYAN_DEMO": "0"}
    answer = CliRunner(env=environment).invoke(main, ["load-demo"])

    assert answer.exit_code == 1
    assert "CHAYAN_DEMO=1" in answer.output
    assert "Traceback" not in answer.output
    assert answer.stdout == ""


def test_a_real_installation_refuses_it(settings: Settings, database: Database) -> None:
    with pytest.raises(loading.NotHere, match="CHAYAN_DEMO=1"):
        loading.load(settings, database)

    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0
    assert not loading.samples_in(settings).exists()


def test_an_installation_with_people_in_it_refuses_it(as_demo: Settings, database: Database, district) -> None:
    with pytest.raises(loading.NotHere, match="here already"):
        loading.load(as_demo, database)


def test_what_fails_on_the_way_leaves_nothing(as_demo: Settings, database: Database, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(loading, "load_rosters", fail)
    with pytest.raises(RuntimeError, match="lights"):
        loading.load(as_demo, database)

    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_the_bureau_has_been_at_work(session) -> None:
    """No page is empty: two cut-offs, a visit with an open finding, a spot check, a replay that is equal."""
    assert session.scalars(select(BoardClosing.day)).all() == [dt.date(2026, 9, 1), dt.date(2026, 9, 2)]
    first, second = session.scalars(select(VisitFinding).order_by(VisitFinding.position))
    assert (first.put_right_on is None, second.put_right_on is None) == (False, True)
    outcomes = Counter(session.scalars(select(SpotItem.outcome)))
    assert outcomes[Outcome.AGREES] > outcomes[None] > 0
    assert outcomes[Outcome.DIFFERS] + outcomes[Outcome.MISSING_HERE] > 0
    (run,) = session.scalars(select(ReplayRun))
    assert run.equal == run.done == run.total == session.scalar(select(func.count()).select_from(Check))
