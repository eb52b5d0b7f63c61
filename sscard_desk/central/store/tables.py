"""The centre's tables as the program reads and writes them; what makes them stands in `migrations`."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text

metadata = MetaData()

point = Table(
    "point",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("region", Text, nullable=False),
)
desk = Table(
    "desk",
    metadata,
    Column("id", Text, primary_key=True),
    Column("point", Text, nullable=False),
    Column("public_key", LargeBinary),
    Column("state", Text, nullable=False),
    Column("enrolled_ms", BigInteger),
    Column("head_seq", BigInteger, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
    Column("state_ms", BigInteger),
    Column("state_reason", Text, nullable=False, default=""),
    Column("seen_ms", BigInteger),
    Column("said_seq", BigInteger),
    Column("certificate", Text, nullable=False, default=""),
    Column("certificate_since_ms", BigInteger),
)
certificate = Table(
    "certificate",
    metadata,
    Column("serial", Text, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("desk_key", LargeBinary),
    Column("issued_ms", BigInteger, nullable=False),
    Column("end_ms", BigInteger, nullable=False),
)
enrolment = Table(
    "enrolment",
    metadata,
    Column("secret_hash", LargeBinary, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("expires_ms", BigInteger, nullable=False),
    Column("public_key", LargeBinary),
)
entry = Table(
    "entry",
    metadata,
    Column("desk", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("entry_id", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary),
    Column("salt", LargeBinary),
    Column("received_ms", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("current", LargeBinary, nullable=False),
)
application = Table(
    "application",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("point", Text, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("desk", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("content_version", BigInteger, nullable=False),
    Column("content_desk", Text, nullable=False),
    Column("open_key", Text, unique=True),
    Column("state", LargeBinary, nullable=False),
)
scope = Table(
    "scope",
    metadata,
    Column("id", Text, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("head", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sum", LargeBinary, nullable=False),
    Column("compacted", BigInteger, nullable=False, server_default="0"),
)
feed = Table(
    "feed",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("deleted", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
passed = Table(
    "passed",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("desk", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
item = Table(
    "item",
    metadata,
    Column("scope", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
)
blob = Table(
    "blob",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
blob_point = Table(
    "blob_point",
    metadata,
    Column("blob", Text, primary_key=True),
    Column("point", Text, primary_key=True),
)
staff_account = Table(
    "staff_account",
    metadata,
    Column("account", Text, primary_key=True),
    Column("point", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("ended", Integer, nullable=False),
)
staff_key = Table(
    "staff_key",
    metadata,
    Column("account", Text, primary_key=True),
    Column("public_key", LargeBinary, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("since_ms", BigInteger, nullable=False),
)
blank_place = Table(
    "blank_place",
    metadata,
    Column("identification_code", Text, primary_key=True),
    Column("desk", Text, primary_key=True),
    Column("point", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("stock_no", Text, nullable=False),
    Column("card_number", Text, nullable=False),
    Column("spoiled_by", Text, nullable=False),
    Column("confirmed_by", Text, nullable=False),
    Column("confirmed_how", Text, nullable=False),
)
nonce = Table(
    "nonce",
    metadata,
    Column("desk", Text, primary_key=True),
    Column("nonce", Text, primary_key=True),
    Column("time_ms", BigInteger, nullable=False),
)
meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
stick_desk = Table(
    "stick_desk",
    metadata,
    Column("desk", Text, primary_key=True),
    Column("box", LargeBinary, nullable=False),
    Column("statement", LargeBinary, nullable=False),
    Column("series", BigInteger, nullable=False),
    Column("answers", BigInteger, nullable=False),
)
stick_file = Table(
    "stick_file",
    metadata,
    Column("desk", Text, primary_key=True),
    Column("series", BigInteger, primary_key=True),
    Column("part", BigInteger, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
rescue = Table(
    "rescue",
    metadata,
    Column("request", Text, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("answered_ms", BigInteger, nullable=False),
    Column("used_ms", BigInteger),
)
