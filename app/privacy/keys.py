"""The key ring: what one installation encrypts, looks up and signs with. It never stands in the database."""

import hashlib
import hmac
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

from app.privacy import key_file
from app.privacy.key_file import KeyMaterial, KeyRingError
from app.privacy.sealing import KEY_BYTES, new_key, seal, unseal

__all__ = ["KeyRing", "KeyRingError", "keys_of"]

#: Where a session carries the ring (see `app.privacy.opening`).
CARRIED_AS = "keys"


class KeyRing:
    """Wraps and unwraps data keys, makes look-up digests, signs the audit trail."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Looked at before it is read: what is written in between is seen the next time.
        self._seen = _stamp(path)
        self._material = key_file.read(path)
        self._derived: dict[tuple[str, str], bytes] = {}

    def __repr__(self) -> str:
        return f"<KeyRing of {self.path}>"

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """The ring of an existing key file."""
        return cls(path)

    @classmethod
    def load_or_create(cls, path: Path) -> "KeyRing":
        """The ring of the key file; makes one where there is none. `open_key_ring` asks the database first."""
        if not path.exists():
            with suppress(FileExistsError):  # another process was first: its file is the one
                key_file.create(path, KeyMaterial.fresh())
        return cls.load(path)

    @property
    def newest_master(self) -> int:
        """The version that wraps."""
        self._look_again()
        return self._material.newest

    @property
    def master_versions(self) -> list[int]:
        self._look_again()
        return sorted(self._material.masters)

    def wrap(self, child_id: int, data_key: bytes) -> tuple[bytes, int]:
        """The data key of a child, sealed by the newest master key, and that key's version."""
        return self.wrap_for(_place(child_id), data_key)

    def unwrap(self, child_id: int, wrapped: bytes, version: int) -> bytes:
        """The data key of a child."""
        return self.unwrap_for(_place(child_id), wrapped, version)

    def wrap_for(self, place: str, data_key: bytes) -> tuple[bytes, int]:
        """The data key of one `place`, such as a document that waits for a decision; see `wrap`."""
        version = self.newest_master
        return seal(self._material.masters[version], data_key, f"{place}/{version}"), version

    def unwrap_for(self, place: str, wrapped: bytes, version: int) -> bytes:
        """The data key of one place."""
        if version not in self._material.masters:
            self._look_again()
        master = self._material.masters.get(version)
        if master is None:
            raise KeyRingError(
                f"The key file {self.path} has no master key of version {version}, but the database needs it. "
                "Bring back the key file that belongs to this database."
            )
        return unseal(master, wrapped, f"{place}/{version}")

    def digest(self, kind: str, text: str) -> bytes:
        """A keyed digest for exact look-up; each kind has its own key, so that equal texts of two kinds differ."""
        return hmac.digest(self._key_for("lookup", kind), text.encode(), hashlib.sha256)

    def audit_mac(self, message: bytes) -> bytes:
        """The signature of one piece of the audit trail."""
        return hmac.digest(self._key_for("audit", "trail"), message, hashlib.sha256)

    def signing_seed(self, purpose: str) -> bytes:
        """The seed of a signing key for one purpose; rotating the master keys does not touch it."""
        return self._key_for("audit", f"signing/{purpose}")

    def sealing_key(self, purpose: str) -> bytes:
        """A key to seal small texts that belong to no child; rotating the master keys does not touch it."""
        return self._key_for("audit", f"sealing/{purpose}")

    def add_master(self) -> int:
        """Write a key file with one more master key; from now on it wraps."""
        self._look_again()
        version = self._material.newest + 1
        self._rewrite({**self._material.masters, version: new_key()})
        return version

    def drop_masters(self, versions: set[int]) -> None:
        """Write a key file without these master keys. What they wrapped can never be opened again."""
        self._look_again()
        if self._material.newest in versions:
            raise KeyRingError("The newest master key cannot be dropped: it is the one that wraps.")
        self._rewrite({v: key for v, key in self._material.masters.items() if v not in versions})

    def _rewrite(self, masters: dict[int, bytes]) -> None:
        key_file.replace(self.path, KeyMaterial(masters, self._material.lookup, self._material.audit))
        self._look_again()

    def _look_again(self) -> None:
        # A rotation in another process must not leave this one wrapping with a key that is about to be dropped.
        stamp = _stamp(self.path)
        if stamp != self._seen or stamp is None:
            self._material = key_file.read(self.path)
            self._derived.clear()
            self._seen = stamp

    def _key_for(self, root: str, purpose: str) -> bytes:
        key = self._derived.get((root, purpose))
        if key is None:
            material = self._material.lookup if root == "lookup" else self._material.audit
            info = f"chayan/{root}/{purpose}".encode()
            key = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(material)
            self._derived[root, purpose] = key
        return key


def keys_of(session: Session) -> KeyRing:
    """The ring that this session carries."""
    ring = session.info.get(CARRIED_AS)
    if not isinstance(ring, KeyRing):
        raise KeyRingError("This session carries no keys: open the ring with app.privacy.opening.open_key_ring first.")
    return ring


def _place(child_id: int) -> str:
    return f"child_key/{child_id}/wrapped"


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size
