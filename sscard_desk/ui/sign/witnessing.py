"""A thumb print that waits for who saw it being made: the picture first, then an own account and password. No Qt."""

from dataclasses import dataclass, replace
from pathlib import Path

from sscard_desk.domain.errors import DeskError
from sscard_desk.ui.words import Words, message_of, say


@dataclass(frozen=True)
class WitnessState:
    """What the witness's strip shows.

    Attributes:
        party: whose thumb print waits, empty while none does.
        account: as typed so far; the password is in no state.
        error: what is wrong with it.
        clear_password: grows whenever the password's field is to be emptied.
    """

    party: str = ""
    account: str = ""
    error: Words = ""
    clear_password: int = 0


class Witnessing:
    """One thumb print and its witness; the password never leaves this object but to be tried."""

    def __init__(self) -> None:
        """Nothing waits."""
        self.state = WitnessState()
        self._password = ""
        self._picture: Path | None = None

    @property
    def open(self) -> bool:
        """Whether a thumb print waits."""
        return bool(self.state.party)

    @property
    def given(self) -> tuple[Path, str, str] | None:
        """The picture's path, account and password, once all three are there."""
        account = self.state.account.strip()
        if self._picture is None or not account or not self._password:
            return None
        return self._picture, account, self._password

    def begin(self, party: str, picture: Path) -> None:
        """A picture of a party's thumb print was chosen."""
        self.forget()
        self._picture = picture
        self.state = replace(self.state, party=party)

    def type_account(self, account: str) -> None:
        """A key in the account's field."""
        self.state = replace(self.state, account=account, error="")

    def type_password(self, password: str) -> bool:
        """A key in the password's field; return whether the strip is to be shown anew."""
        self._password = password
        had_error = bool(self.state.error)
        self.state = replace(self.state, error="")
        return had_error

    def refuse(self, error: DeskError) -> None:
        """The witness was not taken: say why and ask for the password again."""
        self._password = ""
        said = say("missing.advice", advice=message_of(error), code=error.code)
        self.state = replace(self.state, error=said, clear_password=self.state.clear_password + 1)

    def clear_error(self) -> None:
        """What was wrong is being tried again."""
        self.state = replace(self.state, error="")

    def forget(self) -> None:
        """Nothing waits any more; picture and password are dropped."""
        self._password, self._picture = "", None
        self.state = WitnessState(clear_password=self.state.clear_password + 1)
