"""Service points with desks nobody has worked at, one after another at one centre: each trial has its own."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sscard_desk.central import imports
from sscard_desk.central.centre import OpenCentre, open_centre
from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.enrolment import enrol
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.passes import run_pass
from sscard_desk.wire.feed import persons_scope
from tests.faults.sync.desk_process import KEY
from tests.faults.sync.findings import Found
from tests.faults.sync.world import World
from tests.machines.counter import REGION

PEOPLE: Final = 20
"""A desk's own; nobody opens twice for one of them."""
HEALED_WITHIN: Final = 12
"""So many passes are enough after any fault."""
SILENCE_S: Final = 5


def line_of(desk: DeskStore) -> HttpCentre:
    """Return a desk's line to the centre."""
    return HttpCentre(DeskIdentity.load(desk, desk.desk, training=True), silence=SILENCE_S)


@dataclass(frozen=True)
class Point:
    """A service point; `people` is the running number of the first person of its first desk."""

    world: World
    name: str
    people: int
    desks: Path

    def folder(self, number: int, place: Path | None = None) -> Path:
        """Return where a desk's data lie."""
        return place or self.desks / f"{self.name}-{number}"

    def desk(self, number: int, place: Path | None = None, port: int = 0) -> DeskStore:
        """Make a desk, enrol it and open it.

        Args:
            number: its own at this point.
            place: its folder; one beside the others by default.
            port: where it finds the centre; the server's own by default.
        """
        name, own = f"D-{self.name}{number}", self.folder(number, place)
        create_folder(
            own,
            desk_id=name,
            service_point=self.name,
            desk_no=number,
            training=True,
            database_key=KEY,
            scopes=(persons_scope(REGION),),
        )
        centre = open_centre(self.world.folder / "centre")
        code = imports.enrolment_code(centre, name, self.name).text()
        centre.close()
        server = self.world.servers[0].port
        identity, _ = enrol(f"https://127.0.0.1:{server}", code, training=True)
        store = open_desk(own, KEY)
        replace(identity, url=f"https://127.0.0.1:{port or server}").keep(store)
        return store

    @staticmethod
    def settle(desk: DeskStore, found: Found) -> None:
        """Run passes until both sides are proved the same."""
        trouble = ""
        with line_of(desk) as line:
            for _ in range(HEALED_WITHIN):
                try:
                    report = run_pass(desk, line)
                except CentreTrouble as broken:
                    trouble = repr(broken)
                else:
                    if report.up_to_date:
                        return
                    trouble = repr(report)
        found.wrong.append(f"no end after {HEALED_WITHIN} passes: {trouble}")


class NewPoints:
    """A centre on the embedded database with one server, and its service points."""

    def __init__(self, folder: Path | None = None, desks: Path | None = None) -> None:
        """Make the centre.

        Args:
            folder: where it lies; a folder of its own by default.
            desks: where the folders of desks lie; beside the centre by default.
        """
        self.world = World(desks=0, folder=folder)
        self._desks = desks or self.world.folder
        self._made = 0

    def __enter__(self) -> Self:
        self.world.__enter__()
        self.centre: OpenCentre = open_centre(self.world.folder / "centre")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.centre.close()
        self.world.__exit__(kind, value, trace)

    @property
    def port(self) -> int:
        """Where the server listens."""
        return self.world.servers[0].port

    def next(self) -> Point:
        """Make a service point; the desks of the one before are thrown away."""
        for old in self._desks.glob("[0-9]*-*"):
            shutil.rmtree(old)
        self._made += 1
        name = f"{1_000 + self._made}"
        imports.import_point(self.centre, name, "示例街道服务站", REGION)
        return Point(self.world, name, self._made * 2 * PEOPLE, self._desks)
