"""A virtual PSAM with the training keys: answers as the domain reference says genuine ones do (A.9, single source)."""

from enum import Enum
from typing import Final

from sscard_desk.cards import key_chain, psam_commands
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.profile import CardProfile
from sscard_desk.cards.status_words import SW1_MORE_DATA, StatusWord
from sscard_desk.devices.card_reader.virtual_command import HEADER, Refused, data_of

_ATR: Final = bytes.fromhex("3B690000") + b"PSAM-TRN1"
_BLOCK: Final = 8


class PsamFault(Enum):
    """What is wrong with a PSAM for its whole life."""

    NONE = "none"
    ALGORITHM = "algorithm"
    """It states another cipher than the profile's."""
    KEY = "key"
    """It lacks every key."""
    LEVEL = "level"
    """Its keys are of too low a level for this card."""


class VirtualPsam:
    """One PSAM; fits `virtual_command.VirtualChip`.

    Args:
        profile: whose training keys lie in it, under its `psam` rules.
        fault: what is wrong with it.
    """

    atr = _ATR

    def __init__(self, profile: CardProfile, fault: PsamFault = PsamFault.NONE) -> None:
        rules = profile.psam
        self._application = rules.application if rules else b""
        held = {} if rules is None or fault is PsamFault.KEY else rules.keys
        self._keys = {index: profile.training_keys[key] for key, index in held.items() if key in profile.training_keys}
        self._levels = len(profile.diversification)
        self._fault = fault
        self._cipher = Algorithm.SM4 if fault is PsamFault.ALGORITHM else profile.algorithm
        self.reset()

    def reset(self) -> None:
        """Forget selection, the made key and the waiting answer."""
        self._selected = False
        self._made: tuple[bytes, bytes] | None = None
        self._waiting = b""

    def process(self, apdu: bytes, *, torn: bool = False) -> bytes:
        """Carry out one command and return its answer with status word; nothing in it outlives a reset."""
        del torn
        try:
            return self._answer(apdu) + StatusWord.SUCCESS.to_bytes(2, "big")
        except Refused as refused:
            return refused.status_word.to_bytes(2, "big")

    def _answer(self, apdu: bytes) -> bytes:
        if len(apdu) < HEADER:
            raise Refused(StatusWord.WRONG_LENGTH)
        match apdu[0], apdu[1]:
            case 0x00, Instruction.SELECT:
                return self._select(apdu)
            case psam_commands.DIVERSIFY_CLASS, psam_commands.DIVERSIFY:
                return self._diversify(apdu)
            case psam_commands.ENCIPHER_CLASS, psam_commands.ENCIPHER:
                return self._encipher(data_of(apdu))
            case 0x00, Instruction.GET_RESPONSE:
                waiting, self._waiting = self._waiting, b""
                if not waiting:
                    raise Refused(StatusWord.CONDITIONS)
                return waiting[: apdu[4]]
        raise Refused(StatusWord.WRONG_INS)

    def _select(self, apdu: bytes) -> bytes:
        self.reset()
        if data_of(apdu) != self._application:
            raise Refused(StatusWord.FILE_NOT_FOUND)
        self._selected = True
        issuer_data = bytes.fromhex("9F0C038601") + bytes((self._cipher.value or 0,))
        own = b"\xa5" + bytes((len(issuer_data),)) + issuer_data
        inside = b"\x84" + bytes((len(self._application),)) + self._application + own
        return self._later(b"\x6f" + bytes((len(inside),)) + inside)

    def _diversify(self, apdu: bytes) -> bytes:
        if not self._selected:
            raise Refused(StatusWord.CONDITIONS)
        if self._fault is PsamFault.LEVEL or apdu[2] != psam_commands.usage(self._levels):
            raise Refused(StatusWord.SECURITY_STATUS)
        key = self._keys.get(apdu[3])
        if key is None:
            raise Refused(StatusWord.KEY_NOT_FOUND)
        data = data_of(apdu)
        if len(data) != _BLOCK * (self._levels + 1):
            raise Refused(StatusWord.WRONG_LENGTH)
        for level in reversed(range(self._levels)):
            key = key_chain.diversified(key, data[level * _BLOCK : (level + 1) * _BLOCK])
        self._made = key, data[-_BLOCK:]
        return b""

    def _encipher(self, block: bytes) -> bytes:
        made, self._made = self._made, None
        if made is None or made[1] != block:
            raise Refused(StatusWord.CONDITIONS)
        return self._later(key_chain.triple_des(made[0], block))

    def _later(self, answer: bytes) -> bytes:
        self._waiting = answer
        raise Refused(SW1_MORE_DATA << 8 | len(answer))
