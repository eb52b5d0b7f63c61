"""Writing a series: whole by rename at its end, parted where a file would become too large for the stick."""

import contextlib
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

import msgspec
import zstandard
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sscard_desk.disk import PRIVATE, trouble
from sscard_desk.domain.errors.stick import StickMissing
from sscard_desk.wire.stick.header import LARGEST_RECORD, MAGIC, End, Kind, StickHeader, file_name
from sscard_desk.wire.stick.sealing import CHUNK, Chunks, sealing_key, signed_bytes

PART_BYTES: Final = 3_900_000_000
"""FAT32 takes files below 4 GiB."""
_SLACK: Final = 4 * CHUNK
_SIZE: Final = 4
LEVEL: Final = 3


class Signer(Protocol):
    """Whoever makes a file: the desk's key or the key of the receipts."""

    def sign(self, data: bytes, /) -> bytes:
        """Return the Ed25519 signature, 64 bytes."""


@dataclass(frozen=True)
class Written:
    """A part on the stick."""

    path: Path
    size: int
    digest: bytes


class SeriesWriter:
    """Writes records into as many parts as they need."""

    def __init__(self, folder: Path, header: StickHeader, box: bytes, signer: Signer, part_bytes: int) -> None:
        """Prepare; nothing is written before the first record.

        Args:
            folder: on the stick.
            header: of part 1; its `once` is made for each part.
            box: raw X25519 public key of whom the series is for.
            signer: who makes it.
            part_bytes: largest size of a file; what has to stay together may go beyond it.

        Raises:
            StickMissing: the folder is not there.
        """
        if not folder.is_dir():
            raise StickMissing
        self._folder = folder
        self._header = header
        self._box = box
        self._signer = signer
        self._part_bytes = part_bytes
        self._part: _Part | None = None
        self._done: list[tuple[Path, Written]] = []

    def add(self, kind: Kind, message: msgspec.Struct | bytes, *, together: int = 0, stay: bool = False) -> None:
        """Write one record.

        Args:
            kind: what it is.
            message: it, as a message or as bytes.
            together: bytes of the records after it that must come into the same part.
            stay: whether it must come into the part of the record before it.

        Raises:
            DiskFull, DiskTrouble: the stick.
        """
        body = message if isinstance(message, bytes) else msgspec.msgpack.encode(message)
        if not 0 < len(body) <= LARGEST_RECORD:
            raise ValueError("a record of this size is not read by anybody")
        try:
            need = len(body) + together + _SLACK
            if self._part is not None and not stay and self._part.size + need > self._part_bytes:
                self._close(more=True)
            if self._part is None:
                self._part = _Part(self._folder, self._header, self._box)
            self._part.write(kind, body)
        except OSError as error:
            raise trouble(error) from error

    def finish(self) -> tuple[Written, ...]:
        """End the last part and give all their names; before this nothing stands there under a name that is read.

        Raises:
            DiskFull, DiskTrouble: the stick.
        """
        try:
            self._close(more=False)
            for beside, whole in self._done:
                beside.replace(whole.path)
            _sync_folder(self._folder)
        except OSError as error:
            raise trouble(error) from error
        return tuple(whole for _, whole in self._done)

    def drop(self) -> None:
        """Leave nothing unfinished behind; what was finished stays."""
        if self._part is not None:
            self._part.close()
        beside = [beside for beside, _ in self._done] + ([self._part.beside] if self._part else [])
        for path in beside:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def _close(self, *, more: bool) -> None:
        if self._part is None:
            self._part = _Part(self._folder, self._header, self._box)
        self._part.write(Kind.END, msgspec.msgpack.encode(End(more=more)))
        whole = self._part.seal(self._signer)
        self._done.append((self._part.beside, whole))
        self._part = None
        self._header = replace_part(self._header, whole.digest)


class _Part:
    """One file while it is written."""

    def __init__(self, folder: Path, header: StickHeader, box: bytes) -> None:
        once = X25519PrivateKey.generate()
        whole = msgspec.structs.replace(header, once=once.public_key().public_bytes_raw())
        raw = msgspec.msgpack.encode(whole)
        self.path = folder / file_name(whole)
        self.beside = folder / f"{secrets.token_hex(8)}.part"
        self.size = 0
        self._hash = hashlib.sha256()
        self._chunks = Chunks(sealing_key(once, box), raw)
        self._pack = zstandard.ZstdCompressor(level=LEVEL).compressobj()
        self._waiting = bytearray()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._file: BinaryIO = os.fdopen(os.open(self.beside, flags, PRIVATE), "wb")
        self._put(MAGIC + len(raw).to_bytes(_SIZE) + raw)

    def write(self, kind: Kind, body: bytes) -> None:
        """Pack one record; what fills chunks goes to the stick."""
        self._waiting += self._pack.compress(bytes([kind]) + len(body).to_bytes(_SIZE) + body)
        while len(self._waiting) > CHUNK:
            self._put(self._chunks.seal(bytes(self._waiting[:CHUNK]), last=False))
            del self._waiting[:CHUNK]

    def seal(self, signer: Signer) -> Written:
        """Write what waits and the signature, and force all of it to the stick."""
        self._waiting += self._pack.flush()
        while len(self._waiting) > CHUNK:
            self._put(self._chunks.seal(bytes(self._waiting[:CHUNK]), last=False))
            del self._waiting[:CHUNK]
        self._put(self._chunks.seal(bytes(self._waiting), last=True))
        digest = self._hash.digest()
        self._put(signer.sign(signed_bytes(digest)))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return Written(self.path, self.size, digest)

    def close(self) -> None:
        """Let go of the file."""
        with contextlib.suppress(OSError):
            self._file.close()

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)


def replace_part(header: StickHeader, digest: bytes) -> StickHeader:
    """Return the header of the part after one with this digest."""
    return msgspec.structs.replace(header, part=header.part + 1, previous=digest)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
