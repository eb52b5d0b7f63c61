"""Processor time per command: the driver with its worker process, against bare SCardTransmit in the same run.

`python -m tests.benchmarks.bench_card` prints one JSON object. The virtual card and pcscd run in processes of their
own and are not counted. Linux only: the worker's time is read from /proc.
"""

import contextlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from smartcard import scard

from sscard_desk.cards import ssse
from sscard_desk.devices.card_reader.pcsc import PcscCardReader
from sscard_desk.devices.card_reader.pcscd import private_pcscd
from sscard_desk.ports.devices import Cancel
from tests.benchmarks.whole_card import INSERTED_MS, inserted_to_identified, whole_write

ROUNDS = 9
COMMANDS = 400
INSERTIONS = 5
READ_CARD_NUMBER = bytes.fromhex("00B207280B")
SELECT = bytes.fromhex("00A404000F") + ssse.NAME

CARD = """
import sys, threading
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.devices.card_reader.simulated import run
from sscard_desk.resources import resource
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
run(load_profile(resource("card_profiles", "training.toml")), stop, lambda _told: None, port=int(sys.argv[1]))
"""


@contextlib.contextmanager
def card_process(port: int) -> Iterator[None]:
    """Keep a virtual card in the slot from another process."""
    with subprocess.Popen([sys.executable, "-c", CARD, str(port)], stdin=subprocess.PIPE) as card:
        try:
            yield
        finally:
            if card.stdin:
                card.stdin.close()
            card.wait()


def worker_seconds(process_id: int) -> float:
    """Return the processor time of another process so far."""
    return int(Path(f"/proc/{process_id}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def per_command(transmit: Callable[[], object], processor_seconds: Callable[[], float]) -> list[tuple[float, float]]:
    """Return (processor ms, elapsed ms) per command of each round."""
    rounds = []
    for _ in range(ROUNDS):
        cpu, wall = processor_seconds(), time.perf_counter()
        for _ in range(COMMANDS):
            transmit()
        rounds.append(
            (
                (processor_seconds() - cpu) / COMMANDS * 1000,
                (time.perf_counter() - wall) / COMMANDS * 1000,
            )
        )
    return rounds


def through_the_driver(name: str) -> list[tuple[float, float]]:
    """Measure parent and worker together."""
    reader = PcscCardReader(name)
    try:
        with reader.open(Cancel(), wait_s=10) as channel:
            channel.transmit(SELECT)
            process_id = channel.worker_process_id
            return per_command(
                lambda: channel.transmit(READ_CARD_NUMBER), lambda: time.process_time() + worker_seconds(process_id)
            )
    finally:
        reader.close()


def bare(name: str) -> list[tuple[float, float]]:
    """Measure SCardTransmit as pyscard gives it, in this process."""
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    result, card, _protocol = scard.SCardConnect(context, name, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T0)
    if result:
        sys.exit(scard.SCardGetErrorMessage(result))
    scard.SCardTransmit(card, scard.SCARD_PCI_T0, list(SELECT))
    command = list(READ_CARD_NUMBER)
    try:
        return per_command(lambda: scard.SCardTransmit(card, scard.SCARD_PCI_T0, command), time.process_time)
    finally:
        scard.SCardDisconnect(card, scard.SCARD_RESET_CARD)
        scard.SCardReleaseContext(context)


def measure() -> dict[str, object]:
    """Return the medians of single commands, and whole cards at two line speeds."""
    with private_pcscd() as service, card_process(service.vpcd_port):
        name = service.slots[0].reader
        ours = through_the_driver(name)
        bare_rounds = bare(name)
    identified = inserted_to_identified(INSERTIONS)
    ours_cpu = statistics.median(cpu for cpu, _ in ours)
    bare_cpu = statistics.median(cpu for cpu, _ in bare_rounds)
    return {
        "commands": ROUNDS * COMMANDS,
        "apdu_cpu_ms": round(ours_cpu, 4),
        "apdu_cpu_ms_bare": round(bare_cpu, 4),
        "apdu_cpu_ms_above_bare": round(ours_cpu - bare_cpu, 4),
        "apdu_elapsed_ms": round(statistics.median(wall for _, wall in ours), 4),
        "apdu_elapsed_ms_bare": round(statistics.median(wall for _, wall in bare_rounds), 4),
        "limit_ms_above_bare": 0.3,
        "inserted_to_identified_ms": round(statistics.median(identified), 1),
        "inserted_to_identified_worst_ms": round(max(identified), 1),
        "inserted_to_identified_limit_ms": INSERTED_MS,
        "whole": [whole_write(baud) for baud in (9600, 115200)],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()) + "\n")
