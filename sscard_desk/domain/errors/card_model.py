"""Card profiles, ciphers, the standard's reader library, and several cards at once (E390-E399)."""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import DeviceTrouble
from sscard_desk.domain.errors.device import ForeignCard


@dataclass(eq=False)
class CardDataWrong(DeviceTrouble):
    """A card profile or file layout breaks its schema; the position is exact.

    Attributes:
        file: folder and name.
        line: counted from 1; 0 where the file is not there.
        field: path of the key, for example `layout[0].items[2]`.
        reason: a word of `definition.toml` (`unknown_key`).
        details: what the sentence of this reason fills in.
        problems: how many problems the file has in all; this one is the first.
    """

    code: ClassVar[str] = "E390"
    retry_helps: ClassVar[bool] = False
    file: str
    line: int
    field: str
    reason: str
    details: tuple[tuple[str, str], ...] = ()
    problems: int = 1


@dataclass(eq=False)
class CipherNotBuilt(DeviceTrouble):
    """The card's keys belong to a cipher that this program does not compute, for example SSF33."""

    code: ClassVar[str] = "E391"
    retry_helps: ClassVar[bool] = False
    cipher: str


@dataclass(eq=False)
class ReaderLibraryMissing(DeviceTrouble):
    """The reader's library cannot be used. `reason`: `not_found`, `not_loadable` or `no_entry`."""

    code: ClassVar[str] = "E392"
    retry_helps: ClassVar[bool] = False
    reason: str


@dataclass(eq=False)
class ReaderLibraryRefused(DeviceTrouble):
    """The reader's library gave one of its own error numbers (LD/T 33-2015)."""

    code: ClassVar[str] = "E393"
    number: int


@dataclass(eq=False)
class NoSocialCard(DeviceTrouble):
    """Cards lie in several readers, and none of them is a social security card."""

    code: ClassVar[str] = "E394"
    count: int


@dataclass(eq=False)
class BankCardOnly(ForeignCard):
    """The card in the reader is a bank's and has no social security application."""

    code: ClassVar[str] = "E395"
