"""Which words a SANE device has for what is asked of it: read off `scanimage -A`, since they differ by maker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sscard_desk.domain.errors.scanning import ScannerCannot
from sscard_desk.ports.scanner import Colour, ScanOrder, Source

_OPTION: Final = re.compile(r"^\s+(?:--([a-z][a-z0-9-]*)[ =\[]|-([xy]) )(.*?)(?: \[([^\]]*)\])?\s*$")
_RANGE: Final = re.compile(r"(-?[\d.]+)\.\.(-?[\d.]+)")
_ROUNDED: Final = re.compile(rb"rounded value of resolution from [\d.]+ to ([\d.]+)")
_GREY: Final = ("gray", "grey")
_COLOUR: Final = ("color", "colour")


@dataclass(frozen=True)
class SaneOptions:
    """What the device is asked for; an empty value leaves the device's own.

    Attributes:
        resolution: dpi, 0 for the device's own.
        mode: `Gray` or `Color` with most devices.
        source: `Flatbed`, `Automatic Document Feeder` or what the device calls them.
        feeder: whether pages are asked for until the feeder is empty.
        more: any other option of the device, by name without hyphens.
    """

    resolution: int = 300
    mode: str = "Gray"
    source: str = ""
    feeder: bool = False
    more: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> list[str]:
        """Return the options as words of the command line."""
        own = {"source": self.source, "mode": self.mode, "resolution": str(self.resolution or "")}
        said = (own | dict(self.more)).items()
        return [f"-{name}{value}" if len(name) == 1 else f"--{name}={value}" for name, value in said if value]

    @property
    def feeds(self) -> bool:
        """Whether pages are asked for until there are none."""
        return self.feeder or any(word in self.source.lower() for word in ("adf", "feeder"))


def have(said: str) -> dict[str, str]:
    """Return the options of a device by name, each with its choices or its range as `scanimage -A` prints them."""
    found: dict[str, str] = {}
    for line in said.splitlines():
        option = _OPTION.match(line)
        if option is not None and option[4] != "inactive":
            found.setdefault(option[1] or option[2], option[3])
    return found


def needs_words(order: ScanOrder) -> bool:
    """Return whether an order asks for something that the device has to be asked the words of."""
    return order.source is not Source.AUTO or order.colour is not Colour.AS_SET or order.width > 0


def options_for(order: ScanOrder, own: SaneOptions, has: Mapping[str, str]) -> SaneOptions:
    """Return what to ask a device for.

    Args:
        order: what is wanted.
        own: what stands in the settings.
        has: from `have`; empty where the order needs no word.

    Raises:
        ScannerCannot: the device has no such source or colour.
    """
    more = dict(own.more)
    source, feeder = own.source, own.feeder
    if order.source is not Source.AUTO:
        source, extra = _source(order.source, has)
        feeder = order.source is not Source.GLASS
        more |= extra
    mode = own.mode if not has or "mode" in has else ""
    if order.colour is not Colour.AS_SET:
        mode = _mode(order.colour, has)
    if order.width > 0 and "x" in has:
        more |= {"l": "0", "t": "0", "x": _within(order.width, has["x"]), "y": _within(order.height, has.get("y", ""))}
    dpi = _nearest(order.dpi or own.resolution, has.get("resolution", ""))
    if has and "resolution" not in has:
        dpi = 0
    return SaneOptions(dpi, mode, source, feeder, more)


def rounded(said: bytes) -> float | None:
    """Return the resolution that the device took in place of the one asked for, if it said so."""
    found = _ROUNDED.search(said)
    return float(found[1]) if found else None


def _source(wanted: Source, has: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    words = _choices(has.get("source", ""))
    fed = [word for word in words if any(part in word.lower() for part in ("adf", "feeder"))]
    both = [word for word in fed if "duplex" in word.lower()]
    one = [word for word in fed if word not in both and "back" not in word.lower()]
    match wanted:
        case Source.GLASS:
            glass = [word for word in words if word not in fed]
            if glass or not words:
                return (glass[0] if glass else ""), {}
        case Source.FEEDER:
            if one:
                return one[0], {"adf-mode": "Simplex"} if "Simplex" in has.get("adf-mode", "") else {}
        case _:
            if both:
                return both[0], {}
            if one and "Duplex" in has.get("adf-mode", ""):
                return one[0], {"adf-mode": "Duplex"}
    raise ScannerCannot(what=wanted.value)


def _mode(wanted: Colour, has: Mapping[str, str]) -> str:
    parts = _COLOUR if wanted is Colour.COLOUR else _GREY
    words = _choices(has.get("mode", ""))
    if not words:
        return ""  # it has one mode alone
    for word in words:
        if any(part in word.lower() for part in parts):
            return word
    raise ScannerCannot(what=wanted.value)


def _choices(said: str) -> list[str]:
    return said.split("|") if said else []


def _nearest(dpi: int, said: str) -> int:
    choices = [int(word) for word in said.removesuffix("dpi").split("|") if word.isdigit()]
    return min(choices, key=lambda each: (abs(each - dpi), -each)) if choices and dpi else dpi


def _within(mm: float, said: str) -> str:
    spread = _RANGE.search(said)
    return f"{min(mm, float(spread[2])) if spread else mm:g}"
