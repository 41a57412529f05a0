"""Which role belongs to which kind of organisation: a nurse works at a health center, never at a school."""

from app.people.roles import Role
from app.schools.models import OrganisationKind

HOME_OF: dict[Role, frozenset[OrganisationKind]] = {
    Role.CLERK: frozenset({OrganisationKind.SCHOOL}),
    Role.SCHOOL_HEAD: frozenset({OrganisationKind.SCHOOL}),
    Role.NURSE: frozenset({OrganisationKind.HEALTH_CENTER}),
    Role.BUREAU_AUDITOR: frozenset({OrganisationKind.BUREAU}),
    Role.CDC_DOCTOR: frozenset({OrganisationKind.CDC}),
    Role.ADMINISTRATOR: frozenset(OrganisationKind),
}


def roles_at(kind: OrganisationKind) -> list[Role]:
    """The roles a person of such an organisation can have, in the order of `Role`."""
    return [role for role in Role if kind in HOME_OF[role]]
