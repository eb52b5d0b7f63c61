"""Accounts that the centre lists, and ways in at this desk (E455-E458)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import CentreTrouble


@dataclass(eq=False)
class AccountEnded(CentreTrouble):
    """The centre has ended this account."""

    code: ClassVar[str] = "E455"


@dataclass(eq=False)
class AccountNotListed(CentreTrouble):
    """The signed staff list of this service point does not name the account."""

    code: ClassVar[str] = "E456"
