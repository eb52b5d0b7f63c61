"""The private service: its own socket and slots, and nothing of it left behind however its owner ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sscard_desk.devices.card_reader import pcscd
from sscard_desk.devices.card_reader.pcscd import SOCKET_VARIABLE, PrivatePcscd, free_port_pair, private_pcscd
from sscard_desk.domain.errors.operator import SystemPackagesMissing

OWNER = """
import time
from sscard_desk.devices.card_reader.pcscd import private_pcscd
with private_pcscd() as service:
    print(service.socket_path, flush=True)
    time.sleep(60)
"""


def services_of(folder: Path) -> list[int]:
    """Return the processes that were started with this folder on their command line."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


def until(fulfilled: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not fulfilled():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.real
def test_clients_are_pointed_at_the_service_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SOCKET_VARIABLE, "before")
    with private_pcscd() as service:
        assert os.environ[SOCKET_VARIABLE] == str(service.socket_path)
    assert os.environ[SOCKET_VARIABLE] == "before"
    monkeypatch.delenv(SOCKET_VARIABLE)
    with private_pcscd():
        pass
    assert SOCKET_VARIABLE not in os.environ


@pytest.mark.real
def test_a_stopped_service_leaves_nothing_behind() -> None:
    with PrivatePcscd() as service:
        folder = service.socket_path.parent
        until(lambda: len(services_of(folder)) >= 2)
        service.stop()
    assert not folder.exists()
    assert services_of(folder) == []


@pytest.mark.real
def test_a_killed_owner_leaves_nothing_behind() -> None:
    with subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        folder = Path(owner.stdout.readline().strip()).parent
        until(lambda: len(services_of(folder)) >= 2)
        owner.send_signal(signal.SIGKILL)
    until(lambda: not folder.exists() and not services_of(folder))


@pytest.mark.parametrize(
    ("program", "drivers", "packages"),
    [
        (False, False, ("pcscd", "vsmartcard-vpcd")),
        (True, False, ("vsmartcard-vpcd",)),
        (False, True, ("pcscd",)),
    ],
)
def test_missing_parts_are_named_by_their_packages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, program: bool, drivers: bool, packages: tuple[str, ...]
) -> None:
    if not program:
        monkeypatch.setattr(pcscd, "_PROGRAMS", ())
        monkeypatch.setenv("PATH", str(tmp_path))
    if not drivers:
        monkeypatch.setattr(pcscd, "_DRIVERS", str(tmp_path))
    with pytest.raises(SystemPackagesMissing) as caught:
        PrivatePcscd()
    assert caught.value.packages == packages


def test_two_neighbouring_ports_are_free() -> None:
    assert free_port_pair() > 1023
