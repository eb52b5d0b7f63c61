"""Which pictures and scans an entry refers to: as its event says, or read from the payload's bytes."""

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Final

from sscard_desk.domain import events
from sscard_desk.domain.ids import BlobId

_BLOB_FIELDS: Final = frozenset({"photo", "original", "paper", "evidence", "document"})
_BLOB_LENGTH: Final = 64
_NAME: Final = re.compile(rb"[0-9a-f]{64}")


def blobs_of(event: events.Event) -> Sequence[BlobId]:
    """Return the names of the blobs that an event refers to."""
    values = (getattr(event, field.name) for field in fields(event) if field.name in _BLOB_FIELDS)
    named = [BlobId(value) for value in values if isinstance(value, str) and len(value) == _BLOB_LENGTH]
    if isinstance(event, events.FormReturned):
        named += [*event.scans, *(cut.blob for cut in event.cut_outs)]
    if isinstance(event, events.IdentityScanned):
        named += event.scans
    return named


def names_in(payload: bytes | None) -> set[str]:
    """Return everything in a payload that could be a blob's name; what is none is in no table of blobs."""
    return {found.decode() for found in _NAME.findall(payload or b"")}
