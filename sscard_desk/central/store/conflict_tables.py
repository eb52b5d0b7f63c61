"""Tables of what desks do not agree on: conflicts, cards in use, corrections, transfers."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, Text

from sscard_desk.central.store.tables import metadata

conflict = Table(
    "conflict",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("what", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("point", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
card_use = Table(
    "card_use",
    metadata,
    Column("identification_code", Text, primary_key=True),
    Column("card_number", Text, unique=True),
    Column("subject", Text, nullable=False),
    Column("desk", Text, nullable=False),
)
card_released = Table(
    "card_released",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identification_code", Text, nullable=False),
    Column("card_number", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
correction = Table(
    "correction",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("point", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("differences", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("answered_ms", BigInteger),
)
transfer = Table(
    "transfer",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("from_point", Text, nullable=False),
    Column("to_point", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
blob_moved = Table(
    "blob_moved",
    metadata,
    Column("blob", Text, primary_key=True),
    Column("point", Text, primary_key=True),
    Column("to_point", Text, nullable=False),
)
