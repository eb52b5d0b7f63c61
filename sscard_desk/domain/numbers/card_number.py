"""The nine characters of a social security card number (卡号, domain reference A.11).

The check is that of GB 11714. Genuine cards were seen that do not fit, so a wrong check is a warning for the clerk
and never a reason to refuse a card (constants: single source; samples that pass and fail stand in the tests).
"""

from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
LENGTH: Final = 9


def check_character(first: str) -> str:
    """Return the ninth character for eight digits or capital letters.

    Raises:
        ValueError: other characters, or not eight of them.
    """
    total = sum(weight * ALPHABET.index(c) for weight, c in zip(WEIGHTS, first, strict=True))
    check = 11 - total % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def is_well_formed(number: str) -> bool:
    """Return whether there are nine digits or capital letters."""
    return len(number) == LENGTH and all(c in ALPHABET for c in number)


def check_fits(number: str) -> bool:
    """Return whether a well-formed number bears the check character that it should; false is a warning only."""
    return is_well_formed(number) and check_character(number[:-1]) == number[-1]
