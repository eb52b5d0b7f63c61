"""A desk in a process of its own: the real store, the real agent on its thread, a clerk who records; to be killed.

It is forked from a process that has imported everything and done nothing, so a desk stands after some milliseconds.
"""

import threading
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Final

from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.domain.errors.base import DeskError
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.sync.worker import SyncAgent
from tests.faults.sync.acts import act
from tests.faults.sync.look import look_at

KEY: Final = bytes(range(32))
SILENCE_S: Final = 8.0
BETWEEN_PASSES_S: Final = 0.02
AFTER_FAILURE_S: Final = 0.03
SETTLED_WITHIN_S: Final = 60.0


@dataclass(frozen=True)
class Work:
    """Record so many acts while the agent sends, with pauses of up to `pause_s`."""

    seed: int
    acts: int
    pause_s: float


@dataclass(frozen=True)
class Committed:
    """An act was recorded: it has to stand in the journal from now on, whatever happens."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Settled:
    """Passes were run until both sides were proved the same; `trouble` says why not."""

    trouble: str


@dataclass(frozen=True)
class Defect:
    """Something that is nobody's fault but ours; `alone` on a thread of its own, so that an answer still comes."""

    what: str
    alone: bool = False


WORKED: Final = "worked"
SETTLE: Final = "settle"
LOOK: Final = "look"


def serve_desk(pipe: Connection, folder: Path, desk_no: int) -> None:
    """Do what the other end of the pipe says until it is closed."""
    threading.excepthook = lambda args: pipe.send(
        Defect("".join(traceback.format_exception(args.exc_value)), alone=True)
    )
    store = open_desk(folder, KEY)
    identity = DeskIdentity.load(store, store.desk, training=True)
    agent: SyncAgent | None = None
    with HttpCentre(identity, silence=SILENCE_S) as centre:
        while True:
            try:
                command = pipe.recv()
            except EOFError:
                return
            try:
                if isinstance(command, Work):
                    if agent is None:
                        agent = SyncAgent(store, centre, every=BETWEEN_PASSES_S, wait=lambda *_: AFTER_FAILURE_S)
                        agent.start()
                    chance = Random(command.seed)
                    for _ in range(command.acts):
                        pipe.send(Committed(*act(store, desk_no, chance)))
                        agent.wake()
                        time.sleep(chance.uniform(0, command.pause_s))
                    pipe.send(WORKED)
                elif command == SETTLE:
                    if agent is not None:
                        agent.stop()
                        agent = None
                    pipe.send(Settled(_settle(store, centre)))
                else:
                    pipe.send(look_at(store))
            except DeskError:
                pipe.send(Defect(traceback.format_exc()))


def _settle(store: DeskStore, centre: HttpCentre) -> str:
    deadline = time.monotonic() + SETTLED_WITHIN_S
    while True:
        try:
            report = run_pass(store, centre)
            trouble = "" if report.proved and not report.unsent else f"{report}"
        except CentreTrouble as broken:
            trouble = repr(broken)
        if not trouble or time.monotonic() > deadline:
            return trouble
        time.sleep(AFTER_FAILURE_S)
