"""The paper that the applicant brings back: pages of one application, each once, of the copy that was printed last."""

from dataclasses import dataclass, replace
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.operator import (
    FormCopyOld,
    FormOfOtherApplication,
    FormOfOtherPoint,
    PageScannedTwice,
)
from sscard_desk.domain.form_scan import FormPage, TickReading, TickState, proposals
from sscard_desk.domain.numbers.application_number import parse_application_number
from sscard_desk.domain.numbers.form_serial import parse_form_serial
from sscard_desk.ports.form_reader import ScanReading

REGISTRATION_LETTER: Final = "R"


@dataclass(frozen=True)
class ReturnedPaper:
    """The pages of one application that were scanned so far.

    Attributes:
        pages: in the order of form and page.
    """

    pages: tuple[FormPage, ...] = ()

    def has(self, form: str, page: int) -> bool:
        """Return whether a page is there already."""
        return any((each.form, each.page) == (form, page) for each in self.pages)

    def of(self, form: str) -> tuple[FormPage, ...]:
        """Return the pages of one form."""
        return tuple(each for each in self.pages if each.form == form)

    def lacking(self, form: str) -> tuple[int, ...]:
        """Return which pages of a form were not scanned, once any of it was."""
        mine = self.of(form)
        every = range(1, mine[0].pages + 1) if mine else ()
        return tuple(page for page in every if not self.has(form, page))

    def proposals(self, form: str, application: Application) -> dict[str, TickReading]:
        """Return what the boxes propose beyond what was printed, by field; what the paper repeats is left out."""
        found: dict[str, TickReading] = {}
        for page in self.of(form):
            found |= proposals(page.ticks, application.answers)
        return {
            name: tick
            for name, tick in found.items()
            if tick.state is not TickState.EMPTY and tick.code != application.answers.get(name, "")
        }


NO_PAPER: Final = ReturnedPaper()


@dataclass(frozen=True)
class PileTaken:
    """What a pile brought.

    Attributes:
        paper: all pages that are there now.
        taken: how many of them are new.
        refused: what was not taken, sheet by sheet.
    """

    paper: ReturnedPaper
    taken: int
    refused: tuple[DeskError, ...]


def take_pile(paper: ReturnedPaper, reading: ScanReading, application: Application) -> PileTaken:
    """Add the pages of a pile that belong to an application; those that do not are named and left out.

    Args:
        paper: what was scanned before.
        reading: the pile.
        application: the one in hand.
    """
    refused: list[DeskError] = [each.error for each in reading.unread]
    taken = 0
    for page in reading.pages:
        try:
            check_page(paper, page, application)
        except DeskError as error:
            refused.append(error)
            continue
        pages = sorted((*paper.pages, page), key=lambda each: (each.form, each.page))
        paper, taken = replace(paper, pages=tuple(pages)), taken + 1
    return PileTaken(paper, taken, tuple(refused))


def check_page(paper: ReturnedPaper, page: FormPage, application: Application) -> None:
    """Refuse a page that is not of this application, not of its last copy, or there already.

    Raises:
        FormOfOtherPoint: it was printed at another service point.
        FormOfOtherApplication: it is of another application.
        FormCopyOld: the registration form was printed again after this copy.
        PageScannedTwice: the page is there already.
    """
    serial, own = parse_form_serial(page.serial), parse_application_number(application.number)
    if serial.application.point != own.point:
        raise FormOfOtherPoint(point=serial.application.point)
    if serial.application != own:
        raise FormOfOtherApplication(application_no=str(serial.application))
    if serial.letter == REGISTRATION_LETTER and serial.copy < application.copies:
        raise FormCopyOld(copy=serial.copy, last=application.copies)
    if paper.has(page.form, page.page):
        raise PageScannedTwice(page=page.page)
