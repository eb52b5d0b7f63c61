"""Reading an id card from its scan, where there is no id reader."""

from collections.abc import Sequence
from typing import Protocol

from sscard_desk.domain.id_scan import IdScan
from sscard_desk.ports.devices import Cancel


class IdScanReader(Protocol):
    """The text recognition; slow (a second and more), and to be asked on a lane."""

    def read(self, files: Sequence[bytes], cancel: Cancel) -> IdScan:
        """Propose what stands on the one card that the files show, its sides in any order.

        Args:
            files: JPEG, PNG, BMP, PNM, TIFF or PDF, each whole.
            cancel: stops it within 0.1 s.

        Raises:
            ScanUnreadable: a file is none of these, is cut short or far too large.
            TextReaderMissing, TextReaderCrashed, TextReaderHung: the recognition itself.
            ScanBlank, NoIdCardInPicture, SeveralIdCards, IdCardWrongSide, IdCardCutOff, IdCardIllegible,
            IdCardKindUnread: what the files show.
            Cancelled: somebody asked to stop.
        """

    def close(self) -> None:
        """Give the recognition's process and its memory back; a later request starts it again."""
