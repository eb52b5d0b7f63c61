"""A training desk on a real encrypted store: its people, its banks and some blanks of the training stock."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.point import training_point

KEY: Final = bytes(range(32))


@dataclass
class Person:
    """Somebody who is signed in."""

    account: AccountId
    display_name: str
    role: Role
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate, repr=False)

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data)


def clerk() -> Person:
    """Return whoever takes applications in."""
    return Person(AccountId("c" * 32), "王丽", Role.CLERK)


def supervisor() -> Person:
    """Return whoever approves them."""
    return Person(AccountId("5" * 32), "陈静", Role.SUPERVISOR)


def training_desk(folder: Path, blanks: int) -> DeskStore:
    """Make the data folder and return its store, open; whoever asked closes it.

    Args:
        folder: is made.
        blanks: so many of the training stock are received.
    """
    point = training_point()
    create_folder(
        folder,
        desk_id=point.desk,
        service_point=point.code,
        desk_no=point.desk_no,
        training=True,
        database_key=KEY,
    )
    desk = open_desk(folder, KEY)
    for bank in point.banks:
        desk.keep_local_reference("bank", bank["code"], bank)
    for blank in point.blanks[:blanks]:
        desk.receive_blank(blank.identification_code, blank.card_number, blank.stock_no)
    return desk
