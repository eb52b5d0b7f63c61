"""What the sign page shows."""

from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.sign.witnessing import WitnessState
from sscard_desk.ui.states import ActionState, ChipState
from sscard_desk.ui.words import Words


class SignStage(Enum):
    """How far one party is."""

    WAITS = "waits"
    SIGNING = "signing"
    SIGNED = "signed"
    VOID = "void"


@dataclass(frozen=True)
class PartyState:
    """One party's place.

    Attributes:
        party: `applicant` or `clerk`.
        name: who that is.
        stage: how far it is.
        note: when and how it was signed, or what to do.
        kind: `strokes`, `paper` or `thumb`; empty before.
        strokes: what was drawn.
    """

    party: str
    name: str
    stage: SignStage = SignStage.WAITS
    note: Words = ""
    kind: str = ""
    strokes: Strokes = field(default_factory=Strokes)


@dataclass(frozen=True)
class Fact:
    """One line below the picture of what is signed."""

    label: Words
    value: Words


@dataclass(frozen=True)
class SignState:
    """The sign page.

    Attributes:
        page: first page of what is signed, None while it is drawn.
        pages: the whole document, when it is looked at.
        page_note: page 1 of n, or why it is another drawing than the one that was signed.
        facts: what is signed, in short.
        digest: SHA-256 of it, shortened.
        parties: applicant, then clerk.
        chips: the facts beside the title.
        way: `pad` for strokes, `paper` for a signed and scanned page, `thumb` for a thumb print with a witness.
        witness: the strip of a thumb print's witness.
        locked: why nothing can be signed here; empty where it can.
        busy: whether a signature is being kept.
        action: the action bar.
    """

    page: Preview | None = None
    pages: tuple[Preview, ...] = ()
    page_note: Words = ""
    facts: tuple[Fact, ...] = ()
    digest: str = ""
    parties: tuple[PartyState, ...] = ()
    chips: tuple[ChipState, ...] = ()
    way: str = "pad"
    witness: WitnessState = field(default_factory=WitnessState)
    locked: Words = ""
    busy: bool = False
    action: ActionState = field(default_factory=ActionState)
