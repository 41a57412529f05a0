"""One content, one proposal: a program's key is remembered with a digest of what came, so that a repetition is none."""

import datetime as dt
from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.database import Database
from app.interface.models import Submission, SubmissionKind
from app.interface.problems import Refused
from app.people.actors import Actor
from app.secret import Secret


def digest_of(secret: Secret, sent: bytes) -> str:
    """Keyed: whoever reads the table cannot try out which names it was."""
    return secret.digest("interface body", sent.decode("utf-8"))


def known_import(session: Session, by: Actor, kind: SubmissionKind, key: str, digest: str) -> int | None:
    """The import that this key made before; refused where the content was another."""
    wanted = select(Submission).where(
        Submission.organisation_id == by.organisation_id, Submission.kind == kind, Submission.client_key == key
    )
    found = session.scalars(wanted).one_or_none()
    if found is None:
        return None
    if found.body_digest != digest:
        how = _("同样的内容用同一个 key，新的内容用新的 key。")
        raise Refused(409, "key_reused", _("这个 Idempotency-Key 用过了，那时的内容不一样。"), how)
    return found.import_id


def propose_once(
    database: Database,
    *,
    by: Actor,
    now: dt.datetime,
    kind: SubmissionKind,
    key: str,
    digest: str,
    propose: Callable[[Session], int],
) -> int:
    """In one transaction: what is proposed, and that it was. Of two at once the second finds the first."""
    try:
        with database.writing() as session:
            known = known_import(session, by, kind, key, digest)
            if known is not None:
                return known
            import_id = propose(session)
            row = Submission(organisation_id=by.organisation_id, kind=kind, client_key=key, body_digest=digest)
            row.import_id, row.sent_at = import_id, now
            session.add(row)
            session.flush()
            return import_id
    except IntegrityError:
        with database.reading() as session:
            found = known_import(session, by, kind, key, digest)
        if found is None:
            raise
        return found
