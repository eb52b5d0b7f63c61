"""What stands behind the sources of a portrait: the chip's decoder, the centre, the finder of paper photos."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from sscard_desk.bootstrap.portrait_examiners import state_of
from sscard_desk.bootstrap.settings import ChipPhotoSettings
from sscard_desk.domain.errors.operator import SettingWrong
from sscard_desk.forms.photo_sources import photo_sources
from sscard_desk.imaging.easing import eased
from sscard_desk.imaging.rules import PhotoRules
from sscard_desk.imaging.studio import Studio
from sscard_desk.ports.chip_photo import ChipDecoder
from sscard_desk.ports.photo_sources import PhotoSources
from sscard_desk.ports.portrait_examiner import PortraitExaminer
from sscard_desk.ports.portrait_studio import PortraitStudio
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.photos import HttpPhotos

TRAINING: Final = "training"


class PaperPhotoFinder:
    """Fits `ports.photo_sources.PaperPhotos`; OpenCV is imported with the first scan."""

    def find(self, scan: bytes) -> tuple[bytes, ...]:
        """See `PaperPhotos.find`."""
        from sscard_desk.imaging.paper_photo import paper_photos_of
        from sscard_desk.paper.scans import scanned_pages

        return paper_photos_of(scan, scanned_pages)


def make_photo_sources(
    settings: ChipPhotoSettings,
    folder: Path,
    rules: PhotoRules,
    identity: Callable[[], DeskIdentity],
    *,
    training: bool,
    examiners: Sequence[PortraitExaminer] = (),
) -> PhotoSources:
    """Put the sources together; nothing is opened or asked yet.

    Args:
        settings: `[chip_photo]`.
        folder: the data folder; a relative library lies in it.
        rules: of the portrait.
        identity: who asks the centre.
        training: whether this is a training folder.
        examiners: second opinions; their rules are among `rules`.

    Raises:
        SettingWrong: the calling form is none.
    """

    @cache
    def portraits(source: str) -> PortraitStudio:
        return Studio(eased(rules, photo_sources().eases(source)), examiners)

    decoder = make_chip_decoder(settings, folder, training=training)
    return PhotoSources(
        decoder,
        HttpPhotos(identity),
        PaperPhotoFinder(),
        read_receipt_codes,
        portraits,
        lambda: state_of(examiners),
    )


def read_receipt_codes(picture: bytes) -> tuple[str, ...]:
    """Read the codes on a photo receipt; what reads them is imported with the first."""
    from sscard_desk.imaging.receipt_codes import receipt_codes

    return receipt_codes(picture)


def make_chip_decoder(settings: ChipPhotoSettings, folder: Path, *, training: bool) -> ChipDecoder:
    """Return what decodes the picture of an id card's chip.

    Raises:
        SettingWrong: the calling form is none.
    """
    from sscard_desk.devices.chip_photo.decoder import NoChipDecoder, TrainingDecoder, VendorDecoder
    from sscard_desk.devices.chip_photo.library import Form, VendorLibrary

    if settings.library == TRAINING and training:
        return TrainingDecoder(seconds=float(settings.seconds))
    if not settings.library or settings.library == TRAINING:
        return NoChipDecoder()
    if settings.form not in set(Form):
        raise SettingWrong(name="chip_photo.form", reason=" | ".join(Form))
    library = VendorLibrary(
        path=str(folder.absolute() / settings.library),
        entry=settings.entry,
        form=Form(settings.form),
        number=settings.number,
        success=settings.success,
        stdcall=settings.stdcall,
    )
    return VendorDecoder(library, seconds=float(settings.seconds), bottom_up=settings.bottom_up)
