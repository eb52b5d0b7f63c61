"""One request and its answer: bytes in, the desk's word checked, bytes out. Routes see neither HTTP nor zstd."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import zstandard
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response

from sscard_desk.central.access import access_of
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.peer import shown_certificate
from sscard_desk.central.signed import OLDEST_PROTOCOL, check_desk, check_protocol
from sscard_desk.central.standing import check_certificate
from sscard_desk.central.store.desks import Desk
from sscard_desk.domain.errors.centre_database import DatabaseAway
from sscard_desk.wire import messages
from sscard_desk.wire.unpacking import unpack_as

LARGEST_BODY: Final = 16_000_000
LARGEST_UNPACKED: Final = 32_000_000
PACK_FROM: Final = 512
HALF_STATUS: Final = 400
MEDIA_TYPE: Final = "application/vnd.msgpack"

Shape = TypeVar("Shape")


@dataclass(frozen=True)
class Question:
    """A request whose signature holds.

    Attributes:
        query: the words after the question mark.
        headers: names in lower case.
        body: unpacked.
    """

    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def read(self, shape: type[Shape]) -> Shape:
        """Return the body as a message.

        Raises:
            RequestFailed: it does not have this shape.
        """
        try:
            return unpack_as(shape, self.body)
        except msgspec.MsgspecError as broken:
            raise RequestFailed(messages.MALFORMED) from broken

    def word(self, name: str) -> str:
        """Return a word of the query, empty if it is not there."""
        return self.query.get(name, "")

    def number(self, name: str) -> int:
        """Return a natural number of the query.

        Raises:
            RequestFailed: it is none.
        """
        word = self.word(name)
        if not word.isascii() or not word.isdecimal():
            raise RequestFailed(messages.MALFORMED)
        return int(word)


@dataclass(frozen=True)
class Answer:
    """What goes back: a message, bytes, a file, or nothing but a status."""

    message: msgspec.Struct | None = None
    body: bytes = b""
    file: Path | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


DeskWork = Callable[[OpenCentre, Desk, Question], Answer]
OpenWork = Callable[[OpenCentre, Question], Answer]


def for_desks(centre: OpenCentre, work: DeskWork) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that only enrolled desks reach; `work` runs on a worker thread."""

    def signed(request: Request, raw: bytes) -> Answer:
        check_protocol(request.headers)
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        desk = check_desk(centre, request.headers, request.method, target, raw)
        client = request.client.host if request.client else ""
        shown = shown_certificate(centre, request.scope.get("state", {}), client, request.headers)
        check_certificate(centre, desk, shown, access_of(request.method, request.url.path))
        return work(centre, desk, _question(request, raw))

    return _endpoint(centre, signed)


def for_anybody(centre: OpenCentre, work: OpenWork) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that needs no enrolment; `work` runs on a worker thread."""

    def unsigned(request: Request, raw: bytes) -> Answer:
        return work(centre, _question(request, raw))

    return _endpoint(centre, unsigned)


def _endpoint(
    centre: OpenCentre, answer: Callable[[Request, bytes], Answer]
) -> Callable[[Request], Awaitable[Response]]:
    def serve(request: Request, raw: bytes) -> Response:
        try:
            return _response(answer(request, raw), request.headers)
        except RequestFailed as failed:
            return _failure(centre, failed)
        except DatabaseAway:
            # nothing was kept, the desk comes again
            return _failure(centre, RequestFailed(messages.BUSY))

    async def endpoint(request: Request) -> Response:
        raw = bytearray()
        try:
            async for chunk in request.stream():
                raw += chunk
                if len(raw) > LARGEST_BODY:
                    return _failure(centre, RequestFailed(messages.TOO_LARGE))
        except ClientDisconnect:
            # half a request and then nobody: no defect, and nobody hears an answer
            return Response(status_code=HALF_STATUS)
        return await run_in_threadpool(serve, request, bytes(raw))

    return endpoint


def _question(request: Request, raw: bytes) -> Question:
    packed = request.headers.get("content-encoding", "") == "zstd"
    body = _unpack(raw) if packed else raw
    return Question(query=request.query_params, headers=request.headers, body=body)


def _unpack(raw: bytes) -> bytes:
    try:
        size = zstandard.frame_content_size(raw)
        if not 0 <= size <= LARGEST_UNPACKED:
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
    return Response(body, status_code=answer.status, headers=headers, media_type=MEDIA_TYPE)


def _failure(centre: OpenCentre, failed: RequestFailed) -> Response:
    failure = messages.Failure(reason=failed.reason, server_ms=centre.now_ms(), oldest_protocol=OLDEST_PROTOCOL)
    headers = {"retry-after": "5"} if failed.reason == messages.BUSY else {}
    return Response(msgspec.msgpack.encode(failure), status_code=failed.status, headers=headers, media_type=MEDIA_TYPE)
