"""Looking through what waits to be sent, and sending it again, in the clerk's words. No Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from sscard_desk.domain.errors import DeskError
from sscard_desk.ports.unsent import PAGE, Part, Tried, UnsentAsked, UnsentBook, UnsentItem, UnsentPage
from sscard_desk.ui.app.gate import LineState
from sscard_desk.ui.serving.ports import Runner
from sscard_desk.ui.states import ActionState, Mark, ToastState
from sscard_desk.ui.unsent import rows as said
from sscard_desk.ui.unsent.state import UnsentState
from sscard_desk.ui.words import Words, advice_of, message_of, say

LANE: Final = "store"


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: UnsentState) -> None:
        """Show it."""


@dataclass(frozen=True)
class Around:
    """What the page asks of the window around it.

    Attributes:
        wake: asks for an exchange soon.
        hold: lets large lists wait, or come again; called on a lane.
        mend: leads to the page where somebody decides about what the centre did not take, at this subject.
        notify: says something at the bottom right.
    """

    wake: Callable[[], None]
    hold: Callable[[bool], None]
    mend: Callable[[str], None]
    notify: Callable[[ToastState], None]


class UnsentPresenter:
    """The page of unsent items.

    Args:
        view: the page.
        runner: the lanes.
        book: the list.
        around: the window.
    """

    def __init__(self, view: View, runner: Runner, book: UnsentBook, around: Around) -> None:
        self._view, self._runner, self._book, self._around = view, runner, book, around
        self._line = LineState()
        self._items: list[UnsentItem] = []
        self._tried = Tried()
        self._about: object = None
        self._shown = said.UnsentRows((), self._tried, self._line)
        self._open = self._reading = self._again = False
        self.state = UnsentState()
        self._show()

    def opened(self) -> None:
        """The page came into view."""
        self._open = True
        self._show()
        self._read_anew()

    def closed(self) -> None:
        """Another area comes into view."""
        self._open = False

    def line_changed(self, line: LineState) -> None:
        """The exchange with the centre told where it stands."""
        counted = (self._line.unsent, self._line.running, self._line.tries) != (line.unsent, line.running, line.tries)
        self._line = line
        if not self._open:
            return
        if counted:
            self._read_anew()
        self._show()

    # -- the clerk's words

    def choose_part(self, part: str) -> None:
        """Show only these, or all."""
        if Part(part) is not self.state.part:
            self.state = replace(self.state, part=Part(part), chosen="")
            self._items = []
            self._read_anew()

    def narrow(self, typed: str) -> None:
        """Show only what has this in its number, or in the words of its act."""
        if typed.strip() != self.state.typed:
            self.state = replace(self.state, typed=typed.strip(), chosen="")
            self._items = []
            self._read_anew()

    def choose(self, key: str) -> None:
        """The arrows reached a row."""
        if key != self.state.chosen:
            self.state = replace(self.state, chosen=key)
            self._show()

    def more(self) -> None:
        """The end of what was read is near."""
        if self.state.more and not self._reading and self._items:
            self._read(replace(self._asked(), after=self._items[-1].key), self._came_more)

    def send_this(self) -> None:
        """F5: try this one now; what somebody has to decide about leads there."""
        item = self._chosen()
        if item is None:
            return
        if not item.code:
            self._around.wake()
            return
        subject = item.subject
        self._runner.submit(LANE, lambda: self._book.send_again(subject), lambda _none: self._sent_again(1), self._mend)

    def send_all(self) -> None:
        """Ctrl+Enter: try everything now."""
        self._runner.submit(LANE, self._book.send_all_again, self._sent_again, self._failed)

    def mend_this(self) -> None:
        """Enter: a row that the centre did not take leads to where that is decided, any other one is tried now."""
        item = self._chosen()
        if item is not None and item.code:
            self._around.mend(item.subject)
        else:
            self.send_this()

    def hold(self) -> None:
        """F7: let a large list wait, or come on."""
        coming = self.state.coming
        if coming is None or not (coming.can_hold or coming.held):
            return
        wanted = not coming.held
        self._runner.submit(LANE, lambda: self._around.hold(wanted), lambda _none: None, self._failed)

    # -- inner

    def _asked(self, limit: int = PAGE) -> UnsentAsked:
        typed = self.state.typed
        return UnsentAsked(self.state.part, typed, said.kinds_like(typed) if typed else frozenset(), limit=limit)

    def _read_anew(self) -> None:
        """Read from the beginning as many as are shown; what is asked meanwhile is asked once more afterwards."""
        if self._reading:
            self._again = True
            return
        self._read(self._asked(max(PAGE, len(self._items))), self._came)

    def _read(self, asked: UnsentAsked, came: Callable[[UnsentPage], None]) -> None:
        self._reading = True

        def done(page: UnsentPage) -> None:
            self._reading = False
            if self._again:
                self._again = False
                self._read_anew()
            else:
                came(page)

        def failed(error: DeskError) -> None:
            self._reading = self._again = False
            self._failed(error)

        self._runner.submit(LANE, lambda: self._book.page(asked), done, failed)

    def _came(self, page: UnsentPage) -> None:
        self._items = list(page.items)
        self._take(page)

    def _came_more(self, page: UnsentPage) -> None:
        self._items += page.items
        self._take(page)

    def _take(self, page: UnsentPage) -> None:
        self._tried = page.tried
        keys = {item.key for item in self._items}
        chosen = self.state.chosen if self.state.chosen in keys else self._items[0].key if self._items else ""
        self.state = replace(self.state, more=page.more, counts=page.counts, read=True, chosen=chosen)
        self._show()

    def _rows(self) -> said.UnsentRows:
        """Return the rows; the same ones where nothing that they say has changed."""
        about = (id(self._items), len(self._items), id(self._tried), self._line.trouble, self._line.running)
        if about != self._about:
            self._about, self._shown = about, said.UnsentRows(tuple(self._items), self._tried, self._line)
        return self._shown

    def _chosen(self) -> UnsentItem | None:
        return next((item for item in self._items if item.key == self.state.chosen), None)

    def _sent_again(self, _count: int) -> None:
        self._around.wake()
        self._read_anew()

    def _mend(self, _error: DeskError) -> None:
        """Sent again it would only come back."""
        self.mend_this()

    def _failed(self, error: DeskError) -> None:
        note = say("missing.advice", advice=advice_of(error), code=error.code)
        self._around.notify(ToastState(message_of(error), note, Mark.WARN))

    def _show(self) -> None:
        mark, notice, note = said.line_words(self._line)
        item = self._chosen()
        this_act: Words = say("unsent.mend_this" if item.code else "unsent.send_this") if item is not None else ""
        counts = self.state.counts
        self.state = replace(
            self.state,
            mark=mark,
            notice=notice,
            note=note,
            coming=said.coming_state(self._line.coming),
            rows=self._rows(),
            chosen_at=next((at for at, each in enumerate(self._items) if each.key == self.state.chosen), -1),
            this_act=this_act,
            action=ActionState(
                say("unsent.send_all"), enabled=bool(counts.waiting or counts.aside or counts.blobs), back=True
            ),
        )
        self._view.show_state(self.state)
