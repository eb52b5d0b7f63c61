"""What the window asks of a desk whose last password is lost."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class RescueStanding:
    """Where a desk stands before anything is asked.

    Attributes:
        ready: whether it has something that the centre can open.
        request: the request that was made and not answered yet, as groups of letters and digits; empty for none.
    """

    ready: bool
    request: str = ""


@dataclass(frozen=True)
class Rescued:
    """Who signs in from now on.

    Attributes:
        account: whom the centre named.
        login: the name to sign in with.
        name: as the centre's list has it.
    """

    account: str
    login: str
    name: str


class Rescue(Protocol):
    """Asks the centre to let one administrator in, and takes its answer. Everything on a lane; nothing needs a line."""

    def standing(self) -> RescueStanding:
        """Return where this desk stands.

        Raises:
            NotSetUp, RestoreUnfinished, SlotDamaged: there is no desk here that could ask.
        """

    def ask(self, password: str) -> str:
        """Make a request and return it; one that was made before is not answered for any more.

        Raises:
            PasswordTooShort, RecoveryUnready, DiskFull, DiskTrouble: nothing was made.
        """

    def save(self, request: str, folder: Path) -> str:
        """Write the request into a folder, for example of a stick; return the file's name.

        Raises:
            StickMissing, DiskFull, DiskTrouble: it is not there.
        """

    def read(self, path: Path) -> str:
        """Return the answer that a file holds.

        Raises:
            StickMissing: it cannot be read.
            RecoveryAnswerWrong: it is no text.
        """

    def is_whole(self, answer: str) -> bool:
        """Return whether every character of an answer is there and right, whosever answer it is."""

    def finish(self, answer: str, password: str, login: str) -> Rescued:
        """Take the centre's answer: its account signs in with the password from now on.

        Raises:
            RecoveryAnswerWrong, RecoveryNameMissing, AccountNotListed, AccountEnded, AccountExists, RoleMissing,
            DatabaseKeyWrong: nothing has changed.
            StoreTrouble: the disk or the database.
        """
