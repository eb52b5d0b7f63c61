"""The one clear file that a calling form forces on us: where a library takes a path and leaves a picture beside it.

On Linux it lies in memory (/dev/shm); elsewhere in this account's folder for passing files. The folder is readable by
this account alone, everything in it is overwritten and removed by the desk, also after the library crashed or hung.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sscard_desk.domain.errors.photo_sources import ChipDecoderNonsense

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it, mode 0700
_LARGEST: Final = 1_000_000
_PREFIX: Final = "sscd-chip-"


class HandedFile:
    """A folder with the data, and the picture after the call."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> bytes:
        """The path as the library takes it."""
        return os.fsencode(self._folder / "zp.wlt")

    def result(self) -> bytes:
        """Return the picture that the library left.

        Raises:
            ChipDecoderNonsense: none, or a file of another kind of size.
        """
        try:
            file = self._folder / "zp.bmp"
            if file.stat().st_size > _LARGEST:
                raise ChipDecoderNonsense(reason="wrong_size")
            picture = file.read_bytes()
        except OSError:
            raise ChipDecoderNonsense(reason="no_picture") from None
        if not picture.startswith(b"BM"):
            raise ChipDecoderNonsense(reason="no_picture")
        return picture


@contextlib.contextmanager
def handed_file(wlt: bytes) -> Iterator[HandedFile]:
    """Lay the data out for the library until the block ends; nothing is left of them then."""
    parent = _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    _sweep(parent)
    place = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=parent))
    try:
        descriptor = os.open(place / "zp.wlt", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(wlt)
        yield HandedFile(place)
    finally:
        _remove(place)


def _remove(place: Path) -> None:
    for left in place.iterdir():
        with contextlib.suppress(OSError):
            left.write_bytes(bytes(left.stat().st_size))
    shutil.rmtree(place, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove what a desk left that was ended in the middle of a call (told by its process id, where that is told)."""
    if os.name != "posix":
        return
    for place in parent.glob(f"{_PREFIX}*"):
        owner = place.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdecimal() and not _runs(int(owner)):
            with contextlib.suppress(OSError):
                _remove(place)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True
