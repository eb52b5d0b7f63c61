"""A real printer of another maker: `ippeveprinter` of the CUPS project, with a folder that says how it feels.

It announces itself by DNS-SD and does not start without it, so where the system has no Avahi a private bus and an Avahi
of its own on loopback stand behind it.
"""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sscard_desk.devices.printer.cups import CupsPrinter
from sscard_desk.ports.devices import Health

COMMAND = """#!/bin/sh
# Takes a job's file in $1; files in the folder beside this one say how the printer feels
at=$(dirname "$0")
while [ -e "$at/empty" ]; do echo "STATE: +media-empty-error" >&2; sleep 0.1; done
echo "STATE: -media-empty-error" >&2
while [ -e "$at/slow" ]; do sleep 0.1; done
[ -e "$at/broken" ] && exit 1
cat "$1" > "$at/coming-$$" && mv "$at/coming-$$" "$at/paper-$(date +%s%N).pdf"
"""
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={sock}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/>
  </policy>
</busconfig>
"""
AVAHI = """[server]
host-name=desk-test
use-ipv6=no
allow-interfaces=lo
enable-dbus=yes
[publish]
publish-workstation=no
"""
QUIET: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass
class IppPrinter:
    """One printer on loopback; it can be switched off and on again."""

    root: Path
    environment: dict[str, str]
    port: int = field(default_factory=_free_port)
    _running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"ipp://localhost:{self.port}/ipp/print"

    @property
    def tls_address(self) -> str:
        return f"ipps://localhost:{self.port}/ipp/print"

    def switch_on(self) -> None:
        """Start it and wait until it is ready."""
        program = _program("ippeveprinter")
        words = ["-p", str(self.port), "-n", "localhost", "-d", str(self.root / "spool"), "-f", "application/pdf"]
        words += ["-K", str(self.root)]  # it makes itself a certificate there when somebody speaks TLS
        self._running = subprocess.Popen(
            [program, *words, "-r", "off", "-c", str(self.root / "print"), "desk-test"],
            env=self.environment,
            **QUIET,
        )
        until(lambda: CupsPrinter(self.address).probe().health is Health.READY)

    def switch_off(self) -> None:
        """Cut the current."""
        if self._running is not None:
            self._running.kill()
            self._running.wait(10)
            self._running = None

    @contextlib.contextmanager
    def feels(self, how: str) -> Iterator[None]:
        """Be `empty`, `slow` or `broken` until the block ends."""
        mark = self.root / how
        mark.touch()
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)

    def papers(self) -> list[bytes]:
        """What came out, oldest first."""
        return [path.read_bytes() for path in sorted(self.root.glob("paper-*.pdf"))]


@contextlib.contextmanager
def ipp_printer() -> Iterator[IppPrinter]:
    """A printer that is switched on."""
    root = Path(tempfile.mkdtemp(prefix="ipp-"))
    (root / "spool").mkdir()
    command = root / "print"
    command.write_text(COMMAND)
    command.chmod(0o700)
    try:
        with _announcing(root) as environment:
            printer = IppPrinter(root, environment)
            try:
                printer.switch_on()
                yield printer
            finally:
                printer.switch_off()
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextlib.contextmanager
def _announcing(root: Path) -> Iterator[dict[str, str]]:
    """The environment in which DNS-SD works: the system's own, or a private bus with an Avahi of its own."""
    if _avahi_runs():
        yield dict(os.environ)
        return
    bus_sock, bus_conf, avahi_conf = root / "bus", root / "bus.conf", root / "avahi.conf"
    bus_conf.write_text(BUS.format(sock=bus_sock))
    avahi_conf.write_text(AVAHI)
    environment = os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={bus_sock}"}
    bus = subprocess.Popen(
        [_program("dbus-daemon"), "--nofork", "--nopidfile", f"--config-file={bus_conf}"], env=environment, **QUIET
    )
    try:
        until(bus_sock.exists)
        with _alone():
            avahi = subprocess.Popen(
                [_program("avahi-daemon"), "-f", str(avahi_conf), "--no-drop-root", "--no-chroot", "--no-rlimits"],
                env=environment,
                **QUIET,
            )
            try:
                until(lambda: _avahi_runs(environment) or avahi.poll() is not None)
                assert avahi.poll() is None, "avahi-daemon did not start; it needs to write /run/avahi-daemon/pid"
                yield environment
            finally:
                avahi.terminate()
                avahi.wait(10)
    finally:
        bus.terminate()
        bus.wait(10)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One Avahi runs on a computer at a time: another test run waits until this one has done."""
    with (Path(tempfile.gettempdir()) / "sscard-desk-tests-avahi.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _avahi_runs(environment: dict[str, str] | None = None) -> bool:
    asked = subprocess.run(
        [_program("dbus-send"), "--system", "--print-reply", "--dest=org.freedesktop.Avahi", "/",
         "org.freedesktop.Avahi.Server.GetVersionString"],
        env=environment, capture_output=True, check=False,
    )  # fmt: skip
    return asked.returncode == 0


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin")
    assert found, f"{name} is not installed; `make test` brings it"
    return found


def until(done: Callable[[], bool]) -> None:
    """Wait until something is so; give up after twenty seconds."""
    for _ in range(400):
        if done():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come within twenty seconds")
