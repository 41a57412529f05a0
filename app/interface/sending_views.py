"""Rosters and doses in: proposed, looked at, applied. Questions are answered by a person on the pages of imports."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response
from flask_babel import gettext as _

from app import clock
from app.audit.actions import Reading, record_read
from app.interface import problems, proposals, sending
from app.interface.bodies import read_body, read_key
from app.interface.describing import describe
from app.interface.door import admit_token
from app.interface.models import Scope, SubmissionKind
from app.interface.problems import Refused
from app.interface.sent_shapes import DosesIn, Proposal, RosterIn, Seeing
from app.interface.submitting import digest_of, propose_once
from app.interface.views import pages
from app.office import office
from app.people.access import current_actor
from app.registry import actions as registry
from app.registry.queries import import_or_404 as export_or_404
from app.roster import actions as roster
from app.roster.models import ImportState
from app.roster.opening import FileRefused
from app.roster.queries import import_or_404
from app.roster.refusing import AlreadyDecided, Moved, NotApplied, Unreadable
from app.roster.reviewing import first_look

_ROSTER, _DOSES = Scope.WRITE_ROSTER, Scope.WRITE_DOSES


@pages.post("/roster")
@admit_token(_ROSTER)
@describe("Propose the school's roster", Proposal, scope=_ROSTER, body=RosterIn, status=201, keyed=True)
def send_roster() -> Response:
    actor, now, key = current_actor(), clock.now(), read_key()
    body, sent = read_body(RosterIn)
    with _saying_refusals():
        read = sending.roster_of(body, today=clock.today())
        with office().database.reading() as session:
            changes = first_look(session, actor.organisation_id, read)
        import_id = propose_once(
            office().database,
            by=actor,
            now=now,
            kind=SubmissionKind.ROSTER,
            key=key,
            digest=digest_of(office().secret, sent),
            propose=lambda session: sending.propose_roster(
                session, by=actor, now=now, read=read, changes=changes, make_classes=body.make_classes
            ),
        )
        with office().database.reading() as session:
            return problems.dumped(proposals.roster_proposal(session, import_or_404(session, actor, import_id)), 201)


@pages.get("/roster/<int:import_id>")
@admit_token(_ROSTER)
@describe("A roster beside the records as they are now", Proposal, scope=_ROSTER)
def roster_sent(import_id: int) -> Response:
    by = current_actor()
    with office().database.writing() as session:
        import_or_404(session, by, import_id)
        subject = ("roster_import", import_id)
        record_read(session, by=by, now=clock.now(), what=Reading.EXPORT, subject=subject)
    with _saying_refusals(), office().database.reading() as session:
        return problems.dumped(proposals.roster_proposal(session, import_or_404(session, by, import_id)))


@pages.post("/roster/<int:import_id>/apply")
@admit_token(_ROSTER)
@describe("Write a roster as it was seen, whole or not at all", Proposal, scope=_ROSTER, body=Seeing)
def apply_roster(import_id: int) -> Response:
    body, _sent = read_body(Seeing)
    by, now, today = current_actor(), clock.now(), clock.today()
    with _saying_refusals(), office().database.writing() as session:
        waiting = import_or_404(session, by, import_id, lock=True)
        if waiting.state is not ImportState.APPLIED:  # sent twice is written once
            roster.apply(session, by=by, now=now, today=today, import_id=import_id, seen=body.seen)
        return problems.dumped(proposals.roster_proposal(session, waiting))


@pages.post("/doses")
@admit_token(_DOSES)
@describe("Propose doses of the children in scope", Proposal, scope=_DOSES, body=DosesIn, status=201, keyed=True)
def send_doses() -> Response:
    actor, now, key = current_actor(), clock.now(), read_key()
    body, sent = read_body(DosesIn)
    with _saying_refusals():
        export = sending.export_of(body, today=clock.today())
        import_id = propose_once(
            office().database,
            by=actor,
            now=now,
            kind=SubmissionKind.DOSES,
            key=key,
            digest=digest_of(office().secret, sent),
            propose=lambda session: registry.propose(session, by=actor, now=now, export=export).id,
        )
        with office().database.reading() as session:
            waiting = export_or_404(session, actor, import_id)
            return problems.dumped(proposals.doses_proposal(session, actor, waiting), 201)


@pages.get("/doses/<int:export_id>")
@admit_token(_DOSES)
@describe("Doses beside the records as they are now", Proposal, scope=_DOSES)
def doses_sent(export_id: int) -> Response:
    by = current_actor()
    with office().database.writing() as session:
        export_or_404(session, by, export_id)
        subject = ("registry_import", export_id)
        record_read(session, by=by, now=clock.now(), what=Reading.EXPORT, subject=subject)
    with _saying_refusals(), office().database.reading() as session:
        return problems.dumped(proposals.doses_proposal(session, by, export_or_404(session, by, export_id)))


@pages.post("/doses/<int:export_id>/apply")
@admit_token(_DOSES)
@describe("Write the new doses as they were seen, whole or not at all", Proposal, scope=_DOSES, body=Seeing)
def apply_doses(export_id: int) -> Response:
    body, _sent = read_body(Seeing)
    by, now = current_actor(), clock.now()
    with _saying_refusals(), office().database.writing() as session:
        waiting = export_or_404(session, by, export_id, lock=True)
        if waiting.state is not ImportState.APPLIED:
            registry.apply(session, by=by, now=now, import_id=export_id, seen=body.seen)
        return problems.dumped(proposals.doses_proposal(session, by, waiting))


@contextmanager
def _saying_refusals() -> Iterator[None]:
    """Around the transaction: what is refused was taken back whole."""
    try:
        yield
    except FileRefused as refusal:
        raise Refused(422, "unreadable", str(refusal), _("请改好再发。")) from None
    except NotApplied as refusal:
        code, what, how = _refusal(refusal)
        raise Refused(409, code, what, how) from None


def _refusal(refusal: NotApplied) -> tuple[str, str, str]:
    if isinstance(refusal, AlreadyDecided):
        return "decided", _("这一份已经写入、没有写入或者过期了。"), _("还要写的，请用新的 key 重新提交。")
    if isinstance(refusal, Moved):
        return "moved", _("提交以后系统里有变动，什么都没有写入。"), _("请重新读这一份，看过以后用新的 seen 再写。")
    if isinstance(refusal, Unreadable):
        return "unreadable", _("这一份打不开了。"), _("请用新的 key 重新提交。")
    return "open", _("还有问题没人回答，或者没有要写的。"), _("questions 不是 0 的，请本单位的人在“导入”页面回答。")
