"""One lane of the matrix: a PC/SC service of its own, and one cell after another. Cells come in, ends go out."""

import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

from sscard_desk.cards.plan import plan
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.devices.card_reader.card_faults import Fault, FaultKind
from sscard_desk.devices.card_reader.pcscd import PrivatePcscd
from sscard_desk.devices.card_reader.simulated import SimulatedCard
from sscard_desk.devices.card_reader.virtual_card import VirtualCard
from sscard_desk.devices.card_reader.virtual_files import CardMemory, blank_card
from sscard_desk.domain.application import Application
from sscard_desk.domain.steps import Step
from sscard_desk.domain.stock import BOOKED
from sscard_desk.resources import resource
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.training.point import training_point
from sscard_desk.usecases.card_content import card_content
from tests.faults.tear.cell import Broke, Cell, Ended, Stored
from tests.faults.tear.host import Place, serve
from tests.machines.approved_desk import approved_desk
from tests.machines.card_centre import card_centre
from tests.machines.training_desk import KEY, clerk

READERS: Final = 2
BLANKS: Final = 3
TRIES: Final = 4
ANSWER_S: Final = 40.0
_KINDS: Final = {
    Stored.NOTHING: FaultKind.PULL_BEFORE,
    Stored.HALF: FaultKind.PULL_HALF,
    Stored.ALL: FaultKind.PULL_ANSWERED,
    Stored.ANSWER_LOST: FaultKind.PULL_AFTER,
}
UNDISTURBED: Final = Cell(0, Stored.NOTHING, Broke.CARD)


class Host:
    """The process that writes, as the lane sees it."""

    def __init__(self, place: Place) -> None:
        context = multiprocessing.get_context("forkserver")
        self._line: Connection
        self._line, theirs = context.Pipe()
        self._process: ForkServerProcess = context.Process(target=serve, args=(theirs, place), daemon=True)
        self._process.start()
        theirs.close()
        self.worker = int(self._answer()[1])

    @property
    def process_id(self) -> int:
        return self._process.pid or 0

    def go(self) -> tuple[str, str]:
        """Write; return what it says, (`killed`, ``) if it says nothing any more."""
        self._line.send("go")
        return self._answer()

    def end(self) -> None:
        try:
            self._line.send("bye")
        except OSError:
            self._process.kill()
        self._process.join()
        self._line.close()

    def _answer(self) -> tuple[str, str]:
        try:
            if not self._line.poll(ANSWER_S):
                self._process.kill()
                return "hung", ""
            word, what = self._line.recv()
        except (EOFError, OSError):
            return "killed", ""
        return str(word), str(what)


class Lane:
    """Tears one card after another."""

    def __init__(self, folder: Path, *, central: bool = False) -> None:
        self._folder = folder
        self._profile = load_profile(resource("card_profiles", "training.toml"))
        self._blanks = training_point().blanks[:BLANKS]
        self._centre = ExitStack()
        self._central = central
        if central:
            both = self._centre.enter_context(card_centre(folder, "pkcs11"))
            both.store.close()
            self._template, self._application = folder / "desk", both.application
        else:
            self._template = folder / "template"
            self._application = approved_desk(self._template, BLANKS)
        self._service = PrivatePcscd(READERS)
        self._slots = cycle(self._service.slots)

    def close(self) -> None:
        self._service.stop()
        self._centre.close()

    def tear(self, cell: Cell) -> Ended:
        """Write a card, tear it, and go on until it ends."""
        begun = time.monotonic()
        with self._data_folder() as data:
            ended = self._tear(cell, data)
        return Ended(**(asdict(ended) | {"seconds": round(time.monotonic() - begun, 2)}))

    def _tear(self, cell: Cell, data: Path) -> Ended:
        slot, memory = next(self._slots), blank_card(self._blanks[0].identification_code, "2.00")
        place = Place(data, self._application, slot.reader, str(self._service.socket_path), self._central)
        host = Host(place)
        torn: list[Host] = [host]
        card = SimulatedCard(VirtualCard(memory, self._profile), slot.port, faults=self._faults(cell, torn))
        card.insert()
        notes: list[str] = []
        spoiled = ""
        tries, alive = 0, cell.broke is not Broke.SERVICE
        try:
            for _ in range(TRIES):
                tries += 1
                word, what = host.go()
                if word == "end":
                    spoiled = what
                    break
                notes.append(f"{word} {what}".strip())
                if word == "killed":
                    host.end()
                if not alive:
                    self._service.start_again()
                    alive = True
                if (not card.inserted and cell.broke is not Broke.SERVICE) or card.wait_pulled(0):
                    card.insert()
                if word == "killed":
                    host = Host(place)
            else:
                notes.append("no end")
        finally:
            host.end()
            commands = len(card.commands)
            card.pull()
            if not alive:  # it was killed when everything was done already
                self._service.start_again()
        return self._judge(cell, data, memory, notes, spoiled, tries, commands)

    def _faults(self, cell: Cell, torn: list[Host]) -> list[Fault]:
        if not cell.apdu:
            return []
        strikes = {
            Broke.CARD: None,
            Broke.SERVICE: self._service.kill,
            Broke.WORKER: lambda: os.kill(torn[0].worker, signal.SIGKILL),
            Broke.HOST: lambda: os.kill(torn[0].process_id, signal.SIGKILL),
        }
        # half a record stands on a card only if it lost its power, whatever else broke
        stays = cell.broke is not Broke.CARD and cell.stored is not Stored.HALF
        return [Fault(_KINDS[cell.stored], cell.apdu, strike=strikes[cell.broke], stays=stays)]

    def _judge(  # noqa: PLR0917 - everything that is known of a cell
        self, cell: Cell, data: Path, memory: CardMemory, notes: list[str], spoiled: str, tries: int, commands: int
    ) -> Ended:
        store = open_desk(data, KEY)
        try:
            application, wrong = store.application(self._application), list(notes if "no end" in notes else ())
            wrong += self._wrong(store, application, memory, spoiled)
            exact = self._stock_exact(store, spoiled)
            if not store.verify().sound:
                wrong.append("journal not sound")
        finally:
            store.close()
        end = "wrong" if wrong or not exact else "spoiled" if spoiled else "verified"
        note = "; ".join(wrong) or spoiled
        return Ended(cell.name, end, note, stock_exact=exact, apdus=commands, tries=tries)

    def _wrong(self, store: DeskStore, application: Application, memory: CardMemory, spoiled: str) -> list[str]:
        wrong: list[str] = []
        acts = [line.kind for line in store.history(application.id)]
        if spoiled:
            if application.card is not None or acts.count("card.spoiled") != 1 or "card.written" in acts:
                wrong.append("spoiled, and the journal does not say so")
            return wrong
        run = application.card
        if application.step is not Step.CARD_WRITTEN or run is None:
            return ["not written"]
        if acts.count("card.intended") != 1 or acts.count("card.written") != 1:
            wrong.append(f"{acts.count('card.intended')} intents, {acts.count('card.written')} results")
        content = card_content(application, run.card_number, run.issue_date, run.valid_until)
        for one in plan(content, self._profile, "2.00"):
            records = memory.files[one.file.file_id].records or {}
            if records.get(one.item.tag) != one.value:
                wrong.append(f"{one.name} is not what was planned")
        return wrong

    def _stock_exact(self, store: DeskStore, spoiled: str) -> bool:
        with store.work(clerk().account) as work:
            states = [
                (blank.state, blank.application) if blank else ("", None)
                for blank in (work.blank(each.identification_code) for each in self._blanks)
            ]
        used = ("spoiled" if spoiled else "issued", self._application)
        book = store.stock_book()
        balance = [book.received, *(book.of(state) for state in BOOKED)]
        counted = [BLANKS, BLANKS - 1, 0, 0 if spoiled else 1, 1 if spoiled else 0, 0]
        return book.exact and balance == counted and states == [used, *[("free", None)] * (BLANKS - 1)]

    @contextmanager
    def _data_folder(self) -> Iterator[Path]:
        data = Path(tempfile.mkdtemp(dir=self._folder)) / "desk"
        shutil.copytree(self._template, data)
        try:
            yield data
        finally:
            shutil.rmtree(data.parent)


def main() -> None:
    """Read names of cells, one a line; print each end as JSON."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.faults.tear.host"])
    with tempfile.TemporaryDirectory(prefix="tear-") as folder:
        lane = Lane(Path(folder), central="--central" in sys.argv)
        try:
            for name in sys.stdin:
                ended = lane.tear(Cell.of(name.strip()) if name.strip() != "0" else UNDISTURBED)
                sys.stdout.write(json.dumps(asdict(ended)) + "\n")
                sys.stdout.flush()
        finally:
            lane.close()


if __name__ == "__main__":
    main()
