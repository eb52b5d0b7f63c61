"""The hand that lays training blanks into the virtual reader, one after another."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sscard_desk.cards import ssse
from sscard_desk.cards.profile import CardProfile
from sscard_desk.devices.card_reader.simulated import SimulatedCard
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card, kept_card
from sscard_desk.training.point import training_point

REST_S: Final = 8.0
"""A written card is taken out after so many quiet seconds; the applicant has it by then."""
LEFT_S: Final = 120.0
"""A written card that an earlier run left in the reader is taken out after so long if nobody asked it anything."""
LOOK_S: Final = 0.25
SWAP_S: Final = 1.0


def serve_stock(
    profile: CardProfile,
    folder: Path,
    stop: threading.Event,
    tell: Callable[[str], None],
    *,
    port: int,
    host: str,
    rest_s: float = REST_S,
) -> None:
    """Keep a blank of the training stock in the reader; change it for the next one some time after it was written.

    What lay in the reader when an earlier run ended lies there again: its card may still have to be read back.

    Args:
        profile: whose training keys the cards have.
        folder: keeps each card's memory in a file of its own between runs.
        stop: ends it.
        tell: given each change as `inserted HOST:PORT`, without the card's identity.
        port: where vpcd listens.
        host: likewise.
        rest_s: how many quiet seconds a written card stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for memory in stock(folder):
        if stop.is_set():
            return
        if _mark(memory).exists():
            continue
        simulated = SimulatedCard(VirtualCard(memory, profile), port, host)
        tell(f"{'inserted' if simulated.insert() else 'waiting'} {host}:{port}")
        try:
            _until_taken(simulated, memory, stop, rest_s)
        finally:
            simulated.pull()
        if not stop.is_set():
            _mark(memory).touch()
        stop.wait(SWAP_S)
    tell(f"empty {host}:{port}")
    stop.wait()


def stock(folder: Path) -> Iterator[CardMemory]:
    """Return the cards of the training stock in the order of the stock list."""
    point = training_point()
    for blank in point.blanks:
        path = folder / f"{blank.stock_no}.json"
        yield kept_card(path) if path.exists() else blank_card(blank.identification_code, point.spec_version, path)


def written(memory: CardMemory) -> bool:
    """Return whether the last item of a holder stands on the card."""
    records = memory.files[ssse.EF06.file_id].records or {}
    return records[ssse.BIRTH_DATE.tag] != ssse.BIRTH_DATE.blank


def take_out(folder: Path, identification_code: str) -> None:
    """Let a card go home with its holder: no later run lays it into the reader again."""
    for memory in stock(folder):
        if memory.identification_code == identification_code.upper():
            _mark(memory).touch()
            return


def _mark(memory: CardMemory) -> Path:
    if memory.kept_in is None:
        raise ValueError("a card of the stock has its file")
    return memory.kept_in.with_suffix(".taken")


def _until_taken(simulated: SimulatedCard, memory: CardMemory, stop: threading.Event, rest_s: float) -> None:
    quiet, seen = 0.0, 0
    while quiet < (rest_s if simulated.commands else max(rest_s, LEFT_S)) and not stop.wait(LOOK_S):
        quiet = quiet + LOOK_S if written(memory) and len(simulated.commands) == seen else 0.0
        seen = len(simulated.commands)
