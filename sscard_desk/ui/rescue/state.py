"""What the rescue's page shows. No Qt."""

from dataclasses import dataclass
from enum import Enum

from sscard_desk.ui.words import Words


class Stage(Enum):
    """Where the rescue is. The value names its texts."""

    LOOKING = "looking"
    UNREADY = "unready"
    CHOOSE = "choose"
    SEND = "send"
    ANSWER = "answer"
    DONE = "done"


PATH = (Stage.CHOOSE, Stage.SEND, Stage.ANSWER)
"""The steps that are said at the left."""


@dataclass(frozen=True)
class RescueState:
    """The page; a password is in no state.

    Attributes:
        stage: where the rescue is.
        busy: what is done just now; empty where nothing is.
        trouble: what did not work, and what to do about it.
        advice: see there.
        request: for the centre, as groups of letters and digits.
        saved: where the request was written last; empty before.
        answer: the centre's, as far as it is here.
        came_from: the file that the answer came from; empty where it was typed.
        password_error: why the password is not taken.
        again_error: why its repetition is not.
        answer_error: why the answer is not.
        needs_login: whether the name to sign in with has to be typed.
        login: it; at the end whoever signs in now.
        name: whose it is.
    """

    stage: Stage = Stage.LOOKING
    busy: Words = ""
    trouble: Words = ""
    advice: Words = ""
    request: str = ""
    saved: str = ""
    answer: str = ""
    came_from: str = ""
    password_error: Words | None = None
    again_error: Words | None = None
    answer_error: Words | None = None
    needs_login: bool = False
    login: str = ""
    name: str = ""
