"""The library of the tests, built with the system's compiler, over the virtual reader of a card table."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from sscard_desk.devices.card_library.calls import CardLibrary
from sscard_desk.devices.card_library.reader import LibraryCardReader
from sscard_desk.devices.card_reader.simulated import SimulatedCard
from sscard_desk.ports.card_reader import CardChannel, CardReader
from sscard_desk.ports.devices import Cancel
from tests.machines.pcsc import CardTable

_SOURCE = Path(__file__).with_name("sscard_driver.c")


@cache
def built_library() -> str:
    """Return the path of the library, built once for the run."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "gcc is one of the system packages of the tests"
    target = Path(tempfile.mkdtemp(prefix="sscard-")) / "libSSCardDriver.so"
    words = [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-I/usr/include/PCSC", "-o", str(target)]
    subprocess.run([*words, str(_SOURCE), "-lpcsclite"], check=True, capture_output=True, timeout=60)
    return str(target)


READER = "SSCARD_TEST_READER"


@dataclass
class AnyTable:
    """A card table, and a reader of either driver on it."""

    table: CardTable
    reader: CardReader

    @contextmanager
    def channel(self) -> Iterator[CardChannel]:
        with self.reader.open(Cancel(), wait_s=10) as channel:
            yield channel

    def take_out(self, card: SimulatedCard) -> None:
        """Pull a card and wait until the service has seen it."""
        card.pull()
        while self.table.reader.probe().facts.get("card") != "no":
            time.sleep(0.02)
        time.sleep(0.45)


@pytest.fixture(params=["pcsc", "library"])
def any_table(request: pytest.FixtureRequest, table: CardTable, monkeypatch: pytest.MonkeyPatch) -> Iterator[AnyTable]:
    """Give a table whose reader is the PC/SC driver, and one whose reader is the standard's library."""
    if request.param == "pcsc":
        yield AnyTable(table, table.reader)
        return
    monkeypatch.setenv(READER, table.slot.reader)
    reader = LibraryCardReader(CardLibrary(built_library(), seconds=20.0))
    yield AnyTable(table, reader)
    reader.close()
