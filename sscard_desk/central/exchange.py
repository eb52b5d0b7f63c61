"""One request and its answer: bytes in, the desk's word checked, bytes out. Routes see neither HTTP nor zstd."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import zstandard
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response

from sscard_desk.central.access import access_of
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.coming import Body
from sscard_desk.central.failures import Refusal, RequestFailed
from sscard_desk.central.keepable import is_keepable
from sscard_desk.central.peer import shown_certificate
from sscard_desk.central.room import MOST_AT_WORK, busy_response
from sscard_desk.central.signed import (
    KEY_HELD,
    OLDEST_PROTOCOL,
    READING,
    Mark,
    check_desk,
    check_protocol,
    note_among_workers,
)
from sscard_desk.central.standing import check_certificate
from sscard_desk.central.store.desks import Desk
from sscard_desk.central.turns import Turn
from sscard_desk.central.watch import DESK
from sscard_desk.domain.errors.blob_folder import BlobDamaged, BlobFolderAway, BlobFolderFull
from sscard_desk.domain.errors.centre_database import DatabaseAway
from sscard_desk.wire import messages
from sscard_desk.wire.signing import DESK_HEADER
from sscard_desk.wire.unpacking import unpack_as

LARGEST_BODY: Final = 16_000_000
LARGEST_OPEN: Final = 65_536
"""Of a request whose sender is nobody yet, packed and unpacked."""
LARGEST_UNPACKED: Final = 32_000_000
LONGEST_NUMBER: Final = 18
"""Digits that any database takes as a number."""
PACK_FROM: Final = 512
HALF_STATUS: Final = 400
MEDIA_TYPE: Final = "application/vnd.msgpack"

Shape = TypeVar("Shape")


def any_number(_connection: Connection) -> None:
    """Refuse nothing: what is not signed, or came on a stick, is told apart elsewhere or not at all."""


@dataclass(frozen=True)
class Question:
    """A request whose signature holds.

    Attributes:
        query: the words after the question mark.
        headers: names in lower case.
        body: unpacked.
        once: to be called in the writing transaction of a route that `notes_itself`; refuses a request that another
            worker has served.
        turn: of a route whose requests are served `in_turn`; a block under it begins when the desk's request before
            is done, and the next one's begins when it ends.
    """

    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    once: Callable[[Connection], None] = any_number
    turn: Callable[[], AbstractContextManager[None]] = nullcontext

    def read(self, shape: type[Shape]) -> Shape:
        """Return the body as a message.

        Raises:
            RequestFailed: it does not have this shape, or holds what no database keeps.
        """
        try:
            message = unpack_as(shape, self.body)
        except msgspec.MsgspecError as broken:
            raise RequestFailed(messages.MALFORMED) from broken
        if not is_keepable(message):
            raise RequestFailed(messages.MALFORMED)
        return message

    def word(self, name: str) -> str:
        """Return a word of the query, empty if it is not there.

        Raises:
            RequestFailed: it holds what no database keeps.
        """
        word = self.query.get(name, "")
        if not is_keepable(word):
            raise RequestFailed(messages.MALFORMED)
        return word

    def number(self, name: str) -> int:
        """Return a natural number of the query.

        Raises:
            RequestFailed: it is none.
        """
        word = self.word(name)
        if not word.isascii() or not word.isdecimal() or len(word) > LONGEST_NUMBER:
            raise RequestFailed(messages.MALFORMED)
        return int(word)


@dataclass(frozen=True)
class Answer:
    """What goes back: a message, bytes, a file, or nothing but a status; `kind` is the media type of bytes."""

    message: msgspec.Struct | None = None
    body: bytes = b""
    file: Path | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""


DeskWork = Callable[[OpenCentre, Desk, Question], Answer]
OpenWork = Callable[[OpenCentre, Question], Answer]


def for_desks(
    centre: OpenCentre, work: DeskWork, *, notes_itself: bool = False, in_turn: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that only enrolled desks reach; `work` runs on a worker thread.

    Args:
        centre: the centre.
        work: the route.
        notes_itself: it calls `Question.once` in the transaction that it writes in.
        in_turn: it opens that transaction within `Question.turn`.
    """

    def signed(request: Request, raw: bytes, turn: Turn | None) -> Answer:
        desk, mark = identified(centre, request, raw)

        def once(connection: Connection, *, alone: bool = False) -> None:
            if centre.shared and request.method not in READING:
                note_among_workers(centre, connection, mark, alone=alone)

        if centre.shared and request.method not in READING and not notes_itself:
            centre.database.write(partial(once, alone=True))
        question = _question(request, raw, once)
        return work(centre, desk, question if turn is None else replace(question, turn=turn.taken))

    return _endpoint(centre, signed, in_turn=in_turn)


def identified(centre: OpenCentre, request: Request, raw: bytes, known: Desk | None = None) -> tuple[Desk, Mark]:
    """Return the desk that asks, its signature and its certificate looked at, and the request's mark.

    Args:
        centre: the centre.
        request: its headers.
        raw: the body as it came.
        known: the desk that the headers name, where the caller knows it: the database is not asked then.

    Raises:
        RequestFailed: it is not listened to.
    """
    check_protocol(request.headers)
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    try:
        desk, mark = check_desk(centre, request.headers, request.method, target, raw, known)
    except RequestFailed as failed:
        if failed.reason in KEY_HELD:
            request.scope[DESK] = request.headers[DESK_HEADER]
        raise
    request.scope[DESK] = desk.id
    check_certificate(centre, desk, shown_with(centre, request), access_of(request.method, request.url.path))
    return desk, mark


def shown_with(centre: OpenCentre, request: Request) -> bytes | None:
    """Return the certificate that a request came with, DER; None for none."""
    client = request.client.host if request.client else ""
    return shown_certificate(centre, request.scope.get("state", {}), client, request.headers)


def for_anybody(centre: OpenCentre, work: OpenWork) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that needs no enrolment; `work` runs on a worker thread."""

    def unsigned(request: Request, raw: bytes, _turn: Turn | None) -> Answer:
        return work(centre, _question(request, raw, any_number, LARGEST_OPEN))

    return _endpoint(centre, unsigned, LARGEST_OPEN)


def _endpoint(
    centre: OpenCentre,
    answer: Callable[[Request, bytes, Turn | None], Answer],
    largest: int = LARGEST_BODY,
    *,
    in_turn: bool = False,
) -> Callable[[Request], Awaitable[Response]]:
    def serve(request: Request, raw: bytes, turn: Turn | None) -> Response:
        try:
            return _response(answer(request, raw, turn), request.headers)
        except RequestFailed as failed:
            return failure_response(centre, failed)
        except BlobDamaged:
            # not given out as what it is not; `central blobs check` names it
            return failure_response(centre, RequestFailed(messages.UNKNOWN))
        except (DatabaseAway, BlobFolderAway, BlobFolderFull):
            # nothing was kept, the desk comes again
            return failure_response(centre, RequestFailed(messages.BUSY))

    async def endpoint(request: Request) -> Response:
        if _announced(request) > largest:
            return failure_response(centre, RequestFailed(messages.TOO_LARGE))
        body = centre.coming.begin()
        try:
            early = await _come(centre, request, body, largest)
            if early is not None:
                return early
            if centre.at_work >= MOST_AT_WORK:
                return busy_response(centre)
            centre.at_work += 1  # on the loop's thread alone
            # the turn is drawn here too, in the order in which they came whole: threads may overtake each other
            turns = centre.turns.under_way(request.headers.get(DESK_HEADER, "")) if in_turn else nullcontext()
            try:
                with turns as turn:
                    return await run_in_threadpool(serve, request, bytes(body.bytes), turn)
            finally:
                centre.at_work -= 1
        finally:
            centre.coming.end(body)

    return endpoint


async def _come(centre: OpenCentre, request: Request, body: Body, largest: int) -> Response | None:
    """Let a body come whole; return an answer where that is not waited for."""
    try:
        async for chunk in request.stream():
            centre.coming.add(body, chunk)
            if body.gave_way:
                return busy_response(centre)
            if len(body.bytes) > largest:
                return failure_response(centre, RequestFailed(messages.TOO_LARGE))
    except ClientDisconnect:
        # half a request and then nobody: no defect, and nobody hears an answer
        return Response(status_code=HALF_STATUS)
    return None


def _announced(request: Request) -> int:
    """Return how long a body says that it is, bytes; 0 where it does not say."""
    said = request.headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdecimal() else 0


def _question(
    request: Request, raw: bytes, once: Callable[[Connection], None], largest: int = LARGEST_UNPACKED
) -> Question:
    packed = request.headers.get("content-encoding", "") == "zstd"
    body = _unpack(raw, largest) if packed else raw
    return Question(query=request.query_params, headers=request.headers, body=body, once=once)


def _unpack(raw: bytes, largest: int) -> bytes:
    try:
        size = zstandard.frame_content_size(raw)
        if not 0 <= size <= largest:
            raise RequestFailed(messages.TOO_LARGE)
        return zstandard.ZstdDecompressor().decompress(raw)
    except zstandard.ZstdError as broken:
        raise RequestFailed(messages.MALFORMED) from broken


def _response(answer: Answer, asked: Mapping[str, str]) -> Response:
    headers = dict(answer.headers)
    if answer.file is not None:
        return FileResponse(answer.file, media_type="application/octet-stream", headers=headers)
    body = msgspec.msgpack.encode(answer.message) if answer.message is not None else answer.body
    if len(body) >= PACK_FROM and answer.message is not None and "zstd" in asked.get("accept-encoding", ""):
        body = zstandard.ZstdCompressor(level=3).compress(body)
        headers["content-encoding"] = "zstd"
    return Response(body, status_code=answer.status, headers=headers, media_type=answer.kind or MEDIA_TYPE)


def failure_response(centre: OpenCentre, failed: RequestFailed) -> Response:
    """Return how a request is told that it is not served."""
    if failed.reason == messages.BUSY:
        return busy_response(centre)
    failure = messages.Failure(reason=failed.reason, server_ms=centre.now_ms(), oldest_protocol=OLDEST_PROTOCOL)
    return Refusal(failure, failed.headers)
