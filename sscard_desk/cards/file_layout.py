"""The files of a card by its specification version, from `resources/card_files/*.toml` (domain reference A.6, A.7)."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sscard_desk.cards import ssse
from sscard_desk.cards.card_file import SSSE, AccessRule, CardFile, FileKind
from sscard_desk.cards.data_file import open_data, refuse_if_wrong
from sscard_desk.cards.items import AlphaNumeric, Binary, DecimalNumber, Item, Known, PackedDecimal
from sscard_desk.forms.node import Node
from sscard_desk.resources import resource

_TYPES: Final[dict[str, type[Item]]] = {"an": AlphaNumeric, "cn": PackedDecimal, "dec": DecimalNumber, "b": Binary}
_APPLICATION: Final = re.compile(r"SSSE|DF0[1-7]")
_FILE: Final = re.compile(r"EF[0-9A-F]{2}")
_UNNAMED: Final = 3
_NAMED: Final = 7
_MOST: Final = 255 - 2
"""A record is read with one command: tag, length and value are at most 255 bytes."""


@dataclass(frozen=True)
class FileLayout:
    """All files that are known of cards of some versions.

    Attributes:
        versions: what EF05 item 03 begins with on such cards.
        files: in the order of the standard; EF05 and EF06 of SSSE come first.
    """

    versions: tuple[str, ...]
    files: tuple[CardFile, ...]

    def find(self, address: str) -> CardFile | None:
        """Return the file that the standard's address string names (`DF01EF05`), None where there is none."""
        return next((file for file in self.files if file.address == address), None)

    def of(self, application: str) -> tuple[CardFile, ...]:
        """Return the files of one application."""
        return tuple(file for file in self.files if file.application == application)


def layout_of(spec_version: str) -> FileLayout:
    """Return the files of cards of a specification version; unknown ones are read like the newest.

    Raises:
        CardDataWrong: a layout breaks its schema.
    """
    layouts = shipped_layouts()
    return next((each for each in layouts if spec_version.startswith(each.versions)), layouts[-1])


@cache
def shipped_layouts() -> tuple[FileLayout, ...]:
    """Return every layout that comes with the program, by version.

    Raises:
        CardDataWrong: a layout breaks its schema.
    """
    return tuple(load_layout(path) for path in sorted(resource("card_files").glob("*.toml")))


def load_layout(path: Path) -> FileLayout:
    """Read one layout.

    Raises:
        CardDataWrong: with file, line and key.
    """
    root = open_data(path)
    versions = root.texts("versions")
    files = [_file(node) for node in root.tables("file")]
    root.done()
    refuse_if_wrong(root)
    return FileLayout(versions, (*ssse.FILES.values(), *files))


def _file(node: Node) -> CardFile:
    application = node.shaped("application", _APPLICATION, "card_application")
    file = node.shaped("file", _FILE, "card_file")
    kind = node.choice("kind", FileKind, FileKind.VARIABLE.value)
    rows = node.rows("items", "card_item") if kind is FileKind.VARIABLE else []
    size = 0 if kind is FileKind.VARIABLE else node.whole("size", least=1, most=2000)
    records = node.whole("records", least=1, most=255) if kind in {FileKind.CYCLIC, FileKind.FIXED} else 0
    read = node.choice("read", AccessRule)
    write = node.choice("write", AccessRule, AccessRule.KEY.value)
    node.done()
    return CardFile(
        file_id=int(f"EF{file[2:] or '00'}", 16),
        name=file if application == SSSE else application + file,
        items=tuple(item for n, row in enumerate(rows) if (item := _item(node, n, row)) is not None),
        application=application,
        kind=kind,
        size=size,
        records=records,
        read=read,
        write=write,
    )


def _item(node: Node, n: int, row: tuple[str, ...]) -> Item | None:
    sound = len(row) in {_UNNAMED, _NAMED} and re.fullmatch("[0-9A-F]{2}", row[0]) and row[1] in _TYPES
    if not sound or not row[2].isdecimal() or not 0 < int(row[2]) <= _MOST:
        node.refuse(f"items[{n}]", "card_item")
        return None
    length = int(row[2])
    if len(row) == _UNNAMED:
        return _TYPES[row[1]](int(row[0], 16), "", "", length)
    name, chinese, text, known = row[3:]
    item = _TYPES[row[1]](int(row[0], 16), name, chinese, length, Known(length, text, bytes.fromhex(known)))
    if not item.keeps_what_is_known():
        node.refuse(f"items[{n}]", "card_item_known", text=text)
    return item
