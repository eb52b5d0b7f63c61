"""The card page in named states, for pictures and tests."""

from typing import Final

from sscard_desk.domain.errors.device import CardOutcomeUnknown, CardReaderSilent
from sscard_desk.domain.errors.operator import NotOurBlank
from sscard_desk.domain.events import CardIntended, CardWritten
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.shell import Shell
from sscard_desk.usecases.recording import record
from sscard_desk.usecases.write_card import CardLine, CardProgress, Stage

STATES = (
    "ready", "writing", "unknown", "not_ours", "reader_silent", "written", "held", "held_leave", "handed_over",
    "too_early",
)  # fmt: skip
_HELD: Final = ("held", "held_leave")
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

_STEPS: Final = (
    (Stage.IDENTIFY, 0, 0.6),
    (Stage.AUTHENTICATE, 0, 0.4),
    (Stage.WRITE, 3, 1.1),
    (Stage.WRITE, 7, 2.1),
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
    page = desk.pages.card
    if name in {"writing", "unknown", "written", "handed_over", *_HELD}:
        page.write()
        for stage, done, seconds in (
            (Stage.IDENTIFY, 0, 0.6),
            (Stage.AUTHENTICATE, 0, 0.4),
            (Stage.WRITE, 3, 1.1),
            (Stage.WRITE, 7, 2.1),
        ):
            page.saw(_progress(stage, done))
            desk.clock.move(seconds / 60)
    if name == "unknown":
        page.failed(application, CardOutcomeUnknown())
    elif name == "not_ours":
        page.failed(application, NotOurBlank())
    elif name == "reader_silent":
        page.failed(application, CardReaderSilent())
    elif name in {"written", "handed_over", *_HELD}:
        issue = desk.counter.today()
        intended = CardIntended(_CODE, "K00081701", "training", "d" * 64, (), issue, issue.replace(year=2036))
        record(desk.store, desk.counter.session, intended, application.id)
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
    return desk.shell


def _progress(stage: Stage, done: int, *, same: bool = False) -> CardProgress:
    lines = tuple(
        CardLine(line, value, "same" if same else "written" if at < done else "todo")
        for at, (line, value) in enumerate(_LINES)
    )
    return CardProgress(stage, lines, "K-000817")
