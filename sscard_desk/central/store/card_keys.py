"""Which card keys the centre holds, who was given what they compute, and how often; the keys lie elsewhere."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import BigInteger, Column, Connection, Integer, Table, Text, delete, func, insert, select, update

from sscard_desk.central.store.tables import metadata

GIVEN: Final = "given"
HOUR_MS: Final = 3_600_000

card_key: Final = Table(
    "card_key",
    metadata,
    Column("name", Text, primary_key=True),
    Column("algorithm", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("levels", Text, nullable=False),
    Column("training", BigInteger, nullable=False),
    Column("check_value", Text, nullable=False),
    Column("proof", Text, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
)
card_key_use: Final = Table(
    "card_key_use",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("desk", Text, nullable=False),
    Column("use_id", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key_name", Text, nullable=False),
    Column("algorithm", Text, nullable=False),
    Column("application", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
)
card_key_grant: Final = Table(
    "card_key_grant",
    metadata,
    Column("card", Text, primary_key=True),
    Column("application", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("card_part", Text, nullable=False),
)
card_key_limit: Final = Table(
    "card_key_limit",
    metadata,
    Column("desk", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("per_hour", BigInteger, nullable=False),
)


@dataclass(frozen=True)
class HeldKey:
    """A key that the centre holds; what it is lies in its place.

    Attributes:
        name: key address and id, six hex characters.
        algorithm: name of `cards.algorithm.Algorithm`.
        place: `pkcs11` or `vault`.
        purpose: `write`, `read`, `personal` or `pin`.
        levels: of diversification, in order.
        training: whether it is a published training key.
        check_value: six hex characters, as its custodians know it.
        proof: six hex characters (`KeyPlace.proof`).
        since_ms: when it was brought in, milliseconds since 1970 UTC.
    """

    name: str
    algorithm: str
    place: str
    purpose: str
    levels: tuple[str, ...]
    training: bool
    check_value: str
    proof: str
    since_ms: int


@dataclass(frozen=True)
class Use:
    """One question for a key, or one act upon the keys, and what became of it; it is never changed.

    Attributes:
        at_ms: the centre's time, milliseconds since 1970 UTC.
        desk: who asked; empty for an act at the centre.
        use_id: the asker's name for the question, 32 hex characters; the same again is the same use.
        question: digest of what was asked, so that a name is not used twice for two things.
        act: a word of `ports.keys.KeyAct`, or `import`, `remove`, `release`, `limit`.
        kind: which limit it counts for: `write`, `read` or `pin`.
        key_name: key address and id.
        algorithm: name of the cipher.
        application: its key, empty without one.
        card: identification code.
        reason: in the words of whoever asked.
        state: `given`, or why not.
    """

    at_ms: int
    desk: str
    use_id: str
    question: str
    act: str
    kind: str
    key_name: str
    algorithm: str
    application: str
    card: str
    reason: str
    state: str


def keep_key(connection: Connection, key: HeldKey) -> None:
    """Enter a key; whoever calls has looked that there is none of its name and cipher."""
    connection.execute(
        insert(card_key).values(vars(key) | {"levels": ",".join(key.levels), "training": int(key.training)})
    )


def drop_key(connection: Connection, name: str, algorithm: str) -> None:
    """Hold a key no more."""
    connection.execute(delete(card_key).where(card_key.c.name == name, card_key.c.algorithm == algorithm))


def find_key(connection: Connection, name: str, algorithm: str) -> HeldKey | None:
    """Return the key of a name and cipher, or None."""
    return next((key for key in held_keys(connection) if (key.name, key.algorithm) == (name, algorithm)), None)


def held_keys(connection: Connection) -> list[HeldKey]:
    """Return every key, sorted by name and cipher; there are a dozen of them."""
    rows = connection.execute(select(card_key).order_by(card_key.c.name, card_key.c.algorithm))
    return [
        HeldKey(**row._asdict() | {"levels": tuple(row.levels.split(",")), "training": bool(row.training)})
        for row in rows
    ]


def note(connection: Connection, use: Use) -> None:
    """Add to the record."""
    connection.execute(insert(card_key_use).values(vars(use)))


def find_use(connection: Connection, desk: str, use_id: str) -> Use | None:
    """Return what became of a question that was asked before, or None."""
    row = connection.execute(_USE.where(card_key_use.c.desk == desk, card_key_use.c.use_id == use_id)).first()
    return Use(**row._asdict()) if row else None


def uses(connection: Connection, desk: str = "", since_ms: int = 0, most: int = 1_000) -> list[Use]:
    """Return the newest uses, oldest of them first.

    Args:
        connection: a reading transaction.
        desk: of one desk; empty for all, acts at the centre among them.
        since_ms: none before this time.
        most: at most so many.
    """
    query = _USE.where(card_key_use.c.at_ms >= since_ms)
    if desk:
        query = query.where(card_key_use.c.desk == desk)
    rows = connection.execute(query.order_by(card_key_use.c.id.desc()).limit(most))
    return [Use(**row._asdict()) for row in rows][::-1]


def given_since(connection: Connection, desk: str, kind: str, since_ms: int) -> tuple[int, int]:
    """Return how many keys a desk was given since a time, and when the first of them was (0 for none)."""
    row = connection.execute(
        select(func.count(), func.min(card_key_use.c.at_ms)).where(
            card_key_use.c.desk == desk,
            card_key_use.c.kind == kind,
            card_key_use.c.state == GIVEN,
            card_key_use.c.at_ms > since_ms,
        )
    ).one()
    return int(row[0]), int(row[1] or 0)


def limit_of(connection: Connection, desk: str, kind: str) -> int | None:
    """Return how many a desk is given in an hour: its own limit, that of all, or None where neither was set."""
    rows = connection.execute(
        select(card_key_limit.c.desk, card_key_limit.c.per_hour).where(
            card_key_limit.c.desk.in_((desk, "")), card_key_limit.c.kind == kind
        )
    )
    found = {row.desk: int(row.per_hour) for row in rows}
    return found.get(desk, found.get(""))


def set_limit(connection: Connection, desk: str, kind: str, per_hour: int) -> None:
    """Set a desk's limit, or that of all without a desk."""
    ours = (card_key_limit.c.desk == desk, card_key_limit.c.kind == kind)
    if connection.execute(select(card_key_limit.c.desk).where(*ours)).first() is None:
        connection.execute(insert(card_key_limit).values(desk=desk, kind=kind, per_hour=per_hour))
    else:
        connection.execute(update(card_key_limit).where(*ours).values(per_hour=per_hour))


def cards_of(connection: Connection, application: str) -> list[str]:
    """Return for which cards the key for writing was given in an application's name."""
    query = select(card_key_grant.c.card).where(card_key_grant.c.application == application)
    return list(connection.execute(query.order_by(card_key_grant.c.card)).scalars())


def application_of(connection: Connection, card: str) -> str | None:
    """Return for which application the key for writing this card was given, or None."""
    return connection.execute(select(card_key_grant.c.application).where(card_key_grant.c.card == card)).scalar()


def card_part_of(connection: Connection, card: str) -> str:
    """Return the factor of the card key that the key for writing a card was given with, hex; empty for none kept."""
    found = connection.execute(select(card_key_grant.c.card_part).where(card_key_grant.c.card == card)).scalar()
    return str(found or "")


def grant(  # noqa: PLR0917 - the columns of a grant
    connection: Connection, application: str, card: str, desk: str, at_ms: int, card_part: str
) -> None:
    """Keep for which application a card is from now on, and which physical card it is (hex)."""
    row = {"card": card, "application": application, "desk": desk, "at_ms": at_ms, "card_part": card_part}
    connection.execute(insert(card_key_grant).values(**row))


def keep_card_part(connection: Connection, card: str, card_part: str) -> None:
    """Keep which physical card it is, where that was not kept when the key was given."""
    same = (card_key_grant.c.card == card) & (card_key_grant.c.card_part == "")
    connection.execute(update(card_key_grant).where(same).values(card_part=card_part))


def release(connection: Connection, card: str) -> None:
    """Let a card go that was never begun."""
    connection.execute(delete(card_key_grant).where(card_key_grant.c.card == card))


_USE = select(*[column for column in card_key_use.columns if column.name != "id"])
