"""A paper as it will be printed, with its pages as pictures: preview and print are the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from sscard_desk.domain.portrait import Preview
from sscard_desk.ports.paper import Paper

DPI: Final = 144.0
"""Sharp at twice the size at which a page stands on the screen."""


@dataclass(frozen=True)
class Sheet:
    """One document and its pages."""

    pdf: bytes = field(repr=False)
    pages: tuple[Preview, ...]


def draw_sheet(paper: Paper, draw: Callable[[], bytes], dpi: float = DPI) -> Sheet:
    """Draw a document and render its pages; runs on the paper lane."""
    pdf = draw()
    return Sheet(pdf, tuple(paper.render(pdf, page, dpi) for page in range(paper.pages(pdf))))
