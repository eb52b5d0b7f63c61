"""A desk's requests as bytes, and connections that send them: a load that takes little of the machine it measures."""

import asyncio
import secrets
import ssl
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.sync.certificate import show_certificate
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.wire import messages, signing
from sscard_desk.wire.unpacking import unpack_as

END = b"\r\n\r\n"
SECONDS_AHEAD = 5
"""A request is signed a little before it is sent."""


def signed_request(identity: DeskIdentity, method: str, target: str, body: bytes = b"", **headers: str) -> bytes:
    """Return one request as it goes over the line.

    Args:
        identity: who asks.
        method: in capitals.
        target: path and query.
        body: as it is sent.
        headers: further ones, `_` for `-`.
    """
    time_ms, nonce = time.time_ns() // 1_000_000 + SECONDS_AHEAD, secrets.token_hex(16)
    signed = signing.request_bytes(identity.desk, method, target, time_ms, nonce, body)
    key = Ed25519PrivateKey.from_private_bytes(identity.key)
    lines = {
        "host": "localhost",
        signing.PROTOCOL_HEADER: str(messages.PROTOCOL),
        signing.DESK_HEADER: identity.desk,
        signing.TIME_HEADER: str(time_ms),
        signing.NONCE_HEADER: nonce,
        signing.SIGNATURE_HEADER: key.sign(signed).hex(),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    if body:
        lines["content-length"] = str(len(body))
    words = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {target} HTTP/1.1\r\n{words}\r\n".encode() + body


def trusting(identity: DeskIdentity) -> ssl.SSLContext:
    """Return a context that believes the centre's authority alone and shows the desk's certificate."""
    context = ssl.create_default_context(cadata=identity.authority.decode())
    context.check_hostname = False
    if identity.certificate:
        show_certificate(context, identity.certificate, identity.tls_key)
    return context


@dataclass
class Answer:
    """A status, headers in lower case, and the body as it came."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Connection:
    """One kept TLS connection; a request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, url: str, context: ssl.SSLContext) -> "Connection":
        """Connect to `https://host:port`."""
        there = urlsplit(url)
        reader, writer = await asyncio.open_connection(there.hostname, there.port, ssl=context, limit=1 << 20)
        return cls(reader, writer)

    async def ask(self, request: bytes) -> Answer:
        """Send one request and return its answer."""
        self._writer.write(request)
        head = await self._reader.readuntil(END)
        first, *lines = head[: -len(END)].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        return Answer(int(first.split(" ")[1]), headers, body)

    def close(self) -> None:
        """Drop the connection."""
        self._writer.transport.abort()


def read_push_answer(answer: Answer) -> messages.PushAnswer:
    """Return what became of a batch."""
    packed = answer.headers.get("content-encoding") == "zstd"
    body = zstandard.ZstdDecompressor().decompress(answer.body) if packed else answer.body
    return unpack_as(messages.PushAnswer, body)
