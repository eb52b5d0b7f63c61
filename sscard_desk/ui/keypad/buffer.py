"""Where digits are kept while they are typed: one place in memory that never moves and is overwritten."""

from sscard_desk.cards.pin import Pin

_ZERO = 0x30


class PinBuffer:
    """Digits of one PIN.

    A `bytearray` that grows leaves copies behind: this one has its full size from the beginning.

    Args:
        capacity: most digits.
    """

    def __init__(self, capacity: int) -> None:
        self._digits = bytearray(capacity)
        self.count = 0

    def push(self, digit: int) -> None:
        """Keep one more digit, 0 to 9; beyond the capacity it is dropped."""
        if self.count < len(self._digits):
            self._digits[self.count] = _ZERO + digit
            self.count += 1

    def erase(self) -> None:
        """Overwrite the last digit."""
        if self.count:
            self.count -= 1
            self._digits[self.count] = 0

    def wipe(self) -> None:
        """Overwrite them all."""
        for at in range(len(self._digits)):
            self._digits[at] = 0
        self.count = 0

    def take(self) -> Pin:
        """Return the PIN, which its owner wipes; nothing stays here."""
        with memoryview(self._digits) as digits:
            pin = Pin(digits[: self.count])
        self.wipe()
        return pin

    def __repr__(self) -> str:
        return f"PinBuffer({self.count})"
