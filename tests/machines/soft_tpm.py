"""A TPM 2.0 of swtpm on free loopback ports."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def soft_tpm(state: Path) -> Iterator[str]:
    """Run a chip whose state lies in a folder; give the address for `TPM2TOOLS_TCTI`."""
    state.mkdir(exist_ok=True)
    port = _free_pair()
    words = ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={state}", "--server", f"type=tcp,port={port}"]
    words += ["--ctrl", f"type=tcp,port={port + 1}", "--flags", "not-need-init,startup-clear"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)) as chip:
        try:
            _wait(port + 1)
            yield f"swtpm:host=127.0.0.1,port={port}"
        finally:
            chip.terminate()


def _free_pair() -> int:
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                two.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("swtpm did not start")
