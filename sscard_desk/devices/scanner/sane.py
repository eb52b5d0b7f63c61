"""Scanning through SANE, the scanner interface of Linux (also of Kylin and UOS).

Interface: the program `scanimage` of sane-backends 1.2.1 as a process of its own, so that a driver that crashes stays
outside; the page comes through a pipe and never stands in a file. Its exit status is the SANE status (SANE standard
1.06, 4.2.7); it is 1 as well where the device cannot be opened or does not know an option. Tried with the backends
`pnm` and `test`; no device with glass was at hand.

A pile in the feeder is scanned side by side; for both sides the pile is put in a second time, turned over.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn

from sscard_desk.devices.scanner.page_file import check_whole
from sscard_desk.domain.errors.device import (
    ScannerCoverOpen,
    ScannerFailed,
    ScannerJammed,
    ScannerMissing,
    ScannerNoDocument,
)
from sscard_desk.ports.devices import Cancel, DeviceState, Health

PROGRAM: Final = "scanimage"
PROBE_S: Final = 8.0
PAGE_S: Final = 120.0
"""A page that has not come by then does not come: an old flatbed takes about 40 s in colour at 300 dpi."""
POLL_S: Final = 0.1
STOP_S: Final = 5.0
MOST_PAGES: Final = 100
DEVICE_BUSY, JAMMED, NO_DOCS, COVER_OPEN = 3, 6, 7, 8
_STATUS: Final = {
    1: "unsupported",
    2: "cancelled",
    DEVICE_BUSY: "busy",
    4: "invalid",
    9: "io_error",
    10: "no_memory",
    11: "access_denied",
}


@dataclass(frozen=True)
class SaneOptions:
    """What the device is asked for; an empty value leaves the device's own.

    Attributes:
        resolution: dpi, 0 for the device's own.
        mode: `Gray` or `Color` with most devices.
        source: `Flatbed`, `Automatic Document Feeder` or what the device calls them.
        feeder: whether pages are asked for until the feeder is empty.
        more: any other option of the device, by name without hyphens.
    """

    resolution: int = 300
    mode: str = "Gray"
    source: str = ""
    feeder: bool = False
    more: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> list[str]:
        """Return the options as words of the command line."""
        own = {"source": self.source, "mode": self.mode, "resolution": str(self.resolution or "")}
        return [f"--{name}={value}" for name, value in (own | dict(self.more)).items() if value]


class SaneScanner:
    """One device; implements `ports.scanner.Scanner`."""

    def __init__(
        self, device: str, options: SaneOptions | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        """Remember the device; nothing is opened yet.

        Args:
            device: its SANE name, as `scanimage -L` lists it.
            options: what it is asked for.
            environment: added to this program's own, for example SANE_CONFIG_DIR.
        """
        self.device = device
        self._options = options or SaneOptions()
        self._environment = {**os.environ, **(environment or {}), "LC_ALL": "C"}

    def probe(self) -> DeviceState:
        """Open the device without scanning; never raise for "not there"."""
        if shutil.which(PROGRAM) is None:
            return DeviceState(Health.OFF, self.device, ScannerMissing())
        try:
            done = subprocess.run(
                [PROGRAM, f"--device-name={self.device}", "--dont-scan"],
                env=self._environment,
                capture_output=True,
                timeout=PROBE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return DeviceState(Health.SILENT, self.device, ScannerFailed(reason="silent"))
        except OSError:
            return DeviceState(Health.OFF, self.device, ScannerMissing())
        facts = {"kind": "sane"}
        if b"busy" in done.stderr:
            return DeviceState(Health.BUSY, self.device, facts=facts)
        if done.returncode:
            return DeviceState(Health.OFF, self.device, ScannerMissing(), facts)
        return DeviceState(Health.READY, self.device, facts=facts)

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Scan what lies there; see `Scanner.scan`."""
        pages = [self._page(cancel)]
        while self._options.feeder and len(pages) < MOST_PAGES:
            try:
                pages.append(self._page(cancel))
            except ScannerNoDocument:
                break
        return tuple(pages)

    def _page(self, cancel: Cancel) -> bytes:
        cancel.check()
        words = [PROGRAM, f"--device-name={self.device}", "--format=pnm", *self._options.words()]
        try:
            process = subprocess.Popen(
                words, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
            )
        except OSError:
            raise ScannerMissing from None
        with process:
            try:
                page, said = _wait(process, cancel)
            except BaseException:
                _stop(process)
                raise
        if process.returncode:
            _refuse(process.returncode, said)
        check_whole(page)
        return page


def _wait(process: "subprocess.Popen[bytes]", cancel: Cancel) -> tuple[bytes, bytes]:
    end = time.monotonic() + PAGE_S
    while True:
        try:
            return process.communicate(timeout=POLL_S)
        except subprocess.TimeoutExpired:
            cancel.check()
            if time.monotonic() > end:
                raise ScannerFailed(reason="silent") from None


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the program as SANE asks for: at the first signal it lets the device finish its page."""
    process.terminate()
    try:
        process.communicate(timeout=STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _refuse(status: int, said: bytes) -> NoReturn:
    match status:
        case 1 if b"open of device" in said or b"no SANE devices" in said:
            if b"busy" in said:
                raise ScannerFailed(reason="busy")
            raise ScannerMissing
        case 1 if b"option" in said:
            raise ScannerFailed(reason="option")
        case _ if status == JAMMED:
            raise ScannerJammed
        case _ if status == NO_DOCS:
            raise ScannerNoDocument
        case _ if status == COVER_OPEN:
            raise ScannerCoverOpen
        case _ if status < 0:
            raise ScannerFailed(reason="crashed")
        case _:
            raise ScannerFailed(reason=_STATUS.get(status, "unknown"))
