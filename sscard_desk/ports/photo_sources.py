"""Everything that portraits from elsewhere need, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sscard_desk.ports.chip_photo import ChipDecoder
from sscard_desk.ports.devices import DeviceState, Health
from sscard_desk.ports.photo_service import PhotoService
from sscard_desk.ports.portrait_studio import PortraitStudio


class PaperPhotos(Protocol):
    """Whoever finds paper photos on a scan; to be used on the imaging lane only."""

    def find(self, scan: bytes) -> tuple[bytes, ...]:
        """Return the photos on a scan as PNG files, cut out and upright, the largest first.

        Args:
            scan: a picture or document file as a scanner gives it (PNM, PNG, JPEG, TIFF or PDF).

        Raises:
            PaperPhotoMissing: there is none.
            ScanUnreadable: it is no such file.
        """


@dataclass(frozen=True)
class PhotoSources:
    """What stands behind each source of a portrait.

    Attributes:
        decoder: of the id card's chip.
        centre: gives out pictures of register and studios.
        paper: finds a paper photo on a scan.
        receipt_codes: reads the codes on a photo receipt's picture file; what is no receipt number is among them.
        portraits: makes portraits under the rules as the data ease them for a source.
        second_opinions: says how the optional examiners of portraits are; off where none is set.
    """

    decoder: ChipDecoder
    centre: PhotoService
    paper: PaperPhotos
    receipt_codes: Callable[[bytes], tuple[str, ...]]
    portraits: Callable[[str], PortraitStudio]
    second_opinions: Callable[[], DeviceState] = lambda: DeviceState(Health.OFF)
