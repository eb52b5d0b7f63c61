"""A desk on a real TLS connection of its own, without the program's client: one socket that is never opened again."""

import http.client
import secrets
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.certificates import Issuer, authority_certificate, desk_certificate, read_request, serial_text
from sscard_desk.central.imports import enrolment_code
from sscard_desk.central.store import certificates, desks
from sscard_desk.central.store.certificates import HeldCertificate
from sscard_desk.sync.certificate import certificate_request, new_key, show_certificate
from sscard_desk.wire import messages, signing
from tests.machines.counter import POINT

DAY_MS = 86_400_000


@dataclass
class Shown:
    """A certificate and its key, DER."""

    certificate: bytes = b""
    key: bytes = field(default=b"", repr=False)


def enrolled_key(centre: OpenCentre, desk: str, point: str = POINT) -> Ed25519PrivateKey:
    """Enrol a desk that has taken no certificate; return the key that it signs with."""
    key = Ed25519PrivateKey.generate()
    code = enrolment_code(centre, desk, point)
    with centre.database.writing() as connection:
        public = key.public_key().public_bytes_raw()
        desks.enrol_desk(connection, desk, code.secret, public, centre.now_ms())
    return key


def given(centre: OpenCentre, desk: str, *, days_ago: int = 0) -> Shown:
    """A certificate that the centre gave to a desk so many days ago, on record like any other."""
    key = new_key()
    asked = read_request(certificate_request(key))
    assert asked is not None
    now = datetime.now(UTC) - timedelta(days=days_ago)
    made = centre.keys.certify(asked, desk, now, centre.certificates.desk_days)
    body = made.public_bytes(serialization.Encoding.DER)
    issued_ms, end_ms = (int(at.timestamp() * 1000) for at in (now, made.not_valid_after_utc))
    with centre.database.writing() as connection:
        holder = desks.find_desk(connection, desk)
        assert holder is not None
        held = HeldCertificate(body, b"", issued_ms, end_ms)
        certificates.keep(connection, holder, serial_text(made), held)
    return Shown(body, key)


def foreign(desk: str) -> Shown:
    """A certificate in a desk's name from an authority of somebody else."""
    authority_key, now, key = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC), new_key()
    issuer = Issuer(authority_certificate(authority_key, now), authority_key)
    asked = read_request(certificate_request(key))
    assert asked is not None
    made = desk_certificate(asked, issuer, desk, now, 180)
    return Shown(made.public_bytes(serialization.Encoding.DER), key)


@dataclass
class TlsDesk:
    """Signs as `desk` with `key`, shows what it is given."""

    port: int
    authority: bytes
    desk: str
    key: Ed25519PrivateKey
    shown: Shown = field(default_factory=Shown)
    signs: bool = True
    closing: bool = False

    def __enter__(self) -> Self:
        context = ssl.create_default_context(cadata=self.authority.decode())
        if self.shown.certificate:
            show_certificate(context, self.shown.certificate, self.shown.key)
        self._line = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=context)
        self._line.connect()
        self._line.auto_open = 0  # a closed connection stays closed
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()

    def ask(self, method: str, target: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        self._line.request(method, target, body=body, headers=self.signature(method, target, body) | headers)
        return self.answer()

    def signature(self, method: str, target: str, body: bytes = b"") -> dict[str, str]:
        """The headers of a request."""
        time_ms, nonce = time.time_ns() // 1_000_000 + 5, secrets.token_hex(16)
        signed = signing.request_bytes(self.desk, method, target, time_ms, nonce, body)
        ours = {
            signing.PROTOCOL_HEADER: str(messages.PROTOCOL),
            signing.DESK_HEADER: self.desk,
            signing.TIME_HEADER: str(time_ms),
            signing.NONCE_HEADER: nonce,
            signing.SIGNATURE_HEADER: self.key.sign(signed).hex(),
        }
        return ours if self.signs else {}

    def begin(self, method: str, target: str, body: bytes, sent: int) -> None:
        """Send a request but for what follows the first `sent` bytes of its body, which `send` brings."""
        self._line.putrequest(method, target)
        for name, value in self.signature(method, target, body).items():
            self._line.putheader(name, value)
        self._line.putheader("content-length", str(len(body)))
        self._line.endheaders(body[:sent])

    def send(self, rest: bytes) -> None:
        self._line.send(rest)

    def answer(self) -> tuple[int, bytes]:
        """Read what comes back; whether the server closes after it stands in `closing`."""
        answer = self._line.getresponse()
        self.closing = answer.getheader("connection") == "close"
        return answer.status, answer.read()

    def is_ended(self) -> bool:
        """Wait for a byte that nobody asked for, and say whether the connection ended instead."""
        try:
            return self._line.sock.recv(1) == b""
        except OSError:
            return True

    def certificate(self) -> bytes:
        """What the server showed, DER."""
        shown = self._line.sock.getpeercert(binary_form=True)
        assert shown is not None
        return bytes(shown)

    def word(self, method: str, target: str, body: bytes = b"", **headers: str) -> str:
        """Why a request is not served; `ok` if it is."""
        status, said = self.ask(method, target, body, **headers)
        return "ok" if status < 400 else msgspec.msgpack.decode(said, type=messages.Failure).reason
