"""The library as bytes in, (data, status word) out: what the desk asks a card, in the calls of LD/T 33.

The desk speaks to every card in commands of ISO/IEC 7816-4. The library knows no commands: it reads and writes items
and authenticates by itself inside each call: with the terminal's PSAM, or in two steps with what a key service answers.
So selecting is only remembered, each READ and UPDATE RECORD becomes one act of the library, and who answers for a key
is told beforehand (`answer_with`). A wrong key therefore shows at the first record and not before it.
"""

import re

from sscard_desk.cards import cipher, ssse
from sscard_desk.cards.algorithm import Algorithm
from sscard_desk.cards.authentication import Answer
from sscard_desk.cards.card_file import SSSE, CardFile
from sscard_desk.cards.file_layout import layout_of
from sscard_desk.cards.iso7816 import Instruction
from sscard_desk.cards.items import Item, PackedDecimal
from sscard_desk.cards.profile import KeyAddress
from sscard_desk.cards.sscard_text import address, one_value
from sscard_desk.cards.status_words import StatusWord
from sscard_desk.cards.tlv import MalformedTlv, Record
from sscard_desk.devices.card_library import codes
from sscard_desk.devices.card_library.calls import CardLibrary, LibraryGone, Said
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.card_model import ReaderLibraryRefused
from sscard_desk.domain.errors.device import CardOutcomeUnknown, CardReaderSilent
from sscard_desk.ports.devices import Cancel

RESIDENT_KEY = 2
"""iAuthType: the terminal shows a key, not the holder a PIN."""

_BY_NAME, _DF = 0x04, 0x00
_OK = StatusWord.SUCCESS
_HEX = re.compile("(?:[0-9A-F]{2})+")
_NO_TEXT = b"\x80"
"""No character begins with it in GBK, and no fill is made of it."""


class LibraryTransmit:
    """One card behind the library; serves `cards.iso7816.Transmit` and `cards.personalisation.AnsweringTerminal`.

    Args:
        library: the library.
        interface: iType of LD/T 33: 1 contact, 2 contactless, 3 and 4 either.
        first: what `iReadCardBas_HSM_Step1` said when the card was found.
        cancel: a wish to stop.
    """

    def __init__(self, library: CardLibrary, interface: int, first: Said, cancel: Cancel) -> None:
        self._library = library
        self._interface = interface
        self._cancel = cancel
        self._basic = first
        self._version = ""
        self._number = ""
        self._application = ""
        self._file: CardFile | None = None
        self._answers: dict[str, tuple[KeyAddress, Answer]] = {}

    def answer_with(self, key: KeyAddress, answer: Answer) -> None:
        """Keep who answers for a key when the library asks for it."""
        self._answers[key.hsm_name] = (key, answer)

    def __call__(self, apdu: bytes) -> tuple[bytes, int]:
        """Do what one command means.

        Raises:
            CardRemoved, CardReaderSilent: the card is gone, and the command changed nothing.
            CardOutcomeUnknown: the answer to a write was lost.
            ReaderLibraryRefused: the library gave an error number of its own.
        """
        if apdu[1] == Instruction.SELECT:
            return self._select(apdu)
        if self._application and apdu[1] == Instruction.READ_RECORD and not apdu[3]:
            return self._read(apdu[2])
        if self._application and apdu[1] == Instruction.UPDATE_RECORD:
            return self._write(apdu[5 : 5 + apdu[4]])
        return b"", StatusWord.WRONG_INS

    # -- selecting

    def _select(self, apdu: bytes) -> tuple[bytes, int]:
        wanted = apdu[5 : 5 + apdu[4]]
        if apdu[2] == _BY_NAME:
            return self._select_name(wanted)
        if apdu[2] == _DF and self._application and wanted[:1] == b"\xdf":
            self._application, self._file = wanted.hex().upper(), None
            return b"", _OK
        file = layout_of(self._version).find(self._application + wanted.hex().upper())
        if file is None:
            return b"", StatusWord.FILE_NOT_FOUND
        self._file = file
        return b"", _OK

    def _select_name(self, name: bytes) -> tuple[bytes, int]:
        self._application, self._file = "", None
        if name != ssse.NAME or self._basic.number == codes.WRONG_CARD:
            return b"", StatusWord.FILE_NOT_FOUND
        # asked anew each time: another card may lie there by now
        said = self._call("iReadCardBas_HSM_Step1", self._interface)
        if said.number == codes.WRONG_CARD:
            return b"", StatusWord.FILE_NOT_FOUND
        if said.number:
            return self._refused(said, codes.while_reading(said.number))
        self._basic, self._application = said, SSSE
        return bytes.fromhex("9F0C038601") + bytes.fromhex(said.fields[2] or "00"), _OK

    # -- reading

    def _read(self, tag: int) -> tuple[bytes, int]:
        item = self._item(tag)
        if item is None or self._file is None:
            return b"", StatusWord.RECORD_NOT_FOUND if self._file else StatusWord.NO_CURRENT_FILE
        where = address([(self._file, [item])])
        said = self._read_with_answer(where) if self._answers else self._read_plain(where)
        if said.number:
            return self._refused(said, codes.while_reading(said.number))
        text = one_value(said.text, self._file)
        if item is ssse.SPEC_VERSION:
            self._version = text
        if item is ssse.CARD_NUMBER:
            self._number = text
        return bytes(Record(item.tag, _value(item, text))), _OK

    def _read_plain(self, where: str) -> Said:
        return self._call("iReadCard", self._interface, RESIDENT_KEY, self._card_info(), where)

    def _read_with_answer(self, where: str) -> Said:
        first = self._call("iReadCard_HSM_Step1", self._interface, self._card_info(), where)
        if first.number in {codes.HSM_NOT_NEEDED, codes.NOT_SUPPORTED}:
            return self._read_plain(where)
        if first.number:
            return first
        return self._call("iReadCard_HSM_Step2", self._answered(first))

    # -- writing

    def _write(self, record: bytes) -> tuple[bytes, int]:
        try:
            parsed = Record.parse(record)
        except MalformedTlv:
            return b"", StatusWord.WRONG_DATA_FIELD
        item = self._item(parsed.tag)
        if item is None or self._file is None:
            return b"", StatusWord.RECORD_NOT_FOUND if self._file else StatusWord.NO_CURRENT_FILE
        where = address([(self._file, [item])])
        data = f"{self._file.address}|{item.decode(parsed.value)}|$"
        if not self._answers:
            said = self._call("iWriteCard", self._interface, self._card_info(), where, data, writes=True)
            return (b"", _OK) if not said.number else self._refused(said, codes.while_writing(said.number))
        first = self._call("iWriteCard_HSM_Step1", self._interface, self._card_info(), where)
        if first.number:
            return self._refused(first, codes.while_reading(first.number))
        said = self._call("iWriteCard_HSM_Step2", self._answered(first), data, writes=True)
        return (b"", _OK) if not said.number else self._refused(said, codes.while_writing(said.number))

    # -- inner

    def _item(self, tag: int) -> Item | None:
        return next((item for item in self._file.items if item.tag == tag), None) if self._file else None

    def _card_info(self) -> str:
        """Return 卡识别码|卡号| of the card that lies there."""
        return f"{self._basic.fields[3]}|{self._number}|"

    def _answered(self, first: Said) -> str:
        """Return what the key's holder answers to algorithm | key address | factor | random |."""
        algorithm, wanted, _factor, random = (*first.fields, "", "", "", "")[:4]
        known = self._answers.get(wanted.upper())
        if known is None:
            raise ReaderLibraryRefused(number=-2203)  # the key that the library wants is none of this profile
        key, answer = known
        cipher.block_length(Algorithm(int(algorithm or "0", 16)))
        return answer(key.apdu_key_id, bytes.fromhex(random)).hex().upper()

    def _call(self, function: str, *arguments: int | str, writes: bool = False) -> Said:
        try:
            return self._library.call(function, *arguments, cancel=self._cancel)
        except LibraryGone:
            raise (CardOutcomeUnknown if writes else CardReaderSilent) from None

    @staticmethod
    def _refused(said: Said, trouble: DeskError) -> tuple[bytes, int]:
        status_word = codes.status_word(said.number)
        if status_word is None:
            raise trouble
        return b"", status_word


def _value(item: Item, text: str) -> bytes:
    """Return the bytes that the library made a text of; of a torn record, bytes that nobody takes for a value."""
    try:
        return item.encode(text)
    except DeskError:
        torn = bytes.fromhex(text) if isinstance(item, PackedDecimal) and _HEX.fullmatch(text) else b""
    return torn if len(torn) == item.length else _NO_TEXT * item.length
