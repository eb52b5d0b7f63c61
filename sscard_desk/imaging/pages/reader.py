"""The form reader: all of this package behind `ports.form_reader`.

OpenCV and the code reader are imported with the first scan, so that making a reader costs the window's start nothing.
"""

from collections.abc import Callable, Iterator

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.form_scan import FormPage, TickPlace
from sscard_desk.domain.portrait import Preview
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.shelf import Shelf
from sscard_desk.ports.form_reader import Expected, ScanReading, UnreadSheet

PdfPages = Callable[[bytes], Iterator[Preview]]
TicksOf = Callable[[FormDefinition], dict[str, tuple[TickPlace, ...]]]


class PageReader:
    """Recognises forms; to be used on the imaging lane only.

    Args:
        shelf: the forms that there are.
        pdf_pages: renders the pages of a PDF.
        ticks_of: gives the boxes to tick of a form by language of the print.
    """

    def __init__(self, shelf: Shelf, pdf_pages: PdfPages, ticks_of: TicksOf) -> None:
        self._shelf = shelf
        self._pdf_pages = pdf_pages
        self._ticks_of = ticks_of

    def read(self, content: bytes, expected: Expected | None = None, first: int = 1) -> ScanReading:
        """See `FormReader.read`."""
        from sscard_desk.imaging.pages.reading import recognise
        from sscard_desk.imaging.pages.sheets import sheets

        pages: list[FormPage] = []
        unread: list[UnreadSheet] = []
        for sheet, picture in enumerate(sheets(content, self._pdf_pages), start=first):
            try:
                pages.append(recognise(picture, sheet, self._shelf, self._ticks_of, expected))
            except DeskError as error:
                unread.append(UnreadSheet(sheet, error))
        return ScanReading(tuple(pages), tuple(unread))
