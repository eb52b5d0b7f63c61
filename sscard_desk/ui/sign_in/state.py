"""What the sign-in page shows. No Qt."""

from dataclasses import dataclass

from sscard_desk.ui.states import DeviceWord, Mark
from sscard_desk.ui.words import Words


@dataclass(frozen=True)
class SignInState:
    """The page as it is to be shown.

    Attributes:
        counter: which counter this is.
        point: the service point's name.
        checks: devices and centre with their state in words, as the self-check found them.
        check_seconds: how long the self-check took, or None while it runs.
        left_over: what yesterday left, in one sentence.
        offline: whether signing in and working offline is possible, with its mark.
        foot: version, desk number, how data is kept.
        hint: what to do on the first start, in training mode.
        account: the name in the account's field.
        error: why the last try failed.
        caps_lock: whether capitals are locked.
        note: what stands below the button: tries left, or where to get help.
        busy: whether a try is under way.
        pause_seconds: how long no try is possible any more on this computer.
        nobody: whether there is a way out where nobody can sign in any more.
    """

    counter: Words = ""
    point: Words = ""
    checks: tuple[DeviceWord, ...] = ()
    check_seconds: float | None = None
    left_over: Words = ""
    offline: Words = ""
    offline_mark: Mark = Mark.OK
    foot: Words = ""
    hint: Words = ""
    account: str = ""
    error: Words | None = None
    caps_lock: bool = False
    note: Words = ""
    busy: bool = False
    pause_seconds: int = 0
    nobody: bool = False
