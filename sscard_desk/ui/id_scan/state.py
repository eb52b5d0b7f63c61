"""What the page of a scanned id card shows."""

from dataclasses import dataclass, field

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.states import ActionState, Mark, Option
from sscard_desk.ui.words import Words

PORTRAIT = "portrait"
"""Name of the last row: the portrait on the card beside the person at the counter."""


@dataclass(frozen=True)
class ScanNotice:
    """What holds for the whole page."""

    mark: Mark
    title: Words
    note: Words = ""


@dataclass(frozen=True)
class ScanRow:
    """One field in the list.

    Attributes:
        name: the field.
        label: its name for people.
        value: what is proposed, or was confirmed.
        mark: how it stands.
        note: what the proposal was held against, or that it was confirmed.
    """

    name: str
    label: Words
    value: Words
    mark: Mark
    note: Words


@dataclass(frozen=True)
class IdScanState:
    """The page.

    Attributes:
        rows: every field, and the portrait as the last one; empty before a scan was read.
        current: the row in hand.
        value: what stands in its field.
        options: for fields with codes; empty for text.
        error: why it cannot be confirmed.
        hint: what the proposal was held against, in a whole sentence.
        cut_out: JPEG of its place on the card, or the portrait.
        camera: the person at the counter, beside the portrait.
        camera_note: why there is no picture of the person.
        notice: what is wrong with the scan, or what to do first.
        busy: what is going on, for a bar that can be stopped; empty otherwise.
        action: the action bar.
    """

    rows: tuple[ScanRow, ...] = ()
    current: str = ""
    value: str = ""
    options: tuple[Option, ...] = ()
    error: Words | None = None
    hint: Words = ""
    cut_out: bytes = field(default=b"", repr=False)
    camera: Preview | None = field(default=None, repr=False)
    camera_note: Words = ""
    notice: ScanNotice | None = None
    busy: Words = ""
    action: ActionState = field(default_factory=ActionState)
