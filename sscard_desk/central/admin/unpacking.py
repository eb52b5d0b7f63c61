"""An edition of a form as a zip file: only what an edition consists of, only so much of it, only where it belongs."""

import re
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from sscard_desk.domain.errors.administration import FormArchiveWrong
from sscard_desk.forms.code_book import CODES
from sscard_desk.forms.load import FORM_FILE, PAPER_FILE

MOST_FILES: Final = 60
MOST_BYTES: Final = 4_000_000
_PIECE: Final = 65_536
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
"""Of a form: its folder's name is the form's, at desks too."""


def unpack_edition(archive: Path, folder: Path) -> Path:
    """Unpack an edition: one folder, named as the form, with `form.toml`, `paper.toml` and `codes/*.toml`.

    Args:
        archive: the zip file.
        folder: an empty one.

    Returns:
        The form's folder in it.

    Raises:
        FormArchiveWrong: `reason` is a word of `admin.toml` under `archive`.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
            if len(parts) > MOST_FILES:
                raise FormArchiveWrong(reason="too-many")
            places = [_place(part) for part in parts]
            tops = {place.parts[0] for place in places}
            name = min(tops, default="")
            if len(tops) != 1 or not _NAME.fullmatch(name) or any(len(place.parts) == 1 for place in places):
                raise FormArchiveWrong(reason="no-form")
            places = [place.relative_to(name) for place in places]
            if {FORM_FILE, PAPER_FILE} - {place.as_posix() for place in places}:
                raise FormArchiveWrong(reason="no-form")
            form = folder / name
            form.mkdir()
            left = MOST_BYTES
            for part, place in zip(parts, places, strict=True):
                if _belongs(place):
                    left = _unpack(packed, part, form / place, left)
            return form
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, FileExistsError):
        raise FormArchiveWrong(reason="no-zip") from None


def _place(part: zipfile.ZipInfo) -> PurePosixPath:
    place = PurePosixPath(part.filename)
    link = stat.S_ISLNK(part.external_attr >> 16)
    if link or place.is_absolute() or ".." in place.parts or "\\" in part.filename or ":" in part.filename:
        raise FormArchiveWrong(reason="path")
    return place


def _belongs(place: PurePosixPath) -> bool:
    """Return whether a file is one of an edition; what else authors keep beside it stays in the archive."""
    name = place.as_posix()
    return name in {FORM_FILE, PAPER_FILE} or (place.parent.as_posix() == CODES and place.suffix == ".toml")


def _unpack(packed: zipfile.ZipFile, part: zipfile.ZipInfo, to: Path, left: int) -> int:
    """Unpack one file piece by piece, whatever size it says it has; return how many bytes may follow."""
    to.parent.mkdir(exist_ok=True)
    with packed.open(part) as source, to.open("xb") as target:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise FormArchiveWrong(reason="too-large")
            target.write(piece)
    return left
