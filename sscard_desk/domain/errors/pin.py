"""The PIN of the card's chip (E217-E226), and a PIN pad (E360)."""

from dataclasses import dataclass
from typing import ClassVar, Final

from sscard_desk.domain.errors.base import CardholderCanFix, DeviceTrouble


@dataclass(eq=False)
class PinWrong(CardholderCanFix):
    """The card counted a wrong PIN."""

    code: ClassVar[str] = "E217"
    retry_helps: ClassVar[bool] = True
    tries_left: int


@dataclass(eq=False)
class PinBlocked(CardholderCanFix):
    """The PIN was wrong too often; the card takes none until it is unblocked or reset."""

    code: ClassVar[str] = "E218"


@dataclass(eq=False)
class PinWeak(CardholderCanFix):
    """A PIN that anybody would try first. `reason` is `initial` or a rule's name; the digits are never told."""

    code: ClassVar[str] = "E219"
    retry_helps: ClassVar[bool] = True
    reason: str


@dataclass(eq=False)
class PinLength(CardholderCanFix):
    """Not as many digits as the card takes."""

    code: ClassVar[str] = "E220"
    retry_helps: ClassVar[bool] = True
    need: int


@dataclass(eq=False)
class PinsDiffer(CardholderCanFix):
    """The new PIN was typed twice, and not alike."""

    code: ClassVar[str] = "E221"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class PinEntryStopped(CardholderCanFix):
    """The applicant stopped, or typed nothing for too long; nothing was sent to the card."""

    code: ClassVar[str] = "E222"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class PinNotInitial(CardholderCanFix):
    """The card does not have the PIN any more that it came with, so it is changed or reset, not set."""

    code: ClassVar[str] = "E223"
    tries_left: int


@dataclass(eq=False)
class PinLastTry(CardholderCanFix):
    """A first PIN could block the card: one try is left, or the card tells of none. Nothing was sent."""

    code: ClassVar[str] = "E224"
    tries_left: int | None


@dataclass(eq=False)
class PinCardChanged(CardholderCanFix):
    """Between the question and the PIN the card was taken out or changed for another; no try was used."""

    code: ClassVar[str] = "E225"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class PinOutcomeUnknown(CardholderCanFix):
    """The card was lost while it worked on a PIN. `act`: `verify` may have cost a try, others may have been done."""

    code: ClassVar[str] = "E226"
    may_have_changed: ClassVar[bool] = True
    act: str


PAD_REASONS: Final = frozenset({"none", "no_change", "rules"})
"""Reasons of `PinPadFailed` that have words of their own."""


@dataclass(eq=False)
class PinPadFailed(DeviceTrouble):
    """The reader's PIN pad did not take the order.

    `reason`: `none` (there is no pad), `no_change` (it cannot change a PIN), `rules` (the card profile does not let it
    change one), or what PC/SC or the reader answered, in hex.
    """

    code: ClassVar[str] = "E360"
    reason: str
