"""What the start page shows."""

from dataclasses import dataclass, field

from sscard_desk.ui.states import ActionState, Hit, Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class ServeState:
    """The start page.

    Attributes:
        reader_mark: how the id reader is.
        reader: what the reader waits for or what went wrong.
        reader_note: what to do about it.
        typed: what stands in the field, grouped.
        error: what is wrong with what was typed, at the last digit or on Enter.
        warning: an application that is open for the typed number.
        hits: persons and applications that what was typed can mean.
        due: applications with a limit that ends today or has passed, shown while nothing is typed.
        due_count: how many there are, in words; empty without any.
        resume: the application that was worked on when the program ended, in words; empty without one.
        resume_note: where it stopped.
        can_forget: whether it is a person without an application, who can be forgotten.
        busy: whether a look-up runs.
        action: the action bar.
    """

    reader_mark: Mark = Mark.TODO
    reader: Words = ""
    reader_note: Words = ""
    typed: str = ""
    error: Words | None = None
    warning: Words = ""
    hits: tuple[Hit, ...] = ()
    due: tuple[Hit, ...] = ()
    due_count: Words = ""
    resume: Words = ""
    resume_note: Words = ""
    can_forget: bool = False
    busy: bool = False
    action: ActionState = field(default_factory=lambda: ActionState(back=False))
