"""A rendered page as a PNG file (ISO/IEC 15948): what a preview keeps."""

import struct
import zlib
from typing import Final

_MM_PER_METRE: Final = 1000
_MM_PER_INCH: Final = 25.4


def png(width: int, height: int, rgb: bytes, dpi: float) -> bytes:
    """Return a picture as PNG.

    Args:
        width: pixels.
        height: pixels.
        rgb: three bytes a pixel, rows from the top.
        dpi: pixels per inch, kept in the file so that it prints in its true size.
    """
    rows = b"".join(b"\0" + rgb[n * width * 3 : (n + 1) * width * 3] for n in range(height))
    per_metre = round(dpi / _MM_PER_INCH * _MM_PER_METRE)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
        + _chunk(b"IDAT", zlib.compress(rows, 6))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
