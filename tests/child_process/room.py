"""A room for tests: does what the request says."""

import ctypes
import os
import time

from sscard_desk.child_process.child import Refusal


def answer(request: bytes) -> bytes:
    word, _, rest = request.partition(b" ")
    if word == b"crash":
        ctypes.string_at(0)
    if word == b"fail":
        raise ValueError(rest)
    if word == b"refuse":
        raise Refusal(rest.decode())
    if word == b"hang":
        time.sleep(600)
    if word == b"print":
        os.write(1, rest)
    if word == b"id":
        return str(os.getpid()).encode()
    return rest[::-1]
