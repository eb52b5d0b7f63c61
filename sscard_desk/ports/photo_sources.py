"""Everything that portraits from elsewhere need, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sscard_desk.ports.chip_photo import ChipDecoder
from sscard_desk.ports.photo_service import PhotoService
from sscard_desk.ports.portrait_studio import PortraitStudio

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class PaperPhotos(Protocol):
    """Whoever finds paper photos on a scan; to be used on the imaging lane only."""

    def find(self, scan: "NDArray[np.uint8]") -> "tuple[NDArray[np.uint8], ...]":
        """Return the photos on a scan, cut out and upright, the largest first.

        Args:
            scan: uint8, height x width x 3, BGR.

        Raises:
            PaperPhotoMissing: there is none.
        """


@dataclass(frozen=True)
class PhotoSources:
    """What stands behind each source of a portrait.

    Attributes:
        decoder: of the id card's chip.
        centre: gives out pictures of register and studios.
        paper: finds a paper photo on a scan.
        portraits: makes portraits under the rules as the data ease them for a source.
    """

    decoder: ChipDecoder
    centre: PhotoService
    paper: PaperPhotos
    portraits: Callable[[str], PortraitStudio]
