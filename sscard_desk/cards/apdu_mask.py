"""Commands and answers as a trace may show them: what is not known to be harmless is a number of bytes.

Shown are headers, status words, names and numbers of files, tags and lengths of records, and two items of EF05 that are
the same on thousands of cards. PINs, cryptograms, challenges, MACs, identification codes and everything that stands on
a card for its holder are not; neither is anything of a command that this list does not know.
"""

from typing import Final

from sscard_desk.cards import ssse
from sscard_desk.cards.iso7816 import Instruction

OPEN_ITEMS: Final = frozenset({ssse.CARD_CLASS.tag, ssse.SPEC_VERSION.tag})
"""Items of EF05 whose value says nothing of a person or of one card."""

_HEADER: Final = 5
_EF: Final = 0x02
_RECORD_HEAD: Final = 2


def hidden(data: bytes) -> str:
    """Return how many bytes there are, in the place of them."""
    return f"<{len(data)}>" if data else ""


def shown(data: bytes) -> str:
    """Return bytes as hex pairs."""
    return data.hex(" ").upper()


class Mask:
    """One card's commands in their order: an answer is masked by what was asked, and by the file it came from."""

    def __init__(self) -> None:
        self._asked = b""
        self._in_ssse = False
        self._in_ef05 = False

    def command(self, apdu: bytes) -> str:
        """Return a command: its header, and its data as far as they are open."""
        if apdu[1:2] != bytes((Instruction.GET_RESPONSE,)):
            self._asked = apdu
            self._follow_selection(apdu)
        data, after = self._parts(apdu)
        return _joined(shown(apdu[:_HEADER]), self._open_data(apdu, data), shown(after))

    def answer(self, data: bytes, status_word: int) -> str:
        """Return the answer to the last command: its data as far as they are open, and the status word."""
        return _joined(self._open_answer(data), f"{status_word >> 8:02X} {status_word & 0xFF:02X}")

    def _follow_selection(self, apdu: bytes) -> None:
        if apdu[1:2] != bytes((Instruction.SELECT,)) or len(apdu) <= _HEADER:
            return
        name = apdu[_HEADER : _HEADER + apdu[4]]
        if apdu[2] != _EF:
            # other applications have an EF05 as well, with other items in it
            self._in_ssse = name == ssse.NAME
        self._in_ef05 = self._in_ssse and name == ssse.EF05.file_id.to_bytes(2, "big")

    @staticmethod
    def _parts(apdu: bytes) -> tuple[bytes, bytes]:
        """Return data and Le."""
        if len(apdu) <= _HEADER:
            return b"", b""
        end = _HEADER + apdu[4]
        return apdu[_HEADER:end], apdu[end:] if len(apdu[end:]) <= 1 else b""

    @staticmethod
    def _open_data(apdu: bytes, data: bytes) -> str:
        if len(apdu) > _HEADER + len(data) + 1:
            return hidden(apdu[_HEADER:])  # Lc says something else: nobody knows what stands where
        if apdu[0] == 0 and apdu[1] == Instruction.SELECT:
            return shown(data)
        if apdu[1] == Instruction.UPDATE_RECORD:
            return _record(data)
        return hidden(data)

    def _open_answer(self, data: bytes) -> str:
        asked = self._asked
        if asked[1:2] != bytes((Instruction.READ_RECORD,)) or len(data) < _RECORD_HEAD:
            return hidden(data)
        if self._in_ef05 and data[0] in OPEN_ITEMS:
            return shown(data)
        return _record(data)


def _record(data: bytes) -> str:
    """Return tag and length of a record, and how many bytes follow."""
    if len(data) < _RECORD_HEAD or data[1] != len(data) - _RECORD_HEAD:
        return hidden(data)
    return _joined(shown(data[:_RECORD_HEAD]), hidden(data[_RECORD_HEAD:]))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
