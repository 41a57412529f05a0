"""Between the form of a child and what is kept of it, both ways. Pure."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from app.children.actions import Facts
from app.children.kinds import Origin, Sex
from app.privacy.identities import Guardian, Identifier, IdentifierKind, Identity
from app.privacy.resident_ids import look_at_resident_id
from forms.web.children import ChildForm


def facts_in(form: ChildForm) -> Facts:
    """The facts of a form that validates."""
    if form.birth_day is None:
        raise ValueError("Ask for the facts of a form that validates.")
    return Facts(
        sex=Sex(form.sex.data),
        birth_date=form.birth_day,
        origin=Origin(form.origin.data),
        hbsag_exposed_under_2000g=form.hbsag_exposed_under_2000g.data,
    )


def identity_in(form: ChildForm, before: Identity | None = None) -> Identity:
    """The identity of a form; what the form does not show (a second guardian, a second passport) is kept."""
    before = before or Identity(name="")
    return Identity(
        name=_text(form.name),
        former_names=form.names_before,
        identifiers=_identifiers(form, before),
        guardians=_guardians(form, before),
        address=_text(form.address),
    )


def shown_in_form(facts: Facts, identity: Identity) -> dict[str, Any]:
    """What the form shows of a child."""
    guardian = identity.guardians[0] if identity.guardians else Guardian(name="")
    return {
        "name": identity.name,
        "sex": facts.sex.value,
        "birth_date": facts.birth_date.isoformat(),
        "former_names": "、".join(identity.former_names),
        "guardian_name": guardian.name,
        "guardian_relation": guardian.relation,
        "guardian_phone": guardian.phone,
        "address": identity.address,
        "origin": facts.origin.value,
        "hbsag_exposed_under_2000g": facts.hbsag_exposed_under_2000g,
        **{kind.value: identity.number(kind) or "" for kind in IdentifierKind},
    }


def number_findings(number: str, birth_date: dt.date | None, sex: str | None) -> Sequence[str]:
    """What is odd about an identity number, by code: the form's question to the house."""
    known = Sex(sex) if sex in set(Sex) else None
    return [finding.value for finding in look_at_resident_id(number, birth_date, known)]


def _identifiers(form: ChildForm, before: Identity) -> tuple[Identifier, ...]:
    shown = {identity_kind: before.number(identity_kind) for identity_kind in IdentifierKind}
    typed = {kind: _text(form[kind.value]) for kind in IdentifierKind}
    kept = [one for one in before.identifiers if shown[one.kind] != one.number]
    return tuple([Identifier(kind, number) for kind, number in typed.items() if number] + kept)


def _guardians(form: ChildForm, before: Identity) -> tuple[Guardian, ...]:
    first = Guardian(_text(form.guardian_name), _text(form.guardian_relation), _text(form.guardian_phone))
    others = before.guardians[1:]
    return (first, *others) if first.name or first.phone or first.relation else others


def _text(field: Any) -> str:
    return (field.data or "").strip()
