"""/v1/photos: portraits of register and studios; each question is kept with who asked and under which consent."""

import math
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.signed import need_enrolled
from sscard_desk.central.store import applications, desks, photo_limits
from sscard_desk.central.store import photos as kept
from sscard_desk.central.store.desks import Desk
from sscard_desk.central.store.photos import HeldPhoto, Release
from sscard_desk.domain.photo_source import REGISTER, STUDIO
from sscard_desk.wire import messages
from sscard_desk.wire.photos import PhotoAnswer, RegisterPhotoQuestion, State, StudioPhotoQuestion

_DIGEST_LENGTH: Final = 64
_AHEAD_MS: Final = 300_000
"""A consent from further in the future than clocks differ is none."""


def register(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Give out the register's picture of an applicant, under the consent that the desk names.

    Raises:
        RequestFailed: `photo-limit`, which stands in the record too; `desk-revoked`, `desk-ended`: just now.
    """
    asked = question.read(RegisterPhotoQuestion)
    now_ms = centre.now_ms()
    release = Release(
        now_ms,
        desk.id,
        REGISTER,
        asked.id_number,
        "none",
        application=asked.application,
        edition=asked.edition,
        digest=asked.digest,
        consent_ms=asked.at_ms,
    )
    with centre.database.writing() as connection:
        # held until the end, so that two questions of one desk are counted one after the other
        need_enrolled(desks.find_desk(connection, desk.id, for_update=True))
        known = applications.find_all(connection, [asked.application]).get(asked.application)
        held, wait_ms = None, 0
        state: State = "none"
        release = replace(release, known=int(known is not None))
        if known is not None and (known.point != desk.point or known.state.id_number != asked.id_number):
            state = "other_application"
        elif not _consents(asked, now_ms):
            state = "no_consent"
        else:
            wait_ms = photo_limits.wait_ms(connection, desk.id, now_ms)
            held = None if wait_ms else kept.find_register_photo(connection, asked.id_number)
        if not wait_ms:
            return _answer(connection, release, state, held)
        kept.note_release(connection, replace(release, state="limit"))
    raise RequestFailed(messages.PHOTO_LIMIT, again_s=math.ceil(wait_ms / 1_000))


def studio(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Give out the picture under a receipt number, for the person it was taken of."""
    asked = question.read(StudioPhotoQuestion)
    release = Release(centre.now_ms(), desk.id, STUDIO, asked.id_number, "none", receipt=asked.receipt)
    with centre.database.writing() as connection:
        held = kept.find_studio_photo(connection, asked.receipt)
        if held is not None and held.id_number != asked.id_number:
            return _answer(connection, release, "other_person", None)
        return _answer(connection, release, "none", held)


def _consents(asked: RegisterPhotoQuestion, now_ms: int) -> bool:
    named = (asked.edition, asked.language, asked.party, asked.kind_of_signature)
    return all(named) and len(asked.digest) == _DIGEST_LENGTH and 0 < asked.at_ms <= now_ms + _AHEAD_MS


def _answer(connection: Connection, release: Release, state: State, held: HeldPhoto | None) -> Answer:
    if held is None:
        kept.note_release(connection, replace(release, state=state))
        return Answer(PhotoAnswer(state=state))
    kept.note_release(connection, replace(release, state="found", blob=held.blob))
    return Answer(
        PhotoAnswer(
            state="found",
            body=held.body,
            sha256=held.blob,
            taken=held.taken,
            studio=held.studio,
            receipt=held.receipt,
            issued=held.issued,
        )
    )
