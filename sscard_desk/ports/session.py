"""Who is signed in, as the use cases see it."""

from typing import Protocol

from sscard_desk.domain.ids import AccountId, Role


class Session(Protocol):
    """A signed-in account."""

    @property
    def account(self) -> AccountId:
        """What the journal calls the account."""

    @property
    def display_name(self) -> str:
        """What the window calls it."""

    @property
    def role(self) -> Role:
        """What it may do."""

    def sign(self, data: bytes) -> bytes:
        """Return the account's Ed25519 signature, 64 bytes, over the data."""
