"""The page of unsent items in named states, for pictures and tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from sscard_desk.domain.errors.centre import CentreUnreachable
from sscard_desk.domain.errors.conflicts import MendNotPossible
from sscard_desk.ports.unsent import Part, Tried, UnsentAsked, UnsentCounts, UnsentItem, UnsentPage
from sscard_desk.ui.app.gate import LineState, ListComing
from sscard_desk.ui.doctor.samples import AtOnce
from sscard_desk.ui.navigation.areas import join_unsent
from sscard_desk.ui.running import running_application
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import framed, status
from sscard_desk.ui.states import Mark
from sscard_desk.ui.unsent.presenter import Around, UnsentPresenter
from sscard_desk.ui.unsent.view import UnsentView
from sscard_desk.ui.words import say

_KINDS: Final = (
    "application.opened", "identity.decided", "bank.confirmed", "photo.attached", "form.issued", "print.ordered",
    "form.returned", "materials.checked", "application.signed", "card.written", "card.handed_over", "stock.received",
)  # fmt: skip
_BEGUN: Final = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)


def entry(seq: int, *, code: str = "") -> UnsentItem:
    """Return one entry of a busy morning."""
    number = f"4201-03-26-{123 + seq // 8:05d}-{seq // 8 % 10}"
    kind = _KINDS[seq % len(_KINDS)]
    at = _BEGUN + timedelta(seconds=95 * seq)
    return UnsentItem(f"entry:{seq}", seq, kind, is_blob=False, subject=f"s{seq // 8}", number=number, at=at, size=900,
                      code=code)  # fmt: skip


def blob(of: int) -> UnsentItem:
    """Return the photo of an application."""
    item = entry(8 * of + 3)
    return replace(item, key=f"blob:{of:064x}", kind="photo.attached", is_blob=True, size=19_800)


class SampleBook:
    """What waits: so many entries and photos; those with these numbers were set aside."""

    def __init__(self, entries: int = 0, blobs: int = 0, aside: dict[int, str] | None = None, tries: int = 0) -> None:
        codes = aside or {}
        self._entries = [entry(seq, code=codes.get(seq, "")) for seq in range(1, entries + 1)]
        self._blobs = [blob(of) for of in range(blobs)]
        self._tried = Tried(tries, _BEGUN + timedelta(hours=2) if tries else None, lambda _seq: tries)
        self.asked: list[UnsentAsked] = []
        self.again: list[str] = []

    def page(self, asked: UnsentAsked) -> UnsentPage:
        """Return a page of it."""
        self.asked.append(asked)
        aside = sum(bool(item.code) for item in self._entries)
        counts = UnsentCounts(len(self._entries) - aside, aside, len(self._blobs))
        every = [item for item in self._of(asked.part) if _fits(item, asked)]
        keys = [item.key for item in every]
        begin = keys.index(asked.after) + 1 if asked.after in keys else 0
        found = every[begin : begin + asked.limit]
        return UnsentPage(found, begin + asked.limit < len(every), counts, self._tried)

    def send_again(self, subject: str) -> None:
        """Send again what is put right by that."""
        codes = {item.code for item in self._entries if item.subject == subject and item.code}
        if not codes <= {"gap", "unknown-kind"}:
            raise MendNotPossible(mend="again")
        self.again.append(subject)

    def send_all_again(self) -> int:
        """Send everything again."""
        self.again.append("all")
        return len(self._entries)

    def _of(self, part: Part) -> Sequence[UnsentItem]:
        return {
            Part.ALL: [*self._entries, *self._blobs],
            Part.WAITING: [item for item in self._entries if not item.code],
            Part.ASIDE: [item for item in self._entries if item.code],
            Part.BLOBS: self._blobs,
        }[part]


def _fits(item: UnsentItem, asked: UnsentAsked) -> bool:
    return not asked.number or asked.number in item.number or item.kind in asked.kinds


_AWAY: Final = LineState(
    unsent=3_000,
    trouble=CentreUnreachable(waiting=3_000),
    offline_days=21,
    tries=14,
    next_try=_BEGUN + timedelta(hours=2),
)
_SENDING: Final = LineState(unsent=38, running=True, offline_days=30)
_PROVED: Final = LineState(up_to_date=True, offline_days=30, last_success=_BEGUN + timedelta(hours=1))
_COMING: Final = ListComing("persons:330100", done=9_400_000, of=22_300_000)
_PLACING: Final = ListComing("persons:330100", placing=True, done=412_000, of=1_003_118)


def case(name: str) -> tuple[SampleBook, LineState]:
    """Return list and line of a state."""
    aside = {9: "already-open", 21: "changed-elsewhere", 30: "unknown-kind"}
    return {
        "empty": lambda: (SampleBook(), _PROVED),
        "sending": lambda: (SampleBook(38, 6), _SENDING),
        "offline": lambda: (SampleBook(3_000, 704, tries=14), _AWAY),
        "aside": lambda: (SampleBook(38, 6, aside), replace(_SENDING, running=False)),
        "turned_away": lambda: (SampleBook(38, 6, aside), replace(_SENDING, running=False)),
        "none_such": lambda: (SampleBook(38, 6), _SENDING),
        "coming": lambda: (SampleBook(5, 2), replace(_SENDING, unsent=5, coming=_COMING)),
        "held": lambda: (SampleBook(5, 2), replace(_SENDING, running=False, coming=replace(_COMING, held=True))),
        "placing": lambda: (SampleBook(), replace(_PROVED, up_to_date=False, running=True, coming=_PLACING)),
        "reading": lambda: (SampleBook(38), _SENDING),
    }[name]()  # fmt: skip


def sample(name: str) -> Shell:
    """Return the window with the page in one state."""
    app = running_application()
    shell, page = framed(app, "setup"), UnsentView()
    book, line = case(name)
    around = Around(lambda: None, lambda _hold: None, lambda _subject: None, shell.notify)
    presenter = UnsentPresenter(page, AtOnce(asleep=name == "reading"), book, around)
    join_unsent(page, presenter)
    presenter.line_changed(line)
    presenter.opened()
    if name == "turned_away":
        presenter.choose_part("aside")
    if name == "aside":
        presenter.choose("entry:9")
    if name == "none_such":
        presenter.narrow("9999")
    away = (Mark.OFF, say("shell.health.offline"))
    usual = status(centre=away) if line.trouble is not None else status()
    shell.show_status(replace(usual, unsent=line.unsent, offline_days=line.offline_days))
    shell.set_page(page, serving=False)
    return shell


STATES = (
    "offline", "sending", "aside", "turned_away", "none_such", "coming", "held", "placing", "empty", "reading",
)  # fmt: skip
