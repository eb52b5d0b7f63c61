"""Every message of a whole sync cut once: before it arrives and half of it through, request and answer alike.

A request that arrived whole and whose answer was cut at its first byte is the case in which the centre knows and the
desk does not.
"""

from dataclasses import replace
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Final, Self

from sscard_desk.central import imports
from sscard_desk.central.centre import open_centre
from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.wire.feed import persons_scope
from tests.faults.sync.acts import act
from tests.faults.sync.desk_process import KEY
from tests.faults.sync.findings import Found, compare, read_centre, went_back
from tests.faults.sync.look import Look, look_at
from tests.faults.sync.proxy import Cut, Proxy, Turn
from tests.faults.sync.world import World
from tests.machines.counter import REGION, person

PERSONS: Final = 3_100
"""So many that the register comes as a snapshot."""
LARGE: Final = 1_300_000
"""A scan that goes in parts."""
ACTS: Final = 5
PEOPLE: Final = 20
"""A desk's own; nobody opens twice for one of them."""
HEALED_WITHIN: Final = 12
"""So many passes are enough after any cut."""


class CutLine:
    """A centre behind a relay; every trial is a new service point with two new desks."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._points = 1_000
        self._people = 0
        self._turns: list[Turn] = []
        self._world = World(desks=0)
        self._proxy = Proxy([])

    def __enter__(self) -> Self:
        self._world.__enter__()
        self._proxy.__enter__()
        self._proxy.targets = [self._world.servers[0].port]
        centre = open_centre(self._world.folder / "centre")
        imports.import_persons(centre, REGION, [person(n) for n in range(PERSONS)])
        centre.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._proxy.__exit__(kind, value, trace)
        self._world.__exit__(kind, value, trace)

    def undisturbed(self) -> list[Turn]:
        """Return the messages of a whole sync that nothing happens to."""
        found = self.trial(None)
        if not found.sound:
            raise RuntimeError(found.wrong)
        self._turns = self._proxy.turns
        return self._turns

    def cut(self, turn: int, *, half: bool, stays: bool) -> Found:
        """Run one sync whose line breaks at a message, with nothing or half of it through."""
        turns = self._turns or self.undisturbed()
        size = turns[turn - 1].size if turn <= len(turns) else 0
        return self.trial(Cut(turn, size // 2 if half else 0, stays))

    def trial(self, cut: Cut | None) -> Found:
        """Run one sync whose line breaks there, then let it come to its end."""
        self._points += 1
        self._people += 2 * PEOPLE
        point, found = f"{self._points}", Found()
        centre = open_centre(self._world.folder / "centre")
        imports.import_point(centre, point, "示例街道服务站", REGION)
        centre.close()
        chance = Random(self._seed)
        other = self._desk(point, 1, self._world.servers[0].port)
        for _ in range(ACTS):
            act(other, 1, chance, people=self._people)
        act(other, 1, chance, people=self._people, large=1_000)
        self._passes(other, found)
        other.close()
        desk = self._desk(point, 2, self._proxy.port)
        for _ in range(ACTS):
            act(desk, 2, chance, people=self._people + PEOPLE)
        act(desk, 2, chance, people=self._people + PEOPLE, large=LARGE)
        self._proxy.begin(cut)
        with _line(desk) as line:
            try:
                run_pass(desk, line)
            except CentreTrouble:
                found.rounds += 1
            else:
                found.rounds += self._proxy.hit
        if cut is not None and cut.stays and self._proxy.hit:
            self._look(desk, point, found, None, settled=False)
        before = look_at(desk)
        if cut is not None:
            self._proxy.mend()
        folder = self._folder(point, 2)
        if cut is not None and cut.stays:  # the program is started again as well
            desk.close()
            desk = open_desk(folder, KEY)
        if cut is not None:
            self._passes(desk, found)
        after = self._look(desk, point, found, before, settled=True)
        found.acknowledged = sum(kept.acknowledged for kept in after.journal)
        desk.close()
        return found

    def _folder(self, point: str, number: int) -> Path:
        return self._world.folder / f"{point}-{number}"

    def _desk(self, point: str, number: int, port: int) -> DeskStore:
        name = f"D-{point}{number}"
        create_folder(
            self._folder(point, number), desk_id=name, service_point=point, desk_no=number, training=True,
            database_key=KEY, scopes=(persons_scope(REGION),),
        )  # fmt: skip
        centre = open_centre(self._world.folder / "centre")
        code = imports.enrolment_code(centre, name, point).text()
        centre.close()
        identity, _ = enrol(f"https://127.0.0.1:{self._world.servers[0].port}", code, training=True)
        store = open_desk(self._folder(point, number), KEY)
        replace(identity, url=f"https://127.0.0.1:{port}").keep(store)
        return store

    @staticmethod
    def _passes(desk: DeskStore, found: Found) -> None:
        with _line(desk) as line:
            for _ in range(HEALED_WITHIN):
                try:
                    if run_pass(desk, line).up_to_date:
                        return
                except CentreTrouble as broken:
                    trouble = repr(broken)
                else:
                    trouble = "not proved"
        found.wrong.append(f"no end after {HEALED_WITHIN} passes: {trouble}")

    def _look(self, desk: DeskStore, point: str, found: Found, before: Look | None, *, settled: bool) -> Look:
        look = look_at(desk)
        centre = open_centre(self._world.folder / "centre")
        there = read_centre(centre, point, sorted(look.sent_blobs))
        centre.close()
        compare(look, there, found, settled=settled)
        if before is not None:
            found.wrong += went_back(before, look)
        return look


def _line(desk: DeskStore) -> HttpCentre:
    return HttpCentre(DeskIdentity.load(desk, desk.desk, training=True), silence=5)
