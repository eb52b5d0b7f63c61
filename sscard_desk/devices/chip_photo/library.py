"""How a vendor's library is called. No open decoder of the format (WLT) is known, so name, entry and form are settings.

The three forms were seen in public programs (domain reference B.4 and makers' headers): `GetBmp(file, interface)` of
WltRS.dll, which leaves a .bmp beside the .wlt; entries that take two buffers, as `iDR220S_Dewlt`; and entries that take
two buffers and a number, as `unpack(wlt, bmp, 708)` or `wlt2bmpBuffer(wlt, bmp, size)`. 1 means done with most makers,
0 with some. None of these libraries could be tried here.
"""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

FRAME: Final = b"\n"
BUFFER_BYTES: Final = 65_536
"""Room for what a library writes: the BMP file is 38,862 bytes, and one that writes more must not reach our memory."""
USB: Final = 2
"""Interface number of WltRS.dll for a reader on USB; 1 is a serial one."""


class Form(StrEnum):
    """What an entry takes."""

    FILE = "file"
    """Path of the .wlt file, and a number; it writes the .bmp file beside it."""
    BUFFER = "buffer"
    """Input and output."""
    BUFFER_NUMBER = "buffer_number"
    """Input, output, and a number."""


@dataclass(frozen=True)
class VendorLibrary:
    """One library.

    Attributes:
        path: absolute; a bare name would let the system look where anybody can put a file.
        entry: name of the function.
        form: what it takes.
        number: its last argument; 0 takes the form's usual one (2 for `file`, the buffer's size otherwise).
        success: what it returns when it is done.
        stdcall: whether a 32-bit Windows library uses that convention; nothing anywhere else.
    """

    path: str
    entry: str = "GetBmp"
    form: Form = Form.FILE
    number: int = 0
    success: int = 1
    stdcall: bool = False

    @property
    def last_argument(self) -> int:
        """The number that is passed."""
        return self.number or (USB if self.form is Form.FILE else BUFFER_BYTES)


def pack(library: VendorLibrary, data: bytes) -> bytes:
    """Return a request: one line that says how to call, then what to decode (WLT, or the path of a file)."""
    return json.dumps(asdict(library)).encode("ascii") + FRAME + data


def unpack(request: bytes) -> tuple[VendorLibrary, bytes]:
    """Return what `pack` made."""
    head, _, data = request.partition(FRAME)
    said = json.loads(head)
    return VendorLibrary(**(said | {"form": Form(said["form"])})), data
