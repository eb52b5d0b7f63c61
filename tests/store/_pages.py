"""What really lies in a database file and its log: every page decrypted by hand, free pages and old frames too.

SQLCipher 4 with a raw key: pages of 4,096 bytes, AES-256-CBC, the last 80 bytes of a page are IV (16) and HMAC (64);
the first page begins with 16 bytes of salt that are not encrypted.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT = 4_096, 80, 16
WAL_HEADER, FRAME_HEADER = 32, 24


def decrypted(database: Path, key: bytes) -> bytes:
    """Return every page of the file and every frame of its log, in the clear."""
    raw = database.read_bytes()
    pages = [raw[at : at + PAGE] for at in range(0, len(raw), PAGE)]
    parts = [_page(page, key, first=number == 0) for number, page in enumerate(pages)]
    log = database.with_name(database.name + "-wal")
    held = log.read_bytes()[WAL_HEADER:] if log.exists() else b""
    for at in range(0, len(held) - PAGE, PAGE + FRAME_HEADER):
        number = int.from_bytes(held[at : at + 4])
        parts.append(_page(held[at + FRAME_HEADER : at + FRAME_HEADER + PAGE], key, first=number == 1))
    return b"".join(parts)


def _page(page: bytes, key: bytes, *, first: bool) -> bytes:
    iv = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    body = page[SALT if first else 0 : PAGE - RESERVED]
    opened = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return opened.update(body) + opened.finalize()
