"""Where an id reader may be looked for: USB numbers and line speeds as data (`resources/id_reader/ports.toml`)."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sscard_desk.resources import resource


@dataclass(frozen=True)
class ListedPort:
    """A serial port that the system lists.

    Attributes:
        device: what opens it, such as `/dev/ttyUSB0` or `COM3`.
        usb: vendor and product as `1A86:7523`; empty for a port that is not on USB.
    """

    device: str
    usb: str = ""


@dataclass(frozen=True)
class Search:
    """What may be tried.

    Attributes:
        usb: vendor and product numbers, upper case.
        bauds: line speeds in bits per second, the likeliest first.
    """

    usb: frozenset[str]
    bauds: tuple[int, ...]

    def allows(self, port: ListedPort) -> bool:
        """Return whether a port may be opened to look for a reader; one whose USB number is not known never is."""
        return port.usb.upper() in self.usb if port.usb else False


Listing = Callable[[], tuple[ListedPort, ...]]


@cache
def shipped_search() -> Search:
    """Return what the shipped data allow."""
    table = tomllib.loads(resource("id_reader", "ports.toml").read_text(encoding="utf-8"))
    return Search(frozenset(row["id"].upper() for row in table["usb"]), tuple(table["bauds"]))


def search_of(usb: str) -> Search:
    """Return what may be tried: the numbers of a setting, separated by spaces, or the shipped ones."""
    shipped = shipped_search()
    return Search(frozenset(usb.upper().split()), shipped.bauds) if usb.split() else shipped


def listed_ports() -> tuple[ListedPort, ...]:
    """Return the serial ports that the system lists now, without opening any."""
    from serial.tools.list_ports import comports  # noqa: PLC0415 - slow, and only for who searches

    def usb(vendor: int | None, product: int | None) -> str:
        return f"{vendor:04X}:{product:04X}" if vendor is not None and product is not None else ""

    return tuple(sorted((ListedPort(p.device, usb(p.vid, p.pid)) for p in comports()), key=lambda p: p.device))
