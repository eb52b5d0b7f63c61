"""Every message of a whole sync cut once: before it arrives and half of it through, request and answer alike.

A request that arrived whole and whose answer was cut at its first byte is the case in which the centre knows and the
desk does not.
"""

from contextlib import ExitStack
from random import Random
from types import TracebackType
from typing import Final, Self

from sscard_desk.central import imports
from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import open_desk
from sscard_desk.sync.passes import run_pass
from tests.faults.sync.acts import act
from tests.faults.sync.desk_process import KEY
from tests.faults.sync.findings import Found, compare, read_centre, went_back
from tests.faults.sync.look import Look, look_at
from tests.faults.sync.point import PEOPLE, NewPoints, line_of
from tests.faults.sync.proxy import Cut, Proxy, Turn
from tests.machines.counter import REGION, person

PERSONS: Final = 3_100
"""So many that the register comes as a snapshot."""
LARGE: Final = 1_300_000
"""A scan that goes in parts."""
ACTS: Final = 5


class CutLine:
    """A centre behind a relay; every trial is a new service point with two new desks."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._turns: list[Turn] = []
        self._parts = ExitStack()

    def __enter__(self) -> Self:
        self._points = self._parts.enter_context(NewPoints())
        self._proxy = self._parts.enter_context(Proxy([self._points.port]))
        imports.import_persons(self._points.centre, REGION, [person(n) for n in range(PERSONS)])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.__exit__(kind, value, trace)

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
        found, chance, point = Found(), Random(self._seed), self._points.next()
        other = point.desk(1)
        for _ in range(ACTS):
            act(other, 1, chance, people=point.people)
        act(other, 1, chance, people=point.people, large=1_000)
        point.settle(other, found)
        other.close()
        desk = point.desk(2, port=self._proxy.port)
        for _ in range(ACTS):
            act(desk, 2, chance, people=point.people + PEOPLE)
        act(desk, 2, chance, people=point.people + PEOPLE, large=LARGE)
        self._proxy.begin(cut)
        with line_of(desk) as line:
            try:
                run_pass(desk, line)
            except CentreTrouble:
                found.rounds += 1
            else:
                found.rounds += self._proxy.hit
        before = self._look(desk, point.name, found, None, settled=False)
        if cut is not None:
            self._proxy.mend()
            if cut.stays:  # the program is started again as well
                desk.close()
                desk = open_desk(point.folder(2), KEY)
            point.settle(desk, found)
        after = self._look(desk, point.name, found, before, settled=True)
        found.acknowledged = sum(kept.acknowledged for kept in after.journal)
        desk.close()
        return found

    def _look(self, desk: DeskStore, point: str, found: Found, before: Look | None, *, settled: bool) -> Look:
        look = look_at(desk)
        there = read_centre(self._points.centre, point, sorted(look.sent_blobs))
        compare(look, there, found, settled=settled)
        if before is not None:
            found.wrong += went_back(before, look)
        return look
