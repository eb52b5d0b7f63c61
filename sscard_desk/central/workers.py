"""Several workers on one address and one database: one process each, since one Python process fills one core.

The parent binds the address and serves nothing. A worker that ends by itself is started again; told to stop, every
worker ends what is under way first. A worker whose parent is gone ends too.
"""

import multiprocessing
import signal
import socket
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import Final

from sscard_desk.central.admin.place import AdminPlace
from sscard_desk.central.admin.server import AdminServer
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.centre import open_centre
from sscard_desk.central.server import CentreServer, listen
from sscard_desk.central.store.choice import is_embedded
from sscard_desk.domain.errors.centre_database import WorkersNeedServer

Admin = tuple[AdminPlace, Tools]
"""Where a worker serves the administration, and what its pages need."""
END_SECONDS: Final = 30
LOOK_SECONDS: Final = 0.5

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

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        running = [_start(folder, address, host, listening, admin) for _ in range(workers)]
        url = f"https://[{host}]" if ":" in host else f"https://{host}"
        said(f"{url}:{listening.getsockname()[1]}")
        while not stopping:
            wait([worker.sentinel for worker in running], timeout=LOOK_SECONDS)
            alive = [worker for worker in running if worker.is_alive()]
            if not stopping and len(alive) < workers:
                time.sleep(LOOK_SECONDS)  # one that cannot start is not started without end
                running = alive + [_start(folder, address, host, listening, admin) for _ in range(workers - len(alive))]
        _end(running)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        listening.close()


def _start(folder: Path, address: str, host: str, listening: socket.socket, admin: Admin | None) -> BaseProcess:
    worker = _spawn.Process(target=_work, args=(folder, address, host, listening, admin), name="centre-worker")
    worker.start()
    return worker


def _end(running: list[BaseProcess]) -> None:
    for worker in running:
        worker.terminate()
    for worker in running:
        worker.join(END_SECONDS)
        if worker.is_alive():
            worker.kill()
            worker.join()


def _work(folder: Path, address: str, host: str, listening: socket.socket, admin: Admin | None) -> None:
    # an interrupt from the keyboard reaches the whole group; the parent tells when to end
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    centre = open_centre(folder, address)
    administration = AdminServer(centre, *admin) if admin else None
    try:
        server = CentreServer(centre, host, listening=listening)
        Thread(target=_follow_parent, args=(server,), daemon=True).start()
        if administration:
            administration.start()
        server.run()
    finally:
        if administration:
            administration.stop()
        centre.close()


def _follow_parent(server: CentreServer) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        server.ask_to_stop()
