"""The staff page's side of an open desk."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sscard_desk.bootstrap import key_slots
from sscard_desk.ports.ways_in import StaffAccount
from sscard_desk.security.staff import KIND as STAFF

if TYPE_CHECKING:
    from sscard_desk.bootstrap.desk import OpenDesk


class DeskWaysIn:
    """`ports.ways_in.WaysIn` over an open desk."""

    def __init__(self, desk: "OpenDesk") -> None:
        self._desk = desk

    def accounts(self) -> Sequence[StaffAccount]:
        """Return the staff list in its order."""
        ways = {each.account for each in self._desk.store.slot_book().slots.values()}
        return [
            StaffAccount(
                account=row["id"],
                name=row.get("name", ""),
                login=row.get("login", ""),
                role=row.get("role", ""),
                listed=bool(row.get("serial")),
                ended=bool(row.get("ended")),
                way_in=row["id"] in ways,
            )
            for row in self._desk.store.reference(STAFF)
        ]

    def give(self, account: str, login: str, password: str) -> None:
        """Give an account a first or new password."""
        key_slots.give_password(self._desk, account, login, password)

    def change_own(self, old: str, new: str) -> None:
        """Change the password of whoever is signed in."""
        key_slots.change_own_password(self._desk, old, new)

    def close(self, account: str) -> None:
        """Close an account's way in at this desk."""
        key_slots.close_way_in(self._desk, account)
