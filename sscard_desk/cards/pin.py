"""A PIN as its holder typed it: never shown, and overwritten when it is done with."""

from typing import Self


class Pin(bytearray):
    """ASCII digits of a PIN, or the padded block made of it; leaving the `with` block, or `wipe`, overwrites it."""

    @classmethod
    def of(cls, digits: str) -> Self:
        """Return the PIN of these digits; the string itself cannot be overwritten."""
        return cls(digits.encode("ascii"))

    def __repr__(self) -> str:
        return "Pin()"

    __str__ = __repr__

    def wipe(self) -> None:
        """Overwrite the digits, then forget their number."""
        for at in range(len(self)):
            self[at] = 0
        self.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.wipe()
