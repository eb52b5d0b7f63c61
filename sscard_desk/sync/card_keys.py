"""Card keys at the centre over TLS, as the port `KeyHolder` describes it: in goes what the card gave, back comes data.

A line is opened for each question, so that none is left to go stale while a clerk works. A question that was lost on
the way is sent once more under the same name, and the centre counts it once.
"""

import secrets
from collections.abc import Callable
from typing import Final

import msgspec

from sscard_desk.cards import key_chain
from sscard_desk.cards.profile import CardProfile, KeyAddress
from sscard_desk.domain.errors import CentreTrouble
from sscard_desk.domain.errors.card_keys import (
    CardKeyApprovalDeferred,
    CardKeyLimitReached,
    CardKeyLineDown,
    CardKeyNotApproved,
    CardKeyOtherApplication,
    CardKeyOtherCard,
    CardKeyReasonMissing,
    CardKeysAway,
    CardKeyScopeWrong,
    CardKeySpoilUnconfirmed,
    CardKeyUnknown,
    TrainingKeyRefused,
)
from sscard_desk.domain.errors.centre import AnswerMalformed, CentreBusy, CentreUnreachable
from sscard_desk.domain.errors.device import KeyHolderRefused
from sscard_desk.ports.keys import READING, CardFactors, KeyAct, KeyUse, PinOrder
from sscard_desk.sync.identity import DeskIdentity
from sscard_desk.sync.line import SILENCE_SECONDS, read_answer
from sscard_desk.sync.signed_line import SignedLine
from sscard_desk.wire.card_keys import GIVEN, PATH, UNCONFIRMED, CardKeyAnswer, CardKeyQuestion

AUTHENTICATION_LENGTH: Final = 16
MAC_LENGTH: Final = 4
_NEED_REASON: Final = frozenset({KeyAct.READ, KeyAct.UNBLOCK_PIN, KeyAct.RESET_PIN})
_NOT_APPROVED: Final = frozenset({"unknown", "step", "seal", "written"})
_SCOPE: Final = frozenset({"point", "act", "card"})
_PLAIN: Final[dict[str, type[CentreTrouble]]] = {
    "deferred": CardKeyApprovalDeferred,
    "other_card": CardKeyOtherCard,
    "other_application": CardKeyOtherApplication,
    "no_reason": CardKeyReasonMissing,
    "away": CardKeysAway,
    "training": TrainingKeyRefused,
}


class CentreKeys:
    """Serves `ports.keys.KeyHolder`; used from one thread.

    Args:
        profile: says what the centre calls a key of the card.
        identity: who asks; raises DeskNotEnrolled where this desk was never enrolled.
        silence: seconds without a byte after which the line counts as dead.
    """

    def __init__(
        self, profile: CardProfile, identity: Callable[[], DeskIdentity], silence: float = SILENCE_SECONDS
    ) -> None:
        self._profile = profile
        self._identity = identity
        self._silence = silence

    def __repr__(self) -> str:
        return f"CentreKeys({self._profile.name!r})"

    def external_authentication(
        self, key_id: int, factors: CardFactors, challenge: bytes, use: KeyUse = READING
    ) -> bytes:
        """Return the 16 data bytes of EXTERNAL AUTHENTICATE.

        Raises:
            KeyHolderRefused: `key_id`, `challenge`.
            CardKeyReasonMissing: something is read and nobody said why; nobody was asked.
            CentreTrouble: the centre does not give it, or cannot be reached; nothing happened to the card.
            CardKeySpoilUnconfirmed: a spoiled card waits for a second person; nothing happened to this one.
        """
        data = self._ask(self._profile.key(key_id), factors, challenge, use)
        if len(data) != AUTHENTICATION_LENGTH:
            raise AnswerMalformed(reason="card key")
        return data

    def protected_pin(self, order: PinOrder, factors: CardFactors, challenge: bytes, use: KeyUse) -> bytes:
        """Return the data bytes of a PIN command.

        Raises:
            KeyHolderRefused, CentreTrouble: as `external_authentication`.
        """
        data = self._ask(self._profile.pin_key, factors, challenge, use, order)
        if len(data) != len(order.block) + MAC_LENGTH:
            raise AnswerMalformed(reason="card key")
        return data

    def _ask(
        self, key: KeyAddress | None, factors: CardFactors, challenge: bytes, use: KeyUse, order: PinOrder | None = None
    ) -> bytes:
        if key is None:
            raise KeyHolderRefused(reason="key_id")
        if len(challenge) != key_chain.challenge_length(self._profile.algorithm):
            raise KeyHolderRefused(reason="challenge")
        if use.act in _NEED_REASON and not (use.reason.strip() or use.application):
            raise CardKeyReasonMissing  # what the centre would say as well
        question = CardKeyQuestion(
            use_id=secrets.token_hex(16),
            act=use.act.value,
            application=use.application,
            reason=use.reason.strip(),
            identification_code=factors.identification_code,
            historical=factors.historical,
            algorithm=int(self._profile.algorithm.value or 0),
            key=key.hsm_name,
            random=challenge,
            header=order.header if order else b"",
            block=bytes(order.block) if order else b"",
        )
        try:
            with SignedLine(self._identity(), silence=self._silence) as line:
                response = line.ask("POST", PATH, body=msgspec.msgpack.encode(question))
        except (CentreUnreachable, CentreBusy) as down:
            # nothing is sent later by itself here, as it is with entries
            raise CardKeyLineDown from down
        answer = read_answer(response.content, CardKeyAnswer)
        if answer.state != GIVEN:
            raise _refusal(answer, key)
        return answer.data


def _refusal(answer: CardKeyAnswer, key: KeyAddress) -> CentreTrouble | CardKeySpoilUnconfirmed:  # noqa: PLR0911 - one return per word
    state = answer.state
    if answer.detail == UNCONFIRMED:
        return CardKeySpoilUnconfirmed()
    if state in _PLAIN:
        return _PLAIN[state]()
    if state in _NOT_APPROVED:
        return CardKeyNotApproved(reason=state)
    if state in _SCOPE:
        return CardKeyScopeWrong(reason=state)
    if state == "no_key":
        return CardKeyUnknown(key=key.hsm_name)
    if state == "limit":
        return CardKeyLimitReached(per_hour=answer.per_hour, minutes=answer.minutes)
    return AnswerMalformed(reason="card key")
