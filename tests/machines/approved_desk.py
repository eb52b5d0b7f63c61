"""A data folder with one approved application and a few blanks: where the writing of a card begins."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.domain.ids import AccountId, ApplicationId, Role
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.point import training_point

KEY: Final = bytes(range(32))
CLERK: Final = AccountId("c" * 32)
SUPERVISOR: Final = AccountId("5" * 32)


@dataclass(frozen=True)
class Clerk:
    """Somebody who is signed in."""

    account: AccountId = CLERK
    display_name: str = "王丽"
    role: Role = Role.CLERK
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate, repr=False)

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data)


def approved_desk(folder: Path, blanks: int) -> ApplicationId:
    """Make the folder and return the application.

    Args:
        folder: is made.
        blanks: so many of the training stock are received.
    """
    from sscard_desk.usecases.approve import approve
    from tests.usecases.test_counter_operations import at_signed

    point = training_point()
    create_folder(
        folder,
        desk_id=point.desk,
        service_point=point.code,
        desk_no=point.desk_no,
        training=True,
        database_key=KEY,
    )
    store = open_desk(folder, KEY)
    for bank in point.banks:
        store.keep_local_reference("bank", bank["code"], bank)
    for blank in point.blanks[:blanks]:
        store.receive_blank(blank.identification_code, blank.card_number, blank.stock_no)
    clerk, supervisor = Clerk(), Clerk(SUPERVISOR, "陈静", Role.SUPERVISOR)
    application = approve(store, supervisor, at_signed(store, clerk))
    store.close()
    return application.id
