"""The training scanner's glass and feeder: synthetic papers, another one with each scan of the glass."""

import itertools
import threading
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from sscard_desk.devices.scanner import escl_words as words
from sscard_desk.devices.scanner.simulated_device import Draw, ScannerModel, Sheet
from sscard_desk.domain.portrait import Preview
from sscard_desk.imaging.documents.glass import Laid, scan
from sscard_desk.paper.render import render
from sscard_desk.training.persons import persons
from sscard_desk.training.scanner_papers import Paper, papers_of

NAMES: Final = ("id_front", "id_back", "register_1", "register_2", "certificate")
"""In the order in which they lie on the glass."""
MOST_DEGREES: Final = 3.0
CORNER_MM: Final = 12.0


def drawn(paper: Paper | None, *, degrees: float = 0.0, x: float = 0.0, y: float = 0.0) -> Draw:
    """Return what a scan shows of a paper at a place of the glass; None is the empty glass."""

    def draw(settings: words.ScanSettings) -> bytes:
        per_unit = settings.dpi / words.UNITS_PER_INCH
        width, height = round(settings.width * per_unit), round(settings.height * per_unit)
        laid = (Laid(_picture(paper, settings.dpi), x, y, degrees),) if paper is not None else ()
        return scan(laid, width, height, settings.dpi, colour=settings.mode == words.COLOUR)

    return draw


def model(first: int = 0, feeder: Sequence[str] = ()) -> ScannerModel:
    """Return the device with a synthetic person's papers.

    Args:
        first: which person; the same as the id reader's and later ones.
        feeder: names of papers in the feeder (`NAMES`); two at a time are one sheet's sides.
    """
    made = ScannerModel(drawn(None))
    made.lay(_OneAfterAnother(_glass(first)))
    if not feeder:
        return made
    bring = papers_of(next(itertools.islice(persons(first + 1), first, None)))
    sides = [drawn(bring[name]) for name in feeder]
    made.put(*_pairs(sides))
    return made


def _pairs(sides: Sequence[Draw]) -> Iterator[Sheet]:
    for at in range(0, len(sides), 2):
        yield Sheet(*sides[at : at + 2])


def _glass(first: int) -> Iterator[Draw]:
    for number in itertools.count(first):
        person = next(itertools.islice(persons(number + 1), number, None))
        random, bring = Random(number), papers_of(person)
        for name in NAMES:
            askew = random.uniform(-MOST_DEGREES, MOST_DEGREES)
            corner = 0.0 if name == "certificate" else CORNER_MM
            yield drawn(bring[name], degrees=askew if corner else 0.0, x=corner, y=corner)


class _OneAfterAnother:
    """Each scan of the glass finds the next paper on it."""

    def __init__(self, papers: Iterator[Draw]) -> None:
        self._papers = papers
        self._lock = threading.Lock()

    def __call__(self, settings: words.ScanSettings) -> bytes:
        with self._lock:
            draw = next(self._papers)
        return draw(settings)


def _picture(paper: Paper, dpi: int) -> Preview:
    width, height, rgb = render(paper.pdf, 0, float(dpi))
    return Preview(width, height, rgb)
