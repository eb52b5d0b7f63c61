"""What the page for scanning a material shows."""

from dataclasses import dataclass, field
from typing import Final

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words

DOCUMENTS: Final = "documents"
"""The key of the page; it stands beside the path."""


@dataclass(frozen=True)
class PageLine:
    """One scanned side.

    Attributes:
        number: counted from 1.
        words: which side it is, or its size.
        preview: its picture.
        mark: whether it can be read.
        verdict: that in words.
    """

    number: int
    words: Words
    preview: Preview | None
    mark: Mark
    verdict: Words


@dataclass(frozen=True)
class DocumentsState:
    """The page for scanning a material.

    Attributes:
        material: its name.
        kind: how it is kept.
        source: where the paper lies, a `ports.scanner.Source` word.
        lines: the sides that were scanned and not kept yet.
        current: the number of the chosen side, 0 without one.
        advice: what to do about the chosen side's doubts; empty where there are none.
        next: what to lay down next.
        scanning: whether the scanner works.
        share: how much of the page in hand has come, None where the scanner does not say.
        trouble: what went wrong; empty where nothing did.
        trouble_note: what to do about it, with the code.
        kept: what was kept of this material before; empty without.
        can_take_back: whether that can be taken back.
        can_change: whether something can be scanned.
        action: the action bar.
        preview: the document's pages as they are kept; empty while nobody looks at them.
    """

    material: Words = ""
    kind: Words = ""
    source: str = "glass"
    lines: tuple[PageLine, ...] = ()
    current: int = 0
    advice: Words = ""
    next: Words = ""
    scanning: bool = False
    share: float | None = None
    trouble: Words = ""
    trouble_note: Words = ""
    kept: Words = ""
    can_take_back: bool = False
    can_change: bool = True
    action: ActionState = field(default_factory=ActionState)
    preview: tuple[Preview, ...] = ()
