"""Several workers behind one address: they answer, one that is killed is replaced, all end in order."""

import contextlib
import json
import os
import signal
import ssl
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

from sscard_desk.central.centre import init_centre
from sscard_desk.central.workers import serve_with_workers
from sscard_desk.domain.errors.centre_database import WorkersNeedServer
from tests.machines.postgres import PostgresServer


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that asks a process to end")
def test_workers_answer_one_that_is_killed_is_replaced_and_all_end_in_order(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心", address=postgres.database())
    trusting = ssl.create_default_context(cadata=centre.keys.authority.decode())
    centre.close()
    command = [sys.executable, "-m", "sscard_desk", "central", "serve", "--folder", str(tmp_path / "centre")]
    with subprocess.Popen(
        [*command, "--workers", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            url = json.loads(process.stdout.readline())["url"]
            with httpx.Client(verify=trusting, trust_env=False, timeout=60) as line:
                assert line.get(f"{url}/v1/health").status_code == 200
            (killed, *_) = workers_of(process.pid)
            os.kill(killed, signal.SIGKILL)
            while killed in workers_of(process.pid) or len(workers_of(process.pid)) < 2:
                time.sleep(0.05)
            with httpx.Client(verify=trusting, trust_env=False, timeout=60) as line:
                assert line.get(f"{url}/v1/health").status_code == 200
            left = workers_of(process.pid)
            process.send_signal(signal.SIGTERM)
            said = process.stderr.read()
            assert (process.wait(60), said) == (0, "")
            assert not any(psutil.pid_exists(pid) for pid in left)
        finally:
            process.kill()


def workers_of(pid: int) -> list[int]:
    """The processes that serve; the one that only watches what they leave behind is none."""
    found = []
    for child in psutil.Process(pid).children():
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended while it was looked at
            if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline()):
                found.append(child.pid)
    return found


def test_the_embedded_database_takes_one_worker(tmp_path: Path) -> None:
    init_centre(tmp_path / "centre", training=True, name="示例中心").close()
    with pytest.raises(WorkersNeedServer):
        serve_with_workers(tmp_path / "centre", print, address="", host="127.0.0.1", port=0, workers=2)
