"""What a centre operator brings in for portraits: the list of studios, their pictures, the register's pictures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.imports import import_rows, remove_rows
from sscard_desk.central.store import desks, feeds, photo_limits
from sscard_desk.central.store import photos as kept
from sscard_desk.central.store.joined import Joined
from sscard_desk.central.store.photos import HeldPhoto
from sscard_desk.domain.errors.desk_identity import DeskUnknown
from sscard_desk.forms.photo_sources import STUDIO_KIND, TERMS_KIND, photo_sources
from sscard_desk.wire.feed import REFERENCE

TERMS_ID: Final = "terms"
_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG"
_BMP: Final = b"BM"


@dataclass(frozen=True)
class PhotoImport:
    """What became of a folder of pictures.

    Attributes:
        read: files that are pictures and say whose they are.
        changed: those that were new or other than before.
        passed_over: files that say nothing, are no picture, or stand for another person already.
    """

    read: int
    changed: int
    passed_over: int


def import_studios(centre: OpenCentre, rows: Iterable[Mapping[str, str]]) -> int:
    """Bring in the whole list of collection units: `code`, `name`, `address`, `phone`, `until`.

    A unit that is not on the list any more is taken off at the desks too. Returns how many rows changed.
    """
    listed = {row["code"]: {name: row.get(name, "") for name in _STUDIO} for row in rows if row.get("code")}
    with centre.database.writing() as connection:
        one = replace(centre, database=Joined(connection, centre.database))
        there = feeds.ids_of(connection, REFERENCE, STUDIO_KIND)
        changed = import_rows(one, REFERENCE, STUDIO_KIND, listed)
        return changed + remove_rows(one, REFERENCE, STUDIO_KIND, sorted(there - listed.keys()))


def import_receipt_terms(centre: OpenCentre, *, valid_days: int, pattern: str = "", day_required: bool = False) -> int:
    """Say what every desk asks of a photo receipt."""
    row = {"valid_days": str(valid_days), "pattern": pattern, "day_required": str(int(day_required))}
    return import_rows(centre, REFERENCE, TERMS_KIND, {TERMS_ID: row})


def limit_register_photos(centre: OpenCentre, desk: str, per_hour: int) -> None:
    """Set how many register pictures a desk is given in an hour; without a desk, for all without a limit of their own.

    Raises:
        DeskUnknown: there is none of this name.
    """

    def work(connection: Connection) -> None:
        if desk and desks.find_desk(connection, desk) is None:
            raise DeskUnknown(desk=desk)
        photo_limits.set_limit(connection, desk, per_hour)

    centre.database.write(work)


def import_photos(
    centre: OpenCentre, folder: Path, *, studio: str | None = None, receipts: Iterable[Mapping[str, str]] = ()
) -> PhotoImport:
    """Bring in a folder of pictures: the register's without a studio, otherwise that studio's.

    Files are named as `resources/cases/photo_sources.toml` says. A studio's picture needs its receipt: from the file's
    name, or from the row of `receipts` with this id number or file.

    Args:
        centre: where they go.
        folder: every file in it is looked at, folders in it are not.
        studio: code of the unit; None for the register.
        receipts: rows with `receipt`, `id_number`, `file`, `issued`, `taken`.
    """
    listed = list(receipts)
    passed_over, found = 0, []
    for file in sorted(folder.iterdir()):
        if not file.is_file():
            continue
        photo = _photo(file, studio, listed)
        if photo is None:
            passed_over += 1
        else:
            found.append(photo)
    keep = kept.keep_register_photo if studio is None else kept.keep_studio_photo
    changed = 0
    with centre.database.writing() as connection:
        for photo in found:
            changed += keep(connection, photo)
    return PhotoImport(len(found), changed, passed_over)


_STUDIO: Final = ("code", "name", "address", "phone", "until")


def _photo(file: Path, studio: str | None, listed: list[Mapping[str, str]]) -> HeldPhoto | None:
    for rule in photo_sources().file_names:
        said = rule.read(file.parent.name, file.name)
        if said is None:
            continue
        row = _row_of(listed, file.name, said.number, said.receipt)
        photo = HeldPhoto(
            id_number=(said.number or row.get("id_number", "")).upper(),
            body=b"",
            taken=_day(row.get("taken", "")),
            studio=studio or "",
            receipt=said.receipt or row.get("receipt", ""),
            issued=_day(row.get("issued", "")),
        )
        if not photo.id_number or (studio is not None and not photo.receipt):
            continue
        if file.stat().st_size > rule.most_bytes:
            return None
        body = file.read_bytes()
        return replace(photo, body=body) if body.startswith((_JPEG, _PNG, _BMP)) else None
    return None


def _row_of(listed: list[Mapping[str, str]], name: str, number: str, receipt: str) -> Mapping[str, str]:
    for row in listed:
        by_file = row.get("file", "") == name
        by_number = bool(number) and row.get("id_number", "").upper() == number
        if by_file or by_number or (bool(receipt) and row.get("receipt", "") == receipt):
            return row
    return {}


def _day(text: str) -> str:
    """Return an ISO day, empty where a row says none or no day."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""
