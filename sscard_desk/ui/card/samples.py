"""The card page in named states, for pictures and tests."""

from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    CardAuthenticationFailed,
    CardOutcomeUnknown,
    CardReaderSilent,
    SeveralCards,
)
from sscard_desk.domain.errors.operator import NotOurBlank, WrongCardPutBack
from sscard_desk.domain.events import CardIntended, CardWritten
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.card_progress import CardLine, CardProgress, Stage
from sscard_desk.usecases.recording import record

STATES = (
    "ready", "waiting", "writing", "silent", "stopping", "stopped", "unknown", "not_ours", "other_card", "two_cards",
    "key_refused", "reader_silent", "written", "held", "held_leave", "handed_over", "too_early",
)  # fmt: skip
_HELD: Final = ("held", "held_leave")
_WRITTEN: Final = frozenset({"written", "handed_over", *_HELD})
_BEGUN: Final = frozenset({"writing", "silent", "stopping", "stopped", "unknown"}) | _WRITTEN
_STEPS: Final = (
    (Stage.IDENTIFY, 0, 0.6),
    (Stage.AUTHENTICATE, 0, 0.4),
    (Stage.WRITE, 3, 1.1),
    (Stage.WRITE, 7, 2.1),
)
_TROUBLE: Final[dict[str, DeskError]] = {
    "unknown": CardOutcomeUnknown(),
    "not_ours": NotOurBlank(),
    "other_card": WrongCardPutBack(),
    "two_cards": SeveralCards(count=2),
    "key_refused": CardAuthenticationFailed(tries_left=2),
    "reader_silent": CardReaderSilent(),
}
_CODE: Final = "110101" + "0" * 26
_LINES: Final = (
    ("EF05 05", "20261123"),
    ("EF05 06", "20361123"),
    ("EF05 07", "K00081701"),
    ("EF06 08", "11010119900307002X"),
    ("EF06 09", "李四"),
    ("EF06 4E", ""),
    ("EF06 0A", "2"),
    ("EF06 0B", "01"),
    ("EF06 0C", "110101"),
    ("EF06 0D", "19900307"),
)


def sample(name: str) -> Shell:
    """Return the window with the card page in one state."""
    desk = SampleDesk()
    if name == "too_early":
        desk.until(Station.APPROVE)
        desk.pages.card.opened()
        desk.pages.show_page("card")
        return desk.shell
    application = desk.until(Station.CARD, promised=("household_register",) if name in _HELD else ())
    if name in {"stopped", "unknown", "other_card"}:
        application = _intended(desk, application)
    page = desk.pages.card
    if name == "waiting" or name in _BEGUN:
        page.write()
    if name in _BEGUN:
        for stage, done, seconds in _STEPS:
            page.saw(_progress(stage, done))
            desk.clock.move(seconds / 60)
    if name in _TROUBLE:
        page.failed(application, _TROUBLE[name])
    elif name == "silent":
        desk.clock.move(12 / 60)
        page.tick()
    elif name in {"stopping", "stopped"}:
        desk.runner.asleep -= {"card_reader"} if name == "stopped" else set()
        page.stop()
    elif name in _WRITTEN:
        _written(desk, application, name)
    return desk.shell


def written_desk() -> SampleDesk:
    """Return a window with a card that is written and proved."""
    desk = SampleDesk()
    _written(desk, desk.until(Station.CARD), "written")
    return desk


def _written(desk: SampleDesk, application: Application, name: str) -> None:
    page = desk.pages.card
    _intended(desk, application)
    written = CardWritten(_CODE, "d" * 64, 31, tuple(line for line, _ in _LINES))
    page.saw(_progress(Stage.READ_BACK, 10))
    page.saw(_progress(Stage.DONE, 10, same=True))
    page.written(record(desk.store, desk.counter.session, written, application.id))
    if name == "handed_over":
        page.go_on()
    if name == "held_leave":
        page.hand_over.leave.ask()
        page.hand_over.leave.reason_typed("申领人急诊住院要用卡，户口簿下周一补交")
        page.hand_over.leave.account_typed("chenjing")


def _intended(desk: SampleDesk, application: Application) -> Application:
    issue = desk.counter.today()
    intended = CardIntended(_CODE, "K00081701", "training", "d" * 64, (), issue, issue.replace(year=2036))
    return record(desk.store, desk.counter.session, intended, application.id)


def _progress(stage: Stage, done: int, *, same: bool = False) -> CardProgress:
    lines = tuple(
        CardLine(line, value, "same" if same else "written" if at < done else "todo")
        for at, (line, value) in enumerate(_LINES)
    )
    return CardProgress(stage, lines, "K-000817")
