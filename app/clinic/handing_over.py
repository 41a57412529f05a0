"""The children that were handed to other centers, as the rows of the list that goes with them."""

import datetime as dt
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.clinic.care_queries import handed_over, open_items_of
from app.clock import CHINA
from app.people.actors import Actor
from app.privacy.identities import open_identities
from app.schools.models import Organisation
from forms.paper.tables import Value
from forms.wording import dose_number, product_name


@dataclass(frozen=True, slots=True, repr=False)
class GoneOver:
    """One line of the list of one center."""

    hand_over_id: int
    child_id: int
    center: str
    cells: tuple[Value, ...]

    def __repr__(self) -> str:
        return f"<GoneOver child {self.child_id}, not shown>"


def gone_over(session: Session, actor: Actor) -> list[GoneOver]:
    """By center, in the order in which they were handed over."""
    rows = handed_over(session, actor)
    identities = open_identities(session, [child for _row, child in rows])
    items = open_items_of(session, [child.id for _row, child in rows])
    found = []
    for row, child in rows:
        identity = identities[child.id]
        doses = (f"{product_name(one.product)} {dose_number(one.dose)}" for one in items.get(child.id, []))
        cells: tuple[Value, ...] = (
            identity.name,
            _("女") if child.sex == "F" else _("男"),
            child.birth_date,
            "\n".join(f"{one.name} {one.phone}".strip() for one in identity.guardians),
            identity.address,
            _("、").join(doses),
            _day(row.at),
        )
        center = session.get_one(Organisation, row.to_center_id).name
        found.append(GoneOver(row.id, child.id, center, cells))
    return found


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(CHINA).date()
