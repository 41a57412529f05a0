"""What the page of a waiting export shows: figures that add up to the file's rows, and its questions by pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.children.models import Child
from app.children.queries import active_enrolment, class_of, school_of
from app.people.actors import Actor
from app.privacy.identities import IdentifierKind, Identity, open_identities
from app.registry.comparing import Comparison
from app.registry.matching import Match
from app.registry.rows import FileChild

PAGE = 20
_END = 4


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """A child of ours whom a child of the file may be."""

    child: Child
    identity: Identity
    place: str

    def __repr__(self) -> str:
        return f"<Candidate {self.child.id}, not shown>"


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """A child of the file, and who it may be."""

    child: FileChild
    candidates: tuple[Candidate, ...]

    def __repr__(self) -> str:
        return f"<Question of row {self.child.row}, not shown>"


def questions(session: Session, actor: Actor, seen: Comparison, page: int) -> list[Question]:
    """The open questions of one page, with the candidates' names and classes."""
    matches = seen.open[(page - 1) * PAGE : page * PAGE]
    identities = open_identities(session, [child for match in matches for child in match.candidates])
    return [Question(match.child, _candidates(session, actor, match, identities)) for match in matches]


def pages_of(seen: Comparison) -> int:
    return max(1, -(-len(seen.open) // PAGE))


def sums(seen: Comparison) -> list[tuple[str, int]]:
    """The rows of doses of the file, each in one place: the numbers add up."""
    export = seen.export
    readable = sum(len(one.doses) for one in export.children)
    before_birth = len(seen.before_birth)
    repeated = _repeated(seen)
    parts = [
        (_("新剂次"), seen.new_doses),
        (_("已经有了"), seen.on_record + repeated),
        (_("不是这里的孩子，或者还没认"), seen.left_out),
        (_("疫苗名认不出"), _unnamed(seen)),
        (_("早于出生"), before_birth),
        (_("读不出"), export.dose_rows - readable),
    ]
    return [(word, number) for word, number in parts if number or word == _("新剂次")]


def _unnamed(seen: Comparison) -> int:
    answers = seen.export.products
    doses = (dose for one in seen.proposals for dose in one.doses)
    return sum(dose.product is None and not answers.get(dose.named) for dose in doses)


def _repeated(seen: Comparison) -> int:
    """The same dose twice in the file: nothing is left over when it is written once."""
    said = sum(len(one.doses) for one in seen.proposals)
    return said - seen.new_doses - seen.on_record - len(seen.before_birth) - _unnamed(seen)


def _candidates(
    session: Session, actor: Actor, match: Match, identities: Mapping[int, Identity]
) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(child, identities[child.id], _place(session, actor, child))
        for child in match.candidates
        if child.id in identities
    )


def _place(session: Session, actor: Actor, child: Child) -> str:
    enrolment = active_enrolment(session, actor, child.id)
    return f"{school_of(session, enrolment).name} {class_of(session, enrolment).name}" if enrolment else ""


def number_ends(child: FileChild) -> Sequence[str]:
    """儿童编码 …0021: enough to find the row in the file."""
    words = {IdentifierKind.CHILD_CODE: _("儿童编码"), IdentifierKind.RESIDENT_ID: _("身份证号")}
    other = _("证件号")
    return [f"{words.get(one.kind, other)} …{one.number[-_END:]}" for one in child.numbers]
