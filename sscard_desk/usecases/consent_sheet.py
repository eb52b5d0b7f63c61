"""The consent to a picture on paper: printed, signed, and taken back as a scan that must be what was printed."""

from collections.abc import Sequence
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.photo_sources import ConsentSheetWrong
from sscard_desk.domain.form_scan import FormPage
from sscard_desk.domain.numbers.form_serial import SHOWN_DIGEST
from sscard_desk.domain.numbers.shown import masked
from sscard_desk.domain.prints import next_copy
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.digest import content_digest
from sscard_desk.forms.photo_consent import MOST_PARAGRAPHS, ConsentText
from sscard_desk.ports.form_reader import FormReader
from sscard_desk.ports.paper import NO_LISTS
from sscard_desk.texts import Catalogue, Language
from sscard_desk.usecases.papers import MadePaper
from sscard_desk.usecases.photo_consent import consent_party
from sscard_desk.usecases.press import Press

CONSENT_SHEET: Final = "photo_consent"


def consent_sheet(press: Press, application: Application, text: ConsentText) -> MadePaper:
    """Make the sheet with the words of consent, in their language.

    Args:
        press: draws, in the language of the words.
        application: whose portrait.
        text: the words.
    """
    definition, answers = _definition(press), sheet_answers(application, text)
    copy = next_copy(CONSENT_SHEET, press.store.prints(application.id))
    serial = f"{application.number}-{definition.letter}{copy}"
    pdf = press.draw(definition, application, answers, copy=copy, serial=serial)
    return MadePaper(definition, serial, copy, answers, NO_LISTS, pdf)


def sheet_answers(application: Application, text: ConsentText) -> dict[str, str]:
    """Return what stands on the sheet; the same words for the same person print the same digest."""
    texts = Catalogue(Language(text.language))
    numbered = {f"words_{at}": words for at, words in enumerate(text.paragraphs[:MOST_PARAGRAPHS], 1)}
    return {
        "name": application.name,
        "id_shown": masked(application.id_number),
        "signed_by": texts(f"photo_sources.party.{consent_party(application)}"),
        "words_edition": f"{text.edition} / {text.digest[:SHOWN_DIGEST].upper()}",
        "title": text.title,
        **numbered,
    }


def read_sheet(
    press: Press, reader: FormReader, application: Application, text: ConsentText, scans: Sequence[bytes]
) -> bytes:
    """Return the scan on which the signed sheet was recognised, as the evidence of the consent.

    Args:
        press: knows the edition of the sheet.
        reader: recognises it by its codes.
        application: whose portrait.
        text: the words that are consented to; the sheet must carry these.
        scans: the files that came, in their order.

    Raises:
        ConsentSheetWrong: it is another paper, another person's, says other words, or its code cannot be read.
        ScanUnreadable: no picture that can be read.
    """
    wrong = ""
    for scan in scans:
        for page in reader.read(scan).pages:
            wrong = _wrong(_definition(press), page, application, text)
            if not wrong:
                return scan
    raise ConsentSheetWrong(reason=wrong or "no_code")


def _wrong(definition: FormDefinition, page: FormPage, application: Application, text: ConsentText) -> str:
    """Return why a recognised page is not the sheet, empty where it is."""
    if page.form != CONSENT_SHEET:
        return "other_paper"
    if page.serial.rpartition("-")[0] != application.number:
        return "other_person"
    if not page.digest:
        return "no_code"
    printed = content_digest(definition, sheet_answers(application, text), "")
    return "" if printed[:SHOWN_DIGEST].upper() == page.digest.upper() else "other_words"


def _definition(press: Press) -> FormDefinition:
    return press.store.forms.current(CONSENT_SHEET, press.clock.counted().astimezone().date())
