"""The centre over TLS, as the port `Centre` describes it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Final, Self

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sscard_desk.domain.errors.centre import AnswerMalformed, FeedBroken
from sscard_desk.domain.ids import BlobId
from sscard_desk.ports.sync import SnapshotGone, Staged
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.line import SILENCE_SECONDS, read_answer
from sscard_desk.sync.signed_line import SignedLine, pack, wall_clock_ms
from sscard_desk.wire import messages
from sscard_desk.wire.certificates import PATH as CERTIFICATE_PATH
from sscard_desk.wire.certificates import CertificateQuestion, Certified
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import EntryAnswer, FeedPage, Hello, ScopeProof, SnapshotInfo
from sscard_desk.wire.receipts import read_receipts

NOT_MODIFIED: Final = 304
FILE_ATTEMPTS: Final = 3
_encoder: Final = msgspec.msgpack.Encoder()


class HttpCentre:
    """One desk's view of the centre. Where a method does not say so it is called by one thread at a time."""

    def __init__(
        self, identity: DeskIdentity, now_ms: Callable[[], int] = wall_clock_ms, silence: float = SILENCE_SECONDS
    ) -> None:
        """Open a line; nothing is sent yet.

        Args:
            identity: who asks, and whom to believe.
            now_ms: this computer's time, milliseconds since 1970 UTC.
            silence: seconds without a byte after which the line counts as dead.
        """
        self._identity = identity
        self._line = SignedLine(identity, now_ms, silence)
        self._receipt_key = Ed25519PublicKey.from_public_bytes(identity.receipt_key)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the line."""
        self._line.close()

    @property
    def offset_ms(self) -> int:
        """Centre time minus this computer's time, as heard last."""
        return self._line.offset_ms

    def hello(self, head: int | None = None) -> Hello:
        """Say who we are and up to where our journal goes; hear the centre's time and where each scope stands."""
        asked_at = self._line.now_ms()
        query = {"training": str(int(self._identity.training))} | ({} if head is None else {"head": str(head)})
        response = self._line.ask("GET", "/v1/hello", query=query)
        answer = read_answer(response.content, Hello)
        self._line.offset_ms = answer.server_ms - (asked_at + self._line.now_ms()) // 2
        return answer

    @property
    def desk(self) -> str:
        """What the centre calls this desk."""
        return self._identity.desk

    def certify(self, request: bytes) -> Certified:
        """Ask for a certificate; `request` is PKCS#10, DER."""
        body = msgspec.msgpack.encode(CertificateQuestion(request=request))
        return read_answer(self._line.ask("POST", CERTIFICATE_PATH, body=body).content, Certified)

    def show_certificate(self, key: bytes, certificate: bytes, authority: bytes) -> None:
        """Show this certificate from the next request on, and believe these authorities."""
        self._identity = replace(self._identity, tls_key=key, certificate=certificate, authority=authority)
        self._line.change(self._identity)

    def end(self, held: int) -> messages.DeskEnd:
        """End this desk's journal at the centre; `held` is the last entry that is here."""
        body = msgspec.msgpack.encode(messages.EndDesk(held=held))
        return read_answer(self._line.ask("POST", messages.END_PATH, body=body).content, messages.DeskEnd)

    def packed(self, entries: Sequence[Entry]) -> bytes:
        """Return entries as one request's body."""
        rows = tuple((entry.header, entry.payload, entry.salt) for entry in entries)
        return pack(_encoder.encode(messages.Push(protocol=messages.PROTOCOL, desk=self._identity.desk, entries=rows)))

    def send(self, packed: bytes, gone: Callable[[], None] = lambda: None) -> bytes:
        """Send a packed batch and return its answer as it came; `gone` is called when its last byte has left."""
        return self._line.ask("POST", "/v1/push", body=packed, packed=True, gone=gone).content

    def answers(self, entries: Sequence[Entry], answer: bytes) -> Sequence[EntryAnswer]:
        """Return one answer for each entry of a batch, in the same order, receipts checked."""
        try:
            told = read_answer(answer, messages.PushAnswer)
            return read_receipts(self._receipt_key, self._identity.desk, entries, told)
        except ValueError as wrong:
            raise AnswerMalformed(reason=str(wrong)) from wrong

    def push(self, entries: Sequence[Entry]) -> Sequence[EntryAnswer]:
        """Send entries and wait; one answer for each, in the same order, receipts checked."""
        return self.answers(entries, self.send(self.packed(entries)))

    def pull(self, scope: str, epoch: str, after: int, limit: int) -> FeedPage:
        """Fetch the feed after a position; an unchanged one costs no body."""
        query = {"scope": scope, "epoch": epoch, "after": str(after), "limit": str(limit)}
        response = self._line.ask("GET", "/v1/feed", query=query, headers={"if-none-match": f'"{epoch}-{after}"'})
        if response.status_code == NOT_MODIFIED:
            server_ms = self._line.now_ms() + self._line.offset_ms
            return FeedPage(scope=scope, epoch=epoch, after=after, head=after, server_ms=server_ms, items=())
        page = read_answer(response.content, FeedPage)
        positions = [item.position for item in page.items]
        if (
            page.scope != scope
            or page.after != after
            or positions != list(range(after + 1, after + 1 + len(positions)))
        ):
            raise FeedBroken(scope=scope)
        return page

    def snapshot_info(self, scope: str) -> SnapshotInfo:
        """Ask which file holds a scope whole."""
        return read_answer(self._line.ask("GET", "/v1/snapshot", query={"scope": scope}).content, SnapshotInfo)

    def fetch_snapshot(self, staged: Staged, told: Callable[[int, int], None] = lambda _done, _of: None) -> None:
        """Fetch a scope's file to its end, beginning after what is there already.

        Raises:
            SnapshotGone: the centre has this file no more.
        """
        info = staged.info
        try:
            self._line.fetch("/v1/snapshot/file", {"scope": info.scope, "sha256": info.sha256}, staged, told)
        except AnswerMalformed as refused:
            if refused.reason != messages.UNKNOWN:
                raise
            raise SnapshotGone from refused

    def missing_blobs(self, blobs: Sequence[BlobId]) -> Sequence[BlobId]:
        """Ask which of these the centre has not."""
        body = msgspec.msgpack.encode(messages.BlobNames(blobs=tuple(blobs)))
        response = self._line.ask("POST", "/v1/blobs/missing", body=body)
        return [BlobId(name) for name in read_answer(response.content, messages.BlobNames).blobs]

    def put_blobs(self, blobs: Sequence[bytes]) -> None:
        """Send blobs; the centre names each by what it received."""
        body = msgspec.msgpack.encode(messages.Blobs(bodies=tuple(blobs)))
        response = self._line.ask("POST", "/v1/blobs", body=body)
        named = read_answer(response.content, messages.BlobNames).blobs
        if named != tuple(hashlib.sha256(blob).hexdigest() for blob in blobs):
            raise AnswerMalformed(reason="blobs")

    def put_part(self, blob: BlobId, first: int, total: int, part: bytes) -> int:
        """Send a part of a large blob; return how many bytes of it the centre has. An empty part only asks."""
        query = {"blob": blob, "from": str(first), "size": str(total)}
        answer = read_answer(
            self._line.ask("POST", "/v1/blobs/part", query=query, body=part).content, messages.BlobPart
        )
        if answer.blob != blob or not 0 <= answer.have <= total:
            raise AnswerMalformed(reason="part")
        return answer.have

    def get_blob(self, blob: BlobId) -> bytes:
        """Fetch one blob and check its hash."""
        body = self._line.ask("GET", "/v1/blobs", query={"blob": blob}).content
        if hashlib.sha256(body).hexdigest() != blob:
            raise AnswerMalformed(reason="blob")
        return body

    def proofs(self) -> Sequence[ScopeProof]:
        """Return count and order-free hash per scope, and the end of our journal as the centre holds it."""
        return read_answer(self._line.ask("GET", "/v1/proof").content, messages.Proofs).scopes
