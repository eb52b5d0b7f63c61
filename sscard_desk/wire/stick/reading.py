"""Reading a file: its signature over the whole of it first, then its records one by one; never all in memory."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, BinaryIO, Final, Self, cast

import msgspec
import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sscard_desk.domain.errors.stick import StickDamaged, StickMissing, StickNewer
from sscard_desk.wire.stick.header import FORMAT, LARGEST_HEADER, LARGEST_RECORD, MAGIC, Kind, StickHeader
from sscard_desk.wire.stick.sealing import CHUNK, SEAL_BYTES, TAG, Chunks, opening_key, signed_bytes
from sscard_desk.wire.unpacking import unpack_as

_SIZE: Final = 4
_BLOCK: Final = 1 << 20
Tell = Callable[[int], None]


def say_nothing(_count: int) -> None:
    """Pass over how far something is."""


class StickFile:
    """One part of a series, as it lies on a stick."""

    def __init__(self, path: Path, header: StickHeader, raw_header: bytes, size: int) -> None:
        self.path = path
        self.header = header
        self.size = size
        self.digest = b""
        """Of everything before the signature; known after `check`."""
        self._raw_header = raw_header

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file's header; nothing of it is believed before `check`.

        Raises:
            StickMissing: there is no such file.
            StickDamaged: it is no file of this kind, or it is cut.
            StickNewer: a newer program made it.
        """
        try:
            with path.open("rb") as file:
                size = path.stat().st_size
                opening = file.read(len(MAGIC) + _SIZE)
                length = int.from_bytes(opening[len(MAGIC) :])
                raw = file.read(length) if length <= LARGEST_HEADER else b""
        except OSError as error:
            raise StickMissing from error
        least = len(MAGIC) + _SIZE + length + TAG + SEAL_BYTES
        if not opening.startswith(MAGIC) or len(raw) != length or not length or size < least:
            raise StickDamaged
        try:
            if unpack_as(_Format, raw).format > FORMAT:
                raise StickNewer
            header = unpack_as(StickHeader, raw)
        except msgspec.MsgspecError as broken:
            raise StickDamaged from broken
        return cls(path, header, raw, size)

    def check(self, maker: Ed25519PublicKey, tell: Tell = say_nothing) -> bytes:
        """Go through the whole file and check that its maker signed it; return its digest.

        Args:
            maker: whom the header names.
            tell: is called with how many bytes were read since the last call; what it raises ends the reading.

        Raises:
            StickDamaged: a byte is missing or another than it was, or somebody else made it.
            StickMissing: the stick was pulled out.
        """
        try:
            with self.path.open("rb") as file:
                digest = _digest(file, self.size - SEAL_BYTES, tell)
                seal = file.read()
        except OSError as error:
            raise StickMissing from error
        try:
            maker.verify(seal, signed_bytes(digest))
        except InvalidSignature as wrong:
            raise StickDamaged from wrong
        self.digest = digest
        return digest

    def records(self, box: X25519PrivateKey, tell: Tell = say_nothing) -> Iterator[tuple[Kind, bytes]]:
        """Yield the records in order, the last one `Kind.END`; kinds that this program does not know are passed over.

        Args:
            box: the key of whom the file is for.
            tell: as in `check`.

        Raises:
            StickDamaged: it was changed since it was checked, or is for somebody else.
            StickMissing: the stick was pulled out.
        """
        key = opening_key(box, self.header.once)
        try:
            with (
                # all that the decompressor asks of a file is `read`
                _Opened(self, key, self._raw_header, tell) as source,
                zstandard.ZstdDecompressor().stream_reader(cast("IO[bytes]", source)) as unpacked,
            ):
                yield from _records(unpacked)
        except OSError as error:
            raise StickMissing from error
        except zstandard.ZstdError as broken:
            raise StickDamaged from broken

    @property
    def start(self) -> int:
        """Where the first chunk begins."""
        return len(MAGIC) + _SIZE + len(self._raw_header)


class _Format(msgspec.Struct):
    format: int


class _Opened:
    """The chunks of a file as one readable stream."""

    def __init__(self, file: StickFile, key: bytes, header: bytes, tell: Tell) -> None:
        self._chunks = Chunks(key, header)
        self._left = file.size - file.start - SEAL_BYTES
        self._tell = tell
        self._rest = b""
        self._source: BinaryIO = file.path.open("rb")
        self._source.seek(file.start)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._source.close()

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, none at the end."""
        if not self._rest and self._left:
            step = min(self._left, CHUNK + TAG)
            sealed = self._source.read(step)
            self._left -= step
            if len(sealed) != step or step < TAG:
                raise StickDamaged
            self._rest = self._chunks.open(sealed, last=not self._left)
            self._tell(step)
        given = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(given) :]
        return given


def _records(source: zstandard.ZstdDecompressionReader) -> Iterator[tuple[Kind, bytes]]:
    while True:
        head = source.read(1 + _SIZE)
        if len(head) != 1 + _SIZE:
            raise StickDamaged
        length = int.from_bytes(head[1:])
        body = source.read(length) if 0 < length <= LARGEST_RECORD else b""
        if len(body) != length:
            raise StickDamaged
        try:
            kind = Kind(head[0])
        except ValueError:
            continue
        yield kind, body
        if kind is Kind.END:
            return


def _digest(file: BinaryIO, length: int, tell: Tell) -> bytes:
    hashed = hashlib.sha256()
    while length:
        block = file.read(min(length, _BLOCK))
        if not block:
            raise StickDamaged
        hashed.update(block)
        length -= len(block)
        tell(len(block))
    return hashed.digest()
