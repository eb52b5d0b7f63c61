"""Signed requests of one desk, with a deadline each; its idea of the centre's time mends itself."""

import secrets
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Final, Self

import httpx
import zstandard

from sscard_desk.domain.errors.centre import AnswerMalformed
from sscard_desk.domain.errors.desk_identity import CertificateRefused
from sscard_desk.ports.sync import Staged
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.line import FIRST_FAILURE, SILENCE_SECONDS, failure_trouble, line_trouble, open_line, read_failure
from sscard_desk.wire import messages, signing

PACK_FROM: Final = 512
PARTIAL: Final = 206
NOTHING_LEFT: Final = 416
HEALTH_PATH: Final = "/v1/health"
_BODY_GONE: Final = "http11.send_request_body.complete"
"""What httpcore says when the last byte of a body was written."""
_CLOSED: Final = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


def wall_clock_ms() -> int:
    """Return this computer's time, milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def pack(body: bytes) -> bytes:
    """Return a message as it goes over the line."""
    return zstandard.ZstdCompressor(level=3).compress(body)


class SignedLine:
    """A line on which every request carries the desk's signature."""

    def __init__(
        self, identity: DeskIdentity, now_ms: Callable[[], int] = wall_clock_ms, silence: float = SILENCE_SECONDS
    ) -> None:
        """Open the line; nothing is sent yet.

        Args:
            identity: who asks, and whom to believe.
            now_ms: this computer's time.
            silence: seconds without a byte after which the line counts as dead.
        """
        self._identity = identity
        self._now_ms = now_ms
        self._silence = silence
        self._http = self._open(shows=True)
        self.offset_ms = 0
        """Centre time minus own time, as heard last."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def change(self, identity: DeskIdentity) -> None:
        """Go on as the same desk with another certificate, on a connection of its own."""
        self._http.close()
        self._identity = identity
        self._http = self._open(shows=True)

    def now_ms(self) -> int:
        """Return this computer's time."""
        return self._now_ms()

    def ask(  # noqa: D417 - method and path say themselves
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        packed: bool = False,
        gone: Callable[[], None] | None = None,
    ) -> httpx.Response:
        """Send one request and return its answer, 2xx or 304.

        Args:
            query: words after the question mark.
            body: a message; packed where that pays.
            headers: further ones, not signed.
            packed: the body is packed already.
            gone: called when the last byte of the body was given to the line.

        Raises:
            CentreTrouble: any leaf of the port `Centre`.
        """
        sent = body
        if not packed and len(body) >= PACK_FROM:
            sent, packed = pack(body), True
        further = dict(headers or {}) | ({"content-encoding": "zstd"} if packed else {})
        response = self._send(method, path, query, sent, further, gone)
        if response.status_code < FIRST_FAILURE:
            return response
        failure = read_failure(response.content)
        if failure is not None and failure.reason == messages.CLOCK_OFF:
            self.offset_ms = failure.server_ms - self.now_ms()
            response = self._send(method, path, query, sent, further, gone)
            if response.status_code < FIRST_FAILURE:
                return response
            failure = read_failure(response.content)
        raise failure_trouble(response, failure, (query or {}).get("scope", ""))

    def fetch(
        self,
        path: str,
        query: Mapping[str, str],
        have: Staged,
        told: Callable[[int, int], None] = lambda _done, _of: None,
    ) -> None:
        """Fetch a file into `have`, beginning after what is there; what came before a cut stays there.

        Args:
            path: of the file.
            query: words after the question mark.
            have: takes it; says how much is there already.
            told: is given (bytes here, bytes in all) after each piece, and may end the load by an exception.

        Raises:
            CentreTrouble: any leaf of the port `Centre`.
        """
        ranged = {"range": f"bytes={have.size}-"} if have.size else {}
        request = self._request("GET", path, query, b"", {**ranged, "accept-encoding": "identity"})
        try:
            response = self._http.send(request, stream=True)
            try:
                if response.status_code == NOTHING_LEFT and have.size:
                    return  # killed after the last byte: its hash says whether it is whole
                if response.status_code >= FIRST_FAILURE:
                    response.read()
                    raise failure_trouble(response, read_failure(response.content), query.get("scope", ""))
                if have.size and response.status_code != PARTIAL:
                    have.clear()
                of = have.size + int(response.headers.get("content-length", 0))
                for chunk in response.iter_raw():
                    have.add(chunk)
                    told(have.size, of)
            finally:
                response.close()
        except httpx.HTTPError as fault:
            raise line_trouble(fault) from fault

    def _open(self, *, shows: bool) -> httpx.Client:
        ours = self._identity
        shown = (ours.certificate, ours.tls_key) if shows else (b"", b"")
        return open_line(ours.url, ours.authority, self._silence, shown=shown)

    def _send(  # noqa: PLR0917 - as `ask`
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None,
        body: bytes,
        headers: Mapping[str, str],
        gone: Callable[[], None] | None,
    ) -> httpx.Response:
        def request() -> httpx.Request:
            made = self._request(method, path, query, body, headers)
            if gone is not None:
                made.extensions["trace"] = lambda step, _said: gone() if step == _BODY_GONE else None
            return made

        try:
            try:
                return self._http.send(request())
            except _CLOSED:
                # most often a kept connection that the centre closed meanwhile; every request may come twice
                return self._http.send(request())
        except _CLOSED as fault:
            raise (CertificateRefused() if self._turned_away() else line_trouble(fault)) from fault
        except httpx.HTTPError as fault:
            raise line_trouble(fault) from fault
        except httpx.InvalidURL as wrong:
            raise AnswerMalformed(reason="url") from wrong

    def _turned_away(self) -> bool:
        """Return whether the centre answers whoever shows no certificate, and hangs up on ours without a word.

        That is how a server refuses a certificate: the client has sent its question before it is told.
        """
        if not self._identity.certificate:
            return False
        try:
            with self._open(shows=False) as line:
                line.get(HEALTH_PATH)
        except httpx.HTTPError:
            return False
        try:
            with self._open(shows=True) as line:
                line.get(HEALTH_PATH)
        except _CLOSED:
            return True
        except httpx.HTTPError:
            pass
        return False

    def _request(
        self, method: str, path: str, query: Mapping[str, str] | None, body: bytes, headers: Mapping[str, str]
    ) -> httpx.Request:
        request = self._http.build_request(method, path, params=dict(query or {}), content=body, headers=dict(headers))
        time_ms, nonce = self.now_ms() + self.offset_ms, secrets.token_hex(16)
        target = request.url.raw_path.decode("ascii")
        signature = self._identity.sign(
            signing.request_bytes(self._identity.desk, method, target, time_ms, nonce, body)
        )
        request.headers[signing.PROTOCOL_HEADER] = str(messages.PROTOCOL)
        request.headers[signing.DESK_HEADER] = self._identity.desk
        request.headers[signing.TIME_HEADER] = str(time_ms)
        request.headers[signing.NONCE_HEADER] = nonce
        request.headers[signing.SIGNATURE_HEADER] = signature.hex()
        return request
