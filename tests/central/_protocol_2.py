"""A desk of protocol 2: its messages and its check of a batch's seal, written down when that was the newest protocol.

Nothing here follows the program: what a desk of that time sent and believed stays what it was.
"""

import hashlib
from typing import ClassVar

import msgspec
import zstandard

from tests.central._protocol_1 import OldDesk


class EntryAnswer(msgspec.Struct, frozen=True, kw_only=True):
    entry_id: str
    seq: int
    outcome: str
    receipt: dict[str, object] | None = None
    code: str = ""
    reason: str = ""
    current: bytes = b""
    received_ms: int = 0


class PushAnswer(msgspec.Struct, frozen=True, kw_only=True):
    server_ms: int
    answers: tuple[EntryAnswer, ...]
    seal: bytes = b""


class FeedItem(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    position: int
    kind: str
    id: str
    version: int
    deleted: bool = False
    body: bytes = b""


class FeedPage(msgspec.Struct, frozen=True, kw_only=True):
    scope: str
    epoch: str
    after: int
    head: int
    server_ms: int
    items: tuple[FeedItem, ...]


class BatchDesk(OldDesk):
    """Signs, sends and checks as a desk of protocol 2."""

    PROTOCOL: ClassVar[str] = "2"

    def send(self, entries: list[tuple[bytes, bytes | None, bytes | None]]) -> list[EntryAnswer]:
        body = msgspec.msgpack.encode({"protocol": 2, "desk": self.desk, "entries": entries})
        packed = zstandard.ZstdCompressor(level=3).compress(body)
        response = self.ask("POST", "/v1/push", packed, {"content-encoding": "zstd"})
        answer = msgspec.msgpack.decode(response.content, type=PushAnswer)
        assert len(answer.answers) == len(entries)
        leaves = b""
        for (header, _, _), one in zip(entries, answer.answers, strict=True):
            if one.outcome in {"stored", "already-stored"}:
                said = ("receipt", self.desk, one.seq, hashlib.sha256(header).digest(), one.received_ms)
                leaves += hashlib.sha256(msgspec.msgpack.encode(said)).digest()
        if leaves:
            over = msgspec.msgpack.encode(("receipts", self.desk, hashlib.sha256(leaves).digest()))
            self.receipt_key.verify(answer.seal, over)
        return list(answer.answers)

    def pull(self, scope: str, after: int, epoch: str) -> FeedPage:
        response = self.ask("GET", f"/v1/feed?scope={scope}&epoch={epoch}&after={after}&limit=500")
        return msgspec.msgpack.decode(response.content, type=FeedPage)
