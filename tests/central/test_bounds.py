"""Who sends too slowly, too much or what unpacks without end is refused by a real server, and others are served.

The server's patience is shortened for it; its memory is what the system says of the process.
"""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx
import msgspec
import pytest
import zstandard

from sscard_desk.central.centre import init_centre
from sscard_desk.central.coming import Coming
from sscard_desk.central.imports import enrolment_code, import_point
from sscard_desk.domain.errors.centre import CentreBusy, CentreUnreachable
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.wire import messages
from tests.machines.counter import POINT, REGION

SERVE = """
import sys
from sscard_desk.central import patience, peer, room
patience.HEAD_SECONDS, patience.BODY_SECONDS, patience.LOOK_SECONDS = {head}, {body}, 0.1
patience.GIVE_WAY_SECONDS, peer.MOST_OPEN, room.MOST_OPEN = 0.3, {most}, {most}
from sscard_desk.cli.run import run
ports = ["--admin-port", "0", "--metrics-port", "0"]
sys.exit(run(["central", "serve", "--folder", sys.argv[1], *ports, "--json"]))
"""
LINE_S = 30
ROOM_MB = 60


@dataclass
class Server:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    url: str
    authority: bytes
    identity: DeskIdentity
    admin_url: str
    metrics_url: str

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    @property
    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self.authority.decode("ascii"))

    def connect(self, url: str = "") -> socket.socket:
        """Connect to the desks' port, or to another one by its address."""
        at = httpx.URL(url or self.url)
        plain = socket.create_connection(("127.0.0.1", at.port), timeout=LINE_S)
        return self.context.wrap_socket(plain, server_hostname="localhost") if at.scheme == "https" else plain

    def memory_mb(self) -> int:
        """The most that the process had at once so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024

    def serves(self) -> bool:
        """Whether the desk is answered."""
        with HttpCentre(self.identity) as line:
            line.hello()
            return line.missing_blobs([]) == []


def started(folder: Path, *, head: float = 60, body: float = 60, most: int = 800) -> Iterator[Server]:
    centre = init_centre(folder, training=True, name="示例中心")
    import_point(centre, POINT, "示例街道服务站", REGION)
    code = enrolment_code(centre, "D-0001", POINT).text()
    authority = centre.keys.believed
    centre.close()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(head=head, body=body, most=most), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
    assert process.stdout is not None
    try:
        said = json.loads(process.stdout.readline())
        desk = enrol(said["url"], code, training=True)[0]
        yield Server(process, said["url"], authority, desk, said["admin_url"], said["metrics_url"])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(LINE_S)
        process.stdout.close()


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Server]:
    """A server that waits a second for a head and for each 1,200 bytes of a body."""
    yield from started(tmp_path / "centre", head=1, body=1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    yield from started(tmp_path / "centre")


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Server]:
    """A server with six places."""
    yield from started(tmp_path / "centre", most=6)


def heard(line: socket.socket) -> tuple[int, str]:
    """The status and the reason of an answer; the line is closed by the other end or kept."""
    raw = b""
    try:
        while piece := line.recv(65_536):
            raw += piece
            head, _, body = raw.partition(b"\r\n\r\n")
            length = next((x for x in head.lower().splitlines() if x.startswith(b"content-length:")), b":0")
            if b"\r\n\r\n" in raw and len(body) >= int(length.partition(b":")[2]):
                break
    except OSError:
        pass
    head, _, body = raw.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), msgspec.msgpack.decode(body, type=messages.Failure).reason


def drip(line: socket.socket, begin: bytes) -> bytes:
    """Send a head that never ends, byte by byte for at most half a minute, and return what is said to it."""
    line.settimeout(0.2)
    line.sendall(begin)
    for _ in range(5 * LINE_S):
        try:
            line.sendall(b"a")
            return line.recv(1_000)
        except TimeoutError:
            continue
    return b""


def signed_head(server: Server, path: str, body: bytes, *, length: int | None = None, packed: bool = True) -> bytes:
    """The head of a request of the enrolled desk."""
    identity = server.identity
    with HttpCentre(identity) as line:
        line.hello()
        request = line._line._request("POST", path, None, body, {"content-encoding": "zstd"} if packed else {})
    lines = [f"POST {path} HTTP/1.1", "host: localhost"]
    lines += [f"{name}: {value}" for name, value in request.headers.items() if name not in {"host", "content-length"}]
    lines.append(f"content-length: {len(body) if length is None else length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_a_head_that_comes_byte_by_byte_is_refused_and_who_says_nothing_too(quick: Server) -> None:
    with quick.connect() as slow, quick.connect() as silent:
        for byte in b"GET /v1/hea":
            slow.sendall(bytes([byte]))
        assert heard(slow) == (408, messages.TOO_SLOW)
        assert heard(silent) == (408, messages.TOO_SLOW)
    assert quick.serves()


@pytest.mark.parametrize("port", ["admin_url", "metrics_url"])
def test_the_ports_beside_the_desks_have_the_same_patience(quick: Server, port: str) -> None:
    url: str = getattr(quick, port)
    with quick.connect(url) as slow, quick.connect(url) as silent:
        assert drip(slow, b"GET / HTTP/1.1\r\nx-more: ").startswith(b"HTTP/1.1 408 ")
        assert silent.recv(100).startswith(b"HTTP/1.1 408 ")
    assert httpx.get(url, verify=quick.context, trust_env=False, timeout=LINE_S, follow_redirects=True).is_success


def test_a_body_that_comes_byte_by_byte_is_refused_and_the_desk_is_told_as_of_a_broken_line(quick: Server) -> None:
    body = zstandard.compress(msgspec.msgpack.encode(messages.BlobNames(blobs=())))
    with quick.connect() as slow:
        slow.sendall(signed_head(quick, "/v1/blobs/missing", body, length=100_000) + body[:1])
        assert heard(slow) == (408, messages.TOO_SLOW)
    assert quick.serves()


def test_a_head_without_end_is_refused_and_takes_no_memory(server: Server) -> None:
    before = server.memory_mb()
    with server.connect() as line:
        line.sendall(b"GET /v1/health HTTP/1.1\r\n")
        try:
            for _ in range(2_000):
                line.sendall(b"x-more: " + b"a" * 8_000 + b"\r\n")
        except OSError:
            pass
        assert heard(line) == (431, messages.TOO_LARGE)
    assert server.memory_mb() - before < ROOM_MB
    assert server.serves()


def test_connections_that_ask_nothing_give_way_to_a_desk(narrow: Server) -> None:
    idle = [narrow.connect() for _ in range(6)]
    for line in idle[:3]:
        line.sendall(b"GET /v1/hea")
    served = False
    for _ in range(200):
        try:
            served = narrow.serves()
            break
        except (CentreBusy, CentreUnreachable):
            continue  # the others have only just come
    assert served
    for line in idle:
        line.close()


BOMBS = {
    "declared": (zstandard.ZstdCompressor(level=19).compress(bytes(200_000_000)), (413, messages.TOO_LARGE)),
    "undeclared": (
        zstandard.ZstdCompressor(level=19, write_content_size=False).compress(bytes(200_000_000)),
        (413, messages.TOO_LARGE),
    ),
    "lie": (b"", (400, messages.MALFORMED)),
    "deep": (zstandard.compress(b"\x91" * 3_000_000 + b"\xc0"), (400, messages.MALFORMED)),
    "counts": (zstandard.compress(b"\x81\xa5blobs\xdd\xff\xff\xff\xff"), (400, messages.MALFORMED)),
}


def lie() -> bytes:
    """A frame that says that it holds 100 bytes and holds 200 million (RFC 8878, 3.1.1)."""
    whole = bytearray(zstandard.ZstdCompressor(level=19).compress(bytes(200_000_000)))
    flags, single = whole[4] >> 6, whole[4] >> 5 & 1
    at, size = 5 + (0 if single else 1), {0: 1, 1: 2, 2: 4, 3: 8}[flags]
    whole[at : at + size] = (100).to_bytes(size, "little")
    return bytes(whole)


@pytest.mark.parametrize("what", list(BOMBS))
def test_what_unpacks_without_end_is_refused_with_memory_flat(server: Server, what: str) -> None:
    body, expected = BOMBS[what]
    body = lie() if what == "lie" else body
    server.serves()
    before = server.memory_mb()
    for _ in range(5):
        with server.connect() as line:
            line.sendall(signed_head(server, "/v1/blobs/missing", body) + body)
            assert heard(line) == expected
    assert server.memory_mb() - before < ROOM_MB
    assert server.serves()


def test_who_is_nobody_yet_sends_little(server: Server) -> None:
    with server.connect() as line:
        line.sendall(b"POST /v1/enrol HTTP/1.1\r\nhost: localhost\r\ncontent-length: 70000\r\n\r\n" + b"a" * 1_000)
        assert heard(line) == (413, messages.TOO_LARGE)
    with server.connect() as line:
        line.sendall(b"POST /v1/enrol HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n")
        piece = b"2000\r\n" + b"a" * 0x2000 + b"\r\n"
        try:
            for _ in range(20):
                line.sendall(piece)
        except OSError:
            pass
        assert heard(line) == (413, messages.TOO_LARGE)
    packed = zstandard.compress(bytes(100_000))
    with server.connect() as line:
        head = f"POST /v1/enrol HTTP/1.1\r\nhost: localhost\r\ncontent-encoding: zstd\r\ncontent-length: {len(packed)}"
        line.sendall(head.encode() + b"\r\n\r\n" + packed)
        assert heard(line) == (413, messages.TOO_LARGE)


def test_many_large_bodies_at_once_take_no_more_than_their_share_and_a_desk_delivers(server: Server) -> None:
    before = server.memory_mb()
    noise, lines = Random(1).randbytes(1_000_000), []
    for _ in range(12):
        line = server.connect()
        lines.append(line)
        line.sendall(signed_head(server, "/v1/blobs/missing", b"", length=16_000_000))
        try:
            for _ in range(15):
                line.sendall(noise)
        except OSError:
            pass
    assert server.serves()
    assert server.memory_mb() - before < 64 + 2 * ROOM_MB
    for line in lines:
        line.close()
    assert server.serves()


def test_the_largest_body_gives_way_and_nothing_is_counted_twice() -> None:
    coming = Coming(most=100)
    small, large, last = coming.begin(), coming.begin(), coming.begin()
    coming.add(small, bytes(30))
    coming.add(large, bytes(60))
    coming.add(last, bytes(20))
    assert (small.gave_way, large.gave_way, last.gave_way, coming.held) == (False, True, False, 50)
    coming.add(large, bytes(60))
    assert coming.held == 50
    for body in (small, large, last):
        coming.end(body)
    assert coming.held == 0
