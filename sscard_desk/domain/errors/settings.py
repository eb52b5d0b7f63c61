"""Settings, command line and this computer (E150-159)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import OperatorCanFix


@dataclass(eq=False)
class SettingUnknown(OperatorCanFix):
    """A name in desk.toml is unknown; `nearest` is the closest known one."""

    code: ClassVar[str] = "E151"
    name: str
    nearest: str


@dataclass(eq=False)
class SettingWrong(OperatorCanFix):
    """A value in desk.toml cannot be used."""

    code: ClassVar[str] = "E152"
    name: str
    reason: str


@dataclass(eq=False)
class UsageWrong(OperatorCanFix):
    """A verb of the command line was called with wrong words."""

    code: ClassVar[str] = "E153"
    reason: str


@dataclass(eq=False)
class NeedsTraining(OperatorCanFix):
    """This act exists in training mode only."""

    code: ClassVar[str] = "E154"
    act: str


@dataclass(eq=False)
class FolderNotEmpty(OperatorCanFix):
    """The data folder holds something already."""

    code: ClassVar[str] = "E155"


@dataclass(eq=False)
class ServicePointUnknown(OperatorCanFix):
    """The centre has no service point of this code."""

    code: ClassVar[str] = "E157"
    point: str


@dataclass(eq=False)
class AddressTaken(OperatorCanFix):
    """The server cannot listen at this address: another program does, or this computer does not have it."""

    code: ClassVar[str] = "E158"
    address: str


@dataclass(eq=False)
class SystemPackagesMissing(OperatorCanFix):
    """A part of the system that training mode starts is not installed. `packages` are Debian names."""

    code: ClassVar[str] = "E156"
    packages: tuple[str, ...]


@dataclass(eq=False)
class NoDisplay(OperatorCanFix):
    """The window was asked for where no screen can be reached."""

    code: ClassVar[str] = "E159"
