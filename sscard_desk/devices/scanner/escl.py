"""Scanning through eSCL (AirScan, Mopria eSCL 2.x over HTTP): network scanners without a driver of their own.

Tried with the model of this program; no device with glass was at hand. The same model is read by sane-airscan.
"""

import time
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from sscard_desk.devices.scanner import escl_words as words
from sscard_desk.devices.scanner.escl_talk import FEEDER_TROUBLE, STOPPED, WORKING, EsclTalk
from sscard_desk.devices.scanner.page_file import check_jpeg
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import ScannerFailed
from sscard_desk.domain.errors.scanning import ScannerBusy, ScannerCannot, ScannerSilent, ScannerStopped
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.scanner import AS_SET, Colour, Progress, ScannedPage, ScanOrder, Source

PROBE_S: Final = 3.0
PAGE_S: Final = 120.0
"""From the order to the first byte of a page; an old flatbed takes about 40 s in colour at 300 dpi."""
AGAIN_S: Final = 0.5
MOST_PAGES: Final = 100
DPI: Final = 300


class EsclScanner:
    """One device; implements `ports.scanner.Scanner`. It is opened with each scan, so it may come and go.

    Args:
        url: where its eSCL resource lies, for example `http://192.0.2.7/eSCL`.
        order: what it is asked for where an order leaves it open.
        page_seconds: after how long a page does not come any more.
    """

    def __init__(self, url: str, order: ScanOrder = AS_SET, page_seconds: float = PAGE_S) -> None:
        self.url = url.rstrip("/") + "/"
        self._order = order
        self._page_s = page_seconds

    def probe(self) -> DeviceState:
        """Ask for its state; never raise for "not there"."""
        name, facts = urlsplit(self.url).netloc, {"kind": "escl"}
        try:
            status = EsclTalk(self.url, Cancel()).status(PROBE_S)
        except ScannerBusy:
            return DeviceState(Health.BUSY, name, facts=facts)
        except DeskError as trouble:
            health = Health.SILENT if isinstance(trouble, ScannerSilent) else Health.OFF
            return DeviceState(health, name, trouble, facts)
        if status.state in WORKING:
            return DeviceState(Health.BUSY, name, facts=facts)
        found: DeskError | None = None
        if status.state in STOPPED and status.state is not None:
            found = ScannerFailed(reason=status.state.value)
        elif status.feeder in FEEDER_TROUBLE and status.feeder is not words.FeederState.EMPTY:
            found = FEEDER_TROUBLE[status.feeder]()
        return DeviceState(Health.WARNING if found else Health.READY, name, found, facts)

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Scan what lies there; see `Scanner.scan`."""
        return tuple(page.content for page in self.pages(AS_SET, cancel))

    def pages(self, order: ScanOrder, cancel: Cancel, progress: Progress | None = None) -> Iterator[ScannedPage]:
        """Scan, one page after another; see `Scanner.pages`."""
        cancel.check()
        talk = EsclTalk(self.url, cancel)
        settings = self._settings(talk, order)
        feeder = settings.source == words.FEEDER
        job = talk.begin(settings)
        came = 0
        try:
            while came < MOST_PAGES and (content := self._next(talk, job, progress)) is not None:
                check_jpeg(content)
                came += 1
                yield ScannedPage(content, float(settings.dpi))
                if not feeder:
                    return
        except BaseException:
            talk.give_up(job)
            raise
        talk.refuse(feeder=feeder, came=came)

    def _settings(self, talk: EsclTalk, order: ScanOrder) -> words.ScanSettings:
        have = talk.capabilities().sources
        source = order.source if order.source is not Source.AUTO else self._order.source
        if source is Source.AUTO:
            loaded = "feeder" in have and talk.status().feeder is words.FeederState.LOADED
            source = Source.FEEDER if loaded or "glass" not in have else Source.GLASS
        caps = have.get(source.value)
        if caps is None:
            raise ScannerCannot(what=source.value)
        colour = order.colour if order.colour is not Colour.AS_SET else self._order.colour
        mode = words.COLOUR if colour is Colour.COLOUR else words.GREY
        if mode not in caps.modes:
            raise ScannerCannot(what=(Colour.COLOUR if mode == words.COLOUR else Colour.GREY).value)
        width, height = (order.width or self._order.width), (order.height or self._order.height)
        return words.ScanSettings(
            source=words.GLASS if source is Source.GLASS else words.FEEDER,
            dpi=caps.nearest(order.dpi or self._order.dpi or DPI),
            mode=mode,
            width=min(words.units(width) or caps.max_width, caps.max_width),
            height=min(words.units(height) or caps.max_height, caps.max_height),
            duplex=source is Source.BOTH_SIDES,
        )

    def _next(self, talk: EsclTalk, job: str, progress: Progress | None) -> bytes | None:
        """Return the next page, None after the last one; a device that has it not yet says 503."""
        end = time.monotonic() + self._page_s
        while time.monotonic() < end:
            answer = talk.ask("GET", f"{job}/NextDocument", seconds=self._page_s, progress=progress)
            match answer.status:
                case 200:
                    return answer.content
                case 410:
                    raise ScannerStopped
                case 503:
                    talk.cancel.wait(AGAIN_S)
                case _:
                    return None  # the end, or a trouble: the state of the device says which
        raise ScannerSilent
