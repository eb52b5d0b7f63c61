"""A material that one desk scanned can be seen at the other desks of the point, and taking it back goes there too."""

import itertools

from sscard_desk.bootstrap.documents import make_documents
from sscard_desk.devices.scanner import escl_words as words
from sscard_desk.forms.document_kinds import kind_for
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.training.persons import persons
from sscard_desk.training.scanner_papers import papers_of
from sscard_desk.training.scanner_tray import drawn
from sscard_desk.usecases.keep_document import Scanned, keep_document, take_back_document
from tests.usecases.print_room import begun

from .test_approval_elsewhere import CLERK, desks, exchange  # noqa: F401 - a fixture


def test_a_scanned_document_arrives_whole_and_is_taken_back_everywhere(
    desks: tuple[DeskStore, DeskStore],  # noqa: F811 - the fixture
) -> None:
    first, second = desks
    kind, desk = kind_for("household_register"), make_documents()
    paper = papers_of(next(itertools.islice(persons(31), 30, None)))["register_1"]
    settings = words.ScanSettings(words.GLASS, 100, words.GREY, words.units(kind.width), words.units(kind.height))
    pages = desk.pages(drawn(paper)(settings), 100.0, kind)
    application = keep_document(first, CLERK, begun(first, CLERK), Scanned("household_register", kind, pages), desk)
    (kept,) = application.documents
    exchange(first)
    exchange(second)
    here = second.application(application.id)
    assert here.documents == application.documents
    assert second.blob(kept.document) == first.blob(kept.document)
    take_back_document(second, CLERK, here, kept.document, "another page")
    exchange(second)
    exchange(first)
    assert first.application(application.id).documents == ()
    assert first.conflicts() == second.conflicts() == []
