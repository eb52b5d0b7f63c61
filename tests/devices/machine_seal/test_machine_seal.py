"""A slot that is bound to its computer: password and computer together open it, one alone does not."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sscard_desk.devices.machine_seal import machine_seal
from sscard_desk.devices.machine_seal.dpapi import DpapiSeal
from sscard_desk.devices.machine_seal.simulated import DpapiModel
from sscard_desk.devices.machine_seal.tpm import TpmSeal
from sscard_desk.domain.errors.operator import PasswordWrong, SettingWrong
from sscard_desk.domain.errors.slots import MachineSealTrouble, OtherMachine
from sscard_desk.domain.ids import Role
from sscard_desk.ports.machine_seal import MachineSeal
from sscard_desk.security.passwords import Cost
from sscard_desk.security.slots import SLOTS, Slots
from tests.machines.soft_tpm import soft_tpm

SECRET = bytes(range(32))
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


@dataclass
class Computers:
    """A computer's keeper, and another computer's of the same kind."""

    here: MachineSeal
    there: Callable[[], MachineSeal]


@pytest.fixture(params=["dpapi", "tpm"])
def computers(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Computers]:
    if request.param == "dpapi":
        yield Computers(DpapiSeal(DpapiModel()), lambda: DpapiSeal(DpapiModel()))
        return
    if os.name != "posix":
        pytest.skip("swtpm and tpm2-tools are Linux programs")
    assert shutil.which("swtpm"), "tools/system_packages.toml names it"
    with soft_tpm(tmp_path / "chip") as here, soft_tpm(tmp_path / "other") as there:
        monkeypatch.setenv("TPM2TOOLS_TCTI", here)

        def elsewhere() -> MachineSeal:
            monkeypatch.setenv("TPM2TOOLS_TCTI", there)
            return TpmSeal()

        yield Computers(TpmSeal(), elsewhere)


def slots(folder: Path, machine: MachineSeal | None) -> Slots:
    return Slots(folder, training=True, cost=CHEAP, machine=machine)


def test_a_computer_gives_its_secret_back_and_another_one_does_not(computers: Computers) -> None:
    kept = computers.here.seal(SECRET)
    assert SECRET not in kept
    assert computers.here.unseal(kept) == SECRET
    with pytest.raises(OtherMachine):
        computers.here.unseal(kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(OtherMachine):
        computers.there().unseal(kept)


def test_a_bound_slot_opens_with_its_password_on_its_computer_alone(computers: Computers, tmp_path: Path) -> None:
    here = slots(tmp_path, computers.here)
    here.add("chen", "password", display_name="陈", role=Role.CLERK, database_key=SECRET)
    assert here.unlock("chen", "password").keys == (SECRET,)
    with pytest.raises(PasswordWrong):
        here.unlock("chen", "another")
    assert computers.here.kind.encode() in (tmp_path / SLOTS).read_bytes()
    with pytest.raises(OtherMachine):
        slots(tmp_path, None).unlock("chen", "password")
    with pytest.raises(OtherMachine):
        slots(tmp_path, computers.there()).unlock("chen", "password")


def test_a_bound_slot_is_given_another_database_key_without_password_and_computer(
    computers: Computers, tmp_path: Path
) -> None:
    here = slots(tmp_path, computers.here)
    made = here.add("chen", "password", display_name="陈", role=Role.CLERK, database_key=SECRET)
    slots(tmp_path, None).wrap({made.slot: made.slot_public}, (bytes(32),))
    assert here.unlock("chen", "password").keys == (bytes(32),)


def test_a_keeper_that_is_not_there_is_told_and_costs_no_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = DpapiModel()
    here = slots(tmp_path, DpapiSeal(model))
    here.add("chen", "password", display_name="陈", role=Role.CLERK, database_key=SECRET)
    model.fails = True
    for _ in range(9):
        with pytest.raises(MachineSealTrouble):
            here.unlock("chen", "password")
    model.fails = False
    assert here.unlock("chen", "password")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MachineSealTrouble, match="no-tools"):
        TpmSeal().seal(SECRET)


def test_a_chip_that_does_not_answer_is_told_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TPM2TOOLS_TCTI", "swtpm:host=127.0.0.1,port=1")
    with pytest.raises(MachineSealTrouble, match="no-chip"):
        TpmSeal().unseal(b"\x92\xc4\x01a\xc4\x01b")


def test_the_setting_names_a_keeper_or_none() -> None:
    assert machine_seal("off") is None
    assert [machine_seal(kind).kind for kind in ("dpapi", "tpm")] == ["dpapi", "tpm"]  # type: ignore[union-attr] # it is there
    with pytest.raises(SettingWrong):
        machine_seal("smartcard")
