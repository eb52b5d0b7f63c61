"""What can happen to an application, a paper or the desk: one frozen value per journal entry.

`kind` is the word in the journal, `schema` the number of its shape; fields are only ever added, with a default.
Payloads may hold personal data; the header of an entry never does.
"""

from typing import Final

from sscard_desk.domain.events.base import Event
from sscard_desk.domain.events.batch import (
    BatchClosed,
    BatchContinued,
    BatchExported,
    BatchOpened,
    BatchPaused,
    BatchReturned,
    BatchTried,
)
from sscard_desk.domain.events.card import (
    CardIntended,
    CardReceived,
    CardSpoiled,
    CardWritten,
    HandedOver,
    PinServed,
    SentToProduction,
)
from sscard_desk.domain.events.closing import Expired, Refused, Withdrawn
from sscard_desk.domain.events.conflict import ConflictSettled, CorrectionRequested
from sscard_desk.domain.events.desk import DateSet, ErasureAsked, PayloadErased, SessionNoted
from sscard_desk.domain.events.forms import BankConfirmed, CutOut, FormIssued, FormReturned
from sscard_desk.domain.events.identity import Difference, IdentityDecided, IdentityScanned, Opened, ScanConfirmed
from sscard_desk.domain.events.materials import (
    DocumentKept,
    DocumentTakenBack,
    Material,
    MaterialBrought,
    MaterialsChecked,
)
from sscard_desk.domain.events.photo import (
    ChipPhotoKept,
    PhotoAttached,
    PhotoConsented,
    PhotoConsentRevoked,
    PhotoExempted,
)
from sscard_desk.domain.events.prints import PaperReturned, PaperSpoiled, PrintMoved, PrintOrdered
from sscard_desk.domain.events.sign_off import ApprovalDeferred, Approved, SentBack, SignaturesVoided, Signed
from sscard_desk.domain.events.staff import DatabaseRekeyed, SlotGiven, SlotRemoved
from sscard_desk.domain.events.stock import (
    ReceivedBlank,
    SpoilConfirmed,
    StockCounted,
    StockReceived,
    StockReturned,
    StockSpoiled,
)
from sscard_desk.domain.events.transfer import TransferAsked, TransferDeclined, Transferred

KINDS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        Opened,
        IdentityDecided,
        IdentityScanned,
        BankConfirmed,
        PhotoAttached,
        PhotoConsented,
        ChipPhotoKept,
        PhotoConsentRevoked,
        PhotoExempted,
        FormIssued,
        FormReturned,
        MaterialsChecked,
        MaterialBrought,
        DocumentKept,
        DocumentTakenBack,
        Signed,
        SignaturesVoided,
        Approved,
        SentBack,
        ApprovalDeferred,
        CardIntended,
        CardWritten,
        CardSpoiled,
        HandedOver,
        SentToProduction,
        CardReceived,
        Withdrawn,
        Refused,
        Expired,
        PrintOrdered,
        PrintMoved,
        PaperSpoiled,
        PaperReturned,
        PinServed,
        StockReceived,
        StockSpoiled,
        SpoilConfirmed,
        StockReturned,
        StockCounted,
        BatchOpened,
        BatchTried,
        BatchPaused,
        BatchContinued,
        BatchClosed,
        BatchExported,
        BatchReturned,
        SessionNoted,
        DateSet,
        SlotGiven,
        SlotRemoved,
        DatabaseRekeyed,
        PayloadErased,
        ErasureAsked,
        ConflictSettled,
        CorrectionRequested,
        TransferAsked,
        Transferred,
        TransferDeclined,
    )
}
"""Every event by its word in the journal."""

STOCK: Final = frozenset(
    {StockReceived.kind, StockSpoiled.kind, SpoilConfirmed.kind, StockReturned.kind, StockCounted.kind}
)
"""What happened to cards of the stock without an application."""

BATCHES: Final = frozenset(
    {
        BatchOpened.kind,
        BatchTried.kind,
        BatchPaused.kind,
        BatchContinued.kind,
        BatchClosed.kind,
        BatchExported.kind,
        BatchReturned.kind,
    }
)
"""What happened to batches of cards: their subject is a batch."""

PRINTS: Final = frozenset({PrintOrdered.kind, PrintMoved.kind, PaperSpoiled.kind, PaperReturned.kind})
"""What happened to papers: their subject is an application, but where it stands does not change by them."""

BESIDE: Final = frozenset({CorrectionRequested.kind, TransferAsked.kind, TransferDeclined.kind})
"""What is said about an application without changing it: their subject is an application, known here or not."""

__all__ = [
    "BATCHES",
    "BESIDE",
    "KINDS",
    "PRINTS",
    "STOCK",
    "ApprovalDeferred",
    "Approved",
    "BankConfirmed",
    "BatchClosed",
    "BatchContinued",
    "BatchExported",
    "BatchOpened",
    "BatchPaused",
    "BatchReturned",
    "BatchTried",
    "CardIntended",
    "CardReceived",
    "CardSpoiled",
    "CardWritten",
    "ChipPhotoKept",
    "ConflictSettled",
    "CorrectionRequested",
    "CutOut",
    "DatabaseRekeyed",
    "DateSet",
    "Difference",
    "DocumentKept",
    "DocumentTakenBack",
    "ErasureAsked",
    "Event",
    "Expired",
    "FormIssued",
    "FormReturned",
    "HandedOver",
    "IdentityDecided",
    "IdentityScanned",
    "Material",
    "MaterialBrought",
    "MaterialsChecked",
    "Opened",
    "PaperReturned",
    "PaperSpoiled",
    "PayloadErased",
    "PhotoAttached",
    "PhotoConsentRevoked",
    "PhotoConsented",
    "PhotoExempted",
    "PinServed",
    "PrintMoved",
    "PrintOrdered",
    "ReceivedBlank",
    "Refused",
    "ScanConfirmed",
    "SentBack",
    "SentToProduction",
    "SessionNoted",
    "SignaturesVoided",
    "Signed",
    "SlotGiven",
    "SlotRemoved",
    "SpoilConfirmed",
    "StockCounted",
    "StockReceived",
    "StockReturned",
    "StockSpoiled",
    "TransferAsked",
    "TransferDeclined",
    "Transferred",
    "Withdrawn",
]
