"""A list that comes back signed: recognised on worn paper, kept whole beside its print, and nothing else is."""

import io

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from sscard_desk.bootstrap.scans import make_form_reader
from sscard_desk.domain.errors.operator import NoFormOnPage
from sscard_desk.domain.errors.returned import PaperNotPrintedHere, PaperPagesMissing
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.ports.form_reader import ScanReading
from sscard_desk.usecases.keep_returned import KeptPapers, keep_returned_lists
from sscard_desk.usecases.list_papers import SchoolClass, class_list
from sscard_desk.usecases.papers import MadePaper
from sscard_desk.usecases.print_lists import order_list
from sscard_desk.usecases.prints import note_state
from tests.faults.worn_paper import Picture, wear

from .test_papers import application, portrait, press

__all__ = ["application", "portrait", "press"]


def sheets(made: MadePaper) -> list[Picture]:
    """Return the pages at 300 dpi, BGR."""
    document = pypdfium2.PdfDocument(made.pdf)
    return [np.ascontiguousarray(page.render(scale=300 / 72).to_numpy()[:, :, :3]) for page in document]


def scanned(*pictures: Picture) -> bytes:
    """Return a pile as one TIFF file, as feeders give it."""
    pages = [Image.fromarray(cv2.cvtColor(each, cv2.COLOR_BGR2RGB)) for each in pictures]
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:], dpi=(300, 300))
    return target.getvalue()


@pytest.fixture
def whole(press, application, store, clerk) -> tuple[PrintRecord, list[Picture]]:
    """A class list of two pages that was printed, and its worn sheets."""
    made = class_list(press, SchoolClass("示例市第一小学", "六（3）班"), [application] * 40)
    pages = [wear(sheet, at, 40 + at).picture for at, sheet in enumerate(sheets(made), 1)]
    assert len(pages) > 1
    record = order_list(store, clerk, "counter-2", made, len(pages))
    return note_state(store, clerk, record, PrintState.COMPLETED), pages


@pytest.fixture
def keep(store, clerk, press):
    def kept(*pictures: Picture) -> KeptPapers:
        reading = make_form_reader(store.forms).read(scanned(*pictures)) if pictures else ScanReading(())
        return keep_returned_lists(store, clerk, press.paper, reading)

    return kept


def test_a_signed_list_is_kept_whole_with_its_print_in_whatever_order_it_lies(whole, keep, store) -> None:
    record, pages = whole
    blank = np.full_like(pages[0], 250)
    found = keep(*reversed(pages), blank)
    assert [type(each) for each in found.refused] == [NoFormOnPage]
    (now,) = found.kept
    assert now.id == record.id
    assert now.returned_at is not None
    assert now.returned is not None
    kept = pypdfium2.PdfDocument(store.blob(now.returned))
    assert len(kept) == len(pages)
    assert [round(side / 72 * 25.4) for side in kept[0].get_size()] in ([210, 297], [297, 210])
    assert store.prints(record.application)[0].returned == now.returned


def test_a_list_of_which_a_page_is_missing_is_not_kept_and_named(whole, keep, store) -> None:
    record, pages = whole
    found = keep(*pages[1:])
    (error,) = found.refused
    assert isinstance(error, PaperPagesMissing)
    assert (error.serial, error.pages) == (record.serial, ("1",))
    assert found.kept == ()
    assert store.prints(record.application)[0].returned is None


def test_a_paper_that_was_not_printed_here_or_says_something_else_is_refused(
    press, application, store, clerk, keep
) -> None:
    never_ordered = class_list(press, SchoolClass("示例市第二小学", "一（1）班"), [application])
    (error,) = keep(*sheets(never_ordered)).refused
    assert isinstance(error, PaperNotPrintedHere)
    assert error.serial == never_ordered.serial
    record = order_list(store, clerk, "counter-2", never_ordered, 1)
    note_state(store, clerk, record, PrintState.CANCELED)
    assert [type(each) for each in keep(*sheets(never_ordered)).refused] == [PaperNotPrintedHere]


def test_a_list_scanned_twice_keeps_the_last_scan(whole, keep, store) -> None:
    record, pages = whole
    (first,) = keep(*pages).kept
    again = [wear(page, at, 70 + at).picture for at, page in enumerate(pages, 1)]
    (second,) = keep(*again).kept
    assert second.returned != first.returned
    assert store.prints(record.application)[0].returned == second.returned
    assert first.returned is not None
    assert store.blob(first.returned)  # the journal's entry of the first scan still has its pages
