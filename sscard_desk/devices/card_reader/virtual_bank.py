"""The debit and credit application of a virtual card: what is needed to read its number (PBOC 3.0, JR/T 0025)."""

from typing import Final

from sscard_desk.cards.bank_application import DEBIT, PAYMENT_SYSTEM

_LABEL: Final = b"DEBIT"
_SFI: Final = 1


def _object(tag: str, *values: bytes) -> bytes:
    value = b"".join(values)
    return bytes.fromhex(tag) + bytes((len(value),)) + value


class BankSide:
    """The payment system's directory and one debit application.

    Args:
        number: the bank card number; empty for a card without a bank.
    """

    def __init__(self, number: str) -> None:
        self._names: dict[bytes, tuple[bytes, ...]] = {}
        if number:
            padded = number + "F" * (len(number) % 2)
            entry = _object("61", _object("4F", DEBIT), _object("50", _LABEL))
            card = _object("70", _object("5A", bytes.fromhex(padded)), _object("5F24", bytes.fromhex("361231")))
            self._names = {PAYMENT_SYSTEM: (_object("70", entry),), DEBIT: (card,)}
        self._selected = b""

    def select(self, name: bytes) -> bytes | None:
        """Select by name; return the file control information, None where there is no such application."""
        if name not in self._names:
            return None
        self._selected = name
        own = _object("88", bytes((_SFI,))) if name == PAYMENT_SYSTEM else _object("50", _LABEL)
        return _object("6F", _object("84", name), _object("A5", own))

    def record(self, sfi: int, number: int) -> bytes | None:
        """Return one record of the selected application, None where there is none."""
        records = self._names.get(self._selected, ())
        return records[number - 1] if sfi == _SFI and 1 <= number <= len(records) else None
