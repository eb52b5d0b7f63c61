"""A studio's picture: by the number on its receipt from the centre, or from the studio's stick."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import PictureUnreadable
from sscard_desk.domain.errors.photo_sources import (
    ReceiptExpired,
    ReceiptNotAccepted,
    ReceiptOfOther,
    StudioFileMissing,
)
from sscard_desk.domain.photo_source import Provenance
from sscard_desk.forms.photo_sources import (
    STUDIO_KIND,
    TERMS_KIND,
    FileNameRule,
    NameParts,
    ReceiptTerms,
    photo_sources,
    receipt_terms,
)
from sscard_desk.ports.photo_service import PhotoService
from sscard_desk.ports.store import Store

MOST_FILES: Final = 20_000
"""A stick with more in one folder is no studio's; the rest is not looked at."""
LONGEST_RECEIPT: Final = 40


@dataclass(frozen=True)
class StudioEntry:
    """A collection unit of the centre's list."""

    code: str
    name: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the clerk has of a photo receipt.

    Attributes:
        number: as typed or scanned, blanks taken off.
        studio: code of the unit, empty where nobody chose one.
        issued: the day on the receipt, None where it is not typed.
    """

    number: str
    studio: str = ""
    issued: date | None = None


@dataclass(frozen=True)
class StudioPicture:
    """A picture with what is on record of it."""

    picture: bytes = field(repr=False)
    provenance: Provenance


def studios(store: Store, today: date) -> tuple[StudioEntry, ...]:
    """Return the units on the centre's list that hold today, in its order."""
    return tuple(
        StudioEntry(row["code"], row["name"], row.get("address", ""), row.get("phone", ""))
        for row in store.reference(STUDIO_KIND)
        if row.get("until", "") >= today.isoformat() or not row.get("until")
    )


def terms_of(store: Store) -> ReceiptTerms:
    """Return what is asked of a receipt here."""
    return receipt_terms(store.reference(TERMS_KIND))


def check_number(number: str, terms: ReceiptTerms) -> str:
    """Return a receipt's number without blanks around it.

    Raises:
        ReceiptNotAccepted: empty, too long, or not of the shape that the data ask for.
    """
    number = number.strip()
    if not number:
        raise ReceiptNotAccepted(reason="empty")
    if len(number) > LONGEST_RECEIPT or not number.isprintable() or not terms.fits(number):
        raise ReceiptNotAccepted(reason="pattern")
    return number


def valid_until(issued: date | None, terms: ReceiptTerms, today: date) -> date | None:
    """Return the last day on which a receipt holds, None where its day is not known and the data do not ask for it.

    Raises:
        ReceiptNotAccepted: the day is missing and asked for, or has not come yet.
        ReceiptExpired: the last day has passed.
    """
    if issued is None:
        if terms.day_required:
            raise ReceiptNotAccepted(reason="day")
        return None
    if issued > today:
        raise ReceiptNotAccepted(reason="future")
    last = issued + timedelta(days=terms.valid_days)
    if last < today:
        raise ReceiptExpired(until=last)
    return last


def fetch_studio_photo(
    service: PhotoService, application: Application, receipt: Receipt, terms: ReceiptTerms, today: date
) -> StudioPicture:
    """Fetch the picture under a receipt's number from the centre.

    The centre's day goes before the typed one. A receipt that is known to have expired is not asked for.

    Raises:
        ReceiptNotAccepted, ReceiptExpired: number or day.
        ReceiptUnknown, ReceiptOfOther: the centre's answer.
        CentreTrouble: any leaf of the line.
    """
    number = check_number(receipt.number, terms)
    if receipt.issued is not None:
        valid_until(receipt.issued, terms, today)
    came = service.studio_photo(number, application.id_number)
    issued = came.issued or receipt.issued
    last = valid_until(issued, terms, today)
    where = Provenance("centre", came.studio or receipt.studio, number, issued, last, came.taken)
    return StudioPicture(came.picture, where)


def pasted_receipt(store: Store, application: Application, codes: Callable[[bytes], tuple[str, ...]]) -> str:
    """Return the number on the receipt that came back pasted on the form, empty where none can be read.

    It is a proposal: other codes may stand on a receipt, and people hold the number against the paper.

    Raises:
        BlobMissing, BlobDamaged: the cut-out is not there any more.
    """
    if application.photo_receipt is None:
        return ""
    terms = terms_of(store)
    for code in codes(store.blob(application.photo_receipt)):
        try:
            return check_number(code, terms)
        except ReceiptNotAccepted:
            continue
    return ""


def find_on_stick(
    folder: Path, application: Application, receipt: Receipt, terms: ReceiptTerms, today: date
) -> StudioPicture:
    """Take the applicant's picture out of a studio's folder, by the names of its files.

    A file named by the id number belongs to the applicant; one named by the receipt only where that number was typed.

    Raises:
        StudioFileMissing: no file is named for this applicant, or the folder cannot be read.
        ReceiptOfOther: the file with this number bears another name.
        PictureUnreadable: it is larger than the rule allows, or the stick does not give it.
        ReceiptNotAccepted, ReceiptExpired: number or day.
    """
    number = check_number(receipt.number, terms) if receipt.number.strip() else ""
    last = valid_until(receipt.issued, terms, today)
    path, rule, said = _named_for(folder, application, number)
    if said.number and said.name and application.name and said.name.strip() != application.name:
        raise ReceiptOfOther
    try:
        if path.stat().st_size > rule.most_bytes:
            raise PictureUnreadable
        picture = path.read_bytes()
    except OSError:
        raise PictureUnreadable from None
    where = Provenance("stick", receipt.studio, number or said.receipt, receipt.issued, last, unit=said.unit)
    return StudioPicture(picture, where)


def _named_for(folder: Path, application: Application, receipt: str) -> tuple[Path, FileNameRule, NameParts]:
    files = _files(folder)
    for rule in photo_sources().file_names:
        for file in files:
            said = rule.read(folder.name, file.name)
            if said is None:
                continue
            if said.number == application.id_number or (receipt and said.receipt == receipt):
                return file, rule, said
    raise StudioFileMissing(looked_at=len(files))


def _files(folder: Path) -> Sequence[Path]:
    try:
        return sorted(file for _, file in zip(range(MOST_FILES), folder.iterdir(), strict=False))
    except OSError:
        return ()
