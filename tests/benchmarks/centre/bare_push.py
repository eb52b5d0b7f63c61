"""The limit of a push: the same bytes through TLS into the same inserts, without the program.

`python bare_push.py CERTIFICATE KEY DATABASE` listens on loopback and prints its port. A batch comes as a 32-bit length
and a zstd msgpack message as the desk sends it; each is inserted into the tables that a push of openings fills (an
application's state is its payload here), committed and answered with one byte.
"""

import asyncio
import hashlib
import ssl
import sys

import asyncpg
import msgspec
import zstandard

from sscard_desk.wire.entry import Header
from sscard_desk.wire.messages import Push

ENTRY = """INSERT INTO entry (desk, seq, entry_id, subject, kind, hash, header, payload, salt, received_ms, outcome,
 code, reason, current) SELECT 'bare', *, 0, 'stored', '', '', '' FROM unnest($1::bigint[], $2::text[], $3::text[],
 $4::text[], $5::bytea[], $6::bytea[], $7::bytea[], $8::bytea[]) ON CONFLICT DO NOTHING"""
APPLICATION = """INSERT INTO application (subject, number, open_key, state, point, desk, step, version,
 content_version, content_desk) SELECT *, 'bare', 'bare', 'opened', 1, 1, 'bare' FROM unnest($1::text[], $2::text[],
 $3::text[], $4::bytea[]) ON CONFLICT DO NOTHING"""
FEED = """INSERT INTO feed (scope, position, kind, id, version, deleted, body)
 SELECT 'bare', *, 1, 0, '' FROM unnest($1::bigint[], $2::text[], $3::text[])"""
ITEM = """INSERT INTO item (scope, position, kind, id, version)
 SELECT 'bare', *, 1 FROM unnest($1::bigint[], $2::text[], $3::text[])"""


async def main(certificate: str, key: str, database: str) -> None:
    line = await asyncpg.connect(database)
    headers, batches = msgspec.msgpack.Decoder(Header), msgspec.msgpack.Decoder(Push)
    unpack = zstandard.ZstdDecompressor().decompress

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = 0
        try:
            while True:
                size = int.from_bytes(await reader.readexactly(4))
                rows = batches.decode(unpack(await reader.readexactly(size))).entries
                read = [headers.decode(row[0]) for row in rows]
                ids = [header.entry_id for header in read]
                places = list(range(head + 1, head + 1 + len(rows)))
                head += len(rows)
                async with line.transaction():
                    await line.execute(
                        ENTRY,
                        [header.seq for header in read],
                        ids,
                        [header.subject for header in read],
                        [header.kind for header in read],
                        [hashlib.sha256(row[0]).digest() for row in rows],
                        [row[0] for row in rows],
                        [row[1] for row in rows],
                        [row[2] for row in rows],
                    )
                    subjects = [header.subject for header in read]
                    await line.execute(APPLICATION, subjects, ids, ids, [row[1] for row in rows])
                    await line.execute(FEED, places, ["entry"] * len(rows), ids)
                    await line.execute(ITEM, places, ["entry"] * len(rows), ids)
                writer.write(b".")
        except asyncio.IncompleteReadError:
            writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
