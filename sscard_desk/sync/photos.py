"""Portraits from the centre over TLS, as the port `PhotoService` describes it."""

from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

import msgspec

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.centre import AnswerMalformed
from sscard_desk.domain.errors.photo_sources import (
    PhotoNotReleased,
    ReceiptOfOther,
    ReceiptUnknown,
    RegisterPhotoMissing,
)
from sscard_desk.domain.photo_source import Consent
from sscard_desk.ports.photo_service import CentrePhoto
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.line import SILENCE_SECONDS, read_answer
from sscard_desk.sync.signed_line import SignedLine
from sscard_desk.wire import photos

_REFUSED: Final[dict[str, Callable[[], DeskError]]] = {
    "other_person": ReceiptOfOther,
    "no_consent": lambda: PhotoNotReleased(reason="no_consent"),
    "other_application": lambda: PhotoNotReleased(reason="other_application"),
}


class HttpPhotos:
    """Asks the centre; used from one thread. A line is opened for each question, so that none is left to go stale."""

    def __init__(self, identity: Callable[[], DeskIdentity], silence: float = SILENCE_SECONDS) -> None:
        """Nothing is asked yet.

        Args:
            identity: who asks; raises DeskNotEnrolled where this desk was never enrolled.
            silence: seconds without a byte after which the line counts as dead.
        """
        self._identity = identity
        self._silence = silence

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held between two questions."""

    def register_photo(self, application: Application, consent: Consent) -> CentrePhoto:
        """See `PhotoService.register_photo`."""
        question = photos.RegisterPhotoQuestion(
            application=application.id,
            id_number=application.id_number,
            edition=consent.edition,
            language=consent.language,
            digest=consent.digest,
            at_ms=int(consent.at.timestamp() * 1000),
            party=consent.party,
            kind_of_signature=consent.kind_of_signature,
        )
        return self._ask(photos.REGISTER_PATH, question, RegisterPhotoMissing)

    def studio_photo(self, receipt: str, id_number: str) -> CentrePhoto:
        """See `PhotoService.studio_photo`."""
        question = photos.StudioPhotoQuestion(receipt=receipt, id_number=id_number)
        return self._ask(photos.STUDIO_PATH, question, ReceiptUnknown)

    def _ask(self, path: str, question: msgspec.Struct, missing: Callable[[], DeskError]) -> CentrePhoto:
        with SignedLine(self._identity(), silence=self._silence) as line:
            response = line.ask("POST", path, body=msgspec.msgpack.encode(question))
        answer = read_answer(response.content, photos.PhotoAnswer)
        if answer.state != "found":
            refused = _REFUSED.get(answer.state, missing)
            raise refused()
        if not answer.whole():
            raise AnswerMalformed(reason="photo")
        return CentrePhoto(
            answer.body, photos.day_of(answer.taken), answer.studio, answer.receipt, photos.day_of(answer.issued)
        )
