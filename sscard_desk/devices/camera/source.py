"""What `[camera] source` means: a number, an address, or a file."""

import contextlib
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

PORTS: Final = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322}
PROBE_S: Final = 0.5


@dataclass(frozen=True)
class Source:
    """Where pictures come from.

    Attributes:
        text: as it stands in the settings: `0`, `rtsp://user:secret@host/stream`, `clip.avi`, `shot%03d.png`.
    """

    text: str

    @property
    def index(self) -> int | None:
        """Return the number of a camera of this computer, None for anything else."""
        return int(self.text) if self.text.isdecimal() else None

    @property
    def is_stream(self) -> bool:
        """Return whether it is an address on a network."""
        return "://" in self.text

    @property
    def is_file(self) -> bool:
        """Return whether it is a video, a picture or a numbered sequence of pictures."""
        return self.index is None and not self.is_stream

    @property
    def name(self) -> str:
        """Return a name for screen and log: without account, password and path."""
        if self.index is not None:
            return f"#{self.index}"
        if self.is_stream:
            parts = urlsplit(self.text)
            return f"{parts.scheme}://{parts.hostname}:{self._port()}"
        return Path(self.text).name

    def present(self) -> bool | None:
        """Return whether it seems to be there, without opening it; None where only opening would tell."""
        if self.index is not None:
            return Path(f"/dev/video{self.index}").exists() if sys.platform == "linux" else None
        if self.is_stream:
            return self._answers()
        return "%" in self.text or Path(self.text).exists()

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            socket.create_connection((urlsplit(self.text).hostname or "", self._port()), PROBE_S).close()
            return True
        return False

    def _port(self) -> int:
        parts = urlsplit(self.text)
        return parts.port or PORTS.get(parts.scheme, 554)
