"""Scanning through SANE, the scanner interface of Linux (also of Kylin and UOS).

Interface: the program `scanimage` of sane-backends 1.2.1 as a process of its own, so that a driver that crashes stays
outside. Its exit status is the SANE status (SANE standard 1.06, 4.2.7); it is 1 as well where the device cannot be
opened or does not know an option. Tried with the backends `pnm`, `test` and `airscan` (against this program's own
model of a network scanner); no device with glass was at hand.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from typing import Final, NoReturn

from sscard_desk.devices.scanner.sane_pile import MOST_PAGES, SanePile
from sscard_desk.devices.scanner.sane_words import SaneOptions, have, needs_words, options_for, rounded
from sscard_desk.domain.errors.device import (
    ScannerCoverOpen,
    ScannerFailed,
    ScannerJammed,
    ScannerMissing,
    ScannerNoDocument,
)
from sscard_desk.domain.errors.scanning import (
    ScannerAccessDenied,
    ScannerBusy,
    ScannerCannot,
    ScannerDriverCrashed,
    ScannerOutOfMemory,
    ScannerReadFailed,
    ScannerSilent,
    ScannerStopped,
)
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.scanner import AS_SET, Progress, ScannedPage, ScanOrder

PROGRAM: Final = "scanimage"
PROBE_S: Final = 8.0
PAGE_S: Final = 120.0
"""A page of which nothing has come by then does not come: an old flatbed takes about 40 s in colour at 300 dpi."""
UNSUPPORTED, INVALID, NO_DOCUMENT = 1, 4, 7
_STATUS: Final = {
    2: ScannerStopped,
    3: ScannerBusy,
    6: ScannerJammed,
    NO_DOCUMENT: ScannerNoDocument,
    8: ScannerCoverOpen,
    9: ScannerReadFailed,
    10: ScannerOutOfMemory,
    11: ScannerAccessDenied,
}
_OPTION: Final = re.compile(rb"option.*?-(?P<name>[a-z][a-z-]*)")


class SaneScanner:
    """One device; implements `ports.scanner.Scanner`. It is opened with each scan, so it may come and go.

    Args:
        device: its SANE name, as `scanimage -L` lists it.
        options: what it is asked for where an order leaves it open.
        environment: added to this program's own, for example SANE_CONFIG_DIR.
        page_seconds: after how long without a byte a page does not come any more.
    """

    def __init__(
        self,
        device: str,
        options: SaneOptions | None = None,
        environment: Mapping[str, str] | None = None,
        page_seconds: float = PAGE_S,
    ) -> None:
        self.device = device
        self._options = options or SaneOptions()
        self._environment = {**os.environ, **(environment or {}), "LC_ALL": "C"}
        self._page_s = page_seconds
        self._has: dict[str, str] = {}

    def probe(self) -> DeviceState:
        """Open the device without scanning; never raise for "not there"."""
        if shutil.which(PROGRAM) is None:
            return DeviceState(Health.OFF, self.device, ScannerMissing())
        facts = {"kind": "sane"}
        try:
            done = self._ask("--dont-scan")
        except subprocess.TimeoutExpired:
            return DeviceState(Health.SILENT, self.device, ScannerSilent(), facts)
        except OSError:
            return DeviceState(Health.OFF, self.device, ScannerMissing(), facts)
        if b"busy" in done.stderr:
            return DeviceState(Health.BUSY, self.device, facts=facts)
        if done.returncode:
            return DeviceState(Health.OFF, self.device, ScannerMissing(), facts)
        return DeviceState(Health.READY, self.device, facts=facts)

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Scan what lies there; see `Scanner.scan`."""
        return tuple(page.content for page in self.pages(AS_SET, cancel))

    def pages(self, order: ScanOrder, cancel: Cancel, progress: Progress | None = None) -> Iterator[ScannedPage]:
        """Scan, one page after another; see `Scanner.pages`."""
        cancel.check()
        options = options_for(order, self._options, self._words() if needs_words(order) else {})
        words = [PROGRAM, f"--device-name={self.device}", "--format=pnm", *options.words()]
        count, came = (MOST_PAGES if options.feeds else 1), 0
        with SanePile(words, self._environment, count, cancel, self._page_s) as pile:
            for page in pile.pages(progress):
                came += 1
                yield ScannedPage(page, rounded(pile.said) or float(options.resolution))
            if came < count:
                status = pile.status()
                if status != NO_DOCUMENT or not came:
                    self._has = {}
                    _refuse(status, pile.said, came)

    def _words(self) -> dict[str, str]:
        """Return the device's words, asked once and again after each trouble."""
        if not self._has:
            try:
                done = self._ask("--all-options")
            except subprocess.TimeoutExpired:
                raise ScannerSilent from None
            except OSError:
                raise ScannerMissing from None
            if done.returncode:
                _refuse(done.returncode, done.stderr, 0)
            self._has = have(done.stdout.decode("utf-8", "replace"))
        return self._has

    def _ask(self, word: str) -> "subprocess.CompletedProcess[bytes]":
        command = [PROGRAM, f"--device-name={self.device}", word]
        return subprocess.run(command, env=self._environment, capture_output=True, timeout=PROBE_S, check=False)


def _refuse(status: int, said: bytes, came: int) -> None:
    """Raise what a status means; 0 after pages that came means that there are no more."""
    if status in _STATUS:
        raise _STATUS[status]
    if status < 0:
        raise ScannerDriverCrashed
    if status == UNSUPPORTED:
        _refuse_first(said)
    if status == INVALID:
        raise ScannerCannot(what="invalid")
    if status or not came:
        raise ScannerFailed(reason=str(status))


def _refuse_first(said: bytes) -> NoReturn:
    """Raise what the program means by 1: the device is not there, an option is not known, or SANE's own status 1."""
    if b"open of device" in said or b"no SANE devices" in said:
        for word, error in ((b"busy", ScannerBusy), (b"denied", ScannerAccessDenied), (b"memory", ScannerOutOfMemory)):
            if word in said:
                raise error
        raise ScannerMissing
    option = _OPTION.search(said)
    raise ScannerCannot(what=option["name"].decode() if option else "unsupported")


__all__ = ["SaneOptions", "SaneScanner"]
