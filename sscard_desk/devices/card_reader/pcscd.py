"""A private PC/SC service with virtual readers, for `make run`, the demo and tests; Linux and other POSIX only.

The system's own service stays untouched: this pcscd listens on a socket of its own, handed over as systemd would
(`LISTEN_FDS`), and reads a configuration that knows vpcd alone. Tried: pcsc-lite 1.9.9, vpcd 0.8 on Debian 12.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from sscard_desk.domain.errors.operator import SystemPackagesMissing

HOST: Final = "127.0.0.1"
SOCKET_VARIABLE: Final = "PCSCLITE_CSOCK_NAME"
READER_NAME: Final = "Virtual PCD"

_PROGRAMS: Final = ("/usr/sbin/pcscd", "/usr/local/sbin/pcscd")
_DRIVERS: Final = "/usr/lib"
_DRIVER_PATTERNS: Final = ("pcsc/drivers/serial/libifdvpcd.so", "*/pcsc/drivers/serial/libifdvpcd.so")
_PACKAGES: Final = {"pcscd": "pcscd", "vpcd": "vsmartcard-vpcd"}

# the shell is there for its process id alone: pcscd takes the socket only if LISTEN_PID is its own
_HAND_OVER: Final = 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@" 3<&0 0</dev/null'

_CONFIGURATION: Final = """FRIENDLYNAME "{name}"
DEVICENAME /dev/null:0x{port:04X}
LIBPATH {driver}
CHANNELID 0x{port:04X}
"""


@dataclass(frozen=True)
class VirtualSlot:
    """One slot of a virtual reader.

    Attributes:
        port: where vpcd listens for the card of this slot (on all interfaces; vpcd cannot be told otherwise).
        reader: the name under which PC/SC lists the slot.
    """

    port: int
    reader: str


class PrivatePcscd:
    """A running pcscd with virtual slots; leave the `with` block, or call `stop`, to end it.

    Args:
        readers: how many readers of two slots each.

    Raises:
        SystemPackagesMissing: pcscd or vpcd is not installed; names the Debian packages.
    """

    def __init__(self, readers: int = 1) -> None:
        program, driver = _find()
        self._folder = Path(tempfile.mkdtemp(prefix="pcsc-"))
        self.socket_path = self._folder / "s"
        configuration = self._folder / "readers"
        configuration.mkdir()
        self.slots: tuple[VirtualSlot, ...] = ()
        for number in range(readers):
            name = READER_NAME if readers == 1 else f"{READER_NAME} {number}"
            # a driver library keeps one pair of slots in its memory, so each further reader needs a copy of its own
            own = driver if not number else shutil.copy(driver, self._folder / f"{number}.so")
            port = free_port_pair()
            (configuration / f"{number}.conf").write_text(
                _CONFIGURATION.format(name=name, port=port, driver=own), encoding="ascii"
            )
            self.slots += (VirtualSlot(port, f"{name} 00 00"), VirtualSlot(port + 1, f"{name} 00 01"))
        listening = socket.socket(socket.AF_UNIX)
        try:
            listening.bind(str(self.socket_path))
            self.socket_path.chmod(0o600)
            listening.listen(16)
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _HAND_OVER, "sh", program, "--foreground", "--critical", "-c", str(configuration)],
                stdin=listening.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        finally:
            # a listening end left open here would let clients hang after the service has stopped
            listening.close()

    @property
    def vpcd_port(self) -> int:
        """Where the first slot listens for its card."""
        return self.slots[0].port

    @property
    def environment(self) -> dict[str, str]:
        """What a client process needs in its environment to reach this service."""
        return {SOCKET_VARIABLE: str(self.socket_path)}

    @property
    def process_id(self) -> int:
        """Process id of the service."""
        return self._process.pid

    def stop(self) -> None:
        """End the service and remove its folder."""
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()


@contextlib.contextmanager
def private_pcscd(readers: int = 1) -> Iterator[PrivatePcscd]:
    """Run a private service and point this process and those that it starts at it.

    Raises:
        SystemPackagesMissing: pcscd or vpcd is not installed.
    """
    before = os.environ.get(SOCKET_VARIABLE)
    with PrivatePcscd(readers) as service:
        os.environ.update(service.environment)
        try:
            yield service
        finally:
            if before is None:
                del os.environ[SOCKET_VARIABLE]
            else:
                os.environ[SOCKET_VARIABLE] = before


def free_port_pair() -> int:
    """Return a port that is free together with the next one: vpcd takes both for its two slots."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("", 0))
            port: int = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("", port + 1))
                return port


def _find() -> tuple[str, Path]:
    program = shutil.which("pcscd") or next((path for path in _PROGRAMS if Path(path).exists()), None)
    driver = next((found for pattern in _DRIVER_PATTERNS for found in Path(_DRIVERS).glob(pattern)), None)
    missing = tuple(_PACKAGES[part] for part, found in (("pcscd", program), ("vpcd", driver)) if found is None)
    if program is None or driver is None:
        raise SystemPackagesMissing(packages=missing)
    return program, driver
