"""What a data folder says of itself before anybody signed in: no secret, and no name of a person."""

import hmac
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sscard_desk.disk import write_whole
from sscard_desk.domain.errors.store import DatabaseDamaged, NotSetUp

_FACTS: Final = "folder.json"
_CHECK_BYTES: Final = 16


@dataclass(frozen=True)
class DataFolder:
    """The places inside a data folder (`SSCARD_DESK_HOME`)."""

    path: Path

    @property
    def facts(self) -> Path:
        """What stands open: desk, point, training."""
        return self.path / _FACTS

    @property
    def database(self) -> Path:
        """The desk's encrypted database."""
        return self.path / "desk.db"

    @property
    def persons_pointer(self) -> Path:
        """Names the file of the population cache in use."""
        return self.path / "persons.current"

    @property
    def blobs(self) -> Path:
        """Folder of the encrypted pictures and scans."""
        return self.path / "blobs"

    @property
    def lock(self) -> Path:
        """Held by the window that works here."""
        return self.path / "window.lock"


@dataclass(frozen=True)
class FolderFacts:
    """What was fixed when the data folder was made; the database holds the same.

    Attributes:
        desk: what the centre calls this desk.
        service_point: four digits.
        desk_no: 0 to 99 at this point; stands in application numbers.
        training: made for training; no setting turns one into the other.
        key_check: derived from the database key, tells a wrong key from a damaged file; 32 hex characters.
    """

    desk: str
    service_point: str
    desk_no: int
    training: bool
    key_check: str

    def key_fits(self, key: bytes) -> bool:
        """Return whether this is the database's key, in constant time."""
        return hmac.compare_digest(self.key_check, key_check(key))


_TYPES: Final = {"desk": str, "service_point": str, "desk_no": int, "training": bool, "key_check": str}


def key_check(key: bytes) -> str:
    """Return what may stand open of a database key (HKDF-SHA-256, RFC 5869): nothing leads back from it."""
    return derived(key, b"sscard-desk key check")[:_CHECK_BYTES].hex()


def derived(key: bytes, label: bytes) -> bytes:
    """Return another 32-byte key for another purpose (HKDF-SHA-256, RFC 5869)."""
    # the sign-in page reads this folder's facts and derives nothing: it need not load what derives
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - see above

    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=label).derive(key)


def write_facts(folder: DataFolder, facts: FolderFacts) -> None:
    """Keep the facts; this is the last act of making a folder.

    Raises:
        DiskFull, DiskTrouble: they were not kept.
    """
    write_whole(folder.facts, [json.dumps(asdict(facts), indent=2).encode()])


def read_facts(path: Path) -> FolderFacts:
    """Return what a data folder says of itself.

    Raises:
        NotSetUp: no desk was made here.
        DatabaseDamaged: the file cannot be read.
    """
    try:
        table = json.loads(DataFolder(path).facts.read_bytes())
        facts = FolderFacts(**{name: table[name] for name in _TYPES})
    except FileNotFoundError as error:
        raise NotSetUp from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatabaseDamaged from error
    if any(type(value) is not _TYPES[name] for name, value in asdict(facts).items()):
        raise DatabaseDamaged
    return facts
