"""The child process's side: loads the library and calls one function at a time.

Whatever the library does to its process, the desk reads it as a crash or a hang. A request is JSON: path, calling
convention, function and arguments; texts are GBK in base64. The answer is the function's number and what stands in its
out buffer up to the first 00, in base64.
"""

import base64
import ctypes
import json
import os
import sys
from functools import cache
from typing import Any, Final

from sscard_desk.child_process.child import Refusal

BUFFER_BYTES: Final = 16384
"""The standard names no size; programs that were seen give 1,024 to 4,096 bytes."""


def answer(request: bytes) -> bytes:
    """Call one function of the library.

    Raises:
        Refusal: `not_loadable` or `no_entry`; nothing was called.
    """
    asked = json.loads(request)
    try:
        library = _load(asked["path"], asked["stdcall"])
    except OSError:
        raise Refusal("not_loadable") from None
    try:
        function = getattr(library, asked["function"])
    except AttributeError:
        raise Refusal("no_entry") from None
    function.restype = ctypes.c_int
    out = ctypes.create_string_buffer(BUFFER_BYTES)
    number = function(*(_argument(each) for each in asked["arguments"]), out)
    return json.dumps([int(number), base64.b64encode(out.value).decode("ascii")]).encode("ascii")


def _argument(value: int | str) -> Any:
    if isinstance(value, int):
        return ctypes.c_int(value)
    # buffers of their own: some libraries write into what they are given
    return ctypes.create_string_buffer(base64.b64decode(value), BUFFER_BYTES)


@cache
def _load(path: str, stdcall: bool) -> ctypes.CDLL:
    if sys.platform == "win32":
        os.add_dll_directory(os.path.dirname(path))  # noqa: PTH120 - its own files lie beside it
        return ctypes.WinDLL(path) if stdcall else ctypes.CDLL(path)
    return ctypes.CDLL(path)
