"""The desk's side: asks the child process, and turns whatever became of it into one of our errors."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sscard_desk.child_process.process import ChildCrashed, ChildHung, ChildProcess, ChildRefused
from sscard_desk.devices.chip_photo.bitmap import bmp_of
from sscard_desk.devices.chip_photo.handed_file import handed_file
from sscard_desk.devices.chip_photo.library import Form, VendorLibrary, pack
from sscard_desk.devices.chip_photo.vendor_room import ANSWER_BYTES
from sscard_desk.domain.errors.photo_sources import (
    ChipDecoderCrashed,
    ChipDecoderMissing,
    ChipDecoderNonsense,
    ChipDecoderRefused,
    ChipDecoderSilent,
    ChipPhotoLength,
)
from sscard_desk.ports.devices import DeviceState, Health

WLT_BYTES: Final = 1024
IDLE_S: Final = 30.0
"""A closed library is not kept for longer than one applicant needs it."""
VENDOR_ROOM: Final = "sscard_desk.devices.chip_photo.vendor_room"
TRAINING_ROOM: Final = "sscard_desk.imaging.training_wlt"


class NoChipDecoder:
    """A counter without a library: the data are kept, and the screen says what to do."""

    def probe(self) -> DeviceState:
        """Say that none is set."""
        return DeviceState(Health.OFF)

    def decode(self, wlt: bytes) -> bytes:
        """Refuse.

        Raises:
            ChipPhotoLength: not 1,024 bytes.
            ChipDecoderMissing: always otherwise.
        """
        check_length(wlt)
        raise ChipDecoderMissing(reason="not_set")


class VendorDecoder:
    """A vendor's library in a process of its own (port `ChipDecoder`)."""

    def __init__(self, library: VendorLibrary, *, seconds: float, bottom_up: bool = False) -> None:
        """Name the library; nothing is loaded yet.

        Args:
            library: how to call it.
            seconds: for one picture, start of the process included.
            bottom_up: whether raw bytes begin with the lowest row.
        """
        self._library = library
        self._seconds = seconds
        self._bottom_up = bottom_up
        self._child = ChildProcess(VENDOR_ROOM, idle_s=IDLE_S)

    def probe(self) -> DeviceState:
        """See `ChipDecoder.probe`."""
        path = Path(self._library.path)
        trouble = self._missing()
        facts = {"entry": self._library.entry, "form": self._library.form.value}
        return DeviceState(Health.WARNING if trouble else Health.READY, path.name, trouble, facts)

    def decode(self, wlt: bytes) -> bytes:
        """See `ChipDecoder.decode`."""
        check_length(wlt)
        trouble = self._missing()
        if trouble is not None:
            raise trouble
        if self._library.form is not Form.FILE:
            return bmp_of(self._call(wlt), bottom_up=self._bottom_up)
        with handed_file(wlt) as file:
            self._call(file.name)
            return bmp_of(file.result())

    def close(self) -> None:
        """End the process if one runs."""
        self._child.close()

    def _missing(self) -> ChipDecoderMissing | None:
        path = Path(self._library.path)
        return None if path.is_absolute() and path.is_file() else ChipDecoderMissing(reason="not_found")

    def _call(self, data: bytes) -> bytes:
        said = asked(lambda: self._child.ask(pack(self._library, data), within_s=self._seconds), self._seconds)
        number = int.from_bytes(said[:ANSWER_BYTES], "big", signed=True)
        if number != self._library.success:
            raise ChipDecoderRefused(answer=number)
        return said[ANSWER_BYTES:]


class TrainingDecoder:
    """The model for training: pictures of the simulated reader, decoded in a child process like a vendor's library.

    Its format is our own (`imaging.training_wlt`); a genuine card's data are refused.
    """

    def __init__(self, *, seconds: float) -> None:
        """Nothing is started yet; `seconds` are for one picture."""
        self._seconds = seconds
        self._child = ChildProcess(TRAINING_ROOM, idle_s=IDLE_S)

    def probe(self) -> DeviceState:
        """See `ChipDecoder.probe`."""
        return DeviceState(Health.READY, "training", None, {"form": "training"})

    def decode(self, wlt: bytes) -> bytes:
        """See `ChipDecoder.decode`."""
        check_length(wlt)
        return bmp_of(asked(lambda: self._child.ask(wlt, within_s=self._seconds), self._seconds))

    def close(self) -> None:
        """End the process if one runs."""
        self._child.close()


def check_length(wlt: bytes) -> None:
    """Refuse what cannot be the picture data of a chip.

    Raises:
        ChipPhotoLength: not 1,024 bytes.
    """
    if len(wlt) != WLT_BYTES:
        raise ChipPhotoLength(have=len(wlt))


def asked(ask: Callable[[], bytes], seconds: float) -> bytes:
    """Return a child's answer.

    Raises:
        ChipDecoderCrashed, ChipDecoderSilent, ChipDecoderMissing, ChipDecoderNonsense: what became of it.
    """
    try:
        return ask()
    except ChildCrashed:
        raise ChipDecoderCrashed from None
    except ChildHung:
        raise ChipDecoderSilent(seconds=seconds) from None
    except ChildRefused as refused:
        if refused.word in {"not_loadable", "no_entry"}:
            raise ChipDecoderMissing(reason=refused.word) from None
        raise ChipDecoderNonsense(reason="no_picture") from None
