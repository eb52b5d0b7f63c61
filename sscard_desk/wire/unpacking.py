"""Decoding bytes that come from elsewhere: whatever is wrong with them is one kind of error."""

from typing import Any, TypeVar

import msgspec

Shape = TypeVar("Shape")


def unpack(decoder: msgspec.msgpack.Decoder[Shape], body: bytes) -> Shape:
    """Return the message in these bytes.

    Raises:
        msgspec.MsgspecError: no msgpack, another shape, text that is not UTF-8, or nested without end.
    """
    try:
        return decoder.decode(body)
    except (UnicodeDecodeError, RecursionError) as broken:
        # the library lets these two through as they are
        raise msgspec.DecodeError("not a message") from broken


def unpack_as(shape: type[Shape], body: bytes) -> Shape:
    """Return the message of a shape; its decoder is made once.

    Raises:
        msgspec.MsgspecError: as `unpack`.
    """
    decoder = _decoders.get(shape)
    if decoder is None:
        decoder = _decoders[shape] = msgspec.msgpack.Decoder(shape)
    message: Shape = unpack(decoder, body)
    return message


_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}
