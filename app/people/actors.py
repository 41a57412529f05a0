"""Who does something.

Actions take an `Actor`, never a request, so that a test, a command or a job can act too. Where an action may also come
from the console, which is no person, its `by` is None.
"""

from dataclasses import dataclass

from app.people.roles import Role
from app.schools.models import OrganisationKind


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work, as known when the request came in."""

    user_id: int
    shown_name: str
    role: Role
    organisation_id: int
    organisation_kind: OrganisationKind
    #: A clerk may be limited to one class.
    class_id: int | None = None


@dataclass(frozen=True, slots=True)
class Parent:
    """A family that proved itself by its notice: no person of the house, known by the school whose notice it is.

    It reads and does nothing else, so it stands in the trail and is taken by no action.
    """

    organisation_id: int
    user_id: None = None
    role: str = "parent"
