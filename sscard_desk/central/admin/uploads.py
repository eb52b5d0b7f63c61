"""Forms with a file: streamed to the centre's disk; nothing of the file is kept before the form is known to be ours."""

import os
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sscard_desk.central.admin import guard
from sscard_desk.central.admin.guard import LARGEST_FORM, Page, Visit, Work
from sscard_desk.central.admin.jobs import upload_folder
from sscard_desk.central.centre import OpenCentre

TakeFile = Callable[[Visit, Path], Page]
_PART: Final = ".part"


class _Refused(Exception):
    """The form is none of ours, or no form."""


@dataclass
class _Form:
    """A form that comes in; its fields come before its file."""

    target: Path
    most: int
    is_ours: Callable[[dict[str, str]], bool]
    fields: dict[str, str] = field(default_factory=dict)
    file: IO[bytes] | None = None
    size: int = 0
    _name: str = ""
    _header: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _part: bytearray = field(default_factory=bytearray)
    _in_file: bool = False

    async def read(self, request: Request, boundary: bytes) -> None:
        """Take the whole form in.

        Raises:
            _Refused: it is not ours, has no file, or too large a one.
            FormParserError, ClientDisconnect: it is no form, or not all of one.
        """
        if not boundary:
            raise _Refused
        parser = self._parser(boundary)
        async for chunk in request.stream():
            parser.write(chunk)
        parser.finalize()
        if self.file is None:
            raise _Refused
        self.file.close()

    def _parser(self, boundary: bytes) -> MultipartParser:
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
                "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                "on_header_end": self._end_header,
                "on_headers_finished": self._end_headers,
                "on_part_data": self._data,
                "on_part_end": self._end,
            },
        )

    def _begin(self) -> None:
        self._name, self._in_file = "", False
        self._part.clear()

    def _end_header(self) -> None:
        if bytes(self._header).lower() == b"content-disposition":
            _, options = parse_options_header(bytes(self._value))
            self._name = options.get(b"name", b"").decode("utf-8", "replace")
            self._in_file = b"filename" in options
        self._header.clear()
        self._value.clear()

    def _end_headers(self) -> None:
        if not self._in_file:
            return
        if self.file is not None or not self.is_ours(self.fields):
            raise _Refused
        descriptor = os.open(self.target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.file = os.fdopen(descriptor, "wb")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file and self.file is not None:
            self.size += end - start
            if self.size > self.most:
                raise _Refused
            self.file.write(data[start:end])
            return
        self._part.extend(data[start:end])
        if len(self._part) + sum(map(len, self.fields.values())) > LARGEST_FORM:
            raise _Refused

    def _end(self) -> None:
        if not self._in_file and self._name:
            self.fields[self._name] = bytes(self._part).decode("utf-8", "replace")


def uploading(centre: OpenCentre, show: Work, take: TakeFile, most: int) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a page whose form brings a file.

    Args:
        centre: the centre.
        show: makes the page.
        take: is given the form and its file, which it moves away if it keeps it; without one chosen it is empty.
        most: largest file, bytes.
    """
    plain = guard.guarded(centre, show)

    async def endpoint(request: Request) -> Response:
        if request.method != "POST":
            return await plain(request)
        visit, away = await run_in_threadpool(guard.visit_of, centre, request)
        if away:
            return guard.answered(visit, Page(to=away))
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        target = upload_folder(centre) / f"{secrets.token_hex(16)}{_PART}"
        form = _Form(target, most, lambda fields: guard.is_own(centre, request, visit.token, fields))
        try:
            await form.read(request, options.get(b"boundary", b"") if kind == b"multipart/form-data" else b"")
            return await run_in_threadpool(guard.taken, visit, form.fields, show, lambda sent: take(sent, target))
        except (_Refused, FormParserError, ClientDisconnect):
            status = 413 if form.size > most else 403
            return await run_in_threadpool(guard.answered, visit, Page("refused.html", status=status))
        finally:
            if form.file is not None:
                form.file.close()
            target.unlink(missing_ok=True)

    return endpoint
