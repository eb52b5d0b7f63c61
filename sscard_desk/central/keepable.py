"""Whether what somebody sent can be kept: PostgreSQL takes no NUL in a text, and no database here more than 64 bits."""

from typing import Any, Final

import msgspec

NUL: Final = "\x00"
SMALLEST: Final = -(2**63)
LARGEST: Final = 2**63 - 1


def is_keepable(value: Any) -> bool:
    """Return whether every text and number of a message can stand in a table; bytes always can.

    Args:
        value: a message, or a field of one.
    """
    if isinstance(value, str):
        return NUL not in value
    if isinstance(value, bytes):
        return True
    if isinstance(value, int):
        return SMALLEST <= value <= LARGEST
    if isinstance(value, msgspec.Struct):
        return all(is_keepable(getattr(value, name)) for name in value.__struct_fields__)
    return all(map(is_keepable, value)) if isinstance(value, tuple) else True
