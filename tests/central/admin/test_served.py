"""The administration as `central serve` runs it: a port of its own, the same sessions at every worker."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from sscard_desk.central.admin import operators, sessions
from sscard_desk.central.admin.guard import SESSION
from sscard_desk.central.centre import init_centre, open_centre
from tests.machines.admin import Administration
from tests.machines.postgres import PostgresServer

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that asks a process to end"),
]


@contextmanager
def served(folder: Path, *words: str) -> Iterator[dict[str, str]]:
    command = [sys.executable, "-m", "sscard_desk", "central", "serve", "--folder", str(folder), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            yield json.loads(process.stdout.readline())
            process.send_signal(signal.SIGTERM)
            said = process.stderr.read()
            assert (process.wait(60), said) == (0, "")
        finally:
            process.kill()


def test_pages_and_desks_have_ports_of_their_own_and_both_end_in_order(tmp_path: Path) -> None:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    trusting = Administration(centre, "").trusting()
    centre.close()
    with served(tmp_path / "centre", "--admin-port", "0") as said:
        origin = said["admin_url"].removesuffix("/admin")
        with httpx.Client(verify=trusting, trust_env=False, timeout=60) as line:
            assert line.get(f"{origin}/admin/sign-in").status_code == 200
            assert line.get(f"{said['url']}/v1/health").status_code == 200
            assert line.get(f"{origin}/v1/health").status_code == 404
            assert line.get(f"{said['url']}/admin/sign-in").status_code == 404
    with served(tmp_path / "centre") as said, httpx.Client(verify=trusting, trust_env=False, timeout=60) as line:
        assert line.get(f"{said['url']}/v1/health").status_code == 200
        assert said["admin_url"] is None


def test_a_session_holds_at_every_worker(tmp_path: Path, postgres: PostgresServer) -> None:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心", address=postgres.database())
    trusting = Administration(centre, "").trusting()
    operators.add(centre, "li.ming")
    opened = sessions.made(centre, "li.ming", sessions.SIGNED_IN)
    with centre.database.writing() as connection:
        sessions.begin(connection, opened)
    centre.close()
    with served(tmp_path / "centre", "--admin-port", "0", "--workers", "2") as said:
        for _ in range(12):  # each connection may come to another worker
            with httpx.Client(verify=trusting, trust_env=False, timeout=60) as line:
                line.cookies.set(SESSION, opened.token)
                assert line.get(said["admin_url"]).status_code == 200
        again = open_centre(tmp_path / "centre")
        operators.remove(again, "li.ming")
        again.close()
        for _ in range(12):
            with httpx.Client(verify=trusting, trust_env=False, timeout=60) as line:
                line.cookies.set(SESSION, opened.token)
                assert line.get(said["admin_url"]).headers["location"] == "/admin/sign-in"
