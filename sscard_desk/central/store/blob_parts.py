"""Parts of a large picture or scan: kept as they come, from the first byte on, and joined with the last one."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import BigInteger, Column, Connection, LargeBinary, Table, Text, delete, func, insert, select

from sscard_desk.central.store import blobs
from sscard_desk.central.store.tables import metadata

blob_part: Final = Table(
    "blob_part",
    metadata,
    Column("point", Text, primary_key=True),
    Column("blob", Text, primary_key=True),
    Column("first", BigInteger, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)


@dataclass(frozen=True)
class Part:
    """A part of a blob.

    Attributes:
        blob: SHA-256 of the whole, as hex.
        first: where it begins, bytes.
        total: how long the whole is, bytes.
        body: the part; empty to ask how much is here.
    """

    blob: str
    first: int
    total: int
    body: bytes


def keep_part(connection: Connection, point: str, part: Part, now_ms: int, keep: Callable[[bytes], object]) -> int:
    """Keep a part that goes on where the ones before end; another one changes nothing.

    Args:
        connection: a writing transaction.
        point: whose blob it is.
        part: what came.
        now_ms: the centre's time.
        keep: is given the whole, which is what its name says.

    Returns:
        How many bytes from the beginning on are here; `total` once the whole is kept, 0 again if it was not what its
        name says.
    """
    if blobs.at_point(connection, point, [part.blob]):
        return part.total
    of_it = (blob_part.c.point == point) & (blob_part.c.blob == part.blob)
    length = select(func.coalesce(func.sum(func.length(blob_part.c.body)), 0)).where(of_it)
    have = int(connection.execute(length).scalar_one())
    if not part.body or part.first != have or have + len(part.body) > part.total:
        return have
    row = {"point": point, "blob": part.blob, "first": part.first, "body": part.body, "at_ms": now_ms}
    connection.execute(insert(blob_part).values(row))
    have += len(part.body)
    if have < part.total:
        return have
    bodies = select(blob_part.c.body).where(of_it).order_by(blob_part.c.first)
    whole = b"".join(connection.execute(bodies).scalars())
    connection.execute(delete(blob_part).where(of_it))
    if hashlib.sha256(whole).hexdigest() != part.blob:
        return 0
    keep(whole)
    return part.total


def forget_parts(connection: Connection, before_ms: int) -> int:
    """Drop parts whose rest never came; return how many. Their desk begins anew, should it come after all."""
    return connection.execute(delete(blob_part).where(blob_part.c.at_ms < before_ms)).rowcount
