"""Pictures of the training persons: in the chip, in the register, at two invented studios, and on a studio's stick.

All of them show the training portrait. The receipt of a training person is `XP` and the last eight characters of the
number; every fourth receipt has expired, and every fifth person is not in the register's pictures.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.photos import import_receipt_terms, import_studios
from sscard_desk.central.store import photos as kept
from sscard_desk.central.store.photos import HeldPhoto
from sscard_desk.disk import make_folder
from sscard_desk.domain.errors.store import ShippedFileMissing
from sscard_desk.domain.person import Person
from sscard_desk.resources import built

PICTURED: Final = 240
"""The first so many training persons have pictures."""
VALID_DAYS: Final = 90
STUDIOS: Final = (
    {"code": "4201A", "name": "示例照相馆（和平路店）", "address": "和平路 21 号", "phone": "010-00000021"},
    {"code": "4201B", "name": "示例图文社", "address": "建设街 8 号", "phone": "010-00000008"},
)
_EXPIRED: Final = 4
_MISSING: Final = 5


def training_picture(number: int = 0) -> bytes:
    """Return one picture of the training portrait, a JPEG file.

    Raises:
        ShippedFileMissing: the training pictures are not built.
    """
    file = built("training", "camera") / f"person-{number:02d}.jpg"
    try:
        return file.read_bytes()
    except OSError as error:
        raise ShippedFileMissing(file=file.name) from error


def training_wlt() -> bytes:
    """Return the picture data of a training chip, 1,024 bytes; imports OpenCV.

    Raises:
        ShippedFileMissing: the training pictures are not built.
    """
    from sscard_desk.imaging.pictures import decode_picture  # noqa: PLC0415 - only a simulator needs OpenCV
    from sscard_desk.imaging.training_wlt import encode  # noqa: PLC0415 - likewise

    return encode(decode_picture(training_picture()))


def receipt_of(person: Person) -> str:
    """Return the number on the photo receipt of a training person."""
    return f"XP{person.id_number[-8:]}"


def lay_stick(stick: Path, persons: Iterable[Person]) -> tuple[Path, int]:
    """Leave what a studio hands out on a stick: a folder `pic_<unit code>` with a picture of each person.

    Args:
        stick: the folder of the stick; made where it is not there.
        persons: whose pictures; files are named by number and name, as the older batch rule has it.

    Returns:
        The studio's folder, and how many files are in it.

    Raises:
        ShippedFileMissing: the training pictures are not built.
    """
    folder = stick / f"pic_{STUDIOS[0]['code']}"
    make_folder(folder)
    count = 0
    for count, person in enumerate(persons, 1):
        (folder / f"{person.id_number}{person.name}.jpg").write_bytes(training_picture(count % 4))
    return folder, count


def fill_photos(centre: OpenCentre, persons: Iterable[Person]) -> None:
    """Give a training centre its studios and pictures.

    Args:
        centre: open, of training.
        persons: whose pictures.

    Raises:
        ShippedFileMissing: the training pictures are not built.
    """
    import_studios(centre, STUDIOS)
    import_receipt_terms(centre, valid_days=VALID_DAYS)
    today = date.today()  # noqa: DTZ011 - a training day counts where the trainee sits
    with centre.database.writing() as connection:
        for at, person in enumerate(persons):
            taken = today - timedelta(days=100 if at % _EXPIRED == _EXPIRED - 1 else 10 + at % 30)
            photo = HeldPhoto(
                person.id_number,
                training_picture(at % 4),
                taken=taken.isoformat(),
                studio=STUDIOS[at % 2]["code"],
                receipt=receipt_of(person),
                issued=taken.isoformat(),
            )
            kept.keep_studio_photo(connection, photo)
            if at % _MISSING != _MISSING - 1:
                kept.keep_register_photo(connection, HeldPhoto(person.id_number, photo.body, taken="2024-05-12"))
