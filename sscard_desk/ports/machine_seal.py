"""Keeps a small secret so that only this computer gives it back: a second factor beside a password, never instead."""

from typing import Protocol


class MachineSeal(Protocol):
    """A keeper of secrets that belongs to one computer."""

    @property
    def kind(self) -> str:
        """The word in the slot file, for example `dpapi` or `tpm`."""

    def seal(self, secret: bytes) -> bytes:
        """Return the secret as only this computer can open it.

        Raises:
            MachineSealTrouble: the keeper is not there or refuses.
        """

    def unseal(self, kept: bytes) -> bytes:
        """Return the secret.

        Raises:
            OtherMachine: another computer, or another account of its system, had sealed it.
            MachineSealTrouble: the keeper is not there or refuses.
        """
