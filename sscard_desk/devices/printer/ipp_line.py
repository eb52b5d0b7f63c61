"""The way to a print service: CUPS by its local socket or a host, or a network printer by its address."""

import errno
import getpass
import http.client
import os
import socket
from typing import Final, Protocol
from urllib.parse import urlsplit

from sscard_desk.devices.printer.ipp import MEDIA_TYPE, IppAnswer, parse
from sscard_desk.devices.printer.ipp_tls import TrustedConnection

IPP_PORT: Final = 631
TLS: Final = "ipps"
LOCAL_SOCKET: Final = "/run/cups/cups.sock"
TIMEOUT_S: Final = 10.0
"""For one request; long enough for a document of some megabytes to a slow network printer."""


class IppLine(Protocol):
    """Carries one request and brings its answer."""

    printer_uri: str
    """The printer's own address, as requests name it."""

    def ask(self, request: bytes) -> IppAnswer:
        """Send one request.

        Raises:
            OSError: nobody answers there.
            http.client.HTTPException: what answers does not speak HTTP.
            IppMalformed: what answers does not speak IPP.
            PrinterNotTrusted: its certificate is not the one that is wanted.
        """


def line_to(queue: str, server: str | None = None, fingerprint: str = "") -> "IppLine":
    """Return the way to a printer.

    Args:
        queue: the name of a CUPS queue, or the whole address of a network printer (`ipps://host/ipp/print`).
        server: where CUPS listens: a socket's path or `host:port`; left out, `CUPS_SERVER` or the local socket.
        fingerprint: of the certificate of an `ipps://` printer; see `ipp_tls`.
    """
    if "://" in queue:
        parts = urlsplit(queue)
        to = parts.hostname or "", parts.port or IPP_PORT, parts.path or "/", queue
        return TlsLine(*to, fingerprint) if parts.scheme == TLS else HttpLine(*to)
    where = server or os.environ.get("CUPS_SERVER") or LOCAL_SOCKET
    path, uri = f"/printers/{queue}", f"ipp://localhost/printers/{queue}"
    if where.startswith("/"):
        return SocketLine(where, path, uri)
    host, _, port = where.partition("/")[0].partition(":")  # CUPS allows `/version=1.1` behind it
    return HttpLine(host, int(port or IPP_PORT), path, uri)


class HttpLine:
    """IPP over HTTP to a host."""

    def __init__(self, host: str, port: int, path: str, printer_uri: str) -> None:
        self._host, self._port, self._path = host, port, path
        self.printer_uri = printer_uri

    def ask(self, request: bytes) -> IppAnswer:
        """Send one request over a connection of its own."""
        return _post(http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT_S), self._path, request, {})


class TlsLine:
    """IPP over TLS to a network printer."""

    def __init__(self, host: str, port: int, path: str, printer_uri: str, fingerprint: str) -> None:
        self._host, self._port, self._path, self._fingerprint = host, port, path, fingerprint
        self.printer_uri = printer_uri

    def ask(self, request: bytes) -> IppAnswer:
        """Send one request over a connection of its own."""
        line = TrustedConnection(self._host, self._port, TIMEOUT_S, self._fingerprint)
        return _post(line, self._path, request, {})


class SocketLine:
    """IPP to CUPS on this computer; CUPS knows who asks from the socket itself (its PeerCred authentication)."""

    def __init__(self, socket_path: str, path: str, printer_uri: str) -> None:
        self._socket_path, self._path = socket_path, path
        self.printer_uri = printer_uri

    def ask(self, request: bytes) -> IppAnswer:
        """Send one request over a connection of its own."""
        who = {"Authorization": f"PeerCred {account()}"}
        return _post(_LocalConnection(self._socket_path), self._path, request, who)


class _LocalConnection(http.client.HTTPConnection):
    def __init__(self, socket_path: str) -> None:
        super().__init__("localhost", timeout=TIMEOUT_S)
        self._socket_path = socket_path

    def connect(self) -> None:
        family = getattr(socket, "AF_UNIX", None)
        if family is None:  # Windows has no CUPS
            raise OSError(errno.EAFNOSUPPORT, "no local sockets")
        self.sock = socket.socket(family, socket.SOCK_STREAM)
        self.sock.settimeout(TIMEOUT_S)
        self.sock.connect(self._socket_path)


def _post(line: http.client.HTTPConnection, path: str, request: bytes, headers: dict[str, str]) -> IppAnswer:
    try:
        line.request("POST", path, request, {"Content-Type": MEDIA_TYPE, **headers})
        return parse(line.getresponse().read())
    finally:
        line.close()


def account() -> str:
    """Return the account of the operating system that prints; CUPS lets it cancel its own jobs."""
    return getpass.getuser()
