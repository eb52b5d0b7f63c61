"""A paper as it will be printed, with its pages as pictures: preview and print are the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.ids import BlobId
from sscard_desk.domain.portrait import Preview
from sscard_desk.ports.paper import Paper
from sscard_desk.ports.store import Store

DPI: Final = 144.0
"""Sharp at twice the size at which a page stands on the screen."""


@dataclass(frozen=True)
class Sheet:
    """One document and its pages.

    Attributes:
        pdf: the document.
        pages: its pages as pictures.
        again: whether it was drawn again because the kept one is not here.
    """

    pdf: bytes = field(repr=False)
    pages: tuple[Preview, ...]
    again: bool = False


def draw_sheet(paper: Paper, draw: Callable[[], bytes], dpi: float = DPI) -> Sheet:
    """Draw a document and render its pages; runs on the paper lane."""
    pdf = draw()
    return _rendered(paper, pdf, dpi)


def kept_sheet(paper: Paper, store: Store, kept: BlobId | None, draw: Callable[[], bytes], dpi: float = DPI) -> Sheet:
    """Render a document that is kept, byte for byte; runs on the paper lane.

    Args:
        paper: renders.
        store: keeps it.
        kept: the document, None where none was kept yet.
        draw: draws it where none was kept, or where the kept one is missing or damaged (the sheet says so).
        dpi: of the pictures.
    """
    if kept is None:
        return draw_sheet(paper, draw, dpi)
    try:
        pdf = store.blob(kept)
    except (BlobMissing, BlobDamaged):
        return replace(draw_sheet(paper, draw, dpi), again=True)
    return _rendered(paper, pdf, dpi)


def _rendered(paper: Paper, pdf: bytes, dpi: float) -> Sheet:
    return Sheet(pdf, tuple(paper.render(pdf, page, dpi) for page in range(paper.pages(pdf))))
