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
LOOK_S: Final = 0.25
SWAP_S: Final = 1.0


def serve_stock(
    profile: CardProfile, folder: Path, stop: threading.Event, tell: Callable[[str], None], *, port: int, host: str
) -> None:
    """Keep a blank of the training stock in the reader; change it for the next one some time after it was written.

    Args:
        profile: whose training keys the cards have.
        folder: keeps each card's memory in a file of its own between runs.
        stop: ends it.
        tell: given each change as `inserted HOST:PORT`, without the card's identity.
        port: where vpcd listens.
        host: likewise.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for memory in stock(folder):
        if stop.is_set():
            return
        if written(memory):
            continue
        simulated = SimulatedCard(VirtualCard(memory, profile), port, host)
        tell(f"{'inserted' if simulated.insert() else 'waiting'} {host}:{port}")
        try:
            _until_taken(simulated, memory, stop)
        finally:
            simulated.pull()
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


def _until_taken(simulated: SimulatedCard, memory: CardMemory, stop: threading.Event) -> None:
    quiet, seen = 0.0, 0
    while quiet < REST_S and not stop.wait(LOOK_S):
        quiet = quiet + LOOK_S if written(memory) and len(simulated.commands) == seen else 0.0
        seen = len(simulated.commands)
