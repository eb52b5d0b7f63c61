"""The keys of a virtual card: challenges, external authentication with its counter, and MACs of protected commands."""

import hmac
import secrets
from collections.abc import Mapping
from typing import Final

from sscard_desk.cards import key_chain, secure_messaging
from sscard_desk.cards.iso7816 import CHALLENGE_LENGTH
from sscard_desk.cards.profile import CardProfile
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.devices.card_reader.virtual_command import HEADER, Refused, data_of, le_of
from sscard_desk.devices.card_reader.virtual_files import KEY_TRIES, UPDATE_KEY, CardMemory

_TRIES: Final = 0x63C0


class KeySide:
    """One card's keys.

    Args:
        memory: keeps how often each may still be wrong.
        profile: whose training keys and chain the card was given.
    """

    def __init__(self, memory: CardMemory, profile: CardProfile) -> None:
        self._memory = memory
        region = memory.identification_code[:6]
        self.keys: Mapping[int, bytes] = {
            key_id: key_chain.card_key(master, profile.diversification, region, memory.historical, profile.algorithm)
            for key_id, master in profile.training_keys.items()
        }
        self.algorithm = profile.algorithm
        self.opened: set[int] = set()
        """Ids of the keys that were shown since the application was selected."""
        self.challenge: bytes | None = None
        """The random number of the command before this one."""
        self.usable = False
        """Whether an application with keys is selected."""

    def unprotected(self, apdu: bytes) -> bytes:
        """Check the MAC of a command and return the command without it.

        Raises:
            Refused: no MAC, no challenge, or a MAC of another key.
        """
        data = data_of(apdu)
        if apdu[0] != secure_messaging.PROTECTED or len(data) < secure_messaging.MAC_LENGTH:
            raise Refused(StatusWord.MAC_MISSING)
        challenge, self.challenge = self.challenge, None
        if challenge is None:
            raise Refused(StatusWord.DATA_INVALID)
        covered, claimed = (
            apdu[: HEADER + apdu[4]][: -secure_messaging.MAC_LENGTH],
            data[-secure_messaging.MAC_LENGTH :],
        )
        due = secure_messaging.mac(self.algorithm, self.keys[UPDATE_KEY], challenge, covered)
        if not hmac.compare_digest(due, claimed):
            raise Refused(StatusWord.SECURE_MESSAGING_WRONG)
        plain = data[: -secure_messaging.MAC_LENGTH]
        return bytes((0x00, *apdu[1:4], len(plain))) + plain

    def get_challenge(self, apdu: bytes, _torn: bool) -> bytes:
        """GET CHALLENGE."""
        if le_of(apdu) not in (4, CHALLENGE_LENGTH, 16):
            raise Refused(StatusWord.WRONG_LENGTH)
        self.challenge = secrets.token_bytes(le_of(apdu))
        return self.challenge

    def external_authenticate(self, apdu: bytes, _torn: bool) -> bytes:
        """EXTERNAL AUTHENTICATE; a wrong answer costs the key a try."""
        challenge, self.challenge = self.challenge, None
        key_id, answer = apdu[3], data_of(apdu)
        key = self.keys.get(key_id)
        if key is None:
            raise Refused(StatusWord.KEY_NOT_FOUND)
        if not self.usable:
            raise Refused(StatusWord.CONDITIONS)
        if challenge is None or len(challenge) != key_chain.challenge_length(self.algorithm):
            raise Refused(StatusWord.DATA_INVALID)
        left = self._memory.key_tries.get(key_id, KEY_TRIES)
        if not left:
            raise Refused(StatusWord.BLOCKED)
        if not hmac.compare_digest(answer, key_chain.answer_to_challenge(key, challenge, self.algorithm)):
            self._memory.key_tries[key_id] = left - 1
            self._memory.keep()
            raise Refused(_TRIES | left - 1)
        self.opened.add(key_id)
        if left != KEY_TRIES:
            self._memory.key_tries[key_id] = KEY_TRIES
            self._memory.keep()
        return b""
