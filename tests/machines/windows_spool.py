"""A model of the spooler of Windows: the functions of pywin32 that the driver calls, over queues of its own.

Made after the documentation of the Print Spooler API: a job that was printed leaves the queue unless it is retained, a
retained one cannot be deleted before it is released, a deleted one is not known any more (error 87). Its device puts
pages on sheets of A4 at 600 dpi whose printable area begins 100 dots from the corner.
"""

import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from PIL import Image, ImageWin

DPI = 600
SHEET = (4961, 7016)
MARGIN = 100
CAPS = {88: DPI, 90: DPI, 110: SHEET[0], 111: SHEET[1], 112: MARGIN, 113: MARGIN}
PAUSED, ERROR, SPOOLING, PRINTING, PAPEROUT, PRINTED, RETAINED = 0x1, 0x2, 0x8, 0x10, 0x40, 0x80, 0x2000
FEELS = {"empty": 0x10, "stopped": 0x2, "off": 0x80, "paused": 0x1, "open": 0x400000}
DELETE, RETAIN, RELEASE = 5, 8, 9


class SpoolError(Exception):
    """`pywintypes.error`."""

    def __init__(self, winerror: int) -> None:
        super().__init__(winerror, "", "")
        self.winerror = winerror


@dataclass
class Job:
    number: int
    document: str
    status: int = SPOOLING
    retained: bool = False
    pages: list[Image.Image] = field(default_factory=list)


@dataclass
class ModelQueue:
    """One printer with its queue; `feelings` are the troubles it has, `tray` what came out."""

    feelings: set[str] = field(default_factory=set)
    attributes: int = 0
    jobs: dict[int, Job] = field(default_factory=dict)
    tray: list[tuple[str, list[Image.Image]]] = field(default_factory=list)

    def step(self) -> None:
        """The device takes the next job as far as it can."""
        if self.feelings & {"empty", "stopped", "off", "paused", "open"}:
            return
        waits = SPOOLING | PRINTED | PAUSED | ERROR
        ready = next((job for job in self.jobs.values() if not job.status & waits), None)
        if ready is None:
            return
        if "broken" in self.feelings:
            ready.status |= ERROR
            return
        ready.status |= PRINTING
        if "slow" in self.feelings:
            return
        self.tray.append((ready.document, ready.pages))
        ready.status = PRINTED | (RETAINED if ready.retained else 0)
        if not ready.retained:
            del self.jobs[ready.number]


class ModelSpooler:
    """The spooler's service."""

    def __init__(self, *queues: str) -> None:
        self.queues = {name: ModelQueue() for name in queues}
        self.running = True
        self.full = False
        self._lock = threading.RLock()
        self._next = 1
        self._canvases: dict[int, tuple[str, Job | None, Image.Image | None]] = {}

    def restart(self) -> None:
        """Numbers begin again; what was spooled stays under its number on disk only where it was not printed."""
        with self._lock:
            self._next = 1
            for queue in self.queues.values():
                queue.jobs.clear()

    @contextmanager
    def devices_at_work(self) -> Iterator[None]:
        end = threading.Event()

        def work() -> None:
            while not end.wait(0.01):
                with self._lock:
                    for queue in self.queues.values():
                        queue.step()

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            end.set()
            thread.join()

    # -- win32print

    def OpenPrinter(self, name: str) -> str:
        self._up()
        if name not in self.queues:
            raise SpoolError(1801)
        return name

    def ClosePrinter(self, handle: str) -> None:
        """Nothing to free."""

    def GetPrinter(self, handle: str, level: int) -> dict[str, object]:
        self._up()
        assert level == 2
        queue = self.queues[handle]
        status = sum(FEELS.get(each, 0) for each in queue.feelings)
        return {"Status": status, "Attributes": queue.attributes, "cJobs": len(queue.jobs)}

    def EnumJobs(self, handle: str, first: int, count: int, level: int) -> tuple[dict[str, object], ...]:
        self._up()
        with self._lock:
            return tuple(map(_listed, list(self.queues[handle].jobs.values())[first : first + count]))

    def GetJob(self, handle: str, number: int, level: int) -> dict[str, object]:
        self._up()
        with self._lock:
            return _listed(self._job(handle, number))

    def SetJob(self, handle: str, number: int, level: int, info: None, command: int) -> None:
        self._up()
        with self._lock:
            job = self._job(handle, number)
            if command == RETAIN:
                job.retained = True
            elif command == RELEASE:
                job.retained, job.status = False, job.status & ~RETAINED
                if job.status & PRINTED:
                    del self.queues[handle].jobs[number]
            elif command == DELETE and not job.retained:
                del self.queues[handle].jobs[number]

    def StartDoc(self, canvas: int, info: tuple[str, None, None, int]) -> int:
        name, _, _ = self._canvases[canvas]
        with self._lock:
            job = Job(self._next, info[0])
            self._next += 1
            self.queues[name].jobs[job.number] = job
        self._canvases[canvas] = name, job, None
        return job.number

    def StartPage(self, canvas: int) -> None:
        if self.full:
            raise SpoolError(112)  # the disk is full
        name, job, _ = self._canvases[canvas]
        self._canvases[canvas] = name, job, Image.new("RGB", SHEET, "white")

    def EndPage(self, canvas: int) -> None:
        _, job, sheet = self._canvases[canvas]
        assert job is not None
        assert sheet is not None
        job.pages.append(sheet)

    def EndDoc(self, canvas: int) -> None:
        job = self._canvases[canvas][1]
        assert job is not None
        with self._lock:
            job.status &= ~SPOOLING

    def AbortDoc(self, canvas: int) -> None:
        name, job, _ = self._canvases[canvas]
        assert job is not None
        with self._lock:
            self.queues[name].jobs.pop(job.number, None)

    def GetDeviceCaps(self, canvas: int, index: int) -> int:
        return CAPS[index]

    # -- win32gui and ImageWin

    def CreateDC(self, driver: str, name: str, mode: None) -> int:
        self._up()
        assert driver == "WINSPOOL"
        canvas = len(self._canvases) + 1
        self._canvases[canvas] = name, None, None
        return canvas

    def DeleteDC(self, canvas: int) -> None:
        self._canvases[canvas] = self._canvases[canvas][0], None, None

    def draw(self, canvas: int, picture: Image.Image, place: tuple[int, int, int, int]) -> None:
        sheet = self._canvases[canvas][2]
        assert sheet is not None
        left, top, right, bottom = place
        scaled = picture.resize((right - left, bottom - top), Image.Resampling.NEAREST)
        sheet.paste(scaled, (left + MARGIN, top + MARGIN))

    # -- inner

    def _up(self) -> None:
        if not self.running:
            raise SpoolError(1722)  # the service does not answer

    def _job(self, handle: str, number: int) -> Job:
        try:
            return self.queues[handle].jobs[number]
        except KeyError:
            raise SpoolError(87) from None


def _listed(job: Job) -> dict[str, object]:
    return {"JobId": job.number, "pDocument": job.document, "Status": job.status}


def install(monkeypatch: pytest.MonkeyPatch, spooler: ModelSpooler) -> None:
    """Put the model where the driver imports pywin32 from."""
    types_module = types.ModuleType("pywintypes")
    types_module.error = SpoolError  # type: ignore[attr-defined] # it has one
    monkeypatch.setitem(__import__("sys").modules, "pywintypes", types_module)
    monkeypatch.setitem(__import__("sys").modules, "win32print", spooler)  # type: ignore[arg-type] # as good as one here
    monkeypatch.setitem(__import__("sys").modules, "win32gui", spooler)  # type: ignore[arg-type] # as good as one here

    class Dib:
        def __init__(self, picture: Image.Image) -> None:
            self._picture = picture

        def draw(self, canvas: int, place: tuple[int, int, int, int]) -> None:
            spooler.draw(canvas, self._picture, place)

    monkeypatch.setattr(ImageWin, "Dib", Dib)
