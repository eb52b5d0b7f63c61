"""Each trouble of a network scanner has an error of its own, and what no scanner says is refused."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from sscard_desk.devices.scanner import escl_says as says
from sscard_desk.devices.scanner import escl_words as words
from sscard_desk.devices.scanner.escl import EsclScanner
from sscard_desk.devices.scanner.simulated import SimulatedScanner
from sscard_desk.devices.scanner.simulated_device import CAPABILITIES, ScannerModel, Sheet, Trouble
from sscard_desk.domain.errors.device import (
    ScannerFailed,
    ScannerMissing,
)
from sscard_desk.domain.errors.scanning import (
    ScannerCannot,
    ScannerSilent,
)
from sscard_desk.ports.devices import Cancel, Health
from sscard_desk.ports.scanner import Colour, ScanOrder, Source
from tests.machines.scanners import shade

from .faults import TROUBLES

HEALTH = {
    Trouble.JAMMED: Health.WARNING,
    Trouble.MISPICK: Health.WARNING,
    Trouble.COVER_OPEN: Health.WARNING,
    Trouble.BUSY: Health.BUSY,
    Trouble.DOWN: Health.WARNING,
    Trouble.DENIED: Health.OFF,
}


@pytest.fixture
def network() -> Iterator[SimulatedScanner]:
    with SimulatedScanner(ScannerModel(shade(255))) as scanner:
        scanner.model.put(Sheet(shade(80)))
        yield scanner


@pytest.mark.parametrize("trouble", [each for each in Trouble if each not in {Trouble.NONE, Trouble.DEAF}], ids=str)
def test_each_trouble_has_an_error_of_its_own_and_is_seen_beforehand(
    network: SimulatedScanner, trouble: Trouble
) -> None:
    network.model.trouble = trouble
    scanner = EsclScanner(network.url, page_seconds=0.3)
    assert scanner.probe().health is HEALTH.get(trouble, Health.READY)
    with pytest.raises(TROUBLES[trouble]):
        tuple(scanner.pages(ScanOrder(Source.FEEDER, dpi=75), Cancel()))


def test_a_scanner_that_answers_nothing_is_silent(network: SimulatedScanner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sscard_desk.devices.scanner.escl.PROBE_S", 0.2)
    network.model.trouble = Trouble.DEAF
    state = EsclScanner(network.url).probe()
    assert (state.health, type(state.trouble)) == (Health.SILENT, ScannerSilent)


def test_what_stands_in_no_capabilities_is_not_asked_for() -> None:
    glass = words.InputCaps(2550, 3508, (300,), modes=(words.COLOUR,))
    with _saying(says.capabilities_xml(words.Capabilities("X", {"glass": glass}))) as url:
        for order, what in ((ScanOrder(Source.BOTH_SIDES), "both_sides"), (ScanOrder(colour=Colour.GREY), "grey")):
            with pytest.raises(ScannerCannot) as raised:
                tuple(EsclScanner(url).pages(order, Cancel()))
            assert raised.value.what == what


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize("said", [b"", b"<html/>", BOMB, b"<a" * 400_000, says.status_xml(words.Status(None))])
def test_what_no_scanner_says_is_refused(said: bytes) -> None:
    with _saying(said) as url, pytest.raises(ScannerFailed):
        EsclScanner(url).scan(Cancel())


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/eSCL", "http:///eSCL", "no address"])
def test_an_address_that_is_none_is_a_missing_scanner(url: str) -> None:
    assert EsclScanner(url).probe().health is Health.OFF
    with pytest.raises(ScannerMissing):
        EsclScanner(url).scan(Cancel())


def test_what_is_written_is_read_back() -> None:
    assert words.read_capabilities(says.capabilities_xml(CAPABILITIES)) == CAPABILITIES
    for state in words.ScannerState:
        for feeder in words.FeederState:
            status = words.Status(state, feeder)
            assert words.read_status(says.status_xml(status)) == status
    settings = words.ScanSettings(words.FEEDER, 300, words.GREY, 2480, 3508, duplex=True)
    assert words.read_settings(settings.xml()) == settings


def test_a_range_of_resolutions_is_kept_inside() -> None:
    assert [words.InputCaps(1, 1, (), (100, 400)).nearest(dpi) for dpi in (50, 300, 900)] == [100, 300, 400]
    assert words.InputCaps(1, 1, (150, 250)).nearest(200) == 250


class _saying:  # noqa: N801 - reads like the function it is
    """A server that says the same to everything."""

    def __init__(self, body: bytes) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the server's own name
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_address[1]}/eSCL"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
