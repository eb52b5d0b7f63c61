"""Data items of the card: how a text becomes the bytes of one record, and back.

Three data types exist (domain reference A.3): an (text, GBK), cn (packed BCD) and b (binary). Every class keeps known
encodings beside itself in `KNOWN`; a test walks all classes and fails for one that has none.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from sscard_desk.cards import gbk
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CardItemDamaged
from sscard_desk.domain.errors.operator import NumberLengthWrong, UnknownCode


@dataclass(frozen=True)
class Known:
    """A text, a length in bytes and the bytes that the text is known to become."""

    length: int
    text: str
    encoded: bytes


@dataclass(frozen=True)
class Item(ABC):
    """One data item of a file.

    Attributes:
        tag: record identifier.
        name: the item's name in the program.
        chinese: the item's name in the standard.
        length: bytes of its value; every value is padded to this.
        known: one text and the bytes that it becomes in this item, without padding; None where the meaning is unknown.
    """

    tag: int
    name: str
    chinese: str
    length: int
    known: Known | None = field(default=None, repr=False, compare=False)

    KNOWN: ClassVar[tuple[Known, ...]] = ()
    PAD: ClassVar[bytes] = b"\x00"
    """What stands behind a value that is shorter than its item."""
    FILL: ClassVar[int] = 0x00
    """What an item holds before a card is personalised (single source)."""

    @property
    def tag_hex(self) -> str:
        """The tag as the standard writes it."""
        return f"{self.tag:02X}"

    @property
    def blank(self) -> bytes:
        """The value of this item on a card that was not personalised."""
        return bytes((self.FILL,)) * self.length

    def keeps_what_is_known(self) -> bool:
        """Return whether the known encoding of this item holds in both directions."""
        if self.known is None:
            return True
        value = self.known.encoded + self.PAD * (self.length - len(self.known.encoded))
        try:
            return self.encode(self.known.text) == value and self.decode(value) == self.known.text
        except (DeskError, ValueError):
            return False

    def is_blank(self, value: bytes) -> bool:
        """Return whether nothing was written here yet."""
        return not value.strip(b"\x00") or not value.strip(b"\xff")

    @abstractmethod
    def encode(self, text: str) -> bytes:
        """Return the padded value; an empty text is the blank fill.

        Raises:
            NumberLengthWrong: the text does not have the length of this item.
            UnknownCode: a character that this data type does not know.
            CharacterNotOnCard: a character that GBK does not have.
        """

    @abstractmethod
    def decode(self, value: bytes) -> str:
        """Return the text; the blank fill is an empty text.

        Raises:
            CardItemDamaged: the value breaks the format.
        """

    def _need_length(self, value: bytes) -> None:
        if len(value) != self.length:
            raise CardItemDamaged(item=self.tag_hex)


@dataclass(frozen=True)
class AlphaNumeric(Item):
    """an: text in GBK, 00 at the end."""

    KNOWN: ClassVar[tuple[Known, ...]] = (
        Known(1, "3", b"3"),
        Known(4, "2.00", b"2.00"),
        Known(9, "B22451259", b"B22451259"),
        Known(15, "sx1.sh.社会保障", bytes.fromhex("73 78 31 2E 73 68 2E C9 E7 BB E1 B1 A3 D5 CF")),
        Known(8, "阿·里", bytes.fromhex("B0A2 A1A4 C0EF 0000")),
        Known(2, "", b"\x00\x00"),
    )

    def encode(self, text: str) -> bytes:
        """Return the text in GBK, 00 behind it; raises as `Item.encode`."""
        value = b"".join(gbk.encode_characters(text))
        if len(value) > self.length:
            raise NumberLengthWrong(have=len(value), need=self.length)
        return value.ljust(self.length, b"\x00")

    def decode(self, value: bytes) -> str:
        """Return the text; raises as `Item.decode`."""
        self._need_length(value)
        try:
            return "" if self.is_blank(value) else gbk.decode_text(value)
        except ValueError:
            raise CardItemDamaged(item=self.tag_hex) from None


@dataclass(frozen=True)
class PackedDecimal(Item):
    """cn: two decimal digits a byte, FF while blank."""

    KNOWN: ClassVar[tuple[Known, ...]] = (
        Known(1, "01", b"\x01"),
        Known(3, "520300", b"\x52\x03\x00"),
        Known(2, "", b"\xff\xff"),
    )
    FILL: ClassVar[int] = 0xFF
    DIGITS: ClassVar[re.Pattern[str]] = re.compile("[0-9]*")

    def encode(self, text: str) -> bytes:
        """Return two digits a byte; raises as `Item.encode`."""
        if not text:
            return self.blank
        if len(text) != 2 * self.length:
            raise NumberLengthWrong(have=len(text), need=2 * self.length)
        if not self.DIGITS.fullmatch(text):
            raise UnknownCode(table=self.name, value="")
        return bytes.fromhex(text)

    def decode(self, value: bytes) -> str:
        """Return the digits; raises as `Item.decode`."""
        self._need_length(value)
        # only the fill of this very type is blank: 00 is a number that stands on cards
        text = "" if value == self.blank else value.hex().upper()
        if not self.DIGITS.fullmatch(text):
            raise CardItemDamaged(item=self.tag_hex)
        return text


@dataclass(frozen=True)
class PackedHexadecimal(PackedDecimal):
    """cn as real cards use it for codes: any half byte, written 0-9 and A-F (items 01 and 04)."""

    KNOWN: ClassVar[tuple[Known, ...]] = (
        Known(16, "520300D156000005050842704E187F49", bytes.fromhex("520300D156000005050842704E187F49")),
        Known(12, "91560000025202005202006A", bytes.fromhex("91560000025202005202006A")),
    )
    DIGITS: ClassVar[re.Pattern[str]] = re.compile("[0-9A-F]*")


@dataclass(frozen=True)
class CalendarDate(PackedDecimal):
    """cn of four bytes: YYYYMMDD."""

    KNOWN: ClassVar[tuple[Known, ...]] = (
        Known(4, "20191120", b"\x20\x19\x11\x20"),
        Known(4, "19850602", b"\x19\x85\x06\x02"),
        Known(4, "", b"\xff\xff\xff\xff"),
    )

    def decode(self, value: bytes) -> str:
        """Return YYYYMMDD, or an empty text while blank; some makers fill dates with 00.

        Raises:
            CardItemDamaged: no such day.
        """
        if value == bytes(self.length):
            return ""
        text = super().decode(value)
        self.day(text)
        return text

    def day(self, text: str) -> date | None:
        """Return a decoded text as a date, or None for an empty one.

        Raises:
            CardItemDamaged: no such day.
        """
        if not text:
            return None
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            raise CardItemDamaged(item=self.tag_hex) from None


@dataclass(frozen=True)
class Binary(Item):
    """b: bytes as they are, shown as hex."""

    KNOWN: ClassVar[tuple[Known, ...]] = (
        Known(3, "00BF7C", b"\x00\xbf\x7c"),
        Known(2, "", b"\x00\x00"),
    )

    def encode(self, text: str) -> bytes:
        """Return the bytes that the hex digits name; raises as `Item.encode`."""
        value = bytes.fromhex(text) if re.fullmatch("(?:[0-9A-F]{2})*", text) else None
        if value is None:
            raise UnknownCode(table=self.name, value="")
        if text and len(value) != self.length:
            raise NumberLengthWrong(have=len(value), need=self.length)
        return value or self.blank

    def decode(self, value: bytes) -> str:
        """Return the bytes as hex digits; raises as `Item.decode`."""
        self._need_length(value)
        return "" if value == self.blank else value.hex().upper()


@dataclass(frozen=True)
class DecimalNumber(Item):
    """dec: a number in big-endian binary, shown in decimal digits (single source)."""

    KNOWN: ClassVar[tuple[Known, ...]] = (
        Known(4, "156", b"\x00\x00\x00\x9c"),
        Known(4, "", b"\xff\xff\xff\xff"),
    )
    FILL: ClassVar[int] = 0xFF

    def encode(self, text: str) -> bytes:
        """Return the number, highest byte first; raises as `Item.encode`."""
        if not text:
            return self.blank
        if not re.fullmatch("[0-9]+", text):
            raise UnknownCode(table=self.name, value="")
        number = int(text)
        if number >= 1 << 8 * self.length:
            raise NumberLengthWrong(have=len(text), need=len(str((1 << 8 * self.length) - 1)))
        return number.to_bytes(self.length, "big")

    def decode(self, value: bytes) -> str:
        """Return the number in decimal digits; raises as `Item.decode`."""
        self._need_length(value)
        return "" if value == self.blank else str(int.from_bytes(value, "big"))
