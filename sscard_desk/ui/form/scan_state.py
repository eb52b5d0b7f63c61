"""What the form page shows of the paper that came back."""

from dataclasses import dataclass

from sscard_desk.domain.portrait import Preview
from sscard_desk.ui.states import Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class ScanState:
    """The scanned paper beside the fields.

    Attributes:
        offered: whether a scan can be taken now.
        busy: whether the scanner works or a page is being read.
        shown: whether there is anything beside the fields.
        title: which pages are there.
        note: which are still to be scanned, or how the pages lay.
        field: the field whose place is shown.
        label: its name.
        picture: its place on the paper, None where the scanned pages do not have it.
        tick: what the boxes of the field propose; empty without a proposal.
        tick_mark: how sure that is.
        can_take: whether F8 takes the proposal.
        open_ticks: how many proposals are not decided yet.
        asks_number: whether the form's number has to be typed, because its codes are torn.
        number_error: what is wrong with the number as typed.
    """

    offered: bool = False
    busy: bool = False
    shown: bool = False
    title: Words = ""
    note: Words = ""
    field: str = ""
    label: Words = ""
    picture: Preview | None = None
    tick: Words = ""
    tick_mark: Mark = Mark.TODO
    can_take: bool = False
    open_ticks: int = 0
    asks_number: bool = False
    number_error: Words | None = None
