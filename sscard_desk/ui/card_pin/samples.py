"""The PIN page in named states, for pictures and tests."""

from typing import Final

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.pin import PinBlocked, PinCardChanged, PinLastTry, PinOutcomeUnknown, PinWrong
from sscard_desk.ui.card_pin.state import PAD
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.serve_pin import PinCard

_CARD: Final = PinCard("420196D15600000500000000000000A1", "B22451259", "Counter Reader CCID 00 00", 3, pad=False)
_TROUBLE: Final[dict[str, tuple[str, DeskError]]] = {
    "wrong": ("verify", PinWrong(tries_left=1)),
    "blocked": ("verify", PinBlocked()),
    "last_try": ("set", PinLastTry(tries_left=1)),
    "taken_out": ("change", PinCardChanged()),
    "unknown": ("reset", PinOutcomeUnknown(act="reset")),
}
STATES = ("ready", "waiting", "typing", "on_pad", "done", "reason", *_TROUBLE)


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    desk = SampleDesk()
    desk.pages.go_to_card_pin()
    page = desk.pages.card_pin
    if name == "reason":
        page.choose("unblock")
    act, error = _TROUBLE.get(name, ("change" if name in {"typing", "done"} else "verify", None))
    if name not in {"ready", "reason"}:
        page.choose(act)
        page.reason_typed("持卡人忘记密码" if act == "reset" else "")
        page.choose_entry(PAD if name == "on_pad" else "screen")
        page.begin()
    if name not in {"ready", "reason", "waiting"}:
        page.found(
            PinCard(
                _CARD.identification_code,
                _CARD.card_number,
                _CARD.reader,
                1 if name == "last_try" else 3,
                pad=name == "on_pad",
            )
        )
    if name in {"done", "wrong", "blocked", "unknown"}:
        page.working()
    if name == "typing":
        page.typing()
    if name == "done":
        page.done()
    if error is not None:
        page.failed(error)
    return desk.shell
