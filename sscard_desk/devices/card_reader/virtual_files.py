"""The memory of a virtual card: files, access conditions, try counters (domain reference A.3 to A.8)."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sscard_desk.cards import answer_to_reset, ssse
from sscard_desk.cards.card_file import AccessRule, CardFile, FileKind
from sscard_desk.cards.file_layout import layout_of
from sscard_desk.cards.identification_code import chip_serial, compose
from sscard_desk.cards.items import Item

UPDATE_KEY: Final = 0x04
READ_KEY: Final = 0x0A
PERSONAL_KEY: Final = 0x0B
"""Opens DF01 for reading; the number is our own."""
PIN_KEY: Final = 0x10
"""Unblocks and resets the PIN; likewise."""
KEY_TRIES: Final = 5
PIN_TRIES: Final = 3
FIRST_PIN: Final = "123456"

_ATR_HEADER: Final = bytes.fromhex("3B6D0000")
"""Direct convention, TB1 and TC1 of zero, 13 historical bytes, T=0."""

_HISTORICAL_PREFIX: Final = bytes.fromhex("0081") + b"TRAIN" + bytes.fromhex("9000")


@dataclass(frozen=True)
class Access:
    """Who may do something to a file: everybody, or who showed this key, the PIN, either or both."""

    key: int | None = None
    rule: AccessRule | None = None

    def granted(self, keys: set[int], *, pin: bool = False) -> bool:
        """Return whether one of the keys authenticated so far, or the verified PIN, opens it."""
        rule = self.rule or (AccessRule.FREE if self.key is None else AccessRule.KEY)
        return rule.granted(pin=pin, key=self.key in keys)


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
        applications: further applications (`DF01`), each with its files by file id.
        bank_card_number: number in the debit and credit application; empty on a card without one.
        contactless: whether it is held before a contactless reader.
    """

    identification_code: str
    spec_version: str
    files: dict[int, VirtualFile]
    key_tries: dict[int, int] = field(default_factory=lambda: {UPDATE_KEY: KEY_TRIES, READ_KEY: KEY_TRIES})
    pin: str = field(default=FIRST_PIN, repr=False)
    pin_tries: int = PIN_TRIES
    kept_in: Path | None = None
    applications: dict[str, dict[int, VirtualFile]] = field(default_factory=dict)
    bank_card_number: str = field(default="", repr=False)
    contactless: bool = False

    @property
    def historical(self) -> bytes:
        """Thirteen historical bytes; the last four repeat the chip serial of the identification code."""
        return _HISTORICAL_PREFIX + chip_serial(self.identification_code)

    @property
    def atr(self) -> bytes:
        """The answer to reset; of a contactless card the one that its reader makes up (PC/SC part 3)."""
        if self.contactless:
            return answer_to_reset.of_contactless_card(self.historical)
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
            "bank_card_number": self.bank_card_number,
            "contactless": self.contactless,
            "files": _kept(self.files),
            "applications": {name: _kept(files) for name, files in self.applications.items()},
        }
        beside = self.kept_in.with_suffix(".new")
        beside.write_text(json.dumps(table, indent=1), encoding="ascii")
        beside.replace(self.kept_in)


def blank_card(
    identification_code: str = "",
    spec_version: str = "2.00",
    kept_in: Path | None = None,
    *,
    bank_card_number: str = "",
    contactless: bool = False,
) -> CardMemory:
    """Return the memory of a card as its maker delivers it: EF05 01 to 04 filled, everything else blank.

    Args:
        identification_code: as in the stock record; empty makes one up.
        spec_version: `1.00`, `2.00`, `2.01` or `3.00`.
        kept_in: where the card is kept between insertions; an existing file is replaced.
        bank_card_number: number in the debit and credit application; empty leaves that application out.
        contactless: hold it before a contactless reader.
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
    ]
    layout = layout_of(spec_version)
    files += [_made(file) for file in layout.of("SSSE") if file.kind is FileKind.TRANSPARENT]
    memory = CardMemory(
        code,
        spec_version,
        {file.file_id: file for file in files},
        kept_in=kept_in,
        applications={"DF01": {file.file_id: _made(file) for file in layout.of("DF01")}},
        bank_card_number=bank_card_number,
        contactless=contactless,
    )
    memory.keep()
    return memory


def _made(file: CardFile) -> VirtualFile:
    """Return a blank file as the layout describes it."""
    reads = Access(READ_KEY if file.application == "SSSE" else PERSONAL_KEY, file.read)
    if file.kind is FileKind.TRANSPARENT:
        return VirtualFile(file.file_id, reads, Access(UPDATE_KEY, file.write), content=bytes(file.size))
    records = {item.tag: item.blank for item in file.items}
    return VirtualFile(file.file_id, reads, Access(UPDATE_KEY, file.write), records)


def kept_card(path: Path) -> CardMemory:
    """Return the card that an earlier run left in this file."""
    table = json.loads(path.read_text(encoding="ascii"))
    memory = blank_card(table["identification_code"], table["spec_version"])
    memory.kept_in = path
    memory.pin, memory.pin_tries = table["pin"], table["pin_tries"]
    memory.key_tries = {int(key_id, 16): tries for key_id, tries in table["key_tries"].items()}
    memory.bank_card_number, memory.contactless = table.get("bank_card_number", ""), table.get("contactless", False)
    _refill(memory.files, table["files"])
    for name, files in table.get("applications", {}).items():
        _refill(memory.applications[name], files)
    return memory


def _refill(files: dict[int, VirtualFile], kept: dict[str, str | dict[str, str]]) -> None:
    for file_id, contents in kept.items():
        file = files[int(file_id, 16)]
        if isinstance(contents, str):
            file.content = bytes.fromhex(contents)
        else:
            file.records = {int(tag, 16): bytes.fromhex(value) for tag, value in contents.items()}


def _kept(files: dict[int, VirtualFile]) -> dict[str, str | dict[str, str]]:
    return {f"{file.file_id:04X}": _contents(file) for file in files.values()}


def _contents(file: VirtualFile) -> str | dict[str, str]:
    if file.records is None:
        return file.content.hex()
    return {f"{tag:02X}": value.hex() for tag, value in file.records.items()}
