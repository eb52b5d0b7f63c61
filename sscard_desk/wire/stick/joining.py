"""Enrolment where there is no line: a request that carries no secret, and an answer that proves whose it is.

Both are files in the open: nothing in them is secret. The code's secret stays with the two sides; each file carries an
HMAC-SHA256 under its digest, which is all that the centre keeps of it.
"""

import hashlib
import hmac
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from sscard_desk.disk import write_whole
from sscard_desk.domain.errors.stick import StickDamaged, StickMissing, StickNewer
from sscard_desk.wire.stick.header import FORMAT
from sscard_desk.wire.unpacking import unpack_as

REQUEST: Final = "enrol-request.stick"
ANSWER: Final = "enrol-answer.stick"
_MAGIC: Final = b"SSCENROL"
_LARGEST: Final = 64_000
Shape = TypeVar("Shape")


class JoinRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A computer asks to become a desk.

    Attributes:
        format: `FORMAT` of who made it.
        desk: what the centre calls the desk.
        public_key: raw Ed25519 key, 32 bytes.
        training: the mode of its folder.
        mac: HMAC under the code's secret over `request_bytes`.
        proof: the key's signature over the same bytes.
    """

    format: int
    desk: str
    public_key: bytes
    training: bool
    mac: bytes
    proof: bytes


class JoinAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The centre took the key.

    Attributes:
        format: `FORMAT` of who made it.
        desk: which desk it is for.
        enrolled: `Enrolled` as bytes.
        authority: the authority's certificate, PEM.
        mac: HMAC under the code's secret over `answer_bytes`.
    """

    format: int
    desk: str
    enrolled: bytes
    authority: bytes
    mac: bytes


def request_bytes(desk: str, public_key: bytes, *, training: bool) -> bytes:
    """Return what a request is proved over."""
    return msgspec.msgpack.encode(("join", desk, public_key, training))


def answer_bytes(public_key: bytes, enrolled: bytes, authority: bytes) -> bytes:
    """Return what an answer is proved over; it holds for one key alone."""
    digest = hashlib.sha256(enrolled).digest() + hashlib.sha256(authority).digest()
    return msgspec.msgpack.encode(("joined", public_key, digest))


def mac(secret_hash: bytes, data: bytes) -> bytes:
    """Return the proof of whoever knows a code; `secret_hash` is the SHA-256 of its secret."""
    return hmac.new(secret_hash, data, hashlib.sha256).digest()


def write(path: Path, message: JoinRequest | JoinAnswer) -> None:
    """Write one of the two files, whole.

    Raises:
        StickMissing: its folder is not there.
        DiskFull, DiskTrouble: the stick.
    """
    if not path.parent.is_dir():
        raise StickMissing
    write_whole(path, [_MAGIC + msgspec.msgpack.encode(message)])


def read(path: Path, shape: type[Shape]) -> Shape:
    """Read one of the two files; nothing of it is believed yet.

    Raises:
        StickMissing: it is not there.
        StickDamaged, StickNewer: it is no such file.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST)
    except OSError as error:
        raise StickMissing from error
    if not raw.startswith(_MAGIC):
        raise StickDamaged
    try:
        if unpack_as(_Format, raw[len(_MAGIC) :]).format > FORMAT:
            raise StickNewer
        return unpack_as(shape, raw[len(_MAGIC) :])
    except msgspec.MsgspecError as broken:
        raise StickDamaged from broken


class _Format(msgspec.Struct):
    format: int
