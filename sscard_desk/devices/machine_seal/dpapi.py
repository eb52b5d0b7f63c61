"""Windows' Data Protection API: `CryptProtectData` and `CryptUnprotectData` (dpapi.h), called through ctypes.

What is protected opens for the same account of the same Windows alone. The entropy keeps other programs of that account
from opening it by chance, not by intent. Never asks the user (`CRYPTPROTECT_UI_FORBIDDEN`). Tried on a model of the two
functions, not on Windows.
"""

import ctypes
import os
from typing import Any, Final, Protocol

from sscard_desk.domain.errors.slots import MachineSealTrouble, OtherMachine

KIND: Final = "dpapi"
ENTROPY: Final = b"sscard-desk slot machine 1"
UI_FORBIDDEN: Final = 0x1
NOT_OURS: Final = frozenset({13, 0x80090005, 0x8009000B})
"""ERROR_INVALID_DATA, NTE_BAD_DATA, NTE_BAD_KEY_STATE: altered, or of another account or computer."""


class DpapiCalls(Protocol):
    """The two functions; each returns the bytes, or raises OSError with Windows' number in `winerror` or `errno`."""

    def protect(self, data: bytes, entropy: bytes) -> bytes:
        """Call `CryptProtectData`."""

    def unprotect(self, data: bytes, entropy: bytes) -> bytes:
        """Call `CryptUnprotectData`."""


class DpapiSeal:
    """`ports.machine_seal.MachineSeal` over DPAPI.

    Args:
        calls: the two functions; those of Windows without.
    """

    kind = KIND

    def __init__(self, calls: DpapiCalls | None = None) -> None:
        self._calls = calls

    def seal(self, secret: bytes) -> bytes:
        """Return the secret as only this account of this Windows can open it."""
        try:
            return self._functions().protect(secret, ENTROPY)
        except OSError as error:
            raise MachineSealTrouble(kind=KIND, reason=f"{_number(error):#x}") from None

    def unseal(self, kept: bytes) -> bytes:
        """Return the secret."""
        try:
            return self._functions().unprotect(kept, ENTROPY)
        except OSError as error:
            if _number(error) in NOT_OURS:
                raise OtherMachine(kind=KIND) from None
            raise MachineSealTrouble(kind=KIND, reason=f"{_number(error):#x}") from None

    def _functions(self) -> DpapiCalls:
        if self._calls is None:
            if os.name != "nt":
                raise MachineSealTrouble(kind=KIND, reason="not-windows")
            self._calls = _Crypt32()
        return self._calls


def _number(error: OSError) -> int:
    return int(getattr(error, "winerror", None) or error.errno or 0) & 0xFFFFFFFF


class _Blob(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))


class _Crypt32:
    """The functions of crypt32.dll."""

    def __init__(self) -> None:
        system: Any = ctypes
        self._crypt32 = system.WinDLL("crypt32", use_last_error=True)
        self._kernel32 = system.WinDLL("kernel32", use_last_error=True)
        self._kernel32.LocalFree.argtypes = (ctypes.c_void_p,)

    def protect(self, data: bytes, entropy: bytes) -> bytes:
        return self._call(self._crypt32.CryptProtectData, data, entropy)

    def unprotect(self, data: bytes, entropy: bytes) -> bytes:
        return self._call(self._crypt32.CryptUnprotectData, data, entropy)

    def _call(self, function: Any, data: bytes, entropy: bytes) -> bytes:
        given, salt, out = _blob(data), _blob(entropy), _Blob()
        done = function(ctypes.byref(given), None, ctypes.byref(salt), None, None, UI_FORBIDDEN, ctypes.byref(out))
        if not done:
            system: Any = ctypes
            raise OSError(system.get_last_error(), "dpapi")
        try:
            return ctypes.string_at(out.data, out.size)
        finally:
            ctypes.memset(out.data, 0, out.size)
            self._kernel32.LocalFree(out.data)


def _blob(data: bytes) -> _Blob:
    buffer = ctypes.create_string_buffer(data, len(data))
    return _Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
