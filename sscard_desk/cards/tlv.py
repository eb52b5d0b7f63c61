"""Two kinds of tag-length-value: records of a variable record file, and the BER objects of a SELECT answer."""

from collections.abc import Iterator
from dataclasses import dataclass

_LONG_TAG = 0x1F
_MORE = 0x80
_CONSTRUCTED = 0x20


class MalformedTlv(ValueError):
    """Bytes that are no tag-length-value; callers turn it into an error with a code."""

    def __init__(self) -> None:
        super().__init__("malformed tag-length-value")


@dataclass(frozen=True)
class Record:
    """One record of a variable record file: tag(1) length(1) value (domain reference A.3)."""

    tag: int
    value: bytes

    def __bytes__(self) -> bytes:
        return bytes((self.tag, len(self.value))) + self.value

    def __repr__(self) -> str:
        return f"Record(tag={self.tag:02X}, {len(self.value)} bytes)"

    @classmethod
    def parse(cls, data: bytes) -> "Record":
        """Read exactly one record.

        Raises:
            MalformedTlv: too short, or the length byte does not fit.
        """
        if len(data) < 2 or len(data) != 2 + data[1]:  # noqa: PLR2004 - tag and length byte
            raise MalformedTlv
        return cls(data[0], data[2:])


@dataclass(frozen=True)
class DataObject:
    """One BER-TLV data object (ISO/IEC 8825-1 as ISO/IEC 7816-4 uses it, definite lengths)."""

    tag: int
    value: bytes
    constructed: bool


def data_objects(data: bytes) -> Iterator[DataObject]:
    """Read the data objects that lie side by side; the contents of constructed ones are not entered.

    Raises:
        MalformedTlv: a tag or length runs past the end.
    """
    at = 0
    while at < len(data):
        first = data[at]
        tag, at = _tag(data, at)
        length, at = _length(data, at)
        if at + length > len(data):
            raise MalformedTlv
        yield DataObject(tag, data[at : at + length], bool(first & _CONSTRUCTED))
        at += length


def find(data: bytes, tag: int) -> bytes | None:
    """Return the value of the first object with this tag, depth first, or None.

    Raises:
        MalformedTlv: the bytes before it are no TLV.
    """
    for found in data_objects(data):
        if found.tag == tag:
            return found.value
        if found.constructed and (inside := find(found.value, tag)) is not None:
            return inside
    return None


def _tag(data: bytes, at: int) -> tuple[int, int]:
    tag = data[at]
    at += 1
    if tag & _LONG_TAG != _LONG_TAG:
        return tag, at
    while True:
        if at >= len(data):
            raise MalformedTlv
        tag = tag << 8 | data[at]
        at += 1
        if not data[at - 1] & _MORE:
            return tag, at


def _length(data: bytes, at: int) -> tuple[int, int]:
    if at >= len(data):
        raise MalformedTlv
    first = data[at]
    if first < _MORE:
        return first, at + 1
    count = first & ~_MORE
    if not count or at + 1 + count > len(data):
        raise MalformedTlv
    return int.from_bytes(data[at + 1 : at + 1 + count], "big"), at + 1 + count
