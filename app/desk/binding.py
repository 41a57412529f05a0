"""An unknown code becomes a child's: by hand, once, after a person looked at booklet and screen."""

import datetime as dt
import re
import unicodedata
from dataclasses import replace

from sqlalchemy.orm import Session

from app.audit.actions import record
from app.children.holding import hold
from app.children.models import Child
from app.desk.commands import PREFIX
from app.notices.codes import read_code
from app.people.actors import Actor
from app.privacy.identities import Identifier, IdentifierKind, open_identity, seal_identity
from app.privacy.resident_ids import birth_date_in

SHORTEST, LONGEST = 6, 64
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z:/?&=._%+-]*")


def can_be_bound(text: str) -> bool:
    """Could this be the code on a booklet? Not our own codes, not an identity number, no words, nothing short."""
    code = plain_code(text)
    if not SHORTEST <= len(code) <= LONGEST or not _CODE.fullmatch(code) or not any(map(str.isdigit, code)):
        return False
    return read_code(code) is None and not code.startswith(PREFIX) and birth_date_in(code) is None


def plain_code(text: str) -> str:
    """As a scanner sends it, also where an input method widened it."""
    return unicodedata.normalize("NFKC", text).strip()


def bind_code(session: Session, *, by: Actor, now: dt.datetime, child: Child, code: str) -> None:
    """This code is on this child's booklet. A child may have several; a code of another child raises NumberTaken."""
    if not can_be_bound(code):
        raise ValueError("Only a code that a booklet can carry is bound to a child.")
    hold(session, child)
    identity = open_identity(session, child)
    if identity is None:
        raise ValueError("This child was erased: nothing can be bound to it.")
    one = Identifier(IdentifierKind.CHILD_CODE, plain_code(code))
    if one in identity.identifiers:
        return
    seal_identity(session, child, replace(identity, identifiers=(*identity.identifiers, one)), now=now)
    record(session, by=by, now=now, action="child.code_bound", subject=("child", child.id))
