"""Reading and writing the files of a virtual card: records by tag or number, and transparent files (A.3, A.9)."""

from typing import Final

from sscard_desk.cards.status_words import SW1_WRONG_LE, StatusWord
from sscard_desk.cards.tlv import MalformedTlv, Record
from sscard_desk.devices.card_reader.virtual_command import Refused, data_of, le_of
from sscard_desk.devices.card_reader.virtual_files import CardMemory, VirtualFile
from sscard_desk.devices.card_reader.virtual_keys import KeySide
from sscard_desk.devices.card_reader.virtual_pin import PinSide

SFI_SHIFT: Final = 3
_BY_NUMBER: Final = 0x04


class FileSide:
    """The files of the application that was selected last.

    Args:
        memory: keeps what is written.
        keys: which keys were shown.
        pin: whether the PIN was.
    """

    def __init__(self, memory: CardMemory, keys: KeySide, pin: PinSide) -> None:
        self._memory, self._keys, self._pin = memory, keys, pin
        self.files: dict[int, VirtualFile] = {}
        self.file: VirtualFile | None = None

    def enter(self, files: dict[int, VirtualFile]) -> None:
        """Another application is the current one; no file of it is selected yet."""
        self.files, self.file = files, None

    def select(self, file_id: int) -> None:
        """Select a file.

        Raises:
            Refused: there is none.
        """
        found = self.files.get(file_id)
        if found is None:
            raise Refused(StatusWord.FILE_NOT_FOUND)
        self.file = found

    def read_record(self, apdu: bytes, _torn: bool) -> bytes:
        """READ RECORD."""
        file = self._addressed(apdu[3])
        records = self._records(file)
        if not file.read.granted(self._keys.opened, pin=self._pin.verified):
            raise Refused(StatusWord.SECURITY_STATUS)
        tag = self._tag(apdu, records)
        record = bytes(Record(tag, records[tag]))
        if le_of(apdu) != len(record):
            raise Refused(SW1_WRONG_LE << 8 | len(record))
        return record

    def update_record(self, apdu: bytes, torn: bool) -> bytes:
        """UPDATE RECORD; torn, half of the value is stored."""
        file = self._addressed(apdu[3])
        records = self._records(file)
        if not file.write.granted(self._keys.opened, pin=self._pin.verified):
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
        self._memory.keep()
        return b""

    def read_binary(self, apdu: bytes, _torn: bool) -> bytes:
        """READ BINARY."""
        file = self._transparent()
        if not file.read.granted(self._keys.opened, pin=self._pin.verified):
            raise Refused(StatusWord.SECURITY_STATUS)
        offset = int.from_bytes(apdu[2:4], "big")
        if offset >= len(file.content):
            raise Refused(StatusWord.WRONG_OFFSET)
        return file.content[offset : offset + (le_of(apdu) or 256)]

    def update_binary(self, apdu: bytes, torn: bool) -> bytes:
        """UPDATE BINARY; torn, half of the data is stored."""
        file = self._transparent()
        if not file.write.granted(self._keys.opened, pin=self._pin.verified):
            raise Refused(StatusWord.SECURITY_STATUS)
        offset, data = int.from_bytes(apdu[2:4], "big"), data_of(apdu)
        if offset + len(data) > len(file.content):
            raise Refused(StatusWord.WRONG_OFFSET)
        stored = data[: len(data) // 2] if torn else data
        file.content = file.content[:offset] + stored + file.content[offset + len(stored) :]
        self._memory.keep()
        return b""

    def _addressed(self, p2: int) -> VirtualFile:
        """Return the current file, or the one whose short identifier stands in P2 (domain reference A.3)."""
        sfi = p2 >> SFI_SHIFT
        file = self.files.get(0xEF00 | sfi) if sfi else self.file
        if file is None:
            raise Refused(StatusWord.FILE_NOT_FOUND if sfi else StatusWord.NO_CURRENT_FILE)
        self.file = file
        return file

    def _transparent(self) -> VirtualFile:
        if self.file is None:
            raise Refused(StatusWord.NO_CURRENT_FILE)
        if self.file.records is not None:
            raise Refused(StatusWord.WRONG_FILE_TYPE)
        return self.file

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
