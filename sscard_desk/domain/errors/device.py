"""E3xx, devices.

Ranges: 301-310 card reader and card, 311-320 id reader, 321-330 camera, 362-376 scanner (from 368 on in `scanning`),
341-350 printer (from 344 on in `printing`), 351-359 more of the card reader, 361 parts of the training counter.
"""

from dataclasses import dataclass
from typing import ClassVar

from sscard_desk.domain.errors.base import DeviceTrouble


@dataclass(eq=False)
class CardReaderMissing(DeviceTrouble):
    """The PC/SC service runs, but no reader answers to the configured name."""

    code: ClassVar[str] = "E301"


@dataclass(eq=False)
class CardReaderSilent(DeviceTrouble):
    """The reader does not answer any more, or the PC/SC service hangs."""

    code: ClassVar[str] = "E302"


@dataclass(eq=False)
class CardOutcomeUnknown(DeviceTrouble):
    """A write lost its answer: nothing, half or all of it may stand on the card, so the card is read back first."""

    code: ClassVar[str] = "E307"
    may_have_changed: ClassVar[bool] = True


@dataclass(eq=False)
class IdCardNotRead(DeviceTrouble):
    """No id card was found or selected on the reader."""

    code: ClassVar[str] = "E311"


@dataclass(eq=False)
class IdReaderMissing(DeviceTrouble):
    """The id reader's port cannot be opened."""

    code: ClassVar[str] = "E312"


@dataclass(eq=False)
class IdFrameDamaged(DeviceTrouble):
    """An answer of the id reader fails its length or checksum and was not used. `reason` is a fixed word."""

    code: ClassVar[str] = "E313"
    reason: str


@dataclass(eq=False)
class NoCard(DeviceTrouble):
    """No card lies in the reader."""

    code: ClassVar[str] = "E303"


@dataclass(eq=False)
class CardRemoved(DeviceTrouble):
    """The card was taken out during an act that had not begun to write."""

    code: ClassVar[str] = "E304"


@dataclass(eq=False)
class CardRefused(DeviceTrouble):
    """The card answered a command with a status word other than success."""

    code: ClassVar[str] = "E305"
    retry_helps: ClassVar[bool] = False
    command: str
    status_word: int


@dataclass(eq=False)
class ForeignCard(DeviceTrouble):
    """The card in the reader is not a social security card."""

    code: ClassVar[str] = "E306"
    retry_helps: ClassVar[bool] = False


@dataclass(eq=False)
class CardAuthenticationFailed(DeviceTrouble):
    """The card did not accept the key; `tries_left` is None where the card does not say."""

    code: ClassVar[str] = "E308"
    retry_helps: ClassVar[bool] = False
    tries_left: int | None


@dataclass(eq=False)
class KeyHolderRefused(DeviceTrouble):
    """The key holder does not give a key for this act, for example training keys outside training mode."""

    code: ClassVar[str] = "E309"
    retry_helps: ClassVar[bool] = False
    reason: str


@dataclass(eq=False)
class CardContentDiffers(DeviceTrouble):
    """What was read back is not what was written. `items` are tags in hex, never their contents."""

    code: ClassVar[str] = "E310"
    retry_helps: ClassVar[bool] = False
    may_have_changed: ClassVar[bool] = True
    items: tuple[str, ...]


@dataclass(eq=False)
class IdReaderRefused(DeviceTrouble):
    """The id reader answered with an error status (domain reference B.2)."""

    code: ClassVar[str] = "E314"
    status: int


@dataclass(eq=False)
class IdReaderSilent(DeviceTrouble):
    """The id reader's port is open, but nothing comes from it."""

    code: ClassVar[str] = "E315"


@dataclass(eq=False)
class IdCardUnreadable(DeviceTrouble):
    """The answer is whole, but a field of the id card breaks its format. `field` names it, never its contents."""

    code: ClassVar[str] = "E316"
    field: str


@dataclass(eq=False)
class CameraMissing(DeviceTrouble):
    """The camera cannot be opened or lost its line."""

    code: ClassVar[str] = "E321"


@dataclass(eq=False)
class CameraSilent(DeviceTrouble):
    """The camera is open and gives no picture in time."""

    code: ClassVar[str] = "E322"


@dataclass(eq=False)
class CameraFrozen(DeviceTrouble):
    """The camera sends the same picture again and again: it hangs, though its line is open."""

    code: ClassVar[str] = "E331"


@dataclass(eq=False)
class PrinterMissing(DeviceTrouble):
    """The configured printer or print folder is not there."""

    code: ClassVar[str] = "E342"


@dataclass(eq=False)
class PrinterOutOfPaper(DeviceTrouble):
    """The printer waits for paper; the job is kept."""

    code: ClassVar[str] = "E341"
    jobs: int


@dataclass(eq=False)
class PrintFailed(DeviceTrouble):
    """The printer gave the job up."""

    code: ClassVar[str] = "E343"
    reason: str


@dataclass(eq=False)
class CardReaderBusy(DeviceTrouble):
    """Another program holds the card for itself."""

    code: ClassVar[str] = "E351"


@dataclass(eq=False)
class CardMute(DeviceTrouble):
    """Something lies in the reader and does not answer: the wrong way round, dirty or broken."""

    code: ClassVar[str] = "E352"


@dataclass(eq=False)
class CardItemDamaged(DeviceTrouble):
    """An item on the card breaks its own format. `item` is the tag in hex, never the contents."""

    code: ClassVar[str] = "E353"
    retry_helps: ClassVar[bool] = False
    item: str


@dataclass(eq=False)
class StationSilent(DeviceTrouble):
    """A simulated part of the training counter did not start; its own last line on stderr says why."""

    code: ClassVar[str] = "E361"
    station: str


@dataclass(eq=False)
class CardServiceStopped(DeviceTrouble):
    """The PC/SC service does not run on this computer (pcscd, or Windows' SCardSvr)."""

    code: ClassVar[str] = "E354"
    retry_helps: ClassVar[bool] = True


@dataclass(eq=False)
class SeveralCards(DeviceTrouble):
    """Social security cards lie in several readers, and nobody can say which one is meant."""

    code: ClassVar[str] = "E355"
    count: int


@dataclass(eq=False)
class ScannerMissing(DeviceTrouble):
    """The scanner cannot be opened, or the program or folder behind it is not there."""

    code: ClassVar[str] = "E362"


@dataclass(eq=False)
class ScannerJammed(DeviceTrouble):
    """Paper is stuck in the scanner."""

    code: ClassVar[str] = "E363"


@dataclass(eq=False)
class ScannerNoDocument(DeviceTrouble):
    """Nothing lies in the scanner."""

    code: ClassVar[str] = "E364"


@dataclass(eq=False)
class ScannerCoverOpen(DeviceTrouble):
    """The scanner's cover is open."""

    code: ClassVar[str] = "E365"


@dataclass(eq=False)
class ScannerFailed(DeviceTrouble):
    """The scanner gave up for a reason that no other error names; `reason` is its own word or number."""

    code: ClassVar[str] = "E366"
    reason: str


@dataclass(eq=False)
class ScannedPageEmpty(DeviceTrouble):
    """The scanner ended well and gave no pixel."""

    code: ClassVar[str] = "E367"
