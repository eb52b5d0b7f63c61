"""`central serve` as a process of its own, told to end by a signal."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Served:
    """A centre that serves; `end` stops it."""

    process: subprocess.Popen[str]
    url: str
    metrics_url: str | None
    said: str = ""

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def ask_to_end(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def end(self) -> int:
        """Ask to end, and return the exit status; what stood on standard error is `said` from then on."""
        self.ask_to_end()
        return self.ended()

    def ended(self) -> int:
        assert self.process.stderr is not None
        self.said = self.process.stderr.read()
        return self.process.wait(60)


@contextmanager
def served_centre(folder: Path, *words: str) -> Iterator[Served]:
    """Serve the centre in a folder until the block ends."""
    command = [sys.executable, "-m", "sscard_desk", "central", "serve", "--folder", str(folder), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr else ""
            begun = json.loads(line)
            yield Served(process, begun["url"], begun["metrics_url"])
        finally:
            process.kill()
