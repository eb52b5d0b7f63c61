"""The devices that `desk.toml` names, and what stands in where it names none."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sscard_desk.bootstrap.settings import ScannerSettings, Settings
from sscard_desk.domain.errors.device import IdReaderMissing, PrinterMissing, ScannerMissing
from sscard_desk.ports.camera import Camera
from sscard_desk.ports.counter_devices import Devices
from sscard_desk.ports.devices import Cancel, DeviceState, Health
from sscard_desk.ports.id_reader import IdReader, IdReaderSession
from sscard_desk.ports.printer import JobReport, PrintedJob, Printer
from sscard_desk.ports.scanner import Colour, Progress, ScannedPage, Scanner, ScanOrder, Source

if TYPE_CHECKING:
    from pathlib import Path

    from sscard_desk.devices.card_library.reader import LibraryCardReader
    from sscard_desk.devices.card_reader.pcsc import PcscCardReader
    from sscard_desk.devices.scanner.chosen import ChosenScanner


class NoIdReader:
    """A counter without an id reader: numbers are typed."""

    def probe(self) -> DeviceState:
        """Say that none is used here."""
        return DeviceState(Health.OFF)

    def open(self) -> AbstractContextManager[IdReaderSession]:
        """Refuse.

        Raises:
            IdReaderMissing: always.
        """
        raise IdReaderMissing


class NoPrinter:
    """A counter without a printer."""

    name = ""
    offset_mm = (0.0, 0.0)

    def probe(self) -> DeviceState:
        """Say that none is used here."""
        return DeviceState(Health.OFF)

    def hand_over(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Refuse.

        Raises:
            PrinterMissing: always.
        """
        del pdf, name, cancel
        raise PrinterMissing

    def look_up(self, job: str, name: str) -> JobReport:
        """Refuse.

        Raises:
            PrinterMissing: always.
        """
        del job, name
        raise PrinterMissing

    def take_back(self, job: str) -> None:
        """Nothing to do."""

    def sweep(self) -> None:
        """Nothing to do."""

    def print_pdf(self, pdf: bytes, name: str, cancel: Cancel) -> PrintedJob:
        """Refuse.

        Raises:
            PrinterMissing: always.
        """
        return self.hand_over(pdf, name, cancel)


class NoScanner:
    """A counter without a scanner: scans come as files."""

    def probe(self) -> DeviceState:
        """Say that none is used here."""
        return DeviceState(Health.OFF)

    def scan(self, cancel: Cancel) -> tuple[bytes, ...]:
        """Refuse.

        Raises:
            ScannerMissing: always.
        """
        del cancel
        raise ScannerMissing

    def pages(self, order: ScanOrder, cancel: Cancel, progress: Progress | None = None) -> Iterator[ScannedPage]:
        """Refuse.

        Raises:
            ScannerMissing: always.
        """
        del order, cancel, progress
        raise ScannerMissing


def make_devices(settings: Settings, folder: "Path") -> Devices:
    """Make every device of a counter; nothing is opened yet, and nothing heavy is imported that is not used.

    Args:
        settings: what `desk.toml` says.
        folder: the data folder; a relative print folder lies in it.
    """
    scanner = make_chosen_scanner(settings, folder)
    return Devices(
        id_reader=make_id_reader(settings),
        card_reader=make_card_reader(settings, folder),
        camera=make_camera(settings, folder),
        printer=make_printer(settings, folder),
        scanner=scanner,
        scanners=scanner,
        card_printer=make_card_printer(settings, folder),
    )


def make_card_reader(settings: Settings, folder: "Path") -> "PcscCardReader | LibraryCardReader":
    """Return the reader behind the maker's library if one is set, else that of the configured PC/SC name.

    Args:
        settings: what `desk.toml` says.
        folder: the data folder; a relative trace lies in it.
    """
    wanted = settings.card_reader
    if wanted.library:
        from sscard_desk.devices.card_library.calls import CardLibrary
        from sscard_desk.devices.card_library.reader import LibraryCardReader

        library = CardLibrary(wanted.library, stdcall=wanted.library_stdcall, seconds=wanted.library_seconds)
        return LibraryCardReader(library, wanted.interface)
    from sscard_desk.devices.card_reader.pcsc import PcscCardReader
    from sscard_desk.devices.card_reader.trace import CardTrace

    trace = CardTrace(folder / wanted.trace) if wanted.trace else None
    return PcscCardReader(wanted.name, besides=wanted.psam, trace=trace)


def make_id_reader(settings: Settings) -> IdReader:
    """Return the id reader on the configured port, or the one that is found."""
    wanted = settings.id_reader
    if not wanted.port:
        return NoIdReader()
    from sscard_desk.devices.id_reader.found import AUTO, FoundIdReader
    from sscard_desk.devices.id_reader.ports import search_of
    from sscard_desk.devices.id_reader.serial import SerialIdReader

    if wanted.port == AUTO:
        return FoundIdReader(search_of(wanted.usb), additional_address=wanted.additional_address)
    return SerialIdReader(wanted.port, wanted.baud, additional_address=wanted.additional_address)


def make_camera(settings: Settings, folder: "Path") -> Camera:
    """Return the camera that was chosen last, at first that of the settings; without any, one that is plugged in."""
    from sscard_desk.devices.camera.chosen import FILE, ChosenCamera
    from sscard_desk.devices.camera.opencv import OpenCvCamera
    from sscard_desk.devices.camera.session import Waits

    wanted = settings.camera
    waits = Waits(wanted.open_seconds, wanted.read_seconds, wanted.frozen_seconds)
    sources = (wanted.source, *wanted.others.split())
    return ChosenCamera(sources, lambda source: OpenCvCamera(source, waits), folder / FILE)


def make_printer(settings: Settings, folder: "Path") -> Printer:
    """Return the print queue or folder; a queue goes before a folder."""
    if settings.printer.queue:
        queue = _queue(settings.printer.queue, settings.printer.certificate_sha256)
        x_mm, y_mm = float(settings.printer.offset_x_mm), float(settings.printer.offset_y_mm)
        if not x_mm and not y_mm:
            return queue
        from sscard_desk.devices.printer.offset import OffsetPrinter
        from sscard_desk.paper.shift import shifted

        return OffsetPrinter(queue, x_mm, y_mm, shifted)
    if settings.printer.folder:
        from sscard_desk.devices.printer.folder import FolderPrinter

        return FolderPrinter(folder / settings.printer.folder)
    return NoPrinter()


def _queue(name: str, fingerprint: str) -> Printer:
    """Return a queue of the system: the spooler's on Windows, of CUPS elsewhere, or a printer by its address."""
    if sys.platform == "win32" and "://" not in name:
        return make_spooler(name)
    from sscard_desk.devices.printer.cups import CupsPrinter

    return CupsPrinter(name, fingerprint=fingerprint)


def make_spooler(name: str) -> Printer:
    """Return a queue of the Windows spooler, whose pages are drawn as the preview draws them."""
    from sscard_desk.devices.printer.spooler import DPI, MM_PER_INCH, PagePicture, SpoolerPrinter
    from sscard_desk.devices.printer.winspool import opened
    from sscard_desk.paper import render_page

    def render(pdf: bytes, page: int) -> PagePicture:
        width, height, rgb = render_page(pdf, page, DPI)
        return PagePicture(width, height, rgb, width / DPI * MM_PER_INCH, height / DPI * MM_PER_INCH)

    return SpoolerPrinter(name, opened, render)


def make_card_printer(settings: Settings, folder: "Path") -> Printer:
    """Return the queue or folder for the faces of cards; a queue goes before a folder, and no other printer does."""
    if settings.printer.card_queue:
        return _queue(settings.printer.card_queue, settings.printer.certificate_sha256)
    if settings.printer.card_folder:
        from sscard_desk.devices.printer.folder import FolderPrinter

        return FolderPrinter(folder / settings.printer.card_folder)
    return NoPrinter()


def make_chosen_scanner(settings: Settings, folder: "Path") -> "ChosenScanner":
    """Return the scanner that was chosen last, at first that of the settings."""
    from sscard_desk.devices.scanner.chosen import FILE, ChosenScanner
    from sscard_desk.devices.scanner.found import found_scanners

    wanted = settings.scanner
    is_set = any((wanted.escl, wanted.device, wanted.folder))
    name = wanted.device or _host(wanted.escl) or wanted.folder
    configured = make_scanner(settings, folder) if is_set else None
    return ChosenScanner(configured, name, lambda key: _found_scanner(key, settings), folder / FILE, found_scanners)


def _host(address: str) -> str:
    """Return the host of an address: what may be secret in it stays out."""
    return urlsplit(address).hostname or ""


def _found_scanner(key: str, settings: Settings) -> Scanner | None:
    from sscard_desk.devices.scanner.found import SANE, WIA

    if key.startswith(SANE) and sys.platform != "win32":
        from sscard_desk.devices.scanner.sane import SaneOptions, SaneScanner

        return SaneScanner(key.removeprefix(SANE), SaneOptions(settings.scanner.dpi, mode=""))
    if key.startswith(WIA) and sys.platform == "win32":
        return _scanner_device(replace(settings.scanner, escl="", device=key))
    return None


def make_scanner(settings: Settings, folder: "Path") -> Scanner:
    """Return the network scanner or else the SANE device, with the folder beside it, or the folder alone."""
    wanted = settings.scanner
    device = _scanner_device(wanted)
    if not wanted.folder:
        return device or NoScanner()
    from sscard_desk.devices.scanner.beside_folder import ScannerBesideFolder
    from sscard_desk.devices.scanner.folder import FolderScanner

    files = FolderScanner(folder / wanted.folder)
    return ScannerBesideFolder(device, files) if device is not None else files


def _scanner_device(wanted: ScannerSettings) -> Scanner | None:
    if wanted.escl:
        from sscard_desk.devices.scanner.escl import EsclScanner

        colour = Colour.COLOUR if wanted.mode.lower().startswith("colo") else Colour.GREY
        return EsclScanner(wanted.escl, ScanOrder(_source_of(wanted), wanted.dpi, colour))
    if wanted.device.startswith("wia:"):
        from sscard_desk.devices.scanner.wia import KEY, WiaScanner

        colour = Colour.GREY if wanted.mode.lower().startswith("gr") else Colour.COLOUR
        return WiaScanner(wanted.device.removeprefix(KEY), ScanOrder(_source_of(wanted), wanted.dpi, colour))
    if wanted.device:
        from sscard_desk.devices.scanner.sane import SaneOptions, SaneScanner

        return SaneScanner(wanted.device, SaneOptions(wanted.dpi, wanted.mode, wanted.source, wanted.feeder))
    return None


def _source_of(wanted: ScannerSettings) -> Source:
    word = wanted.source.lower()
    if "duplex" in word or word == Source.BOTH_SIDES.value:
        return Source.BOTH_SIDES
    if wanted.feeder or "feeder" in word or "adf" in word:
        return Source.FEEDER
    return Source.GLASS if "flatbed" in word or word == Source.GLASS.value else Source.AUTO
