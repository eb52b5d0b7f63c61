"""A whole card written through service, driver and store: commands, commits, and the time beside the line's own.

The virtual card runs in a process of its own and takes a real card's line time for each command (`LineSpeed`).
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from sscard_desk.cards.identity import identify
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.pcscd import private_pcscd
from sscard_desk.devices.keys.training import TrainingKeys
from sscard_desk.domain.ids import AccountId
from sscard_desk.ports.devices import Cancel
from sscard_desk.resources import resource
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.store.unit_of_work import DeskWork
from sscard_desk.training.point import training_point
from sscard_desk.usecases.card_desk import CardDesk
from sscard_desk.usecases.write_card import write_card
from tests.machines.approved_desk import approved_desk
from tests.machines.training_desk import KEY, clerk

COMMAND_S: Final = 0.002
STORE_S: Final = 0.004
"""What the simulator says that a chip takes for any command, and for its memory besides."""
ALLOWED_TIMES_LINE: Final = 1.15
ALLOWED_MS_PER_APDU: Final = 0.3
INSERTED_MS: Final = 150.0
EMPTY_S: Final = 1.0
"""Until the service has seen that the slot is empty again."""
TODAY: Final = date(2026, 11, 23)

CARD: Final = """
import json, sys
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.devices.card_reader.card_faults import LineSpeed
from sscard_desk.devices.card_reader.simulated import SimulatedCard
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import blank_card
from sscard_desk.resources import resource
port, baud, command_s, store_s, code = *map(float, sys.argv[1:5]), sys.argv[5]
speed = LineSpeed(int(baud), command_s, store_s) if baud else None
profile = load_profile(resource("card_profiles", "training.toml"))
card = SimulatedCard(VirtualCard(blank_card(code, "2.00"), profile), int(port), speed=speed)
for word in sys.stdin:
    if word.strip() == "in":
        card.insert()
    commands = [header.hex().upper() for header in card.commands]
    print(json.dumps({"line_s": card.line_s, "commands": commands}), flush=True)
card.pull()
"""

WATCH: Final = """
import sys, time
from smartcard import scard
result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
state = scard.SCARD_STATE_UNAWARE
print("watching", flush=True)
while not result:
    result, states = scard.SCardGetStatusChange(context, 20_000, [(sys.argv[1], state)])
    state = states[0][1] & ~scard.SCARD_STATE_CHANGED
    if state & scard.SCARD_STATE_PRESENT:
        print(time.monotonic(), flush=True)
        break
"""
"""Another client of the service, which says when the system reports the card: of the same clock, in seconds."""

NAMES: Final = {
    "A4": "SELECT",
    "C0": "GET RESPONSE",
    "B2": "READ RECORD",
    "DC": "UPDATE RECORD",
    "84": "GET CHALLENGE",
    "82": "EXTERNAL AUTHENTICATE",
}


class CardProcess:
    """A blank in a process of its own."""

    def __init__(self, port: int, baud: int, code: str) -> None:
        words = [str(port), str(baud), str(COMMAND_S), str(STORE_S), code]
        self._process = subprocess.Popen(
            [sys.executable, "-c", CARD, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def say(self, word: str) -> dict[str, Any]:
        """Say `in` to put it in, or anything to hear what it was asked so far."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        found: dict[str, Any] = json.loads(self._process.stdout.readline())
        return found

    def close(self) -> None:
        """End it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()


class Commits:
    """Times every transaction of a store, and says which ones kept something."""

    def __init__(self, store: DeskStore) -> None:
        self.seconds: list[float] = []
        self._work = store.work
        store.work = self.work  # type: ignore[method-assign] # a watch for this one store

    @contextmanager
    def work(self, actor: AccountId) -> Iterator[DeskWork]:
        """Time one."""
        begun = time.perf_counter()
        with self._work(actor) as work:
            yield work
        self.seconds.append(time.perf_counter() - begun)


def whole_write(baud: int) -> dict[str, Any]:
    """Write one card at a line speed and return the figures."""
    code = training_point().blanks[0].identification_code
    profile = load_profile(resource("card_profiles", "training.toml"))
    with tempfile.TemporaryDirectory() as folder, private_pcscd() as service:
        application = approved_desk(Path(folder) / "desk", 2)
        store = open_desk(Path(folder) / "desk", KEY)
        commits = Commits(store)
        card, reader = CardProcess(service.vpcd_port, baud, code), PcscCardReader(service.slots[0].reader)
        try:
            card.say("in")
            with reader.open(Cancel(), wait_s=10):
                pass
            before = card.say("?")
            desk = CardDesk(store, clerk(), reader, TrainingKeys(profile, training=True), profile, TODAY)
            begun = time.perf_counter()
            write_card(desk, application, Cancel(), lambda _: None, wait_s=10)
            took = time.perf_counter() - begun
            after = card.say("?")
        finally:
            reader.close()
            card.close()
            store.close()
    commands = after["commands"][len(before["commands"]) :]
    line_s, kept_s = after["line_s"] - before["line_s"], sum(commits.seconds)
    allowed = ALLOWED_TIMES_LINE * line_s + ALLOWED_MS_PER_APDU / 1000 * len(commands)
    return {
        "baud": baud,
        "apdus": len(commands),
        "listed": dict(Counter(NAMES[header[2:4]] for header in commands)),
        "commits": len(commits.seconds),
        "commits_ms": [round(each * 1000, 2) for each in commits.seconds],
        "line_s": round(line_s, 3),
        "write_s": round(took - kept_s, 3),
        "times_line": round((took - kept_s) / line_s, 3) if line_s else None,
        "allowed_s": round(allowed, 3),
    }


def inserted_to_identified(rounds: int) -> list[float]:
    """Return for each card the ms from the system's word that it is there until it was identified."""
    with private_pcscd() as service:
        return [_inserted(service.vpcd_port, service.slots[0].reader) for _ in range(rounds)]


def _inserted(port: int, name: str) -> float:
    card, reader = CardProcess(port, 0, training_point().blanks[0].identification_code), PcscCardReader(name)
    reader.probe()
    with subprocess.Popen([sys.executable, "-c", WATCH, name], stdout=subprocess.PIPE, text=True) as watch:
        if watch.stdout is None:
            raise RuntimeError
        watch.stdout.readline()
        hand = threading.Timer(0.3, card.say, ("in",))
        hand.start()
        try:
            with reader.open(Cancel(), wait_s=20) as channel:
                identify(channel.transmit, channel.atr)
                known = time.monotonic()
            told = float(watch.stdout.readline())
        finally:
            hand.join()
            reader.close()
            card.close()
    time.sleep(EMPTY_S)
    return (known - told) * 1000
