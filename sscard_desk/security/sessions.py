"""Somebody who is signed in, with the key that signs for them as long as the window is not locked."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.domain.errors.operator import SignInNeeded
from sscard_desk.domain.ids import AccountId, Role


class SignedIn:
    """`ports.session.Session` of one account. While it is locked the key is not in memory and nothing is signed."""

    def __init__(self, slot: str, account: AccountId, display_name: str, role: Role, key: Ed25519PrivateKey) -> None:
        self._slot = slot
        self._account = account
        self._display_name = display_name
        self._role = role
        self._key: Ed25519PrivateKey | None = key
        self._public_key = key.public_key().public_bytes_raw()

    def __repr__(self) -> str:
        return f"SignedIn(account={self._account!r}, role={self._role.value}, locked={self.locked})"

    @property
    def slot(self) -> str:
        """Id of the key slot that was opened; unlocking opens the same one."""
        return self._slot

    @property
    def account(self) -> AccountId:
        """What the journal calls the account."""
        return self._account

    @property
    def display_name(self) -> str:
        """What the window calls it."""
        return self._display_name

    @property
    def role(self) -> Role:
        """What it may do."""
        return self._role

    @property
    def public_key(self) -> bytes:
        """The account's Ed25519 public key, 32 bytes."""
        return self._public_key

    @property
    def locked(self) -> bool:
        """Whether a password is needed before anything is signed again."""
        return self._key is None

    def sign(self, data: bytes) -> bytes:
        """Return the account's Ed25519 signature, 64 bytes, over the data.

        Raises:
            SignInNeeded: the session is locked.
        """
        if self._key is None:
            raise SignInNeeded
        return self._key.sign(data)

    def lock(self) -> None:
        """Drop the key; forms and sync go on."""
        self._key = None

    def resume(self, opened: "SignedIn") -> None:
        """Take the key of the same account's slot, opened again.

        Raises:
            SignInNeeded: it is another account's.
        """
        if opened.account != self._account or opened.public_key != self._public_key:
            raise SignInNeeded
        self._key = opened._key  # noqa: SLF001 - the same class

    def now_known_as(self, display_name: str, role: Role) -> None:
        """Take name and role from the staff list, which has the last word on both."""
        self._display_name = display_name
        self._role = role
