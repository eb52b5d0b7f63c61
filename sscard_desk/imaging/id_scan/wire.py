"""What the desk and the child process say to each other: files out, one `IdScan` back, as MessagePack."""

from collections.abc import Sequence
from typing import Final

import msgspec

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.id_scan import (
    IdCardCutOff,
    IdCardIllegible,
    IdCardKindUnread,
    IdCardWrongSide,
    NoIdCardInPicture,
    ScanBlank,
    SeveralIdCards,
    TextReaderMissing,
)
from sscard_desk.domain.errors.operator import ScanUnreadable
from sscard_desk.domain.id_scan import IdScan

_TOLD: Final[tuple[type[DeskError], ...]] = (
    ScanUnreadable,
    TextReaderMissing,
    ScanBlank,
    NoIdCardInPicture,
    SeveralIdCards,
    IdCardWrongSide,
    IdCardCutOff,
    IdCardIllegible,
    IdCardKindUnread,
)
"""Errors without fields that cross by their code."""


def request(files: Sequence[bytes]) -> bytes:
    """Return a request."""
    return msgspec.msgpack.encode(list(files))


def files_of(request: bytes) -> list[bytes]:
    """Return the files of a request."""
    return msgspec.msgpack.decode(request, type=list[bytes])


def answer(scan: IdScan) -> bytes:
    """Return an answer."""
    return msgspec.msgpack.encode(scan)


def scan_of(answer: bytes) -> IdScan:
    """Return what an answer says.

    Raises:
        msgspec.MsgspecError: it is none.
    """
    return msgspec.msgpack.decode(answer, type=IdScan)


def error_of(word: str) -> DeskError | None:
    """Return the error that a refusal names by its code."""
    return next((told() for told in _TOLD if told.code == word), None)
