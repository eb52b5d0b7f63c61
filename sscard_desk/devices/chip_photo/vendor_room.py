"""The child process's side: loads the vendor's library, calls it once, and says how many bytes it really wrote.

Whatever the library does to its process, the desk reads it as a crash or a hang.
"""

import ctypes
import os
import secrets
import sys
from collections.abc import Callable
from typing import Any, Final

from sscard_desk.child_process.child import Refusal
from sscard_desk.devices.chip_photo.library import BUFFER_BYTES, Form, VendorLibrary, unpack

ANSWER_BYTES: Final = 8
"""The library's own number, signed, before what it wrote."""


def answer(request: bytes) -> bytes:
    """Call the library; return its number and what it wrote into the buffer (nothing for the form `file`).

    Raises:
        Refusal: `not_loadable` or `no_entry`; nothing was called.
    """
    library, data = unpack(request)
    call = _entry(library)
    if library.form is Form.FILE:
        number = call(ctypes.c_char_p(data), ctypes.c_int(library.last_argument))
        return int(number).to_bytes(ANSWER_BYTES, "big", signed=True)
    given = ctypes.create_string_buffer(data, len(data))
    canary = secrets.token_bytes(BUFFER_BYTES)
    out = ctypes.create_string_buffer(canary, BUFFER_BYTES)
    further = (ctypes.c_int(library.last_argument),) if library.form is Form.BUFFER_NUMBER else ()
    number = call(given, out, *further)
    return int(number).to_bytes(ANSWER_BYTES, "big", signed=True) + _written(out.raw, canary)


def _entry(library: VendorLibrary) -> Callable[..., Any]:
    try:
        loaded = _load(library)
    except OSError:
        raise Refusal("not_loadable") from None
    try:
        entry = getattr(loaded, library.entry)
    except (AttributeError, ValueError):
        raise Refusal("no_entry") from None
    entry.restype = ctypes.c_int
    called: Callable[..., Any] = entry
    return called


def _load(library: VendorLibrary) -> ctypes.CDLL:
    if sys.platform == "win32":
        os.add_dll_directory(os.path.dirname(library.path))  # noqa: PTH120 - its own files lie beside it
        return ctypes.WinDLL(library.path) if library.stdcall else ctypes.CDLL(library.path)
    return ctypes.CDLL(library.path)


def _written(out: bytes, canary: bytes) -> bytes:
    """Return what stands in the buffer up to the last byte that was changed (one byte in 256 hides itself)."""
    end = len(out)
    while end and out[end - 1] == canary[end - 1]:
        end -= 1
    return out[:end]
