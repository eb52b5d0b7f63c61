"""What the Windows scanner's script says and what it means: results of WIA 2.0 (wiaerr.h, winerror.h; from memory)."""

import base64
import binascii
import json
import struct
from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    ScannedPageEmpty,
    ScannerCoverOpen,
    ScannerFailed,
    ScannerJammed,
    ScannerMissing,
    ScannerNoDocument,
)
from sscard_desk.domain.errors.scanning import (
    ScannedPageBroken,
    ScannerAccessDenied,
    ScannerBusy,
    ScannerCannot,
    ScannerDriverCrashed,
    ScannerOutOfMemory,
    ScannerReadFailed,
    ScannerStopped,
)
from sscard_desk.ports.scanner import Colour, ScannerChoice, ScanOrder

RESULTS: Final[dict[str, type[DeskError]]] = {
    "80210002": ScannerJammed,
    "80210003": ScannerNoDocument,
    "80210004": ScannerJammed,
    "80210005": ScannerMissing,
    "80210006": ScannerBusy,
    "80210007": ScannerBusy,
    "8021000A": ScannerReadFailed,
    "8021000D": ScannerBusy,
    "8021000E": ScannerDriverCrashed,
    "8021000F": ScannerReadFailed,
    "80210015": ScannerMissing,
    "80210016": ScannerCoverOpen,
    "80210021": ScannerBusy,
    "80004004": ScannerStopped,
    "80070005": ScannerAccessDenied,
    "8007000E": ScannerOutOfMemory,
    "80040154": ScannerMissing,
    "800706BA": ScannerReadFailed,
}
"""WIA_ERROR_PAPER_JAM, _PAPER_EMPTY, _PAPER_PROBLEM, _OFFLINE, _BUSY, _WARMING_UP, _DEVICE_COMMUNICATION,
_DEVICE_LOCKED, _EXCEPTION_IN_DRIVER, _INVALID_DRIVER_RESPONSE, WIA_S_NO_DEVICE_AVAILABLE, WIA_ERROR_COVER_OPEN,
_NETWORK_RESERVATION_FAILED, E_ABORT, E_ACCESSDENIED, E_OUTOFMEMORY, REGDB_E_CLASSNOTREG (no WIA here) and
RPC_S_SERVER_UNAVAILABLE (its service stopped)."""
INVALID: Final = frozenset({"8021000B", "8021000C", "80070057"})
"""WIA_ERROR_INVALID_COMMAND, _INCORRECT_HARDWARE_SETTING, E_INVALIDARG: it does not take what was asked for."""
_BMP_HEAD: Final = 54


def refuse(result: str) -> None:
    """Raise what a result means."""
    if result in INVALID:
        raise ScannerCannot(what="invalid")
    if result in RESULTS:
        raise RESULTS[result]
    raise ScannerFailed(reason=result)


def order_line(device: str, order: ScanOrder) -> bytes:
    """Return the question that scans."""
    asked = {
        "act": "scan",
        "device": device,
        "source": order.source.value,
        "dpi": order.dpi or 300,
        "colour": order.colour is not Colour.GREY,
        "width": order.width,
        "height": order.height,
    }
    return json.dumps(asked).encode("ascii") + b"\n"


def list_line() -> bytes:
    """Return the question which scanners there are."""
    return b'{"act":"list"}\n'


def device_of(words: list[str]) -> ScannerChoice | None:
    """Return the scanner that a frame names, its key without the driver's own beginning."""
    try:
        key, name = (base64.b64decode(word, validate=True).decode("utf-8") for word in words[1:3])
    except (ValueError, binascii.Error):
        return None
    return ScannerChoice(key, name)


def check_bmp(page: bytes) -> None:
    """Refuse a BMP page that is cut short (BITMAPFILEHEADER: its own length at byte 2).

    Raises:
        ScannedPageEmpty: nothing came, or a head and no pixel.
        ScannedPageBroken: the page has no end (`short`), or is no BMP (`format`).
    """
    if not page:
        raise ScannedPageEmpty
    if not page.startswith(b"BM") or len(page) < _BMP_HEAD:
        raise ScannedPageBroken(reason="format")
    width, height = struct.unpack_from("<ii", page, 18)
    if not width or not height:
        raise ScannedPageEmpty
    first, bits = struct.unpack_from("<I", page, 10)[0], struct.unpack_from("<H", page, 28)[0]
    if len(page) < first + (width * bits + 31) // 32 * 4 * abs(height):
        raise ScannedPageBroken(reason="short")
