"""Take a person from the scan of an id card, once a clerk has confirmed every field of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final

from sscard_desk.domain.comparison import NO_END, compare_answers, person_answers
from sscard_desk.domain.document_kind import DocumentKind
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.events import ScanConfirmed
from sscard_desk.domain.id_scan import IdScan, ScanVerdict
from sscard_desk.domain.numbers.citizen_id import parse_id_number
from sscard_desk.ports.store import Persons, Store
from sscard_desk.usecases.identify import Identity, ScanCompared, identify_document

SOURCE: Final = "id_card_scan"
"""Of `resources/cases/evidence.toml`."""
_NEEDED: Final = frozenset({"id_number", "name", "sex", "birth"})
_DAYS: Final = frozenset({"birth", "valid_from", "valid_to"})


class ScanTrouble(StrEnum):
    """Why a field cannot be confirmed as it stands; numbers have errors of their own."""

    EMPTY = "empty"
    DAY = "day"
    AGAINST_NUMBER = "against_number"


def trouble_of(name: str, text: str, number: str, today: date) -> ScanTrouble | DeskError | None:
    """Judge what a clerk is about to confirm.

    Args:
        name: of the field.
        text: as it stands there, a form's answer.
        number: the number as it was confirmed, empty before that.
        today: nobody is born later.
    """
    if not text:
        return ScanTrouble.EMPTY if name in _NEEDED else None
    if name == "id_number":
        try:
            parse_id_number(text, today)
        except DeskError as error:
            return error
    if name in _DAYS and not (name == "valid_to" and text == NO_END) and not _is_day(text):
        return ScanTrouble.DAY
    if name in {"sex", "birth"} and number:
        parsed = parse_id_number(number)
        known = parsed.sex if name == "sex" else parsed.birth.isoformat() if parsed.birth else ""
        if known and text != known:
            return ScanTrouble.AGAINST_NUMBER
    return None


def held_against(scan: IdScan, number: str, today: date) -> IdScan:
    """Return a scan whose sex and birth are held against the number that the clerk confirmed."""

    def verdict(name: str, text: str, before: ScanVerdict) -> ScanVerdict:
        if name not in {"sex", "birth"} or not text:
            return before
        trouble = trouble_of(name, text, number, today)
        return ScanVerdict.CHECKED if trouble is None else ScanVerdict.CONTRADICTS

    fields = tuple(replace(field, verdict=verdict(field.name, field.text, field.verdict)) for field in scan.fields)
    return replace(scan, fields=fields)


def compared_scan(
    scan: IdScan, confirmed: Mapping[str, str], files: Sequence[bytes], *, with_camera: bool
) -> ScanCompared:
    """Return what the journal keeps of a comparison: each field's verdict and whether it was put right, and the scan.

    Args:
        scan: the proposals, held against the number that was confirmed.
        confirmed: form answers as the clerk confirmed them.
        files: as they were scanned.
        with_camera: whether a picture of the person stood beside the portrait.
    """
    fields = tuple(
        ScanConfirmed(each.name, each.verdict.value, changed=confirmed[each.name] != each.text)
        for each in scan.fields
        if each.name in confirmed
    )
    return ScanCompared(scan.kind, tuple(files), fields, "camera" if with_camera else "seen")


def identify_scan(
    confirmed: Mapping[str, str], persons: Persons, store: Store, scan: ScanCompared | None = None
) -> Identity:
    """Return who stands at the counter, held against the register like a card that was read.

    Args:
        confirmed: form answers as the clerk confirmed them one by one; empty ones were not on the scan.
        persons: the cached register.
        store: the desk's database.
        scan: what is kept of the comparison when the application is opened.

    Raises:
        NumberLengthWrong, CheckDigitWrong, NumberMalformed: the number cannot be one.
    """
    shown = {name: text for name, text in confirmed.items() if text}
    identity = replace(identify_document(shown["id_number"], shown, persons, store, SOURCE), scan=scan)
    if (
        scan is not None
        and scan.kind == DocumentKind.FOREIGN_2004
        and identity.document_kind == DocumentKind.FOREIGN_2017
    ):
        identity = replace(
            identity, document_kind=scan.kind
        )  # both bear numbers of one shape; the title tells them apart
    if identity.person is None:
        return identity
    # a side that was not scanned says nothing against the register
    compared = compare_answers(shown, person_answers(identity.person))
    return replace(identity, compared=compared)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
