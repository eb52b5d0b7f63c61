"""A private PC/SC service with virtual readers, for `make run`, the demo and tests; Linux and other POSIX only.

The system's own service stays untouched: this pcscd listens on a socket of its own, handed over as systemd would
(`LISTEN_FDS`), and reads a configuration that knows vpcd alone. Tried: pcsc-lite 1.9.9, vpcd 0.8 on Debian 12.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
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

# Two shells stand in between. The inner one becomes pcscd, which takes the socket (3) only if LISTEN_PID is its own
# process id. The outer one waits at the pipe (4) whose other end this program holds, so that the service and its folder
# go away however this program ends, killed included.
_KEEPER: Final = """
folder=$1; shift
exec 3<&0 4<&1 0</dev/null 1>/dev/null 2>&1
/bin/sh -c 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"' sh "$@" 4<&- &
exec 3<&-
echo $! >"$folder/pid"
read -r _ <&4
kill $!
wait $!
rm -rf "$folder"
"""
_STOP_S: Final = 5
_LOOK_S: Final = 0.005

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
        through: makes another driver of vpcd's, for a reader that can more; None takes vpcd's own.

    Raises:
        SystemPackagesMissing: pcscd or vpcd is not installed; names the Debian packages.
    """

    def __init__(self, readers: int = 1, *, through: Callable[[Path], Path] | None = None) -> None:
        program, driver = _find()
        if through is not None:
            driver = through(driver)
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
        self._command = [program, "--foreground", "-C", "-c", str(configuration)]
        self._keepers: list[tuple[subprocess.Popen[bytes], int]] = []
        self._start()

    @property
    def vpcd_port(self) -> int:
        """Where the first slot listens for its card."""
        return self.slots[0].port

    @property
    def environment(self) -> dict[str, str]:
        """What a client process needs in its environment to reach this service."""
        return {SOCKET_VARIABLE: str(self.socket_path)}

    def kill(self) -> None:
        """End the service as a crash would: at once, whatever it is doing. `start_again` follows."""
        os.kill(self._process_id(), signal.SIGKILL)

    def start_again(self) -> None:
        """Start the service anew at the same place, after `kill`."""
        self.socket_path.unlink(missing_ok=True)
        self._start()

    def stop(self) -> None:
        """End the service and remove its folder."""
        keepers, self._keepers = self._keepers, []
        for _, lifeline in keepers:
            os.close(lifeline)
        for keeper, _ in keepers:
            try:
                keeper.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                os.killpg(keeper.pid, signal.SIGKILL)
                keeper.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> None:
        (self._folder / "pid").unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX)
        keeper_end, lifeline = os.pipe()
        try:
            listening.bind(str(self.socket_path))
            self.socket_path.chmod(0o600)
            listening.listen(16)
            keeper = subprocess.Popen(
                ["/bin/sh", "-c", _KEEPER, "sh", str(self._folder), *self._command],
                stdin=listening.fileno(),
                stdout=keeper_end,
                # Ctrl+C in a terminal is for this program; the keeper ends the service in good order afterwards
                start_new_session=True,
            )
        except OSError:
            os.close(lifeline)
            raise
        finally:
            # a listening end left open here would let clients hang after the service has stopped
            listening.close()
            os.close(keeper_end)
        self._keepers.append((keeper, lifeline))

    def _process_id(self) -> int:
        file, until = self._folder / "pid", time.monotonic() + _STOP_S
        while time.monotonic() < until:
            text = file.read_text(encoding="ascii") if file.exists() else ""
            if text.endswith("\n"):
                return int(text)
            time.sleep(_LOOK_S)
        raise ProcessLookupError

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
