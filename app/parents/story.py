"""What a family is told, as values: doses with their reasons, the days of the plan, and how far it is by now."""

import datetime as dt
from dataclasses import dataclass

from app.notices.models import ItemState
from app.parents.standing import Standing
from app.schools.models import Organisation
from forms.paper.notice import Question


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One dose of the notice. `planned`: the day of its visit; `given`: the day it was given on, if that is known."""

    vaccine: str
    dose: str
    why: str
    earliest: dt.date
    state: ItemState
    planned: dt.date | None = None
    not_earlier: str = ""
    given: dt.date | None = None

    @property
    def is_open(self) -> bool:
        return self.state in (ItemState.OPEN, ItemState.FAILED)


@dataclass(frozen=True, slots=True, repr=False)
class Story:
    """Everything on the page."""

    standing: Standing
    #: The family holds an older paper than the one that is told.
    replaced: bool
    name: str
    school: str
    class_name: str
    number: str
    checked_on: dt.date
    recheck_by: dt.date
    #: The health center said on this day that it has the school's list.
    listed_on: dt.date | None
    #: The day of the check that found everything done.
    done_on: dt.date | None
    #: absent or being_replaced, where a certificate is missing.
    certificate: str | None
    #: What the clinic's own assessment says where it differs from the record.
    clinic_says: str | None
    doses: tuple[Asked, ...]
    questions: tuple[Question, ...]
    clinic: Organisation | None
    latest_start: dt.date | None
    remarks: tuple[str, ...]

    @property
    def open_doses(self) -> list[Asked]:
        return [one for one in self.doses if one.is_open]

    @property
    def settled(self) -> list[Asked]:
        return [one for one in self.doses if not one.is_open]

    @property
    def visits(self) -> list[tuple[dt.date, list[Asked]]]:
        """The planned days, each with what can be given together."""
        days = sorted({one.planned for one in self.open_doses if one.planned})
        return [(day, [one for one in self.open_doses if one.planned == day]) for day in days]

    @property
    def unplanned(self) -> list[Asked]:
        return [one for one in self.open_doses if one.planned is None]

    @property
    def last_given(self) -> dt.date | None:
        return max((one.given for one in self.doses if one.given), default=None)
