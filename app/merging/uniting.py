"""Two identities of one child made one, and taken apart again. Pure."""

from dataclasses import replace

from app.privacy.folding import fold_name, fold_number
from app.privacy.identities import Identifier, Identity

#: What was taken over, by its places in the other identity: names (its name is the first), identifiers, guardians,
#: address. Places, because they may lie in the open.
Taken = dict[str, list[int]]


def unite(kept: Identity, gone: Identity) -> tuple[Identity, Taken]:
    """`kept` with what only `gone` knows: its names as former names, its numbers behind the own ones, its guardians,
    and its address where there is none.
    """
    known = {fold_name(name) for name in (kept.name, *kept.former_names)}
    numbers = {_number(one) for one in kept.identifiers}
    names = _names(gone)
    taken: Taken = {
        "names": [at for at, name in enumerate(names) if fold_name(name) and fold_name(name) not in known],
        "identifiers": [at for at, one in enumerate(gone.identifiers) if _number(one) not in numbers],
        "guardians": [at for at, one in enumerate(gone.guardians) if one not in kept.guardians],
        "address": [0] if gone.address and not kept.address else [],
    }
    united = replace(
        kept,
        former_names=(*kept.former_names, *(names[at] for at in taken["names"])),
        identifiers=(*kept.identifiers, *(gone.identifiers[at] for at in taken["identifiers"])),
        guardians=(*kept.guardians, *(gone.guardians[at] for at in taken["guardians"])),
        address=gone.address if taken["address"] else kept.address,
    )
    return united, taken


def part(kept: Identity, gone: Identity, taken: Taken) -> Identity:
    """`kept` without what it took over; what somebody wrote into it since stays."""
    names = {_names(gone)[at] for at in taken["names"]}
    identifiers = {gone.identifiers[at] for at in taken["identifiers"]}
    guardians = {gone.guardians[at] for at in taken["guardians"]}
    return replace(
        kept,
        former_names=tuple(one for one in kept.former_names if one not in names),
        identifiers=tuple(one for one in kept.identifiers if one not in identifiers),
        guardians=tuple(one for one in kept.guardians if one not in guardians),
        address="" if taken["address"] and kept.address == gone.address else kept.address,
    )


def _names(identity: Identity) -> tuple[str, ...]:
    return identity.name, *identity.former_names


def _number(one: Identifier) -> tuple[str, str]:
    return one.kind, fold_number(one.number)
