"""The checklist of a school before the start: what the house can see by itself, and what somebody has to tick."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.campaigns.models import Campaign, Preparation
from app.campaigns.queries import taking_part
from app.people.models import User
from app.people.roles import Role
from app.schools.models import Organisation, SchoolClass


class Item(StrEnum):
    """The things to do, in the order of the page."""

    CONTACT = "contact"
    CLERKS = "clerks"
    ROSTER = "roster"
    LETTER = "letter"
    MEETING = "meeting"
    WALL_TABLE = "wall_table"
    REGISTERS = "registers"
    PADS = "pads"
    DESK = "desk"
    PRACTICE = "practice"


#: What the house sees by itself; nobody can tick these.
SEEN = frozenset({Item.CONTACT, Item.CLERKS, Item.ROSTER})
TICKED = tuple(item for item in Item if item not in SEEN)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist of one school."""

    item: Item
    done: bool
    #: What was found, for the lines that the house fills in: so many clerks, so many children.
    found: int = 0


def checklist(session: Session, campaign: Campaign, school: Organisation) -> list[Line]:
    """Every line, in the order of the page."""
    ticked = set(
        session.scalars(
            select(Preparation.item).where(Preparation.campaign_id == campaign.id, Preparation.school_id == school.id)
        )
    )
    seen = _seen(session, campaign, school)
    return [Line(item, seen[item] > 0, seen[item]) if item in SEEN else Line(item, item in ticked) for item in Item]


def done_by_school(session: Session, campaign: Campaign, schools: list[Organisation]) -> dict[int, int]:
    """How many lines each school has done; for the bureau."""
    return {one.id: sum(line.done for line in checklist(session, campaign, one)) for one in schools}


def _seen(session: Session, campaign: Campaign, school: Organisation) -> dict[Item, int]:
    clerks = select(func.count()).where(
        User.organisation_id == school.id, User.role == Role.CLERK, User.active.is_(True)
    )
    children = taking_part(campaign).where(SchoolClass.school_id == school.id).with_only_columns(func.count())
    return {
        Item.CONTACT: int(bool(school.contact_person and school.phone)),
        Item.CLERKS: session.scalar(clerks) or 0,
        Item.ROSTER: session.scalar(children) or 0,
    }
