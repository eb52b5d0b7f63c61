"""The centre as a process of its own: says where it is reached, answers over TLS, ends in order."""

import json
import signal
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from sscard_desk.central.centre import init_centre
from sscard_desk.central.server import CentreServer
from sscard_desk.domain.errors.operator import AddressTaken


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that asks a process to end")
@pytest.mark.parametrize("ask_to_end", [signal.SIGTERM, signal.SIGINT])
def test_a_served_centre_says_its_address_answers_and_ends_in_order(tmp_path: Path, ask_to_end: signal.Signals) -> None:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    trusting = ssl.create_default_context(cadata=centre.keys.authority.decode())
    centre.close()
    command = [sys.executable, "-m", "sscard_desk", "central", "serve", "--folder", str(tmp_path / "centre")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            url = json.loads(process.stdout.readline())["url"]
            with httpx.Client(verify=trusting, trust_env=False) as line:
                answer = line.get(f"{url}/v1/health", timeout=20)
            process.send_signal(ask_to_end)
            said = process.stderr.read()
            assert (answer.status_code, process.wait(20), said) == (200, 0, "")
        finally:
            process.kill()
    assert not (tmp_path / "centre" / "centre.db-wal").exists()


def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    centre = init_centre(tmp_path / "centre", training=True, name="示例中心")
    first = CentreServer(centre)
    with pytest.raises(AddressTaken, match=str(first.port)):
        CentreServer(centre, port=first.port)
    first.stop()
    centre.close()
