"""Print, wear, scan through SANE, recognise: for many seeds, and say how often it worked. Prints one JSON object.

Run it as `python -m tests.faults.scan_forms --seeds 200`. Each paper is drawn as PDF, marked with a pen, turned by up
to 3 degrees (a quarter of them upside down besides), blurred, made noisy, packed as JPEG, put into SANE's `pnm` device
and scanned by the driver that counters use. A page counts as recognised when form, page, copy and turn are right and
nine places all over the page lie within half a millimetre of where they are.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from sscard_desk.bootstrap.scans import make_form_reader
from sscard_desk.devices.scanner.sane import SaneOptions, SaneScanner
from sscard_desk.domain.form_scan import FormPage, TickState
from sscard_desk.forms.load import load_form
from sscard_desk.ports.devices import Cancel
from tests.faults.worn_paper import SERIAL, Picture, Worn, printed, wear

FORMS = ("registration", "registration", "confirmation")
WITHIN_MM = 0.5
WITHIN_DEGREES = 0.25


@dataclass(frozen=True)
class Outcome:
    """What became of one paper."""

    seed: int
    worn: Worn
    page: FormPage | None
    off_mm: float
    seconds: float
    trouble: str = ""

    @property
    def recognised(self) -> bool:
        """Whether everything about the page is right."""
        return not self.trouble


@contextmanager
def sane_tray() -> Iterator[Path]:
    """Give a folder with a SANE configuration of its own; `page.pnm` in it is what lies on the glass."""
    with tempfile.TemporaryDirectory(prefix="scans-") as name:
        folder = Path(name)
        (folder / "dll.conf").write_text("pnm\n")
        yield folder


def scanner_of(tray: Path) -> SaneScanner:
    """Return the counter's driver on SANE's page-file device."""
    more = {"filename": str(tray / "page.pnm"), "resolution": "300"}
    return SaneScanner("pnm:0", SaneOptions(resolution=0, mode="", more=more), {"SANE_CONFIG_DIR": str(tray)})


@cache
def pages_of(form: str) -> tuple[Picture, ...]:
    """Return a form's pages as they come out of the printer."""
    return tuple(printed(form)[1])


def one(seed: int, tray: Path) -> Outcome:
    """Send one paper all the way."""
    form = FORMS[seed % len(FORMS)]
    sheets = pages_of(form)
    page = seed // len(FORMS) % len(sheets) + 1
    worn = wear(sheets[page - 1], page, seed, definition=load_form(form))
    (tray / "page.pnm").write_bytes(pnm(worn.picture))
    (scanned,) = scanner_of(tray).scan(Cancel())
    begun = time.perf_counter()
    reading = make_form_reader().read(scanned)
    taken = time.perf_counter() - begun
    if not reading.pages:
        return Outcome(seed, worn, None, 0.0, taken, reading.unread[0].error.code)
    read = reading.pages[0]
    off = off_mm(read, worn)
    return Outcome(seed, worn, read, off, taken, _trouble(read, worn, form, off))


def off_mm(read: FormPage, worn: Worn) -> float:
    """Return how far nine places all over the page lie at most from where the layout has them."""
    linear, moved = worn.matrix[:, :2], worn.matrix[:, 2]
    places = np.array([[x, y] for x in (20, 105, 190) for y in (40, 150, 255)], float)
    found = np.array(read.pose)
    back = ((places @ linear.T + moved) - found[:, 2]) @ np.linalg.inv(found[:, :2]).T
    return float(np.hypot(*(back - places).T).max())


def _trouble(read: FormPage, worn: Worn, form: str, off: float) -> str:
    serial = SERIAL.format(letter=load_form(form).letter)
    if (read.form, read.page, read.serial) != (form, worn.page, serial):
        return "another page"
    if read.rotation != worn.rotation or abs(read.skew - worn.skew) > WITHIN_DEGREES:
        return "turned"
    return "askew" if off > WITHIN_MM else ""


def pnm(picture: Picture) -> bytes:
    """Return a picture as PNM; SANE's device wants a comment in the head."""
    kind = b"P5" if picture.ndim == 2 else b"P6"
    body = picture if picture.ndim == 2 else picture[:, :, ::-1]
    return kind + b"\n# a page\n%d %d\n255\n" % (picture.shape[1], picture.shape[0]) + body.tobytes()


def summary(outcomes: list[Outcome]) -> dict[str, object]:
    """Return the figures."""
    good = [each for each in outcomes if each.recognised]
    boxes: Counter[str] = Counter()
    for each in good:
        for tick in each.page.ticks if each.page else ():
            truth = (tick.field, tick.code) in each.worn.penned
            right = tick.state is (TickState.TICKED if truth else TickState.EMPTY)
            boxes["right" if right else "unclear" if tick.state is TickState.UNCLEAR else "wrong"] += 1
    seconds = [each.seconds for each in outcomes]
    return {
        "seeds": len(outcomes),
        "recognised": len(good),
        "rate": round(len(good) / len(outcomes), 4),
        "upside_down": sum(each.worn.rotation == 180 for each in outcomes),
        "by_dpi": {f"{dpi:.0f}": _share(outcomes, dpi) for dpi in sorted({o.worn.dpi for o in outcomes})},
        "most_off_mm": round(max((each.off_mm for each in good), default=0.0), 3),
        "boxes": dict(boxes),
        "ms_median": round(statistics.median(seconds) * 1000),
        "ms_worst": round(max(seconds) * 1000),
        "not_recognised": [{"seed": o.seed, "why": o.trouble, "dpi": o.worn.dpi} for o in outcomes if not o.recognised],
    }


def _share(outcomes: list[Outcome], dpi: float) -> str:
    mine = [each.recognised for each in outcomes if each.worn.dpi == dpi]
    return f"{sum(mine)} of {len(mine)}"


def main() -> int:
    """Run the seeds; the exit status is 1 where a page was not recognised."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    words = parser.parse_args()
    with sane_tray() as tray:
        outcomes = [one(seed, tray) for seed in range(words.first, words.first + words.seeds)]
    sys.stdout.write(json.dumps(summary(outcomes), indent=1) + "\n")
    return 0 if all(each.recognised for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
