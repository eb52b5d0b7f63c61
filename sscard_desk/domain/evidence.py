"""How the identity of an applicant was shown, and which way proves more."""

from enum import StrEnum


class Evidence(StrEnum):
    """Classes of evidence, the strongest first. Our own order: no source ranks them."""

    CHIP = "chip"
    """The chip of an id card was read."""
    TYPED = "typed"
    """A document was shown and typed: no reader, a chip that cannot be read, a temporary id card, an old permit."""
    SCANNED = "scanned"
    """A scan of a document was read and each field confirmed; it may be the scan of a copy."""
    ELECTRONIC = "electronic"
    """Only an electronic id was shown; nothing of it can be kept or read by a reader here."""
    REGISTER = "register"
    """Nothing was shown: the person was found in the register, or stands on a list."""

    @property
    def rank(self) -> int:
        """Return 0 for the strongest."""
        return list(Evidence).index(self)


def stronger(one: str, other: str) -> str:
    """Return the evidence that proves more; words of a later program count as the weakest.

    Args:
        one: an `Evidence` word.
        other: another one; on a tie the first is taken.
    """
    return min(one, other, key=_rank)


def _rank(word: str) -> int:
    try:
        return Evidence(word).rank
    except ValueError:
        return len(Evidence)
