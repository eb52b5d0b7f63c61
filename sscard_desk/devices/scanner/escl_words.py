"""What an eSCL scanner and its client say to each other, as XML (Mopria eSCL 2.x).

Lengths on the wire are in 1/300 inch. A document with a type declaration is refused: none of the protocol has one.
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from enum import Enum
from typing import Final

PWG: Final = "http://www.pwg.org/schemas/2010/12/sm"
SCAN: Final = "http://schemas.hp.com/imaging/escl/2011/05/03"
UNITS_PER_INCH: Final = 300
MM_PER_INCH: Final = 25.4
MOST_BYTES: Final = 1_000_000
VERSION: Final = "2.6"
GREY: Final = "Grayscale8"
COLOUR: Final = "RGB24"
JPEG: Final = "image/jpeg"
GLASS: Final = "Platen"
FEEDER: Final = "Feeder"
HEAD: Final = f'<?xml version="1.0" encoding="UTF-8"?>\n<scan:{{name}} xmlns:scan="{SCAN}" xmlns:pwg="{PWG}">'
_CAPS: Final = {
    f"{{{SCAN}}}PlatenInputCaps": "glass",
    f"{{{SCAN}}}AdfSimplexInputCaps": "feeder",
    f"{{{SCAN}}}AdfDuplexInputCaps": "both_sides",
}


class ScannerState(Enum):
    """`pwg:State`."""

    IDLE = "Idle"
    PROCESSING = "Processing"
    TESTING = "Testing"
    STOPPED = "Stopped"
    DOWN = "Down"


class FeederState(Enum):
    """`scan:AdfState`; `DOOR_OPEN` is no word of the specification, but of devices that are sold."""

    LOADED = "ScannerAdfLoaded"
    EMPTY = "ScannerAdfEmpty"
    PROCESSING = "ScannerAdfProcessing"
    JAM = "ScannerAdfJam"
    MISPICK = "ScannerAdfMispick"
    MULTIPICK = "ScannerAdfMultipickDetected"
    HATCH_OPEN = "ScannerAdfHatchOpen"
    DOOR_OPEN = "ScannerAdfDoorOpen"
    TRAY_FAILED = "ScannerAdfInputTrayFailed"


class NotEscl(ValueError):
    """The other side said something that is none of the protocol."""


@dataclass(frozen=True)
class InputCaps:
    """What one source has: size in 1/300 inch, resolutions in dpi (empty: a range), colour modes."""

    max_width: int
    max_height: int
    resolutions: tuple[int, ...] = ()
    dpi_range: tuple[int, int] = (75, 600)
    modes: tuple[str, ...] = (GREY, COLOUR)

    def nearest(self, dpi: int) -> int:
        """Return the resolution that comes nearest, the finer one on a tie."""
        if self.resolutions:
            return min(self.resolutions, key=lambda have: (abs(have - dpi), -have))
        return min(max(dpi, self.dpi_range[0]), self.dpi_range[1])


@dataclass(frozen=True)
class Capabilities:
    """`scan:ScannerCapabilities`; `sources` by `glass`, `feeder`, `both_sides`."""

    model: str
    sources: dict[str, InputCaps]


@dataclass(frozen=True)
class Status:
    """`scan:ScannerStatus`; None stands for a word that is not known, or none."""

    state: ScannerState | None
    feeder: FeederState | None = None


@dataclass(frozen=True)
class ScanSettings:
    """`scan:ScanSettings`: one job.

    Attributes:
        source: `Platen` or `Feeder`.
        dpi: resolution.
        mode: `Grayscale8` or `RGB24`.
        width: of the region from the upper left corner, 1/300 inch.
        height: likewise.
        duplex: both sides.
    """

    source: str
    dpi: int
    mode: str
    width: int
    height: int
    duplex: bool = False

    def xml(self) -> bytes:
        """Return the body of `POST ScanJobs`."""
        duplex = f"<scan:Duplex>{str(self.duplex).lower()}</scan:Duplex>" if self.source == FEEDER else ""
        return (
            HEAD.format(name="ScanSettings") + f"<pwg:Version>{VERSION}</pwg:Version>"
            "<pwg:ScanRegions><pwg:ScanRegion>"
            "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
            f"<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>"
            f"<pwg:Width>{self.width}</pwg:Width><pwg:Height>{self.height}</pwg:Height>"
            "</pwg:ScanRegion></pwg:ScanRegions>"
            f"<pwg:InputSource>{self.source}</pwg:InputSource>"
            f"<scan:ColorMode>{self.mode}</scan:ColorMode>"
            f"<pwg:DocumentFormat>{JPEG}</pwg:DocumentFormat><scan:DocumentFormatExt>{JPEG}</scan:DocumentFormatExt>"
            f"<scan:XResolution>{self.dpi}</scan:XResolution><scan:YResolution>{self.dpi}</scan:YResolution>{duplex}"
            "</scan:ScanSettings>"
        ).encode()


def read_settings(body: bytes) -> ScanSettings:
    """Read the body of `POST ScanJobs`.

    Raises:
        NotEscl: it is none, or lacks a part.
    """
    root = _root(body, "ScanSettings")
    return ScanSettings(
        source=_text(root, PWG, "InputSource") or GLASS,
        dpi=_number(root, SCAN, "XResolution"),
        mode=_text(root, SCAN, "ColorMode") or COLOUR,
        width=_number(root, PWG, "Width"),
        height=_number(root, PWG, "Height"),
        duplex=_text(root, SCAN, "Duplex") == "true",
    )


def read_capabilities(body: bytes) -> Capabilities:
    """Read the answer to `GET ScannerCapabilities`.

    Raises:
        NotEscl: it is none, or names no source.
    """
    root = _root(body, "ScannerCapabilities")
    sources = {_CAPS[node.tag]: _caps(node) for node in root.iter() if node.tag in _CAPS}
    if not sources:
        raise NotEscl("no source")
    return Capabilities(_text(root, PWG, "MakeAndModel") or "", sources)


def read_status(body: bytes) -> Status:
    """Read the answer to `GET ScannerStatus`.

    Raises:
        NotEscl: it is none.
    """
    root = _root(body, "ScannerStatus")
    state, feeder = _text(root, PWG, "State"), _text(root, SCAN, "AdfState")
    states, feeders = {each.value: each for each in ScannerState}, {each.value: each for each in FeederState}
    return Status(states.get(state or ""), feeders.get(feeder or ""))


def _caps(node: ET.Element) -> InputCaps:
    discrete = sorted(
        {int(each.text or 0) for each in node.iterfind(f".//{{{SCAN}}}DiscreteResolution/{{{SCAN}}}XResolution")}
    )
    spread = node.find(f".//{{{SCAN}}}ResolutionRange/{{{SCAN}}}XResolutionRange")
    low_high = (_number(spread, SCAN, "Min"), _number(spread, SCAN, "Max")) if spread is not None else (75, 600)
    modes = tuple(dict.fromkeys(each.text or "" for each in node.iter(f"{{{SCAN}}}ColorMode")))
    return InputCaps(
        _number(node, SCAN, "MaxWidth"), _number(node, SCAN, "MaxHeight"), tuple(discrete), low_high, modes
    )


def _root(body: bytes, name: str) -> ET.Element:
    if len(body) > MOST_BYTES or b"<!DOCTYPE" in body:
        raise NotEscl("too long, or with a type declaration")
    try:
        root = ET.fromstring(body)  # noqa: S314 - without a type declaration there are no entities
    except ET.ParseError:
        raise NotEscl("no XML") from None
    if root.tag != f"{{{SCAN}}}{name}":
        raise NotEscl("another document")
    return root


def _text(node: ET.Element, space: str, name: str) -> str | None:
    return next((each.text.strip() for each in node.iter(f"{{{space}}}{name}") if each.text), None)


def _number(node: ET.Element, space: str, name: str) -> int:
    try:
        return int(_text(node, space, name) or "")
    except ValueError:
        raise NotEscl(name) from None


def units(mm: float) -> int:
    """Return millimetres as the wire counts them."""
    return round(mm / MM_PER_INCH * UNITS_PER_INCH)
