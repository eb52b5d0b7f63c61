"""Recoveries that the centre has answered: each once, for one desk and one account, with who answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from sscard_desk.central.store.tables import rescue


@dataclass(frozen=True)
class Rescue:
    """One answered recovery.

    Attributes:
        request: random name of the request, 32 hex characters.
        desk: whose database it opened.
        account: who asked.
        operator: who answered, as the operator gave it.
        answered_ms: the centre's time.
        used_ms: when the desk's entry about it came, None before.
    """

    request: str
    desk: str
    account: str
    operator: str
    answered_ms: int
    used_ms: int | None


def keep(connection: Connection, made: Rescue) -> None:
    """Keep that a request is answered."""
    connection.execute(insert(rescue).values(**vars(made)))


def known(connection: Connection, request: str) -> bool:
    """Return whether a request was answered before."""
    return connection.execute(select(rescue.c.request).where(rescue.c.request == request)).first() is not None


def answered(connection: Connection, request: str, desk: str, account: str) -> bool:
    """Return whether a request of this desk and account was answered and not used yet."""
    same = (rescue.c.request == request) & (rescue.c.desk == desk) & (rescue.c.account == account)
    return connection.execute(select(rescue.c.request).where(same & rescue.c.used_ms.is_(None))).first() is not None


def use(connection: Connection, request: str, now_ms: int) -> None:
    """The desk has used an answer."""
    connection.execute(update(rescue).where(rescue.c.request == request).values(used_ms=now_ms))


def every(connection: Connection) -> Sequence[Rescue]:
    """Return all recoveries, newest first."""
    return [Rescue(*row) for row in connection.execute(select(rescue).order_by(rescue.c.answered_ms.desc()))]
