"""Secrets that only this computer gives back: Windows' DPAPI, a TPM 2.0, and a model of such a keeper."""

from typing import Final

from sscard_desk.devices.machine_seal.dpapi import DpapiSeal
from sscard_desk.devices.machine_seal.tpm import TpmSeal
from sscard_desk.domain.errors.operator import SettingWrong
from sscard_desk.ports.machine_seal import MachineSeal

OFF: Final = "off"


def machine_seal(kind: str) -> MachineSeal | None:
    """Return the keeper that the setting names, None for `off`.

    Raises:
        SettingWrong: there is none of this name.
    """
    match kind:
        case "off":
            return None
        case "dpapi":
            return DpapiSeal()
        case "tpm":
            return TpmSeal()
    raise SettingWrong(name="security.machine", reason="off, dpapi, tpm")
