"""A small world to break: a centre with its database, servers, and desks, each in a process of its own."""

import secrets
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sscard_desk.central import imports
from sscard_desk.central.centre import init_centre, open_centre
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.sync.enrolment import enrol
from sscard_desk.wire.feed import persons_scope
from tests.faults.sync.desk_process import KEY, LOOK, SETTLE, WORKED, Committed, Defect, Settled, Work, serve_desk
from tests.faults.sync.findings import Found, compare, read_centre, went_back
from tests.faults.sync.look import Look
from tests.faults.sync.processes import forks
from tests.faults.sync.servers import ForkedServer, Server, Workers
from tests.machines.counter import REGION, person

POINT: Final = "0231"
DESKS: Final = 3
PERSONS: Final = 40


class Desk:
    """One desk: a folder that stays, and a process that may be killed."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.number = folder, number
        self.name = f"D-{number:04d}"
        self.committed: dict[int, str] = {}
        """What the process said it had committed, hash per seq."""
        self.before: Look | None = None
        self.defects: list[str] = []
        self._process: ForkServerProcess | None = None
        self._pipe: Connection | None = None

    def start(self) -> None:
        """Start its process; what it is told waits in the pipe."""
        self._pipe, end = forks.Pipe()
        self._process = forks.Process(target=serve_desk, args=(end, self.folder, self.number))
        self._process.start()
        end.close()

    def tell(self, command: object) -> None:
        """Say what to do; it answers in the order of the commands."""
        if self._pipe is not None:
            self._pipe.send(command)

    def hear(self) -> object:
        """Return the next answer; commits are noted and passed over.

        Raises:
            EOFError: the process is gone.
        """
        if self._pipe is None:
            raise EOFError
        while True:
            said = self._pipe.recv()
            if not self._note(said) or (isinstance(said, Defect) and not said.alone):
                return said

    def committed_one(self) -> None:
        """Wait until it has recorded something; its agent sends from then on.

        Raises:
            EOFError: the process is gone.
        """
        known = len(self.committed)
        while self._pipe is not None and len(self.committed) == known and not self.defects:
            self._note(self._pipe.recv())

    def _note(self, said: object) -> bool:
        """Note a commit or a defect; whether it was one."""
        if isinstance(said, Committed):
            self.committed[said.seq] = said.hash
        elif isinstance(said, Defect):
            self.defects.append(said.what)
        return isinstance(said, Committed | Defect)

    def kill(self) -> None:
        """SIGKILL; what it had said before counts."""
        if self._process is None or self._pipe is None:
            return
        self._process.kill()
        self._process.join()
        self._process.close()
        try:
            while self._pipe.poll():
                self._note(self._pipe.recv())
        except (EOFError, OSError):
            pass
        self._pipe.close()
        self._process, self._pipe = None, None


class World:
    """Centre, servers, desks."""

    def __init__(
        self,
        address: str = "",
        *,
        servers: int = 1,
        desks: int = DESKS,
        workers: int = 0,
        url: str = "",
        folder: Path | None = None,
    ) -> None:
        """Make everything; processes run when the block is entered.

        Args:
            address: of an empty PostgreSQL database; empty for the embedded one.
            servers: how many serve it.
            desks: how many desks.
            workers: of one server in place of several alone.
            url: what desks are given in place of the first server's address.
            folder: where everything lies; a folder of its own by default.
        """
        self._parts = ExitStack()
        self.folder = folder or Path(tempfile.mkdtemp(prefix="sscard-faults-"))
        self._parts.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.address = address
        centre = init_centre(self.folder / "centre", training=True, name="示例中心", address=address)
        imports.import_point(centre, POINT, "示例街道服务站", REGION)
        imports.import_persons(centre, REGION, [person(n) for n in range(PERSONS)])
        imports.import_banks(centre, [{"code": "95588", "name": "示例银行"}])
        centre.close()
        place = self.folder / "centre"
        self.servers: list[Server] = [ForkedServer(place, address) for _ in range(servers)]
        if workers:
            self.servers = [Workers(place, address, workers)]
        self.desks = [Desk(self.folder / f"desk{n}", n + 1) for n in range(desks)]
        self.url = url
        self.found = Found()
        self._blobs_there: frozenset[str] = frozenset()

    def __enter__(self) -> Self:
        for server in self.servers:
            self._parts.callback(server.kill)
            server.start()
        for server in self.servers:
            server.ready()
        for desk in self.desks:
            self._enrol(desk)
            self._parts.callback(desk.kill)
            desk.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.close()

    def _enrol(self, desk: Desk) -> None:
        create_folder(
            desk.folder,
            desk_id=desk.name,
            service_point=POINT,
            desk_no=desk.number,
            training=True,
            database_key=KEY,
            scopes=(persons_scope(REGION),),
        )
        centre = open_centre(self.folder / "centre", self.address)
        code = imports.enrolment_code(centre, desk.name, POINT).text()
        centre.close()
        server = f"https://127.0.0.1:{self.servers[0].port}"
        identity, _ = enrol(server, code, training=True)
        store = open_desk(desk.folder, KEY)
        replace(identity, url=self.url or server).keep(store)
        store.close()

    def work(self, desks: Sequence[Desk], seed: int, acts: int, pause_s: float) -> None:
        """Let desks record and send, and do not wait."""
        for desk in desks:
            desk.tell(Work(seed * 10 + desk.number, acts, pause_s))

    def worked(self, desks: Sequence[Desk]) -> None:
        """Wait until they have recorded everything."""
        for desk in desks:
            if desk.hear() != WORKED:
                raise RuntimeError(desk.defects[-1] if desk.defects else "a desk did not work")

    def settle(self, desks: Sequence[Desk]) -> None:
        """Run passes at each desk until it is proved the same as the centre, then look at all of it."""
        for desk in desks:
            desk.tell(SETTLE)
        for desk in desks:
            said = desk.hear()
            if isinstance(said, Settled) and said.trouble:
                self.found.wrong.append(f"{desk.name} does not come to an end: {said.trouble}")
        self.look(desks, settled=True)

    def look(self, desks: Sequence[Desk], *, settled: bool) -> None:
        """Hold desks against the centre."""
        looks: list[tuple[Desk, Look]] = []
        for desk in desks:
            desk.tell(LOOK)
        for desk in desks:
            said = desk.hear()
            if isinstance(said, Look):
                looks.append((desk, said))
            else:
                self.found.wrong += desk.defects or [f"{desk.name} does not say how it stands"]
        names = frozenset().union(*(look.sent_blobs for _, look in looks)) - self._blobs_there
        centre = open_centre(self.folder / "centre", self.address)
        try:
            there = read_centre(centre, POINT, sorted(names))
        finally:
            centre.close()
        for desk, look in looks:
            compare(look, there, self.found, settled=settled, known=self._blobs_there)
            journal = {kept.seq: kept.hash for kept in look.journal}
            self.found.lost += sum(journal.get(seq) != said for seq, said in desk.committed.items())
            if desk.before is not None:
                self.found.wrong += went_back(desk.before, look)
            desk.before = look
            self.found.wrong += [f"defect: {defect}" for defect in desk.defects]
            desk.defects.clear()
        self._blobs_there |= there.blobs

    def ended(self) -> Found:
        """Return what was found, with the number of acknowledged entries."""
        self.found.acknowledged = sum(
            kept.acknowledged for desk in self.desks if desk.before for kept in desk.before.journal
        )
        return self.found


def name_of_world() -> str:
    """Return a word for a database that nobody has."""
    return f"world{secrets.token_hex(5)}"
