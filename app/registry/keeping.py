"""The sealed export between upload and decision: under a key of its own, which is forgotten together with it."""

from app.privacy.keys import KeyRing, KeyRingError
from app.privacy.sealing import SealBroken, new_key, seal, unseal
from app.registry.models import RegistryImport
from app.registry.rows import Export, packed, unpacked
from app.roster.refusing import AlreadyDecided, Unreadable


def keep(keys: KeyRing, waiting: RegistryImport, export: Export) -> None:
    """Seal the export into its row, which has an id already."""
    data_key = new_key()
    waiting.wrapped, waiting.master_version = keys.wrap_for(_place(waiting, "wrapped"), data_key)
    waiting.sealed = seal(data_key, packed(export), _place(waiting, "sealed"))


def taken_out(keys: KeyRing, waiting: RegistryImport) -> Export:
    """The export of a row that waits for its decision."""
    if waiting.sealed is None or waiting.wrapped is None or waiting.master_version is None:
        raise AlreadyDecided("This export was decided on already.")
    try:
        data_key = keys.unwrap_for(_place(waiting, "wrapped"), waiting.wrapped, waiting.master_version)
        return unpacked(unseal(data_key, waiting.sealed, _place(waiting, "sealed")))
    except (KeyRingError, SealBroken) as error:
        raise Unreadable("The sealed export does not open any more.") from error


def forget(waiting: RegistryImport) -> None:
    """Nothing of what was read stays."""
    waiting.sealed = waiting.wrapped = waiting.master_version = None


def _place(waiting: RegistryImport, field: str) -> str:
    return f"registry_import/{waiting.id}/{field}"
