"""Accounts and sessions (E160-169)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class PasswordWrong(OperatorCanFix):
    """Account or password does not fit. `tries_left` counts down to a pause."""

    code: ClassVar[str] = "E161"
    retry_helps: ClassVar[bool] = True
    tries_left: int


@dataclass(eq=False)
class AccountPaused(OperatorCanFix):
    """Too many wrong passwords on this computer; wait."""

    code: ClassVar[str] = "E162"
    seconds: int


@dataclass(eq=False)
class PasswordTooShort(OperatorCanFix):
    """A new password is too short."""

    code: ClassVar[str] = "E163"
    need: int


@dataclass(eq=False)
class SignInNeeded(OperatorCanFix):
    """Nobody is signed in."""

    code: ClassVar[str] = "E164"


@dataclass(eq=False)
class AccountUnknown(OperatorCanFix):
    """No account of this name has a key slot here."""

    code: ClassVar[str] = "E165"


@dataclass(eq=False)
class AccountExists(OperatorCanFix):
    """An account of this name has a key slot here already."""

    code: ClassVar[str] = "E166"
