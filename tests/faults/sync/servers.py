"""Servers of a centre in processes of their own: one alone, or `central serve` with its workers."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Final, Protocol

import psutil

from tests.faults.sync.processes import forks
from tests.faults.sync.server_process import serve_centre

START_S: Final = 60.0
LOOK_S: Final = 0.02


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Server(Protocol):
    """What answers desks at `port`."""

    port: int

    def start(self) -> None:
        """Begin to start; `ready` waits for it."""

    def ready(self) -> None:
        """Wait until it listens."""

    def kill(self) -> None:
        """SIGKILL all of it."""

    def kill_worker(self, chance: Random) -> None:
        """SIGKILL a part that is replaced."""


class ForkedServer:
    """One server, forked from a process that has imported everything."""

    def __init__(self, folder: Path, address: str) -> None:
        self._folder, self._address = folder, address
        self.port = free_port()
        self._process: ForkServerProcess | None = None
        self._pipe: Connection | None = None

    def start(self) -> None:
        """Begin to start; `ready` waits for it."""
        self._pipe, end = forks.Pipe()
        self._process = forks.Process(target=serve_centre, args=(end, self._folder, self._address, self.port))
        self._process.start()
        end.close()

    def ready(self) -> None:
        """Wait until it listens, starting it again where its database was away."""
        deadline = time.monotonic() + START_S
        while True:
            try:
                if self._pipe is not None and self._pipe.poll(deadline - time.monotonic()):
                    self._pipe.recv()
                    return
            except EOFError:
                self.kill()
                time.sleep(LOOK_S)
                self.start()
            if time.monotonic() > deadline:
                raise RuntimeError("no server after a minute")

    def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process, self._pipe = None, None

    def kill_worker(self, chance: Random) -> None:
        """It has no parts."""
        raise NotImplementedError


class Workers:
    """`central serve --workers N`, as whoever runs a centre starts it."""

    def __init__(self, folder: Path, address: str, workers: int) -> None:
        self._command = [sys.executable, "-m", "sscard_desk", "central", "serve", "--folder", str(folder)]
        self._command += ["--database", address, "--workers", str(workers)]
        self._workers = workers
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begin to start; `ready` waits for it."""
        self._process = subprocess.Popen(
            [*self._command, "--port", str(self.port)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def ready(self) -> None:
        """Wait until it listens."""
        if self._process is None or self._process.stdout is None:
            raise RuntimeError("not started")
        json.loads(self._process.stdout.readline())

    def kill(self) -> None:
        """SIGKILL the program and its workers."""
        if self._process is None:
            return
        alive = self._alive()
        self._process.kill()
        for worker in alive:
            os.kill(worker, signal.SIGKILL)
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None

    def kill_worker(self, chance: Random) -> None:
        """SIGKILL a worker and wait until there are as many as before."""
        killed = chance.choice(self._alive())
        os.kill(killed, signal.SIGKILL)
        deadline = time.monotonic() + START_S
        while killed in (alive := self._alive()) or len(alive) < self._workers:
            if time.monotonic() > deadline:
                raise RuntimeError("a killed worker was not replaced")
            time.sleep(LOOK_S)

    def _alive(self) -> list[int]:
        if self._process is None:
            return []
        children = [each for each in psutil.Process(self._process.pid).children() if _runs(each)]
        return [child.pid for child in children if "spawn_main" in " ".join(child.cmdline())]


def _runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False  # it was there when its parent was asked
