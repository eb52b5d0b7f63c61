"""A file of the card: what stands in it, and who may read and write it (domain reference A.3, A.8)."""

from dataclasses import dataclass
from enum import StrEnum

from sscard_desk.cards.items import Item

SSSE = "SSSE"
"""The social security system environment, in which EF05 and EF06 lie."""


class FileKind(StrEnum):
    """How a file is built (type 1 to 5 in card programs, single source)."""

    FIXED = "fixed"
    """1: records of one length."""
    VARIABLE = "variable"
    """2: each item is one record of tag, length and value."""
    TRANSPARENT = "transparent"
    """3: bytes."""
    CYCLIC = "cyclic"
    """4: records of one length; the newest overwrites the oldest."""
    INTERNAL = "internal"
    """5: keys; never read."""


class AccessRule(StrEnum):
    """What has to be shown to the card before a file is read or written (single source)."""

    FREE = "free"
    KEY = "key"
    PIN = "pin"
    PIN_OR_KEY = "pin_or_key"
    PIN_AND_KEY = "pin_and_key"
    NEVER = "never"

    def granted(self, *, pin: bool, key: bool) -> bool:
        """Return whether access is given to somebody who showed these."""
        return {
            AccessRule.FREE: True,
            AccessRule.KEY: key,
            AccessRule.PIN: pin,
            AccessRule.PIN_OR_KEY: pin or key,
            AccessRule.PIN_AND_KEY: pin and key,
            AccessRule.NEVER: False,
        }[self]


@dataclass(frozen=True)
class CardFile:
    """One elementary file.

    Attributes:
        file_id: two bytes as a number.
        name: as journal and address strings name it: `EF05` in SSSE, `DF01EF05` elsewhere.
        items: of a file of variable records, in the order of their numbers.
        application: `SSSE` or the name of the DF.
        kind: how it is built.
        size: bytes of a transparent file, or of one record of a fixed or cyclic one; 0 otherwise.
        records: how many records a fixed or cyclic file has; 0 otherwise.
        read: who may read.
        write: who may write.
    """

    file_id: int
    name: str
    items: tuple[Item, ...]
    application: str = SSSE
    kind: FileKind = FileKind.VARIABLE
    size: int = 0
    records: int = 0
    read: AccessRule = AccessRule.FREE
    write: AccessRule = AccessRule.KEY

    @property
    def address(self) -> str:
        """How the standard's reader library names the file: `SSSEEF05`, `DF01EF05` (LD/T 33-2015)."""
        return f"{self.application}{self.file_id:04X}"

    def item(self, tag: int) -> Item:
        """Return the item with this tag.

        Raises:
            KeyError: the file has none.
        """
        for item in self.items:
            if item.tag == tag:
                return item
        raise KeyError(tag)
