"""The memory of a virtual card: files, access conditions, try counters (domain reference A.3 to A.8)."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sscard_desk.cards import ssse
from sscard_desk.cards.identification_code import chip_serial, compose
from sscard_desk.cards.items import Item

UPDATE_KEY: Final = 0x04
READ_KEY: Final = 0x0A
KEY_TRIES: Final = 5
PIN_TRIES: Final = 3
FIRST_PIN: Final = "123456"

_ATR_HEADER: Final = bytes.fromhex("3B6D0000")
"""Direct convention, TB1 and TC1 of zero, 13 historical bytes, T=0."""

_HISTORICAL_PREFIX: Final = bytes.fromhex("0081") + b"TRAIN" + bytes.fromhex("9000")


@dataclass(frozen=True)
class Access:
    """Who may do something to a file: everybody, or who authenticated with this key."""

    key: int | None = None

    def granted(self, keys: set[int]) -> bool:
        """Return whether one of the keys authenticated so far opens it."""
        return self.key is None or self.key in keys


@dataclass
class VirtualFile:
    """An elementary file: records in the order of their numbers, or transparent bytes.

    Attributes:
        file_id: two bytes as a number.
        read: who may read.
        write: who may write.
        records: tag to value, in order; None for a transparent file.
        content: bytes of a transparent file.
    """

    file_id: int
    read: Access
    write: Access
    records: dict[int, bytes] | None = None
    content: bytes = b""


@dataclass
class CardMemory:
    """Everything that survives power-off, kept in a JSON file if there is one.

    Attributes:
        identification_code: EF05 item 01, 32 hex characters.
        spec_version: EF05 item 03.
        files: by file id.
        key_tries: tries left by key id.
        pin: six digits.
        pin_tries: tries left.
        kept_in: file of this card, or None.
    """

    identification_code: str
    spec_version: str
    files: dict[int, VirtualFile]
    key_tries: dict[int, int] = field(default_factory=lambda: {UPDATE_KEY: KEY_TRIES, READ_KEY: KEY_TRIES})
    pin: str = field(default=FIRST_PIN, repr=False)
    pin_tries: int = PIN_TRIES
    kept_in: Path | None = None

    @property
    def historical(self) -> bytes:
        """Thirteen historical bytes; the last four repeat the chip serial of the identification code."""
        return _HISTORICAL_PREFIX + chip_serial(self.identification_code)

    @property
    def atr(self) -> bytes:
        """The answer to reset."""
        return _ATR_HEADER + self.historical

    def keep(self) -> None:
        """Write the memory to its file, whole or not at all."""
        if self.kept_in is None:
            return
        table = {
            "identification_code": self.identification_code,
            "spec_version": self.spec_version,
            "key_tries": {f"{key_id:02X}": tries for key_id, tries in self.key_tries.items()},
            "pin": self.pin,
            "pin_tries": self.pin_tries,
            "files": {f"{file.file_id:04X}": _contents(file) for file in self.files.values()},
        }
        beside = self.kept_in.with_suffix(".new")
        beside.write_text(json.dumps(table, indent=1), encoding="ascii")
        beside.replace(self.kept_in)


def blank_card(identification_code: str = "", spec_version: str = "2.00", kept_in: Path | None = None) -> CardMemory:
    """Return the memory of a card as its maker delivers it: EF05 01 to 04 filled, everything else blank.

    Args:
        identification_code: as in the stock record; empty makes one up.
        spec_version: `1.00`, `2.00`, `2.01` or `3.00`.
        kept_in: where the card is kept between insertions; an existing file is replaced.
    """
    code = identification_code or compose("110101", 1)
    has_extension = not spec_version.startswith("1.")
    made = {
        ssse.IDENTIFICATION_CODE: ssse.IDENTIFICATION_CODE.encode(code),
        ssse.CARD_CLASS: ssse.CARD_CLASS.encode("3"),
        ssse.SPEC_VERSION: ssse.SPEC_VERSION.encode(spec_version),
        ssse.INIT_INSTITUTION: ssse.INIT_INSTITUTION.encode("915600000211010011010154"),
    }

    def records(items: tuple[Item, ...]) -> dict[int, bytes]:
        return {item.tag: made.get(item, item.blank) for item in items if has_extension or item.tag != 0x4E}  # noqa: PLR2004 - 姓名扩展

    reads_holder = Access(READ_KEY) if spec_version.startswith(ssse.KEY_READS_HOLDER) else Access()
    files = [
        VirtualFile(ssse.EF05.file_id, Access(), Access(UPDATE_KEY), records(ssse.EF05.items)),
        VirtualFile(ssse.EF06.file_id, reads_holder, Access(UPDATE_KEY), records(ssse.EF06.items)),
        VirtualFile(0xEF07, Access(READ_KEY), Access(UPDATE_KEY), content=bytes(400)),
        VirtualFile(0xEF08, Access(READ_KEY), Access(UPDATE_KEY), content=bytes(1000)),
    ]
    memory = CardMemory(code, spec_version, {file.file_id: file for file in files}, kept_in=kept_in)
    memory.keep()
    return memory


def kept_card(path: Path) -> CardMemory:
    """Return the card that an earlier run left in this file."""
    table = json.loads(path.read_text(encoding="ascii"))
    memory = blank_card(table["identification_code"], table["spec_version"])
    memory.kept_in = path
    memory.pin, memory.pin_tries = table["pin"], table["pin_tries"]
    memory.key_tries = {int(key_id, 16): tries for key_id, tries in table["key_tries"].items()}
    for file_id, contents in table["files"].items():
        file = memory.files[int(file_id, 16)]
        if file.records is None:
            file.content = bytes.fromhex(contents)
        else:
            file.records = {int(tag, 16): bytes.fromhex(value) for tag, value in contents.items()}
    return memory


def _contents(file: VirtualFile) -> str | dict[str, str]:
    if file.records is None:
        return file.content.hex()
    return {f"{tag:02X}": value.hex() for tag, value in file.records.items()}
