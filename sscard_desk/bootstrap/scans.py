"""The form reader: pages by OpenCV, PDF by pdfium, boxes to tick as the paper room draws them."""

from collections.abc import Iterator

from sscard_desk.domain.form_scan import TickPlace
from sscard_desk.domain.portrait import Preview
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.editions import Editions
from sscard_desk.forms.shelf import Shelf
from sscard_desk.imaging.pages.reader import PageReader
from sscard_desk.ports.form_reader import FormReader
from sscard_desk.texts import LANGUAGES


def make_form_reader(editions: Editions | None = None) -> FormReader:
    """Return the reader of forms that come back on paper; nothing heavy is imported before the first scan.

    Args:
        editions: the forms that this desk can open; without a desk, those that came with the program.
    """

    def pdf_pages(pdf: bytes) -> Iterator[Preview]:
        from sscard_desk.paper.scans import scanned_pages

        return scanned_pages(pdf)

    def ticks_of(definition: FormDefinition) -> dict[str, tuple[TickPlace, ...]]:
        from sscard_desk.paper.places import tick_places

        return {language: tick_places(definition, language) for language in LANGUAGES}

    return PageReader(Shelf(editions or Editions()), pdf_pages, ticks_of)
