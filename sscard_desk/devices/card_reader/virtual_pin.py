"""The PIN of a virtual card: its counter, and who may change it or give it back."""

import hmac
from typing import Final

from sscard_desk.cards import cipher, secure_messaging
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.devices.card_reader.virtual_command import HEADER, Refused, data_of
from sscard_desk.devices.card_reader.virtual_files import PIN_TRIES, CardMemory

_TRIES: Final = 0x63C0
_SEPARATOR: Final = b"\xff"
_DIGITS: Final = 6


class PinSide:
    """One card's PIN.

    Args:
        memory: keeps PIN and counter.
        key: the card's PIN key; empty where its maker gave it none.
        algorithm: cipher of that key.
    """

    def __init__(self, memory: CardMemory, key: bytes, algorithm: Algorithm) -> None:
        self._memory = memory
        self._key = key
        self._algorithm = algorithm
        self.verified = False
        self.challenge: bytes | None = None
        """The random number of the command before this one."""

    def verify(self, apdu: bytes, _torn: bool) -> bytes:
        """VERIFY; without data it asks for the tries and costs none."""
        if len(apdu) <= HEADER and apdu[4:] in (b"", b"\x00"):
            if self.verified:
                return b""
            raise Refused(_TRIES | self._memory.pin_tries if self._memory.pin_tries else StatusWord.BLOCKED)
        self._need(data_of(apdu))
        self.verified = True
        return b""

    def change(self, apdu: bytes, torn: bool) -> bytes:
        """CHANGE PIN: old, FF, new."""
        old, separator, new = data_of(apdu).partition(_SEPARATOR)
        if apdu[2] != 0x01 or not separator or len(new.hex()) != _DIGITS or not new.hex().isdecimal():
            raise Refused(StatusWord.WRONG_DATA_FIELD)
        self._need(old)
        if not torn:
            self._memory.pin = new.hex()
        self._memory.keep()
        return b""

    def unblock(self, apdu: bytes, _torn: bool) -> bytes:
        """UNBLOCK PIN: the tries come back, the PIN stays."""
        if self._unprotected(apdu):
            raise Refused(StatusWord.WRONG_DATA_FIELD)
        self._memory.pin_tries = PIN_TRIES
        self._memory.keep()
        return b""

    def reload(self, apdu: bytes, torn: bool) -> bytes:
        """RELOAD PIN: a new PIN with all its tries."""
        plain = cipher.decrypt(self._algorithm, self._key, self._unprotected(apdu))
        digits = plain[1 : 1 + plain[0]].hex() if plain else ""
        if len(digits) != _DIGITS or not digits.isdecimal():
            raise Refused(StatusWord.WRONG_DATA_FIELD)
        if not torn:
            self._memory.pin, self._memory.pin_tries = digits, PIN_TRIES
        self._memory.keep()
        return b""

    def _need(self, shown: bytes) -> None:
        """Count a wrong PIN before anybody is told, so that pulling the card saves no try."""
        memory = self._memory
        if not memory.pin_tries:
            raise Refused(StatusWord.BLOCKED)
        right = hmac.compare_digest(shown, bytes.fromhex(memory.pin))
        memory.pin_tries = PIN_TRIES if right else memory.pin_tries - 1
        memory.keep()
        if not right:
            self.verified = False
            raise Refused(_TRIES | memory.pin_tries)

    def _unprotected(self, apdu: bytes) -> bytes:
        data = data_of(apdu)
        if not self._key:
            raise Refused(StatusWord.KEY_NOT_FOUND)
        if self.challenge is None or len(self.challenge) != cipher.block_length(self._algorithm):
            raise Refused(StatusWord.DATA_INVALID)
        hidden, claimed = data[: -secure_messaging.MAC_LENGTH], data[-secure_messaging.MAC_LENGTH :]
        due = secure_messaging.mac(self._algorithm, self._key, self.challenge, apdu[:HEADER] + hidden)
        if not hmac.compare_digest(due, claimed):
            raise Refused(StatusWord.SECURE_MESSAGING_WRONG)
        if len(hidden) % cipher.block_length(self._algorithm):
            raise Refused(StatusWord.WRONG_DATA_FIELD)
        return hidden
