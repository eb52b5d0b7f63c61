"""Which subjects name which blobs: read from what entries say, so that nothing shared is erased with one of them.

A blob is named by its SHA-256 in hex, wherever in a payload it stands; what looks like a name and is none is in no
blob table and harms nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, func, select

from sscard_desk.store import tables
from sscard_desk.wire.blob_names import names_in


@dataclass
class BlobUses:
    """Which subjects name each blob, up to one moment of this database's history.

    Attributes:
        users: subjects by blob.
        upto: number of the newest act that was looked at.
    """

    users: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    upto: int = 0

    def read_on(self, connection: Connection) -> None:
        """Take what was written since: everything the first time, little afterwards. Linear in what is new."""
        act, entry, foreign = tables.act.c, tables.entry, tables.foreign_entry
        newest = connection.execute(select(func.coalesce(func.max(act.id), 0))).scalar_one()
        new = (act.id > self.upto) & (act.id <= newest)
        own = select(act.subject, tables.payload.c.payload).join(
            entry, (entry.c.seq == act.seq) & (entry.c.subject == act.subject)
        )
        own = own.join(tables.payload, tables.payload.c.seq == entry.c.seq)
        elsewhere = select(act.subject, foreign.c.payload).join(
            foreign, (foreign.c.desk == act.desk) & (foreign.c.seq == act.seq)
        )
        self._take(connection.execute(own.where(new)))
        self._take(connection.execute(elsewhere.where(new & foreign.c.payload.is_not(None))))
        self.upto = int(newest)

    def only_of(self, subject: str, names: Iterable[str]) -> set[str]:
        """Return the blobs among these names that no other subject has."""
        return {name for name in names if self.users.get(name, set()) <= {subject}}

    def forget(self, subject: str, names: Iterable[str]) -> None:
        """Note that a subject names these no more."""
        for name in names:
            self.users[name].discard(subject)

    def _take(self, rows: Iterable[Row[*tuple[Any, ...]]]) -> None:
        for subject, payload in rows:
            for name in names_in(payload):
                self.users[name].add(subject)
