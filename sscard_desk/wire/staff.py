"""An account of the staff list on its way from the centre to the desks of its service point: one row, sealed.

Row of kind `staff`, id the account; texts `account`, `point`, `login` (empty where the desk agrees on one), `name`,
`role`, `public_keys` (Ed25519, 64 hex digits each, by spaces), `public_key` (the first of them, for older desks),
`serial` (grows with each change of the row), `ended` (`1` for one that may not work any more) and `seal` (the centre's
Ed25519 signature, the key of its receipts, 128 hex digits). Nothing in it opens anything: passwords stay at the desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

import msgspec

KIND: Final = "staff"


@dataclass(frozen=True)
class StaffRow:
    """One version of an account.

    Attributes:
        account: what journals call it.
        point: the service point whose desks it may work at.
        login: the name it signs in with; empty where the desk and the person agree on one.
        name: what windows show.
        role: a `domain.ids.Role` word.
        public_keys: its keys, one for each desk that gave it a slot, hex.
        serial: of this version; a desk takes no older one.
        ended: whether it may not work any more.
    """

    account: str
    point: str
    login: str = field(repr=False)
    name: str = field(repr=False)
    role: str
    public_keys: tuple[str, ...] = ()
    serial: int = 1
    ended: bool = False

    def sealed_bytes(self) -> bytes:
        """Return what the centre signs."""
        who = (self.account, self.point, self.login, self.name, self.role)
        return msgspec.msgpack.encode(("staff", *who, self.public_keys, self.serial, self.ended))

    def row(self, seal: bytes) -> dict[str, str]:
        """Return the reference row."""
        return {
            "account": self.account,
            "point": self.point,
            "login": self.login,
            "name": self.name,
            "role": self.role,
            "public_key": self.public_keys[0] if self.public_keys else "",
            "public_keys": " ".join(self.public_keys),
            "serial": str(self.serial),
            "ended": "1" if self.ended else "",
            "seal": seal.hex(),
        }

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Self:
        """Take a row apart; what is missing is empty and fits no seal."""
        serial = row.get("serial", "")
        account, point, login, name, role = (
            row.get(part, "") for part in ("account", "point", "login", "name", "role")
        )
        return cls(
            account=account,
            point=point,
            login=login,
            name=name,
            role=role,
            public_keys=keys_of(row),
            serial=int(serial) if serial.isascii() and serial.isdecimal() else 0,
            ended=bool(row.get("ended", "")),
        )


def keys_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the public keys of a row, hex; a row of an older centre has one at most."""
    return tuple(row.get("public_keys", row.get("public_key", "")).split())


def key_bytes(account: str, desk: str, public_key: str, replaces: str) -> bytes:
    """Return what whoever gives an account its slot signs: whose key, at which desk, in place of which one."""
    return msgspec.msgpack.encode(("staff-key", account, desk, public_key, replaces))
