"""The centre's public rescue key, taken under its seal alone, never an older one: recovery slots are sealed to it."""

from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection

from sscard_desk.store import proofs, reference, settings
from sscard_desk.wire.feed import read_row
from sscard_desk.wire.forms import seal_of
from sscard_desk.wire.rescue import key_bytes

TAKEN: Final = "rescue_key_taken"
_DIGITS: Final = 64


def receive(connection: Connection, body: bytes) -> None:
    """Take the key that the feed brought, if it holds; what does not is passed over."""
    try:
        row = read_row(body)
        serial = int(row.get("serial", ""))
    except (msgspec.MsgspecError, ValueError):
        return
    raw = settings.read(connection, settings.RECEIPT_KEY)
    public, known = row.get("public", ""), reference.find(connection, TAKEN, TAKEN)
    if not raw or len(public) != _DIGITS or serial < int(known.get("serial", "0")):
        return
    if proofs.sealed(Ed25519PublicKey.from_public_bytes(raw), key_bytes(public, serial), seal_of(row)):
        reference.keep_local(connection, TAKEN, TAKEN, {"public": public, "serial": str(serial)})
