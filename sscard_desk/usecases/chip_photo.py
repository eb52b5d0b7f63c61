"""The picture in the id card's chip: read under a consent, kept as it is, decoded where a library is there."""

from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.photo_sources import ChipPhotoLength, ConsentMissing, IdCardOfOther
from sscard_desk.domain.events import ChipPhotoKept
from sscard_desk.domain.id_card import IdCard
from sscard_desk.domain.ids import Role
from sscard_desk.domain.photo_source import CHIP
from sscard_desk.ports.chip_photo import ChipDecoder
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.photo_consent import need_consent
from sscard_desk.usecases.recording import need_role, record_in

WLT_BYTES: Final = 1024
"""Length of the picture data (domain reference B.1)."""


def keep_chip_photo(store: Store, session: Session, application: Application, card: IdCard) -> Application:
    """Keep the picture data of the applicant's own card as the reader gave them; no library is needed for that.

    Raises:
        ConsentMissing: the applicant has not consented.
        IdCardOfOther: another person's card lies on the reader.
        ChipPhotoLength: the data are cut or padded.
        RoleMissing: neither a clerk nor a supervisor.
        StepNotAllowed: the materials are checked already.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_consent(application, CHIP)
    if card.number != application.id_number:
        raise IdCardOfOther
    if len(card.photo_wlt) != WLT_BYTES:
        raise ChipPhotoLength(have=len(card.photo_wlt))
    with store.work(session.account) as work:
        return record_in(work, ChipPhotoKept(work.put_blob(card.photo_wlt)), application.id)


def decode_chip_photo(store: Store, application: Application, decoder: ChipDecoder) -> bytes:
    """Decode the kept picture data; return a BMP file of 102 x 126 px.

    Raises:
        ConsentMissing: there is no consent, or nothing was kept under it.
        BlobMissing, BlobDamaged: what was kept is not there any more.
        ChipDecoderMissing, ChipDecoderCrashed, ChipDecoderSilent, ChipDecoderRefused, ChipDecoderNonsense,
        ChipPhotoLength: as `ChipDecoder.decode`.
    """
    need_consent(application, CHIP)
    if application.chip_photo is None:
        raise ConsentMissing
    return decoder.decode(store.blob(application.chip_photo))
