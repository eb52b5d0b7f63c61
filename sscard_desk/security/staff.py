"""The staff list: display name, role and public key of each account, as reference rows of the kind `staff`."""

import hmac
from collections.abc import Iterable, Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sscard_desk.domain.errors.operator import AccountUnknown
from sscard_desk.domain.errors.staff import AccountEnded
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.security.sessions import SignedIn
from sscard_desk.wire.staff import keys_of

KIND: Final = "staff"
_ROLES: Final = frozenset(role.value for role in Role)


def staff_row(account: AccountId, display_name: str, role: Role, public_key: bytes) -> dict[str, str]:
    """Return the reference row of an account; its id is the account."""
    return {"account": account, "name": display_name, "role": role.value, "public_key": public_key.hex()}


def confirm(session: SignedIn, rows: Iterable[Mapping[str, str]]) -> None:
    """Give a session the name and role that the staff list has for its account.

    A slot file can be rewritten by whoever knows its password, so what it says of a role is not believed.

    Raises:
        AccountUnknown: the account is not on the list, or with other keys.
        AccountEnded: the centre has ended it.
    """
    row = _row(session.account, rows)
    if row is not None and row.get("ended"):
        raise AccountEnded
    own = session.public_key.hex()
    if row is None or not any(hmac.compare_digest(key, own) for key in keys_of(row)):
        raise AccountUnknown
    role = row.get("role", "")
    # a role of a later program gives the least that there is
    session.now_known_as(row.get("name", ""), Role(role) if role in _ROLES else Role.CLERK)


def seal_holds(account: AccountId, data: bytes, seal: bytes, rows: Iterable[Mapping[str, str]]) -> bool:
    """Return whether a sign-off bears this account's signature over the data."""
    row = _row(account, rows)
    if row is None:
        return False
    return any(_holds(key, data, seal) for key in keys_of(row))


def _holds(key: str, data: bytes, seal: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(seal, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _row(account: AccountId, rows: Iterable[Mapping[str, str]]) -> Mapping[str, str] | None:
    return next((row for row in rows if row.get("account", row.get("id")) == account), None)
