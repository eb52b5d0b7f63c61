"""Lists that came back signed, such as a bank's hand-over list: scanned, recognised, kept beside their print."""

from collections.abc import Sequence
from dataclasses import dataclass

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.returned import PaperNotPrintedHere, PaperPagesMissing
from sscard_desk.domain.events import PaperReturned
from sscard_desk.domain.form_scan import STRAIGHT_DPI, FormPage
from sscard_desk.domain.prints import PrintRecord, list_subject
from sscard_desk.ports.form_reader import ScanReading
from sscard_desk.ports.paper import Paper
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store


@dataclass(frozen=True)
class KeptPapers:
    """What a pile brought.

    Attributes:
        kept: the prints whose signed pages are kept now.
        refused: what was not taken, and why.
    """

    kept: tuple[PrintRecord, ...]
    refused: tuple[DeskError, ...]


def keep_returned_lists(store: Store, session: Session, paper: Paper, reading: ScanReading) -> KeptPapers:
    """Keep every list of a pile that is whole and was printed here; the others are named and left out.

    Args:
        store: the desk's database.
        session: who is signed in.
        paper: makes the pages one document.
        reading: the pile.

    Raises:
        DiskFull: nothing more was kept.
    """
    refused: list[DeskError] = [each.error for each in reading.unread]
    kept: list[PrintRecord] = []
    for serial in dict.fromkeys(page.serial for page in reading.pages):
        try:
            pages = _whole(serial, [page for page in reading.pages if page.serial == serial])
            record = _print_of(store, serial, pages[0].digest)
        except DeskError as error:
            refused.append(error)
            continue
        document = paper.of_pictures([each.straight for each in pages], STRAIGHT_DPI, serial)
        kept.append(_keep(store, session, record, document, len(pages)))
    return KeptPapers(tuple(kept), tuple(refused))


def _whole(serial: str, pages: Sequence[FormPage]) -> list[FormPage]:
    """Return a paper's pages in order; of a page that lies there twice the last one.

    Raises:
        PaperPagesMissing: a page does not lie there.
    """
    found = {page.page: page for page in pages}
    missing = tuple(str(number) for number in range(1, pages[0].pages + 1) if number not in found)
    if missing:
        raise PaperPagesMissing(serial=serial, pages=missing)
    return [found[number] for number in sorted(found)]


def _print_of(store: Store, serial: str, digest: str) -> PrintRecord:
    """Return the print of a list.

    Args:
        store: the desk's database.
        serial: form serial.
        digest: the first digits of its content digest as read from the paper, empty where they could not be.

    Raises:
        PaperNotPrintedHere: there is none of this serial and content.
    """
    for record in reversed(store.prints(list_subject(serial.rpartition("-")[0]))):
        if record.serial == serial and record.counts and record.digest.upper().startswith(digest):
            return record
    raise PaperNotPrintedHere(serial=serial)


def _keep(store: Store, session: Session, record: PrintRecord, document: bytes, pages: int) -> PrintRecord:
    with store.work(session.account) as work:
        event = PaperReturned(print=record.id, evidence=work.put_blob(document), pages=pages)
        work.record(event, subject=record.application)
        return next(each for each in work.prints(record.application) if each.id == record.id)
