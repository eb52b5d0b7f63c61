"""A virtual social security card: takes command bytes and answers as the domain reference says real cards do (A.9)."""

import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import Final

from sscard_desk.cards import key_chain, secure_messaging, ssse
from sscard_desk.cards.card_file import SSSE
from sscard_desk.cards.iso7816 import CHALLENGE_LENGTH, Instruction
from sscard_desk.cards.profile import CardProfile
from sscard_desk.cards.status_words import SW1_MORE_DATA, SW1_WRONG_LE, StatusWord
from sscard_desk.cards.tlv import MalformedTlv, Record
from sscard_desk.devices.card_reader.virtual_bank import BankSide
from sscard_desk.devices.card_reader.virtual_command import Refused, data_of, le_of
from sscard_desk.devices.card_reader.virtual_files import (
    KEY_TRIES,
    PIN_KEY,
    UPDATE_KEY,
    CardMemory,
    VirtualFile,
)
from sscard_desk.devices.card_reader.virtual_pin import PinSide

_HEADER: Final = 5
_BY_NAME: Final = 0x04
_SFI_SHIFT: Final = 3
_BY_NUMBER: Final = 0x04
_TRIES: Final = 0x63C0
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
        region = memory.identification_code[:6]
        self._keys: Mapping[int, bytes] = {
            key_id: key_chain.card_key(master, profile.diversification, region, memory.historical, profile.algorithm)
            for key_id, master in profile.training_keys.items()
        }
        self._algorithm = profile.algorithm
        self._secure_messaging = profile.secure_messaging
        self._pin = PinSide(memory, self._keys.get(PIN_KEY, b""), profile.algorithm)
        self._bank = BankSide(memory.bank_card_number)
        self._handlers: dict[int, Callable[[bytes, bool], bytes]] = {
            Instruction.SELECT: self._select,
            Instruction.READ_RECORD: self._read_record,
            Instruction.UPDATE_RECORD: self._update_record,
            Instruction.READ_BINARY: self._read_binary,
            Instruction.UPDATE_BINARY: self._update_binary,
            Instruction.GET_CHALLENGE: self._get_challenge,
            Instruction.EXTERNAL_AUTHENTICATE: self._external_authenticate,
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
        self._application = ""
        self._file: VirtualFile | None = None
        self._opened: set[int] = set()
        self._pin.verified = False
        self._challenge: bytes | None = None
        self._waiting = b""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        """Carry out one command and return its answer with status word.

        Args:
            apdu: the command.
            torn: lose power half way through writing: only the first half of the value is stored.
        """
        challenge = self._challenge
        waiting = self._waiting
        # a challenge is good for the very next command, a waiting answer likewise
        self._challenge, self._waiting = None, b""
        if len(apdu) < _HEADER - 1:
            return StatusWord.WRONG_LENGTH.to_bytes(2, "big")
        protected = apdu[0] == secure_messaging.PROTECTED and apdu[1] in _PROTECTED
        if apdu[0] != _OWN_CLASS.get(apdu[1], 0x00) and not protected:
            return StatusWord.WRONG_CLA.to_bytes(2, "big")
        handler = self._handlers.get(apdu[1])
        if handler is None:
            return StatusWord.WRONG_INS.to_bytes(2, "big")
        if apdu[1] == Instruction.EXTERNAL_AUTHENTICATE:
            self._challenge = challenge
        self._pin.challenge = challenge
        if apdu[1] == Instruction.GET_RESPONSE:
            self._waiting = waiting
        try:
            if self._secure_messaging and apdu[1] in _PROTECTED:
                apdu = self._unprotected(apdu, challenge)
            return handler(apdu, torn) + StatusWord.SUCCESS.to_bytes(2, "big")
        except Refused as refused:
            return refused.status_word.to_bytes(2, "big")

    def _unprotected(self, apdu: bytes, challenge: bytes | None) -> bytes:
        """Check the MAC of a command and return the command without it."""
        data = data_of(apdu)
        if apdu[0] != secure_messaging.PROTECTED or len(data) < secure_messaging.MAC_LENGTH:
            raise Refused(StatusWord.MAC_MISSING)
        if challenge is None:
            raise Refused(StatusWord.DATA_INVALID)
        covered, claimed = (
            apdu[: _HEADER + apdu[4]][: -secure_messaging.MAC_LENGTH],
            data[-secure_messaging.MAC_LENGTH :],
        )
        due = secure_messaging.mac(self._algorithm, self._keys[UPDATE_KEY], challenge, covered)
        if not hmac.compare_digest(due, claimed):
            raise Refused(StatusWord.SECURE_MESSAGING_WRONG)
        plain = data[: -secure_messaging.MAC_LENGTH]
        return bytes((0x00, *apdu[1:4], len(plain))) + plain

    def _select(self, apdu: bytes, _torn: bool) -> bytes:
        wanted = data_of(apdu)
        if apdu[2] == _BY_NAME:
            return self._select_name(apdu, wanted)
        name = wanted.hex().upper()
        if self._application and name in self.memory.applications:
            self._application, self._file, self._opened = name, None, set()
            return b""
        file = self._files().get(int.from_bytes(wanted, "big"))
        if file is None:
            raise Refused(StatusWord.FILE_NOT_FOUND)
        self._file = file
        return b""

    def _select_name(self, apdu: bytes, name: bytes) -> bytes:
        bank = self._bank.select(name)
        if name != ssse.NAME and bank is None:
            raise Refused(StatusWord.FILE_NOT_FOUND)
        self._application, self._file, self._opened = _BANK if bank else SSSE, None, set()
        self._pin.verified = False
        return self._long_answer(apdu, bank or self._file_control())

    def _files(self) -> dict[int, VirtualFile]:
        """Return the files of the application that was selected last."""
        if self._application == SSSE:
            return self.memory.files
        return self.memory.applications.get(self._application, {})

    def _file_control(self) -> bytes:
        issuer_data = bytes.fromhex("9F0C03 8601") + bytes((self._algorithm.value or 0,))
        own = b"\xa5" + bytes((len(issuer_data),)) + issuer_data
        inside = b"\x84" + bytes((len(ssse.NAME),)) + ssse.NAME + own
        return b"\x6f" + bytes((len(inside),)) + inside

    def _long_answer(self, apdu: bytes, answer: bytes) -> bytes:
        if len(apdu) > _HEADER + apdu[4]:
            return answer
        # T=0: data went in, so the answer waits for GET RESPONSE
        self._waiting = answer
        raise Refused(SW1_MORE_DATA << 8 | len(answer))

    def _get_response(self, apdu: bytes, _torn: bool) -> bytes:
        if not self._waiting:
            raise Refused(StatusWord.CONDITIONS)
        waiting, self._waiting = self._waiting, b""
        return waiting[: le_of(apdu)]

    def _read_record(self, apdu: bytes, _torn: bool) -> bytes:
        if self._application == _BANK:
            return self._bank_record(apdu)
        file = self._addressed(apdu[3])
        records = self._records(file)
        if not file.read.granted(self._opened, pin=self._pin.verified):
            raise Refused(StatusWord.SECURITY_STATUS)
        tag = self._tag(apdu, records)
        record = bytes(Record(tag, records[tag]))
        if le_of(apdu) != len(record):
            raise Refused(SW1_WRONG_LE << 8 | len(record))
        return record

    def _bank_record(self, apdu: bytes) -> bytes:
        record = self._bank.record(apdu[3] >> _SFI_SHIFT, apdu[2])
        if record is None:
            raise Refused(StatusWord.RECORD_NOT_FOUND)
        if le_of(apdu) != len(record):
            raise Refused(SW1_WRONG_LE << 8 | len(record))
        return record

    def _update_record(self, apdu: bytes, torn: bool) -> bytes:
        file = self._addressed(apdu[3])
        records = self._records(file)
        if not file.write.granted(self._opened, pin=self._pin.verified):
            raise Refused(StatusWord.SECURITY_STATUS)
        tag = self._tag(apdu, records)
        try:
            record = Record.parse(data_of(apdu))
        except MalformedTlv:
            raise Refused(StatusWord.WRONG_DATA_FIELD) from None
        if record.tag != tag or len(record.value) != len(records[tag]):
            raise Refused(StatusWord.WRONG_DATA_FIELD)
        half = len(record.value) // 2
        records[tag] = record.value[:half] + records[tag][half:] if torn else record.value
        self.memory.keep()
        return b""

    def _read_binary(self, apdu: bytes, _torn: bool) -> bytes:
        file = self._transparent()
        if not file.read.granted(self._opened, pin=self._pin.verified):
            raise Refused(StatusWord.SECURITY_STATUS)
        offset = int.from_bytes(apdu[2:4], "big")
        if offset >= len(file.content):
            raise Refused(StatusWord.WRONG_OFFSET)
        return file.content[offset : offset + (le_of(apdu) or 256)]

    def _update_binary(self, apdu: bytes, torn: bool) -> bytes:
        file = self._transparent()
        if not file.write.granted(self._opened, pin=self._pin.verified):
            raise Refused(StatusWord.SECURITY_STATUS)
        offset, data = int.from_bytes(apdu[2:4], "big"), data_of(apdu)
        if offset + len(data) > len(file.content):
            raise Refused(StatusWord.WRONG_OFFSET)
        stored = data[: len(data) // 2] if torn else data
        file.content = file.content[:offset] + stored + file.content[offset + len(stored) :]
        self.memory.keep()
        return b""

    def _get_challenge(self, apdu: bytes, _torn: bool) -> bytes:
        if le_of(apdu) not in (4, CHALLENGE_LENGTH, 16):
            raise Refused(StatusWord.WRONG_LENGTH)
        self._challenge = secrets.token_bytes(le_of(apdu))
        return self._challenge

    def _external_authenticate(self, apdu: bytes, _torn: bool) -> bytes:
        challenge, self._challenge = self._challenge, None
        key_id, answer = apdu[3], data_of(apdu)
        key = self._keys.get(key_id)
        if key is None:
            raise Refused(StatusWord.KEY_NOT_FOUND)
        if self._application in {"", _BANK}:
            raise Refused(StatusWord.CONDITIONS)
        if challenge is None or len(challenge) != key_chain.challenge_length(self._algorithm):
            raise Refused(StatusWord.DATA_INVALID)
        left = self.memory.key_tries.get(key_id, KEY_TRIES)
        if not left:
            raise Refused(StatusWord.BLOCKED)
        if not hmac.compare_digest(answer, key_chain.answer_to_challenge(key, challenge, self._algorithm)):
            self.memory.key_tries[key_id] = left - 1
            self.memory.keep()
            raise Refused(_TRIES | left - 1)
        self._opened.add(key_id)
        if left != KEY_TRIES:
            self.memory.key_tries[key_id] = KEY_TRIES
            self.memory.keep()
        return b""

    def _addressed(self, p2: int) -> VirtualFile:
        """Return the current file, or the one whose short identifier stands in P2 (domain reference A.3)."""
        sfi = p2 >> _SFI_SHIFT
        file = self._files().get(0xEF00 | sfi) if sfi else self._file
        if file is None:
            raise Refused(StatusWord.FILE_NOT_FOUND if sfi else StatusWord.NO_CURRENT_FILE)
        self._file = file
        return file

    def _transparent(self) -> VirtualFile:
        if self._file is None:
            raise Refused(StatusWord.NO_CURRENT_FILE)
        if self._file.records is not None:
            raise Refused(StatusWord.WRONG_FILE_TYPE)
        return self._file

    @staticmethod
    def _records(file: VirtualFile) -> dict[int, bytes]:
        if file.records is None:
            raise Refused(StatusWord.WRONG_FILE_TYPE)
        return file.records

    @staticmethod
    def _tag(apdu: bytes, records: dict[int, bytes]) -> int:
        """Return the tag that P1 means: itself, or that of the record with this number."""
        tags = list(records)
        if apdu[3] & 0x07 == _BY_NUMBER:
            if not 1 <= apdu[2] <= len(tags):
                raise Refused(StatusWord.RECORD_NOT_FOUND)
            return tags[apdu[2] - 1]
        if apdu[2] not in records:
            raise Refused(StatusWord.RECORD_NOT_FOUND)
        return apdu[2]
