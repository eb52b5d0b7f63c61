"""How a desk signs its requests: Ed25519 over method, target, time, nonce and body digest."""

import hashlib
from typing import Final

import msgspec

DESK_HEADER: Final = "x-sscard-desk"
TIME_HEADER: Final = "x-sscard-time"
"""The desk's idea of the centre's time, milliseconds since 1970 UTC."""
NONCE_HEADER: Final = "x-sscard-nonce"
"""32 hex characters, never used twice."""
SIGNATURE_HEADER: Final = "x-sscard-signature"
"""128 hex characters."""
PROTOCOL_HEADER: Final = "x-sscard-protocol"

WINDOW_MS: Final = 5 * 60 * 1000
"""How far a request's time may be from the centre's; a desk corrects itself by the time in the refusal."""


def request_bytes(desk: str, method: str, target: str, time_ms: int, nonce: str, body: bytes) -> bytes:  # noqa: PLR0917 - in the order they are signed
    """Return the bytes that a desk signs for one request.

    Args:
        desk: who asks.
        method: in capitals.
        target: path and query as sent.
        time_ms: the time in the header.
        nonce: the nonce in the header.
        body: the bytes as sent, compressed or not.
    """
    digest = hashlib.sha256(body).digest()
    return msgspec.msgpack.encode(("request", desk, method, target, time_ms, nonce, digest))
