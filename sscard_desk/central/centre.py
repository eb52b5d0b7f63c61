"""An open centre: its database, its keys, its mode. Routes and command-line verbs are thin around it."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from sqlalchemy import Connection, insert, select

from sscard_desk.central.card_keys.places import Places
from sscard_desk.central.certificate_rules import CertificateRules, load_rules
from sscard_desk.central.certificates import known_since_ms
from sscard_desk.central.coming import Coming
from sscard_desk.central.keys import CentreKeys
from sscard_desk.central.measures import Measures
from sscard_desk.central.seen import Seen
from sscard_desk.central.staff import seal_older_rows
from sscard_desk.central.store.choice import choose_database, is_embedded, open_database
from sscard_desk.central.store.feeds import make_scope
from sscard_desk.central.store.memory import Memory
from sscard_desk.central.store.rows import insert_new
from sscard_desk.central.store.tables import meta
from sscard_desk.central.store.transactions import Transactions
from sscard_desk.central.turns import Turns
from sscard_desk.domain.errors.centre_database import CentreNotMade
from sscard_desk.domain.errors.operator import FolderNotEmpty
from sscard_desk.wire.feed import REFERENCE

_STAFF_SEALED: Final = "staff_sealed"
LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "::1")


@dataclass
class OpenCentre:
    """Everything that answers a desk.

    Attributes:
        folder: where database, keys and snapshot files lie.
        database: the tables.
        keys: receipt key, authority, server certificate.
        training: fixed when the centre was made.
        name: what desks show of it.
        shared: whether other workers may serve the same database.
        seen: requests of the last minutes.
        turns: the pushes of each desk that are under way.
        memory: heads and desks as they are now; holds nothing before a server lets the database tell it news.
        passed: per (scope, desk): how far the desk has read, as noted last, and when.
        started_ms: requests older than this process are refused: they are not known any more.
        at_work: requests that have come whole and are not answered yet.
        stopping: nothing new is begun any more.
        measures: what this worker counts.
        coming: bodies of requests that have not come whole.
        card_keys: where its card keys lie; opened when they are asked for.
        believed: every authority whose certificates count, PEM.
        authorities_ms: when the newest of them was made; who was certified before does not know it.
        certificates: how long certificates last, and who must show one.
    """

    folder: Path
    database: Transactions
    keys: CentreKeys
    training: bool
    name: str
    card_keys: Places
    believed: bytes
    authorities_ms: int
    certificates: CertificateRules
    shared: bool = False
    seen: Seen = field(default_factory=Seen)
    turns: Turns = field(default_factory=Turns)
    memory: Memory = field(default_factory=Memory)
    passed: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    started_ms: int = 0
    at_work: int = 0
    stopping: bool = False
    measures: Measures = field(default_factory=Measures)
    coming: Coming = field(default_factory=Coming)

    def close(self) -> None:
        """Close the database and the places of the card keys."""
        self.card_keys.close()
        self.database.close()

    def now_ms(self) -> int:
        """Return the centre's time, milliseconds since 1970 UTC."""
        return time.time_ns() // 1_000_000


def init_centre(
    folder: Path, *, training: bool, name: str, hosts: tuple[str, ...] = LOCAL_HOSTS, address: str = ""
) -> OpenCentre:
    """Make a new centre and open it.

    Args:
        folder: empty or not there yet.
        training: whether it takes training desks, and only these.
        name: what desks show of it.
        hosts: names and addresses under which desks will reach it.
        address: of an empty PostgreSQL database (`store.postgres`); empty for the embedded one in the folder.

    Raises:
        FolderNotEmpty: there is something in the folder, or a centre in the database.
        DatabaseAddressWrong, DatabaseAway: the address.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise FolderNotEmpty
    choose_database(folder, address)
    database = open_database(folder)
    try:
        with database.writing() as connection:
            if _meta(connection):
                raise FolderNotEmpty
            values = {"training": str(int(training)), "name": name, _STAFF_SEALED: "1"}
            rows = [{"name": word, "value": value} for word, value in values.items()]
            connection.execute(insert(meta), rows)
            make_scope(connection, REFERENCE)
    finally:
        database.close()
    CentreKeys.make(folder, hosts, datetime.now(UTC), load_rules(folder).server_days)
    return open_centre(folder)


def open_centre(folder: Path, address: str = "") -> OpenCentre:
    """Open an existing centre.

    Args:
        folder: made by `init_centre`.
        address: of its PostgreSQL database, where that has moved since.

    Raises:
        CentreNotMade: there is none in this folder.
        DatabaseNewer: a newer program made it.
        DatabaseAddressWrong, DatabaseAway: the address.
    """
    database = open_database(folder, address)
    with database.reading() as connection:
        values = _meta(connection)
    if "training" not in values:
        database.close()
        raise CentreNotMade
    keys = CentreKeys.load(folder)
    centre = OpenCentre(
        folder=folder,
        database=database,
        keys=keys,
        training=values["training"] == "1",
        name=values["name"],
        card_keys=Places(folder),
        believed=keys.believed,
        authorities_ms=known_since_ms(x509.load_pem_x509_certificates(keys.believed)),
        certificates=load_rules(folder),
        shared=not is_embedded(folder, address),
        started_ms=time.time_ns() // 1_000_000,
    )
    if _STAFF_SEALED not in values:
        _seal_staff(centre)
    return centre


def _seal_staff(centre: OpenCentre) -> None:
    """Seal the staff rows of an older version, once; several workers may do so side by side."""
    seal_older_rows(centre)
    with centre.database.writing() as connection:
        insert_new(connection, meta, [{"name": _STAFF_SEALED, "value": "1"}])


def _meta(connection: Connection) -> dict[str, str]:
    return {row.name: row.value for row in connection.execute(select(meta))}
