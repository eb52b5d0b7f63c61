"""Backups of a data folder while it is in use: SQLite's online backup under the same key, and the encrypted blobs.

A backup folder holds `blobs/`, each encrypted file once for all backups, and a folder for each backup: the database as
of one moment, the key slots, and a manifest that is written last and sealed under the database key. What has no
manifest was broken off and counts as nothing. Nothing in it can be read without a password of the desk.
"""

import contextlib
import hashlib
import hmac
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from sscard_desk.disk import make_folder, trouble, write_whole
from sscard_desk.domain.erasure import Erasure, Why
from sscard_desk.domain.errors.backup import BackupDamaged
from sscard_desk.store import blobs, journal
from sscard_desk.store.blobs import BlobFolder
from sscard_desk.store.engine import open_engine, reading
from sscard_desk.store.facts import DataFolder, derived, read_facts
from sscard_desk.store.file_copy import copy_database
from sscard_desk.store.rekey import fitting
from sscard_desk.store.verify import Verified, verify

DATABASE, MANIFEST, POOL, ERASED = "desk.db", "manifest.json", "blobs", "erased.json"
_LABEL: Final = b"sscard-desk backup manifest"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_FORMAT: Final = 1


@dataclass(frozen=True)
class Backup:
    """One whole backup, as its manifest tells.

    Attributes:
        name: of its folder.
        desk: whose.
        made_at: when, UTC.
        seq: number of the last journal entry in it, 0 for none.
        hash: of that entry, hex.
        files: SHA-256 of each file in its folder, hex, by name.
        blobs: the encrypted files of the pool that belong to it.
        missing: those that were not there when it was made.
    """

    name: str
    desk: str
    made_at: datetime
    seq: int
    hash: str
    files: dict[str, str] = field(repr=False)
    blobs: tuple[str, ...] = field(repr=False)
    missing: tuple[str, ...] = ()


class BackupFolder:
    """The backups of one desk in one place.

    Args:
        path: where they lie; another disk or a share.
        key: of the desk's database.
        former: keys that it had before; backups of then keep them.
    """

    def __init__(self, path: Path, key: bytes, former: Sequence[bytes] = ()) -> None:
        self.path, self._key, self._keys = path, key, (key, *former)

    def make(
        self, engine: Engine, folder: DataFolder, beside: Sequence[Path], now: datetime, check: Callable[[], None]
    ) -> Backup:
        """Back a data folder up while it is in use.

        Args:
            engine: the open database.
            folder: where blobs and facts lie.
            beside: further files to be kept, the key slots above all.
            now: UTC.
            check: called between files; what it raises ends the backup, of which nothing counts then.

        Raises:
            DiskFull, DiskTrouble: nothing of it counts.
        """
        desk = read_facts(folder.path).desk
        place = self._new_place(now)
        try:
            copy_database(engine, place / DATABASE, self._key)
            check()
            for file in (folder.facts, *beside):
                write_whole(place / file.name, [file.read_bytes()])
            (seq, head), named = self._inside(place)
            missing = self._keep_blobs(folder.blobs, named, check)
            made = Backup(place.name, desk, now, seq, head, _digests(place), tuple(named), tuple(missing))
            write_whole(place / MANIFEST, [self._sealed(made)])
        except OSError as error:
            shutil.rmtree(place, ignore_errors=True)
            raise trouble(error) from error
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return made

    def backups(self) -> list[Backup]:
        """Return the whole ones, oldest first; one that was broken off or altered is left out."""
        found = []
        for place in sorted(self.path.iterdir()) if self.path.is_dir() else []:
            with contextlib.suppress(BackupDamaged):
                found.append(self.read(place.name))
        return found

    def read(self, name: str) -> Backup:
        """Return what a backup's manifest says.

        Raises:
            BackupDamaged: there is none, or it is not what was sealed under this key.
        """
        try:
            told: dict[str, Any] = json.loads((self.path / name / MANIFEST).read_bytes())
            seal = bytes.fromhex(told.pop("seal"))
            if self._key_of(told, seal) is None or told.pop("format") != _FORMAT:
                raise BackupDamaged(name=name, what=MANIFEST)
            made_at = datetime.fromisoformat(told.pop("made_at"))
            blobs_, missing = tuple(told.pop("blobs")), tuple(told.pop("missing"))
            return Backup(name=name, made_at=made_at, blobs=blobs_, missing=missing, **told)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise BackupDamaged(name=name, what=MANIFEST) from None

    def verify(self, name: str) -> Verified:
        """Open a backup and go through everything in it, as `verify` does with a data folder; it stays as it is.

        Raises:
            BackupDamaged: a file of it is not what the manifest says, or its journal ends elsewhere.
            DiskFull, DiskTrouble: it could not be looked through.
        """
        backup = self.read(name)
        place = self.path / name
        wrong = next((file for file, digest in backup.files.items() if _digest(place / file) != digest), "")
        if wrong:
            raise BackupDamaged(name=name, what=wrong)
        with self._looked_at(place / DATABASE, self._keys) as engine:
            with reading(engine) as connection:
                seq, head = journal.head(connection)
            if (seq, head.hex()) != (backup.seq, backup.hash):
                raise BackupDamaged(name=name, what=DATABASE)
            return verify(engine, backup.desk, BlobFolder(self.path / POOL))

    def prune(self, kept: Callable[[Sequence[Backup]], set[str]]) -> list[str]:
        """Remove backups that a rule does not keep, and encrypted files that no backup names; return their names.

        The newest one always stays. What is broken off goes with the others.
        """
        whole = self.backups()
        stay = kept(whole) | ({whole[-1].name} if whole else set())
        gone = [place for place in self._places() if place.name not in stay]
        for place in gone:
            (place / MANIFEST).unlink(missing_ok=True)  # from here on it counts as nothing
            shutil.rmtree(place, ignore_errors=True)
        named = {file for backup in whole if backup.name in stay for file in backup.blobs}
        for stray in BlobFolder(self.path / POOL).files() - named:
            (self.path / POOL / stray).unlink(missing_ok=True)
        return [place.name for place in gone]

    def keep_erasures(self, known: Sequence[Erasure]) -> None:
        """Keep the list of what is to be, or was, erased at the desk beside the backups; what it had stays on it.

        It names keys and nobody, sealed under every key that the database had: whoever restores a backup from before a
        key change can read it too. A list that none of our keys fits is never written over: it stays beside the new
        one.

        Raises:
            DiskFull, DiskTrouble: the list stays as it was.
        """
        listed = {one.subject: one for one in (*self.erasures(), *known)}
        rows = [[one.subject, one.why.value, one.rule, one.asked.isoformat()] for one in listed.values()]
        told = {"format": _FORMAT, "erasures": sorted(rows)}
        seals = {"seal": self._seal(told).hex(), "former": [self._seal(told, key).hex() for key in self._keys[1:]]}
        body = json.dumps(told | seals, indent=1).encode()
        if self.strange_erasures():
            strange = self.path / ERASED
            strange.replace(self.path / f"{strange.stem}-{_digest(strange)[:8]}{strange.suffix}")
        if not (self.path / ERASED).is_file() or (self.path / ERASED).read_bytes() != body:
            make_folder(self.path)
            write_whole(self.path / ERASED, [body])

    def erasures(self) -> Sequence[Erasure]:
        """Return what the lists beside the backups say; nothing for one that is missing, or strange."""
        told = [self._listed(file) for file in sorted(self.path.glob("erased*.json"))]
        return list({one.subject: one for found in told for one in found or ()}.values())

    def strange_erasures(self) -> bool:
        """Return whether there is a list beside the backups that none of our keys fits: what it says is not known."""
        return (self.path / ERASED).is_file() and self._listed(self.path / ERASED) is None

    def _listed(self, file: Path) -> Sequence[Erasure] | None:
        """Return what a list says, None for one that is sealed by none of our keys."""
        try:
            told: dict[str, Any] = json.loads(file.read_bytes())
            seals = [bytes.fromhex(seal) for seal in (told.pop("seal"), *told.pop("former", ()))]
            if all(self._key_of(told, seal) is None for seal in seals):
                return None
            return [
                Erasure(subject, Why(why), rule, datetime.fromisoformat(asked))
                for subject, why, rule, asked in told["erasures"]
            ]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    # -- inner

    def _places(self) -> list[Path]:
        if not self.path.is_dir():
            return []
        return sorted(each for each in self.path.iterdir() if each.is_dir() and each.name != POOL)

    def _new_place(self, now: datetime) -> Path:
        place = self.path / now.astimezone(UTC).strftime(_STAMP)
        make_folder(self.path / POOL)
        if place.exists():
            shutil.rmtree(place)  # the same second: what is there was broken off, or is replaced by what is newer
        make_folder(place)
        return place

    def _inside(self, place: Path) -> tuple[tuple[int, str], list[str]]:
        with self._looked_at(place / DATABASE, self._keys) as engine, reading(engine) as connection:
            seq, head = journal.head(connection)
            return (seq, head.hex()), sorted(blobs.named_files(connection))

    def _keep_blobs(self, source: Path, named: Sequence[str], check: Callable[[], None]) -> list[str]:
        """Copy the encrypted files that the pool lacks; return those that are not there to be copied."""
        pool, missing = self.path / POOL, []
        there = BlobFolder(pool).files()
        for file in named:
            if file in there:
                continue
            check()
            try:
                write_whole(pool / file, [(source / file).read_bytes()])
            except FileNotFoundError:
                missing.append(file)
        return missing

    @contextlib.contextmanager
    def _looked_at(self, database: Path, keys: Sequence[bytes]) -> Iterator[Engine]:
        """Open a copy of a backup's database, so that looking does not change it."""
        copy = database.with_name(f".{database.name}.look")
        try:
            shutil.copyfile(database, copy)
            engine = open_engine(copy, fitting(copy, keys) or self._key, key_proved=True)
            try:
                yield engine
            finally:
                engine.dispose()
        except OSError as error:
            raise trouble(error) from error
        finally:
            for file in (copy, *(copy.with_name(copy.name + end) for end in ("-wal", "-shm", "-journal"))):
                file.unlink(missing_ok=True)

    def _sealed(self, backup: Backup) -> bytes:
        told = asdict(backup) | {"format": _FORMAT, "made_at": backup.made_at.isoformat()}
        told.pop("name")
        told["blobs"], told["missing"] = list(backup.blobs), list(backup.missing)
        return json.dumps(told | {"seal": self._seal(told).hex()}, indent=1).encode()

    def _key_of(self, told: dict[str, Any], seal: bytes) -> bytes | None:
        """Return the key that a manifest was sealed under, None for none of ours."""
        return next((key for key in self._keys if hmac.compare_digest(seal, self._seal(told, key))), None)

    def _seal(self, told: dict[str, Any], key: bytes = b"") -> bytes:
        canonical = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
        return hmac.digest(derived(key or self._key, _LABEL), canonical, "sha256")


def _digests(place: Path) -> dict[str, str]:
    return {file.name: _digest(file) for file in sorted(place.iterdir()) if file.is_file()}


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""
