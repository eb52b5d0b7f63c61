"""A desk asks for a certificate: its request (PKCS#10, RFC 2986) there, the certificate (X.509, RFC 5280) back."""

from typing import Final

import msgspec

PATH: Final = "/v1/certificate"
WANTED: Final = "wanted"
"""In the greeting: the desk has none that lasts, it should ask."""
HELD: Final = "held"
"""In the greeting: the desk was given one that lasts."""


class CertificateQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate is asked for; the same key may ask again, its first answer may have been lost.

    `request` is DER: a fresh key, P-256, with its own signature. What else stands in it is not looked at.
    """

    request: bytes


class Certified(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate, DER, and the authorities that the desk believes from now on, PEM one after the other."""

    certificate: bytes
    authority: bytes
    server_ms: int


def certificate_bytes(desk: str, request: bytes) -> bytes:
    """Return the bytes that a desk's key signs over the request that comes with an enrolment."""
    return msgspec.msgpack.encode(("certificate", desk, request))
