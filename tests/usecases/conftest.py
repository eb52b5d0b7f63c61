"""A counter on real parts: an encrypted store, two people with keys, a stock of blanks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.point import training_point

KEY = bytes(range(32))


@dataclass
class Person:
    """Somebody who is signed in."""

    account: AccountId
    display_name: str
    role: Role
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    point = training_point()
    create_folder(
        tmp_path / "desk",
        desk_id=point.desk,
        service_point=point.code,
        desk_no=point.desk_no,
        training=True,
        database_key=KEY,
    )
    desk = open_desk(tmp_path / "desk", KEY)
    for bank in point.banks:
        desk.keep_local_reference("bank", bank["code"], bank)
    for blank in point.blanks[:5]:
        desk.receive_blank(blank.identification_code, blank.card_number, blank.stock_no)
    yield desk
    desk.close()


@pytest.fixture
def clerk() -> Person:
    return Person(AccountId("c" * 32), "王丽", Role.CLERK)


@pytest.fixture
def supervisor() -> Person:
    return Person(AccountId("5" * 32), "陈静", Role.SUPERVISOR)
