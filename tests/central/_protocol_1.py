"""A desk of protocol 1: its messages and its check of receipts, written down when that was the newest protocol.

Nothing here follows the program: what a desk of that time sent and believed stays what it was.
"""

import hashlib
import secrets
import time
from typing import ClassVar

import httpx
import msgspec
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PUSH = {"protocol": 1}
"""What stood in a push beside desk and entries."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    desk: str
    seq: int
    hash: bytes
    received_ms: int
    seal: bytes


class EntryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    entry_id: str
    seq: int
    outcome: str
    receipt: Receipt | None = None
    code: str = ""
    reason: str = ""
    current: bytes = b""


class PushAnswer(msgspec.Struct, frozen=True, kw_only=True):
    server_ms: int
    answers: tuple[EntryAnswer, ...]


class OldDesk:
    """Signs, sends and checks as a desk of protocol 1."""

    PROTOCOL: ClassVar[str] = "1"

    def __init__(self, http: httpx.Client, desk: str, key: Ed25519PrivateKey, receipt_key: bytes) -> None:
        self.http = http
        self.desk = desk
        self.key = key
        self.receipt_key = Ed25519PublicKey.from_public_bytes(receipt_key)

    def push(self, entries: list[tuple[bytes, bytes | None, bytes | None]]) -> list[EntryAnswer]:
        body = msgspec.msgpack.encode(PUSH | {"desk": self.desk, "entries": entries})
        packed = zstandard.ZstdCompressor(level=3).compress(body)
        response = self.ask("POST", "/v1/push", packed, {"content-encoding": "zstd"})
        answers = msgspec.msgpack.decode(response.content, type=PushAnswer).answers
        assert len(answers) == len(entries)
        for (header, _, _), answer in zip(entries, answers, strict=True):
            self.check(header, answer)
        return list(answers)

    def check(self, header: bytes, answer: EntryAnswer) -> None:
        if answer.outcome not in {"stored", "already-stored"}:
            return
        receipt = answer.receipt
        assert receipt is not None
        assert (receipt.desk, receipt.seq, receipt.hash) == (self.desk, answer.seq, hashlib.sha256(header).digest())
        said = ("receipt", receipt.desk, receipt.seq, receipt.hash, receipt.received_ms)
        self.receipt_key.verify(receipt.seal, msgspec.msgpack.encode(said))

    def ask(self, method: str, target: str, body: bytes = b"", headers: dict[str, str] | None = None) -> httpx.Response:
        time_ms, nonce = time.time_ns() // 1_000_000, secrets.token_hex(16)
        digest = hashlib.sha256(body).digest()
        signed = msgspec.msgpack.encode(("request", self.desk, method, target, time_ms, nonce, digest))
        response = self.http.request(
            method,
            target,
            content=body,
            headers=(headers or {})
            | {
                "x-sscard-protocol": self.PROTOCOL,
                "x-sscard-desk": self.desk,
                "x-sscard-time": str(time_ms),
                "x-sscard-nonce": nonce,
                "x-sscard-signature": self.key.sign(signed).hex(),
            },
        )
        response.raise_for_status()
        return response
