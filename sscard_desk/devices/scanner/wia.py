"""Scanning through WIA 2.0, the scanner interface of Windows.

Interface: the automation library (wiaaut.dll), called by `resources/scanner/wia.ps1` in Windows PowerShell 5.1 as a
process of its own, so that a driver that crashes or hangs stays outside; no package is needed. The process and its
frames were tried with a stand-in that speaks them; the script and genuine scanners were not (no Windows was at hand).
TWAIN is not driven: WIA reaches the same devices, since Windows gives each WIA driver to TWAIN programs and not the
other way round; a scanner with a TWAIN driver alone is used through a folder.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from sscard_desk.devices.scanner.wia_line import WiaLine
from sscard_desk.devices.scanner.wia_words import check_bmp, device_of, list_line, order_line, refuse
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import ScannedPageEmpty, ScannerFailed, ScannerMissing
from sscard_desk.domain.errors.scanning import ScannedPageBroken, ScannerCannot, ScannerDriverCrashed, ScannerSilent
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.scanner import AS_SET, Progress, ScannedPage, ScannerChoice, ScanOrder
from sscard_desk.resources import resource

KEY: Final = "wia:"
PROBE_S: Final = 12.0
PAGE_S: Final = 120.0
"""A page of which nothing has come by then does not come."""


def powershell() -> tuple[str, ...]:
    """Return the program that runs the script."""
    quiet = ("-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass")
    return ("powershell.exe", *quiet, "-File", str(resource("scanner", "wia.ps1")))


def wia_scanners(command: Sequence[str] | None = None) -> tuple[ScannerChoice, ...]:
    """Return the scanners that Windows shows; none where there is no WIA."""
    try:
        found = _devices(command or powershell())
    except DeskError:
        return ()
    return tuple(ScannerChoice(f"{KEY}{each.key}", each.name) for each in found)


class WiaScanner:
    """One device; implements `ports.scanner.Scanner`. It is opened with each scan, so it may come and go.

    Args:
        device: its WIA device id.
        order: what it is asked for where an order leaves it open.
        command: what runs the script; None for Windows PowerShell.
        page_seconds: after how long without a byte a page does not come any more.
    """

    def __init__(
        self,
        device: str,
        order: ScanOrder = AS_SET,
        command: Sequence[str] | None = None,
        page_seconds: float = PAGE_S,
    ) -> None:
        self._device, self._own = device, order
        self._command, self._page_s = tuple(command or powershell()), page_seconds

    def probe(self) -> DeviceState:
        """Look whether Windows shows it; never raise for "not there"."""
        facts = {"kind": "wia"}
        try:
            name = next((each.name for each in _devices(self._command) if each.key == self._device), None)
        except ScannerSilent as silent:
            return DeviceState(Health.SILENT, trouble=silent, facts=facts)
        except DeskError:
            name = None
        if name is None:
            return DeviceState(Health.OFF, trouble=ScannerMissing(), facts=facts)
        return DeviceState(Health.READY, name, facts=facts)

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Scan what lies there; see `Scanner.scan`."""
        return tuple(page.content for page in self.pages(AS_SET, cancel))

    def pages(self, order: ScanOrder, cancel: Cancel, progress: Progress | None = None) -> Iterator[ScannedPage]:
        """Scan, one page after another; see `Scanner.pages`."""
        cancel.check()
        wanted = self._own if order == AS_SET else order
        came = 0
        with WiaLine(self._command, order_line(self._device, wanted), cancel, self._page_s) as line:
            while (said := line.line()) is not None:
                match said:
                    case ["PAGE", dpi, length] if dpi.isdecimal() and length.isdecimal():
                        page = line.content(int(length), progress)
                        if len(page) < int(length):
                            raise ScannedPageBroken(reason="short")
                        check_bmp(page)
                        came += 1
                        yield ScannedPage(page, float(dpi))
                    case ["PROBLEM", result]:
                        refuse(result)
                    case ["LACKS", source]:
                        raise ScannerCannot(what=source)
                    case ["END"]:
                        if not came:
                            raise ScannedPageEmpty
                        return
                    case _:
                        raise ScannerFailed(reason="frame")
        raise ScannerDriverCrashed


def _devices(command: Sequence[str]) -> tuple[ScannerChoice, ...]:
    """Return what the script lists, keys without `KEY`.

    Raises:
        ScannerMissing: there is no such program.
        ScannerSilent: it hangs.
    """
    found: list[ScannerChoice] = []
    with WiaLine(command, list_line(), Cancel(), PROBE_S) as line:
        while (said := line.line()) is not None:
            if said[:1] == ["PROBLEM"]:
                refuse(said[-1])
            device = device_of(said) if said[:1] == ["DEVICE"] else None
            if device is not None:
                found.append(device)
    return tuple(found)
