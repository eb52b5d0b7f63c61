"""Several workers on one address and one database: one process each, since one Python process fills one core.

The parent binds the address and serves nothing. A worker that ends by itself is started again; told to stop, every
worker ends what is under way first. Each holds one end of a pipe: when the parent closes the other, or is gone, the
worker stops. No signal is needed for that, which Windows would not have.
"""

import multiprocessing
import signal
import socket
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Final

from prometheus_client.multiprocess import mark_process_dead

from sscard_desk.central.admin.place import AdminPlace
from sscard_desk.central.admin.server import AdminServer
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.centre import open_centre
from sscard_desk.central.log import begin_log
from sscard_desk.central.measures import shared_by_workers
from sscard_desk.central.operation import ORDINARY, Operation
from sscard_desk.central.server import CentreServer, listen
from sscard_desk.central.store.choice import is_embedded
from sscard_desk.domain.errors.centre_database import WorkersNeedServer

Admin = tuple[AdminPlace, Tools]
"""Where a worker serves the administration, and what its pages need."""
KILLED_AFTER_SECONDS: Final = 10
"""Beyond what requests may take: a worker that is still there then hangs."""
LOOK_SECONDS: Final = 0.5

_KEYBOARD: Final = (signal.SIGINT, *filter(None, [getattr(signal, "SIGBREAK", None)]))
_STOPPING: Final = (signal.SIGTERM, *_KEYBOARD)

_spawn = multiprocessing.get_context("spawn")


def serve_with_workers(
    folder: Path,
    said: Callable[[str], None],
    *,
    address: str,
    host: str,
    port: int,
    workers: int,
    admin: Admin | None = None,
    operation: Operation = ORDINARY,
) -> None:
    """Serve until the process is told to stop; main thread only.

    Args:
        folder: the centre's.
        said: is given the address once.
        address: of its database; empty for the one that the folder notes.
        host: address to listen on.
        port: 0 for a free one.
        workers: how many processes.
        admin: where each of them serves the administration too, if anywhere, and what its pages need.
        operation: how it is operated.

    Raises:
        WorkersNeedServer: the centre stands on the embedded database.
        AddressTaken: the address cannot be had.
    """
    if is_embedded(folder, address):
        raise WorkersNeedServer(workers=workers)
    # once before the workers: a database that is away is told here, and tables are brought up to date by one
    open_centre(folder, address).close()
    listening = listen(host, port)
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    work = _Work(folder, address, host, listening, admin, operation)
    before = {number: signal.signal(number, stop) for number in _STOPPING}
    try:
        with shared_by_workers() if operation.measures else nullcontext():
            running = [_start(work) for _ in range(workers)]
            url = f"https://[{host}]" if ":" in host else f"https://{host}"
            said(f"{url}:{listening.getsockname()[1]}")
            while not stopping:
                wait([worker.process.sentinel for worker in running], timeout=LOOK_SECONDS)
                alive = [worker for worker in running if worker.process.is_alive()]
                for gone in set(running) - set(alive):
                    gone.forget(shared=operation.measures is not None)
                if not stopping and len(alive) < workers:
                    time.sleep(LOOK_SECONDS)  # one that cannot start is not started without end
                    alive += [_start(work) for _ in range(workers - len(alive))]
                running = alive
            listening.close()
            _end(running, operation)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        listening.close()


@dataclass(frozen=True)
class _Work:
    """What every worker is given."""

    folder: Path
    address: str
    host: str
    listening: socket.socket
    admin: Admin | None
    operation: Operation


@dataclass(frozen=True, eq=False)
class _Worker:
    process: BaseProcess
    keep: Connection
    """The parent's end of the pipe; closing it asks the worker to stop."""

    def forget(self, *, shared: bool) -> None:
        """Let go of one that has ended."""
        self.keep.close()
        if shared and self.process.pid is not None:
            mark_process_dead(self.process.pid)  # type: ignore[no-untyped-call] # the library's


def _start(work: _Work) -> _Worker:
    theirs, ours = _spawn.Pipe(duplex=False)
    process = _spawn.Process(target=_work, args=(work, theirs), name="centre-worker")
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _end(running: list[_Worker], operation: Operation) -> None:
    for worker in running:
        worker.keep.close()
    deadline = time.monotonic() + operation.notice_seconds + operation.stop_seconds + KILLED_AFTER_SECONDS
    for worker in running:
        worker.process.join(max(0.0, deadline - time.monotonic()))
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def _work(work: _Work, parent: Connection) -> None:
    # an interrupt from the keyboard reaches the whole group; the parent tells when to end
    for number in _KEYBOARD:
        signal.signal(number, signal.SIG_IGN)
    begin_log(work.operation.log)
    centre = open_centre(work.folder, work.address)
    administration = AdminServer(centre, *work.admin) if work.admin else None
    try:
        server = CentreServer(centre, work.host, listening=work.listening, operation=work.operation)
        Thread(target=_follow, args=(server, parent), daemon=True).start()
        if administration:
            administration.start()
        server.run()
    finally:
        if administration:
            administration.stop()
        centre.close()


def _follow(server: CentreServer, parent: Connection) -> None:
    """Wait for the end of the pipe; nothing is ever written into it."""
    wait([parent])
    server.ask_to_stop()
