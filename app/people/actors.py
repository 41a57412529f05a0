"""Who does something: the person behind a request, or the console.

Actions take an `Actor`, never a request, so that a test, a command or a job can act too.
"""

from dataclasses import dataclass

from app.people.roles import Role
from app.schools.models import OrganisationKind


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work, as known when the request came in."""

    #: None only for the console, which acts for an organisation without being a user of it.
    user_id: int | None
    shown_name: str
    role: Role
    organisation_id: int
    organisation_kind: OrganisationKind
    #: A clerk may be limited to one class.
    class_id: int | None = None
