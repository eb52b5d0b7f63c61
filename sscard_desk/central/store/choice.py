"""Which database a centre's folder stands on: the embedded one in it, or PostgreSQL at an address."""

from pathlib import Path
from typing import Final

from sscard_desk.central.store.database import SqliteDatabase
from sscard_desk.central.store.transactions import Transactions
from sscard_desk.domain.errors.centre_database import CentreNotMade

DATABASE: Final = "centre.db"
ADDRESS: Final = "database.url"


def choose_database(folder: Path, address: str) -> None:
    """Make the embedded database in a folder, or note the address of another there; it holds no password.

    Raises:
        DatabaseAddressWrong: no address, or one with a password.
    """
    if address:
        from sscard_desk.central.store.postgres import address_of  # noqa: PLC0415 - asyncpg only where it serves

        address_of(address)
        (folder / ADDRESS).write_text(address + "\n", encoding="utf-8")
    else:
        SqliteDatabase(folder / DATABASE).close()


def is_embedded(folder: Path, address: str = "") -> bool:
    """Return whether a centre stands on the embedded database."""
    return not address and not (folder / ADDRESS).exists()


def open_database(folder: Path, address: str = "") -> Transactions:
    """Open a centre's database; an address comes before the one that the folder notes.

    Raises:
        CentreNotMade: there is no centre in this folder.
        DatabaseNewer: a newer program made it.
        DatabaseAddressWrong, DatabaseAway: the address.
    """
    if is_embedded(folder, address):
        if not (folder / DATABASE).exists():
            raise CentreNotMade
        return SqliteDatabase(folder / DATABASE, folder)
    from sscard_desk.central.store.postgres import PostgresDatabase  # noqa: PLC0415 - asyncpg only where it serves

    return PostgresDatabase(address or (folder / ADDRESS).read_text(encoding="utf-8").strip(), folder=folder)
