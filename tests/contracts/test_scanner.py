"""What every scanner does for the counter: our eSCL client, SANE and WIA, each with a device behind its interface.

The network scanner is the model that training uses, over HTTP; SANE reads it too (sane-airscan, a client that others
wrote), and its own backends `pnm` and `test` besides. Of WIA the process and its frames are real, the script that
Windows runs is not: a stand-in speaks for it, with the same model behind it.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from sscard_desk.devices.scanner.escl import EsclScanner
from sscard_desk.devices.scanner.escl_words import FeederState
from sscard_desk.devices.scanner.sane import SaneOptions, SaneScanner
from sscard_desk.devices.scanner.simulated import SimulatedScanner
from sscard_desk.devices.scanner.simulated_device import ScannerModel, Sheet, Trouble
from sscard_desk.devices.scanner.wia import WiaScanner
from sscard_desk.domain.errors.device import (
    ScannedPageEmpty,
    ScannerCoverOpen,
    ScannerJammed,
    ScannerMissing,
    ScannerNoDocument,
)
from sscard_desk.domain.errors.scanning import ScannedPageBroken, ScannerReadFailed
from sscard_desk.ports.devices import Cancel, Cancelled, Health
from sscard_desk.ports.scanner import AS_SET, Colour, ScannedPage, Scanner, ScanOrder, Source
from tests.machines import wia_stand_in
from tests.machines.scanners import AIRSCAN, sane_folder, shade

PNM = b"P5\n# a page\n200 100\n255\n" + bytes(range(200)) * 100
FEED = ScanOrder(Source.FEEDER, dpi=75)
UNPLUGGED = "unplugged"
Give = Callable[[Trouble | str, int], Scanner]


@dataclass
class Kind:
    """A way to make a scanner with so many sheets in it, or with trouble."""

    make: Give
    order: ScanOrder


@pytest.fixture
def network() -> Iterator[SimulatedScanner]:
    with SimulatedScanner(ScannerModel(shade(255))) as scanner:
        scanner.model.door_word = FeederState.DOOR_OPEN  # the one word of the two that sane-airscan knows
        yield scanner


def _set(network: SimulatedScanner, trouble: Trouble | str, sheets: int) -> None:
    network.model.put(*(Sheet(shade(60 + 40 * n), shade(200)) for n in range(sheets)))
    if isinstance(trouble, Trouble):
        network.model.trouble = trouble
    else:
        network.stop()


@pytest.fixture(params=["escl", "wia", *(pytest.param(name, marks=pytest.mark.real) for name in ("airscan", "pnm"))])
def kind(request: pytest.FixtureRequest, tmp_path: Path, network: SimulatedScanner) -> Kind:
    def escl(trouble: Trouble | str, sheets: int) -> Scanner:
        _set(network, trouble, sheets)
        return EsclScanner(network.url)

    def airscan(trouble: Trouble | str, sheets: int) -> Scanner:
        _set(network, trouble, sheets)
        options = SaneOptions(75, "Gray", "ADF")
        return SaneScanner(AIRSCAN, options, sane_folder(tmp_path / "sane", "airscan", escl=network.url))

    def wia(trouble: Trouble | str, sheets: int) -> Scanner:
        _set(network, trouble, sheets)
        return wia_scanner(network)

    def pnm(trouble: Trouble | str, sheets: int) -> Scanner:
        (tmp_path / "page.pnm").write_bytes(PNM)
        more = {"filename": str(tmp_path / "page.pnm"), "resolution": "200", "status": "no"}
        name = {Trouble.JAMMED: "jammed", Trouble.COVER_OPEN: "coveropen", Trouble.EMPTY_PAGE: "eof"}
        name |= {Trouble.LINE_LOST: "ioerror", Trouble.NONE: "" if sheets else "nodocs"}
        more |= {f"status-{word}": "yes" for word in [name.get(trouble, "")] if word}  # type: ignore[call-overload] # a str is not in it
        device = "pnm:7" if trouble == UNPLUGGED else "pnm:0"
        return SaneScanner(device, SaneOptions(resolution=0, mode="", more=more), sane_folder(tmp_path / "sane"))

    order = {"escl": FEED, "wia": FEED}.get(request.param, AS_SET)
    return Kind({"escl": escl, "wia": wia, "airscan": airscan, "pnm": pnm}[request.param], order)


def wia_scanner(network: SimulatedScanner) -> WiaScanner:
    return WiaScanner(wia_stand_in.DEVICE, command=(sys.executable, wia_stand_in.__file__, network.url))


def pixels(content: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    return np.asarray(picture, np.uint8)


def test_a_page_comes_whole(kind: Kind) -> None:
    scanner = kind.make(Trouble.NONE, 1)
    assert scanner.probe().health is Health.READY
    (page,) = scanner.pages(kind.order, Cancel())
    assert pixels(page.content).size > 10_000


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (UNPLUGGED, ScannerMissing),
        (Trouble.JAMMED, ScannerJammed),
        (Trouble.COVER_OPEN, ScannerCoverOpen),
    ],
    ids=str,
)
def test_trouble_is_named(kind: Kind, trouble: Trouble | str, error: type[Exception]) -> None:
    scanner = kind.make(trouble, 1)
    with pytest.raises(error):
        tuple(scanner.pages(kind.order, Cancel()))


def test_a_page_without_a_pixel_is_no_page(kind: Kind) -> None:
    scanner = kind.make(Trouble.EMPTY_PAGE, 1)
    with pytest.raises((ScannedPageEmpty, ScannerReadFailed, ScannerNoDocument)) as raised:
        tuple(scanner.pages(kind.order, Cancel()))
    if not isinstance(scanner, SaneScanner) or scanner.device != AIRSCAN:  # which calls it an I/O error
        assert raised.type is ScannedPageEmpty


def test_a_line_that_breaks_is_named(kind: Kind) -> None:
    with pytest.raises(ScannerReadFailed):
        tuple(kind.make(Trouble.LINE_LOST, 1).pages(kind.order, Cancel()))


def test_no_paper_is_named(kind: Kind) -> None:
    with pytest.raises(ScannerNoDocument):
        tuple(kind.make(Trouble.NONE, 0).pages(kind.order, Cancel()))


def test_a_scanner_that_is_not_there_is_off_and_says_why(kind: Kind) -> None:
    state = kind.make(UNPLUGGED, 1).probe()
    assert state.health is Health.OFF
    assert isinstance(state.trouble, ScannerMissing)


def test_a_wish_to_stop_before_the_page_is_heard(kind: Kind) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        kind.make(Trouble.NONE, 1).scan(cancel)


# -- what a feeder does: every client of the modelled scanner


@pytest.fixture(params=["escl", "wia", pytest.param("airscan", marks=pytest.mark.real)])
def client(request: pytest.FixtureRequest, tmp_path: Path, network: SimulatedScanner) -> Scanner:
    if request.param == "escl":
        return EsclScanner(network.url)
    if request.param == "wia":
        return wia_scanner(network)
    environment = sane_folder(tmp_path / "sane", "airscan", escl=network.url)
    return SaneScanner(AIRSCAN, SaneOptions(75, "Gray", "ADF"), environment)


def shades(client: Scanner, order: ScanOrder) -> list[int]:
    return [round(float(pixels(page.content).mean())) for page in client.pages(order, Cancel())]


def test_a_pile_comes_in_its_order_and_both_sides_if_wanted(client: Scanner, network: SimulatedScanner) -> None:
    sheets = (Sheet(shade(40), shade(80)), Sheet(shade(120), shade(160)))
    network.model.put(*sheets)
    assert shades(client, FEED) == [40, 120]
    network.model.put(*sheets)
    assert shades(client, ScanOrder(Source.BOTH_SIDES, dpi=75)) == [40, 80, 120, 160]
    assert network.model.sheets_left == 0


def test_what_came_before_a_jam_is_kept(client: Scanner, network: SimulatedScanner) -> None:
    network.model.put(*(Sheet(shade(value)) for value in (40, 80, 120)))
    network.model.trouble, network.model.after = Trouble.JAMMED, 2
    came: list[ScannedPage] = []
    with pytest.raises(ScannerJammed):
        came.extend(client.pages(FEED, Cancel()))
    assert [round(float(pixels(page.content).mean())) for page in came] == [40, 80]
    network.model.trouble = Trouble.NONE
    assert shades(client, FEED) == [120]


def test_the_glass_gives_resolution_colour_and_size_as_ordered(client: Scanner, network: SimulatedScanner) -> None:
    network.model.lay(shade(90))
    for colour, shape in ((Colour.GREY, 2), (Colour.COLOUR, 3)):
        order = ScanOrder(Source.GLASS, dpi=150, colour=colour, width=85.6, height=54.0)
        (page,) = client.pages(order, Cancel())
        picture = pixels(page.content)
        assert picture.ndim == shape
        height, width = picture.shape[:2]
        assert (width / page.dpi * 25.4, height / page.dpi * 25.4) == pytest.approx((85.6, 54.0), abs=0.4)


# -- what only our own client can be shown


def test_a_scan_that_runs_is_stopped_at_once_and_the_device_is_free_again(network: SimulatedScanner) -> None:
    network.model.put(Sheet(shade(40)), Sheet(shade(80)))
    network.model.trouble = Trouble.SILENT
    scanner, cancel = EsclScanner(network.url), Cancel()
    timer = threading.Timer(0.1, cancel.set)
    timer.start()
    with pytest.raises(Cancelled):
        scanner.scan(cancel)
    timer.join()
    network.model.trouble = Trouble.NONE
    assert len(tuple(scanner.pages(FEED, Cancel()))) == 2


def test_the_feeder_goes_before_the_glass_and_progress_is_told(network: SimulatedScanner) -> None:
    network.model.lay(shade(10))
    network.model.put(Sheet(shade(80)))
    heard: list[float | None] = []
    scanner = EsclScanner(network.url, ScanOrder(dpi=75))
    fed = [round(float(pixels(page.content).mean())) for page in scanner.pages(AS_SET, Cancel(), heard.append)]
    (laid,) = scanner.scan(Cancel())
    assert (fed, round(float(pixels(laid).mean()))) == ([80], 10)
    assert heard[-1] == 1.0
    assert heard == sorted(heard)  # type: ignore[type-var] # the length was told, so no None


def test_a_scanner_lost_and_found_is_used_again_without_a_restart(network: SimulatedScanner) -> None:
    scanner, port = EsclScanner(network.url, ScanOrder(dpi=75)), network.port
    network.stop()
    for _ in range(3):
        assert scanner.probe().health is Health.OFF
        with pytest.raises(ScannerMissing):
            scanner.scan(Cancel())
        with SimulatedScanner(ScannerModel(shade(255)), port):
            assert scanner.probe().health is Health.READY
            assert len(scanner.scan(Cancel())) == 1


def test_a_page_that_is_cut_short_is_no_page(network: SimulatedScanner) -> None:
    for trouble, reason in ((Trouble.HALF_PAGE, "short"), (Trouble.NO_PICTURE, "format")):
        network.model.trouble = trouble
        with pytest.raises(ScannedPageBroken) as raised:
            EsclScanner(network.url).scan(Cancel())
        assert raised.value.reason == reason
