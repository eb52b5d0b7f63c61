"""One question to an eSCL scanner over HTTP, which a wish to stop ends at once, also while the device says nothing.

A proxy of the environment and redirects are not followed. With `https` the certificate has to be one that this
computer trusts.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Final

import httpx

from sscard_desk.domain.errors.device import ScannerMissing
from sscard_desk.domain.errors.scanning import ScannedPageBroken, ScannerReadFailed, ScannerSilent
from sscard_desk.ports.devices import Cancel, Cancelled
from sscard_desk.ports.scanner import Progress

CONNECT_S: Final = 3.0
ANSWER_S: Final = 10.0
STEP_S: Final = 0.2
"""How soon a wish to stop is heard."""
MOST_BYTES: Final = 200 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class EsclLine:
    """Asks one device.

    Attributes:
        cancel: the wish to stop.
    """

    cancel: Cancel

    def ask(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        *,
        seconds: float = ANSWER_S,
        progress: Progress | None = None,
    ) -> Answer:
        """Ask, and return the whole answer.

        Args:
            method: GET, POST or DELETE.
            url: whole address.
            body: XML to send.
            seconds: how long the device may say nothing.
            progress: told how much of the answer has come.

        Raises:
            ScannerMissing: nobody answers there.
            ScannerSilent: the line stands and nothing comes.
            ScannerReadFailed: the line broke before an answer.
            ScannedPageBroken: it broke in the middle of one, or the answer is far too large.
            Cancelled: somebody asked to stop.
        """
        try:
            return asyncio.run(self._watched(method, url, body, seconds, progress))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise ScannerMissing from None
        except httpx.TimeoutException:
            raise ScannerSilent from None
        except httpx.HTTPError:
            raise ScannerReadFailed from None

    async def _watched(
        self, method: str, url: str, body: bytes | None, seconds: float, progress: Progress | None
    ) -> Answer:
        asking = asyncio.ensure_future(_asked(method, url, body, seconds, progress))
        while not (await asyncio.wait({asking}, timeout=STEP_S))[0]:
            if self.cancel.is_set():
                asking.cancel()
                await asyncio.wait({asking})
                raise Cancelled
        return asking.result()


async def _asked(method: str, url: str, body: bytes | None, seconds: float, progress: Progress | None) -> Answer:
    timeout = httpx.Timeout(seconds, connect=min(seconds, CONNECT_S))
    head = {"Content-Type": "text/xml"} if body else {}
    # the store of certificates takes 20 ms to read and is not needed for plain HTTP
    line = httpx.AsyncClient(timeout=timeout, trust_env=False, verify=not url.startswith("http:"))
    async with line, line.stream(method, url, content=body, headers=head) as answer:
        whole = int(answer.headers.get("Content-Length", "0") or 0)
        content = bytearray()
        try:
            async for piece in answer.aiter_raw():
                content += piece
                if len(content) > MOST_BYTES:
                    raise ScannedPageBroken(reason="format")
                if progress is not None and answer.status_code == httpx.codes.OK:
                    progress(len(content) / whole if whole else None)
        except (httpx.RemoteProtocolError, httpx.ReadError):
            if answer.status_code == httpx.codes.OK and content:
                raise ScannedPageBroken(reason="short") from None
            raise
        return Answer(answer.status_code, answer.headers.get("Location", ""), bytes(content))
