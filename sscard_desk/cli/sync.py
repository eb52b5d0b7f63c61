"""`sync`: one pass that ends with the proof, or `--watch` that goes on."""

import argparse
import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sscard_desk.cli.sign_in import signed_in
from sscard_desk.cli.verb import Result, Verb

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk
    from sscard_desk.sync.client import HttpCentre


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the words of `sync`."""
    parser.add_argument("--watch", action="store_true", help="go on until stopped, one line for each new state")


def run(words: argparse.Namespace) -> Result:
    """Send what is unsent, apply what is new, and compare both sides."""
    from sscard_desk.bootstrap.erased_backups import note_if_new
    from sscard_desk.bootstrap.key_slots import follow
    from sscard_desk.bootstrap.retention import forget_ended
    from sscard_desk.bootstrap.settings import data_folder
    from sscard_desk.sync.passes import run_pass

    with signed_in(words) as desk, alone(data_folder()), desk.centre() as centre:
        if words.watch:
            return _watch(desk, centre)
        report = run_pass(desk.store, centre)
        forget_ended(desk.store)
        note_if_new(desk)
        desk.store.came_through()
        follow(desk.store, desk.slots)
    return {
        "acknowledged": report.acknowledged,
        "set_aside": report.set_aside,
        "items": report.items,
        "blobs_sent": report.blobs_sent,
        "blobs_fetched": report.blobs_fetched,
        "unsent": report.unsent,
        "blobs_unsent": report.blobs_unsent,
        "blobs_wanted": report.blobs_wanted,
        "proved": report.proved,
        "differing": list(report.differing),
        "up_to_date": report.up_to_date,
    }


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock: two exchanges at once would send the same entries twice, which is harmless and useless.

    Raises:
        ExchangeRuns: the window holds it.
    """
    from sscard_desk.domain.errors.centre import ExchangeRuns
    from sscard_desk.domain.errors.store import FolderInUse
    from sscard_desk.store.lock import FolderLock

    lock = FolderLock(folder)
    try:
        lock.take()
    except FolderInUse:
        raise ExchangeRuns from None
    try:
        yield
    finally:
        lock.release()


def _watch(desk: "OpenDesk", centre: "HttpCentre") -> Result:
    from sscard_desk.bootstrap.key_slots import follow
    from sscard_desk.sync.state import SyncState
    from sscard_desk.sync.worker import SyncAgent

    def tell(state: SyncState) -> None:
        said = {"unsent": state.unsent, "running": state.running, "up_to_date": state.up_to_date}
        said |= {"blobs_unsent": state.blobs_unsent, "blobs_wanted": state.blobs_wanted}
        if not state.running and state.trouble is None:
            follow(desk.store, desk.slots)
        print(json.dumps(said | {"trouble": state.trouble.code if state.trouble else None}), flush=True)

    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda *_: stop.set())
    agent = SyncAgent(desk.store, centre, listener=tell)
    agent.start()
    stop.wait()
    agent.stop()
    return {}


VERBS = (Verb("sync", "exchange entries with the centre and prove it", run, arguments, store=True),)
