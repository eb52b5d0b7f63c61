"""The population register's picture of the applicant, asked for at the centre under a consent."""

from sscard_desk.domain.application import Application
from sscard_desk.domain.photo_source import REGISTER
from sscard_desk.ports.photo_service import CentrePhoto, PhotoService
from sscard_desk.usecases.photo_consent import need_consent


def fetch_register_photo(service: PhotoService, application: Application) -> CentrePhoto:
    """Fetch it; nothing is kept before a portrait made of it is attached.

    Raises:
        ConsentMissing: the applicant has not consented, so nothing is asked.
        RegisterPhotoMissing, PhotoNotReleased, RegisterPhotoLimitReached: the centre's answer.
        CentreTrouble: any leaf of the line.
    """
    return service.register_photo(application, need_consent(application, REGISTER))
