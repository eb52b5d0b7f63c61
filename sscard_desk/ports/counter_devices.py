"""The devices of one counter together."""

from dataclasses import dataclass

from sscard_desk.ports.camera import Camera
from sscard_desk.ports.card_reader import CardReader
from sscard_desk.ports.id_reader import IdReader
from sscard_desk.ports.printer import Printer
from sscard_desk.ports.scanner import Scanner, ScannerChooser


@dataclass(frozen=True)
class Devices:
    """The devices of one counter, as configured.

    Attributes:
        scanners: which scanners there are; None where none can be chosen.
    """

    id_reader: IdReader
    card_reader: CardReader
    camera: Camera
    printer: Printer
    scanner: Scanner
    card_printer: Printer
    """Where the faces of cards go; no paper ever does."""
    scanners: ScannerChooser | None = None
