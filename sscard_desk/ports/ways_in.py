"""Who may work at this desk, as the staff page asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class StaffAccount:
    """One account of the staff list.

    Attributes:
        account: what journals call it.
        name: what windows show.
        login: the name it signs in with; empty where the desk and the person agree on one.
        role: a `domain.ids.Role` word.
        listed: whether the centre has signed for it.
        ended: whether the centre has ended it.
        way_in: whether it can sign in at this desk.
    """

    account: str
    name: str = field(repr=False)
    login: str = field(repr=False)
    role: str
    listed: bool
    ended: bool
    way_in: bool


class WaysIn(Protocol):
    """Gives and closes ways in, in the name of whoever is signed in; takes a moment, never on the window's thread."""

    def accounts(self) -> Sequence[StaffAccount]:
        """Return the staff list in its order."""

    def give(self, account: str, login: str, password: str) -> None:
        """Give an account a first or new password.

        Raises:
            AccountNotListed, AccountEnded: the centre's list.
            RoleMissing: not oneself, nobody of a higher role.
            AccountExists, PasswordTooShort, SignInNeeded: name, password, session.
        """

    def change_own(self, old: str, new: str) -> None:
        """Change the password of whoever is signed in.

        Raises:
            PasswordTooShort: the new one.
            PasswordWrong, AccountPaused: the old one.
        """

    def close(self, account: str) -> None:
        """Close an account's way in at this desk.

        Raises:
            AccountNotListed, RoleMissing: as above.
        """
