"""Requests and answers of the Internet Printing Protocol as bytes (RFC 8010, values and operations of RFC 8011)."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

VERSION: Final = 0x0200
MEDIA_TYPE: Final = "application/ipp"


class Operation(IntEnum):
    """What is asked of a printer (RFC 8011, 5.4.15)."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B


class Tag(IntEnum):
    """Delimiters of groups and kinds of values (RFC 8010, 3.5)."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49


class JobState(IntEnum):
    """How far a job is (RFC 8011, 5.3.7)."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


class PrinterState(IntEnum):
    """How a printer is (RFC 8011, 5.4.11)."""

    IDLE = 3
    PROCESSING = 4
    STOPPED = 5


Value = int | str
Attributes = dict[str, list[Value]]
_NUMBERS: Final = frozenset({Tag.INTEGER, Tag.ENUM, Tag.BOOLEAN})
_FIRST_VALUE_TAG: Final = 0x10
_FIRST_ERROR: Final = 0x0100


class IppMalformed(ValueError):
    """An answer ends in the middle of an attribute."""


@dataclass(frozen=True)
class IppAnswer:
    """One answer.

    Attributes:
        status: status code, below 0x0100 if the operation was carried out (RFC 8011, appendix B).
        groups: (delimiter, attributes) in the order in which they came.
    """

    status: int
    groups: list[tuple[int, Attributes]]

    @property
    def ok(self) -> bool:
        """Whether the operation was carried out."""
        return self.status < _FIRST_ERROR

    def all(self, delimiter: Tag) -> list[Attributes]:
        """Return the attributes of every group of one kind."""
        return [attributes for tag, attributes in self.groups if tag == delimiter]

    def first(self, delimiter: Tag) -> Attributes:
        """Return the attributes of the first group of one kind, empty if there is none."""
        return next(iter(self.all(delimiter)), {})


def request(operation: Operation, attributes: list[tuple[Tag, str, Value | list[str]]], document: bytes = b"") -> bytes:
    """Return a request, charset and language first as the RFC demands, the document behind it.

    Args:
        operation: what is asked.
        attributes: (kind, name, value) of the operation group; a list gives several values of one name.
        document: what is to be printed.
    """
    head = struct.pack(">HHI", VERSION, operation, 1) + bytes([Tag.OPERATION])
    whole: list[tuple[Tag, str, Value | list[str]]] = [
        (Tag.CHARSET, "attributes-charset", "utf-8"),
        (Tag.LANGUAGE, "attributes-natural-language", "en"),
        *attributes,
    ]
    return head + b"".join(_attribute(*attribute) for attribute in whole) + bytes([Tag.END]) + document


def parse(data: bytes) -> IppAnswer:
    """Take an answer apart; kinds of values that are not needed here come as their text, if they are text.

    Raises:
        IppMalformed: the bytes end too early.
    """
    try:
        _, status, _ = struct.unpack_from(">HHI", data)
        at, groups, name = 8, list[tuple[int, Attributes]](), ""
        while (tag := data[at]) != Tag.END:
            at += 1
            if tag < _FIRST_VALUE_TAG:
                groups.append((tag, {}))
                continue
            new_name, at = _counted(data, at)
            value, at = _counted(data, at)
            name = new_name.decode("utf-8", "replace") or name
            groups[-1][1].setdefault(name, []).append(_value(tag, value))
    except (struct.error, IndexError):
        raise IppMalformed from None
    return IppAnswer(status, groups)


def _attribute(tag: Tag, name: str, value: Value | list[str]) -> bytes:
    values: list[Value] = [*value] if isinstance(value, list) else [value]
    parts = []
    for at, one in enumerate(values):
        raw = struct.pack(">i", one) if isinstance(one, int) else one.encode()
        label = name.encode() if at == 0 else b""
        parts.append(bytes([tag]) + struct.pack(">H", len(label)) + label + struct.pack(">H", len(raw)) + raw)
    return b"".join(parts)


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", data, at)
    end = at + 2 + length
    if end > len(data):
        raise IppMalformed
    return data[at + 2 : end], end


def _value(tag: int, raw: bytes) -> Value:
    return int.from_bytes(raw, signed=True) if tag in _NUMBERS else raw.decode("utf-8", "replace")
