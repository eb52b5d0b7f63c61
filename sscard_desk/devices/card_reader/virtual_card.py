"""A virtual social security card: takes command bytes and answers as the domain reference says real cards do (A.9).

Files, keys, PIN and the bank's application have a room each; here is what they share: selection, and one command after
the other.
"""

from collections.abc import Callable
from typing import Final

from sscard_desk.cards import secure_messaging, ssse
from sscard_desk.cards.card_file import SSSE
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.profile import CardProfile
from sscard_desk.cards.status_words import SW1_MORE_DATA, SW1_WRONG_LE, StatusWord
from sscard_desk.devices.card_reader.virtual_bank import BankSide
from sscard_desk.devices.card_reader.virtual_command import HEADER, Refused, data_of, le_of
from sscard_desk.devices.card_reader.virtual_files import PIN_KEY, CardMemory
from sscard_desk.devices.card_reader.virtual_keys import KeySide
from sscard_desk.devices.card_reader.virtual_pin import PinSide
from sscard_desk.devices.card_reader.virtual_records import SFI_SHIFT, FileSide

_BY_NAME: Final = 0x04
_BANK: Final = "BANK"
_OWN_CLASS: Final[dict[int, int]] = {
    Instruction.CHANGE_PIN: 0x80,
    Instruction.UNBLOCK_PIN: 0x84,
    Instruction.RELOAD_PIN: 0x84,
}
"""Commands whose class byte is not 00."""

_PROTECTED: Final = frozenset({Instruction.UPDATE_RECORD, Instruction.UPDATE_BINARY})
"""Commands that carry a MAC where the card's profile says so."""


class VirtualCard:
    """One card with its keys.

    Args:
        memory: what survives power-off; changed in place and kept in its file.
        profile: whose training keys and chain the card was given.
    """

    def __init__(self, memory: CardMemory, profile: CardProfile) -> None:
        self.memory = memory
        self._keys = KeySide(memory, profile)
        self._secure_messaging = profile.secure_messaging
        self._pin = PinSide(memory, self._keys.keys.get(PIN_KEY, b""), profile.algorithm)
        self._files = FileSide(memory, self._keys, self._pin)
        self._bank = BankSide(memory.bank_card_number)
        self._handlers: dict[int, Callable[[bytes, bool], bytes]] = {
            Instruction.SELECT: self._select,
            Instruction.READ_RECORD: self._read_record,
            Instruction.UPDATE_RECORD: self._files.update_record,
            Instruction.READ_BINARY: self._files.read_binary,
            Instruction.UPDATE_BINARY: self._files.update_binary,
            Instruction.GET_CHALLENGE: self._keys.get_challenge,
            Instruction.EXTERNAL_AUTHENTICATE: self._keys.external_authenticate,
            Instruction.VERIFY: self._pin.verify,
            Instruction.CHANGE_PIN: self._pin.change,
            Instruction.UNBLOCK_PIN: self._pin.unblock,
            Instruction.RELOAD_PIN: self._pin.reload,
            Instruction.GET_RESPONSE: self._get_response,
        }
        self.reset()

    @property
    def atr(self) -> bytes:
        """The answer to reset."""
        return self.memory.atr

    def reset(self) -> None:
        """Forget selection, authentication, challenge and waiting answer: power-off or reset."""
        self._enter("")
        self._pin.verified = False
        self._keys.challenge = None
        self._waiting = b""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        """Carry out one command and return its answer with status word.

        Args:
            apdu: the command.
            torn: lose power half way through writing: only the first half of the value is stored.
        """
        # a challenge is good for the very next command, a waiting answer likewise
        challenge, self._keys.challenge = self._keys.challenge, None
        waiting, self._waiting = self._waiting, b""
        if len(apdu) < HEADER - 1:
            return StatusWord.WRONG_LENGTH.to_bytes(2, "big")
        protected = apdu[0] == secure_messaging.PROTECTED and apdu[1] in _PROTECTED
        if apdu[0] != _OWN_CLASS.get(apdu[1], 0x00) and not protected:
            return StatusWord.WRONG_CLA.to_bytes(2, "big")
        handler = self._handlers.get(apdu[1])
        if handler is None:
            return StatusWord.WRONG_INS.to_bytes(2, "big")
        if apdu[1] == Instruction.EXTERNAL_AUTHENTICATE or (self._secure_messaging and apdu[1] in _PROTECTED):
            self._keys.challenge = challenge
        self._pin.challenge = challenge
        if apdu[1] == Instruction.GET_RESPONSE:
            self._waiting = waiting
        try:
            if self._secure_messaging and apdu[1] in _PROTECTED:
                apdu = self._keys.unprotected(apdu)
            return handler(apdu, torn) + StatusWord.SUCCESS.to_bytes(2, "big")
        except Refused as refused:
            return refused.status_word.to_bytes(2, "big")

    def _select(self, apdu: bytes, _torn: bool) -> bytes:
        wanted = data_of(apdu)
        if apdu[2] == _BY_NAME:
            return self._select_name(apdu, wanted)
        name = wanted.hex().upper()
        if self._application and name in self.memory.applications:
            self._enter(name)
        else:
            self._files.select(int.from_bytes(wanted, "big"))
        return b""

    def _select_name(self, apdu: bytes, name: bytes) -> bytes:
        bank = self._bank.select(name)
        if name != ssse.NAME and bank is None:
            raise Refused(StatusWord.FILE_NOT_FOUND)
        self._enter(_BANK if bank else SSSE)
        self._pin.verified = False
        return self._long_answer(apdu, bank or self._file_control())

    def _enter(self, application: str) -> None:
        """Make an application the current one; what was shown to the one before is gone."""
        self._application = application
        self._keys.opened, self._keys.usable = set(), application not in {"", _BANK}
        own = self.memory.files if application == SSSE else self.memory.applications.get(application, {})
        self._files.enter(own)

    def _file_control(self) -> bytes:
        issuer_data = bytes.fromhex("9F0C03 8601") + bytes((self._keys.algorithm.value or 0,))
        own = b"\xa5" + bytes((len(issuer_data),)) + issuer_data
        inside = b"\x84" + bytes((len(ssse.NAME),)) + ssse.NAME + own
        return b"\x6f" + bytes((len(inside),)) + inside

    def _long_answer(self, apdu: bytes, answer: bytes) -> bytes:
        if len(apdu) > HEADER + apdu[4]:
            return answer
        # T=0: data went in, so the answer waits for GET RESPONSE
        self._waiting = answer
        raise Refused(SW1_MORE_DATA << 8 | len(answer))

    def _get_response(self, apdu: bytes, _torn: bool) -> bytes:
        if not self._waiting:
            raise Refused(StatusWord.CONDITIONS)
        waiting, self._waiting = self._waiting, b""
        return waiting[: le_of(apdu)]

    def _read_record(self, apdu: bytes, torn: bool) -> bytes:
        return self._bank_record(apdu) if self._application == _BANK else self._files.read_record(apdu, torn)

    def _bank_record(self, apdu: bytes) -> bytes:
        record = self._bank.record(apdu[3] >> SFI_SHIFT, apdu[2])
        if record is None:
            raise Refused(StatusWord.RECORD_NOT_FOUND)
        if le_of(apdu) != len(record):
            raise Refused(SW1_WRONG_LE << 8 | len(record))
        return record
