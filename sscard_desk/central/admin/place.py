"""Where the administration listens: a socket that is bound before any worker begins, and who vouches for it."""

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sscard_desk.central.server import LOOPBACK, listen


@dataclass(frozen=True)
class AdminPlace:
    """A listening socket of the administration; workers share one.

    Attributes:
        host: address it listens on.
        listening: the socket.
        certificate: a certificate of its own (PEM, with its chain) and its key; None for the centre's.
    """

    host: str
    listening: socket.socket
    certificate: tuple[Path, Path] | None = None

    @classmethod
    def of(
        cls, host: str = LOOPBACK, port: int | None = 0, certificate: Path | None = None, key: Path | None = None
    ) -> Self | None:
        """Bind the socket; None where no port is named: the administration is not served.

        Raises:
            AddressTaken: the address cannot be had.
        """
        if port is None:
            return None
        return cls(host, listen(host, port), (certificate, key) if certificate and key else None)

    @property
    def url(self) -> str:
        """Where browsers reach it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}:{self.listening.getsockname()[1]}/admin"

    def close(self) -> None:
        """Close the socket."""
        self.listening.close()
