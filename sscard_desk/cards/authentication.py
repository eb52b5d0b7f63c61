"""Proving to a card that this desk may use a key: GET CHALLENGE, EXTERNAL AUTHENTICATE (domain reference A.8, A.9)."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from sscard_desk.cards.identity import CardIdentity
from sscard_desk.cards.iso7816 import Transmit, external_authenticate, get_challenge
from sscard_desk.cards.profile import CardProfile, KeyAddress
from sscard_desk.cards.status_words import StatusWord, need_success, tries_left
from sscard_desk.domain.errors.device import CardAuthenticationFailed

Answer = Callable[[int, bytes], bytes]
"""Gives the data of EXTERNAL AUTHENTICATE for (key id, challenge); a key holder stands behind it."""


@runtime_checkable
class AnsweringTerminal(Protocol):
    """A `transmit` whose terminal authenticates by itself inside each of its acts (LD/T 33-2015)."""

    def answer_with(self, key: KeyAddress, answer: Answer) -> None:
        """Keep who answers for a key when the terminal asks for it."""


def authenticate(transmit: Transmit, key: KeyAddress, answer: Answer) -> None:
    """Prove to the card that this desk may use a key: GET CHALLENGE, EXTERNAL AUTHENTICATE.

    The right lasts until SSSE is selected again or the card is reset.

    A terminal that authenticates by itself is told who answers; with it a wrong key shows at the first record.

    Raises:
        CardAuthenticationFailed: wrong key; `tries_left` as the card counts them.
        CardRefused: the card does not know the key, or no challenge was open.
        KeyHolderRefused: from the key holder.
    """
    terminal: object = transmit
    if isinstance(terminal, AnsweringTerminal):
        terminal.answer_with(key, answer)
        return
    challenge = get_challenge(transmit, key.challenge_length)
    status_word = external_authenticate(transmit, key.apdu_key_id, answer(key.apdu_key_id, challenge))
    left = tries_left(status_word)
    if left is not None or status_word == StatusWord.SECURITY_STATUS:
        raise CardAuthenticationFailed(tries_left=left)
    need_success("EXTERNAL AUTHENTICATE", status_word)


def open_for_reading(transmit: Transmit, identity: CardIdentity, profile: CardProfile, answer: Answer) -> None:
    """Authenticate with RKssse where the card's version asks for it before EF06 can be read.

    Raises:
        CardAuthenticationFailed, CardRefused, KeyHolderRefused: as `authenticate`.
    """
    if identity.public.reads_holder_with_key:
        authenticate(transmit, profile.read_key, answer)
