"""Mutual TLS with several workers on one PostgreSQL: what one knows of a desk all know, empty polls a moment later."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import RemoteDisconnected
from pathlib import Path
from ssl import SSLError

import psutil
import pytest

from sscard_desk.central.centre import OpenCentre, init_centre
from sscard_desk.central.imports import import_point
from sscard_desk.central.store.desks import allow_desk, revoke_desk
from sscard_desk.central.store.memory import BELIEVED_SECONDS
from sscard_desk.wire import messages
from tests.central.test_workers import workers_of
from tests.machines.counter import POINT, REGION
from tests.machines.postgres import PostgresServer
from tests.machines.tls_desk import Shown, TlsDesk, enrolled_key, foreign, given

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="tells which process holds a connection")
FEED = "/v1/feed?scope=reference&epoch=&after=0&limit=10"
HELLO = "/v1/hello?training=1"


@contextmanager
def served(folder: Path, postgres: PostgresServer) -> Iterator[tuple[OpenCentre, int, int]]:
    """A centre, the process whose children serve it, and their port."""
    centre = init_centre(folder, training=True, name="示例中心", address=postgres.database())
    import_point(centre, POINT, "示例街道服务站", REGION)
    command = [sys.executable, "-m", "sscard_desk", "central", "serve", "--folder", str(folder), "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = json.loads(process.stdout.readline())["url"]
            yield centre, process.pid, int(url.rsplit(":", 1)[1])
        finally:
            process.terminate()
            process.wait(60)
            centre.close()


def holding(pid: int, port: int) -> set[int]:
    """The workers that hold a connection of somebody."""
    return {
        worker
        for worker in workers_of(pid)
        for line in psutil.Process(worker).net_connections("tcp")
        if line.status == psutil.CONN_ESTABLISHED and line.laddr.port == port
    }


def all_hear(lines: list[TlsDesk], word: str) -> None:
    """Ask on every line until each has that answer: a worker that answers polls from memory hears of a change a moment
    after it, and believes nothing for longer than `BELIEVED_SECONDS`.
    """
    deadline = time.monotonic() + 2 * BELIEVED_SECONDS
    while (heard := {line.word("GET", FEED) for line in lines}) != {word}:
        assert time.monotonic() < deadline, heard
        time.sleep(0.02)


def test_a_revoked_desk_is_refused_by_every_worker_on_connections_that_are_open(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    with served(tmp_path / "centre", postgres) as (centre, pid, port), ExitStack() as open_lines:
        key, other = enrolled_key(centre, "D-0001"), enrolled_key(centre, "D-0002")
        shown = given(centre, "D-0001")
        lines: list[TlsDesk] = []
        while len(lines) < 4 or len(holding(pid, port)) < 2:
            line = TlsDesk(port, centre.keys.authority, "D-0001", key, shown)
            lines.append(open_lines.enter_context(line))
            assert line.word("GET", FEED) == "ok"
        with centre.database.writing() as connection:
            revoke_desk(connection, "D-0001", centre.now_ms())
        all_hear(lines, messages.DESK_REVOKED)
        with TlsDesk(port, centre.keys.authority, "D-0002", other) as line:
            assert line.word("GET", FEED) == "ok"
        with centre.database.writing() as connection:
            allow_desk(connection, "D-0001", centre.now_ms())
        all_hear(lines, "ok")
        with TlsDesk(port, centre.keys.authority, "D-0001", key, given(centre, "D-0001")) as line:
            assert line.word("GET", FEED) == "ok"  # a newer one, seen by one worker
        assert {line.word("GET", FEED) for line in lines} == {"ok"}  # the one before, within its minutes
        for wrong, word in (
            (given(centre, "D-0002"), messages.CERTIFICATE_WRONG),
            (Shown(), messages.CERTIFICATE_MISSING),
        ):
            with TlsDesk(port, centre.keys.authority, "D-0001", key, wrong) as line:
                assert line.word("GET", FEED) == word
        with TlsDesk(port, centre.keys.authority, "D-0002", other, given(centre, "D-0002", days_ago=200)) as line:
            assert (line.word("GET", HELLO), line.word("GET", FEED)) == ("ok", messages.CERTIFICATE_EXPIRED)
        for _ in range(4):  # whichever worker takes it
            with (
                TlsDesk(port, centre.keys.authority, "D-0001", key, foreign("D-0001")) as line,
                pytest.raises((RemoteDisconnected, ConnectionResetError, SSLError)),
            ):
                line.ask("GET", HELLO)
