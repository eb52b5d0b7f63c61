"""The face of the card that was written for the person in hand: seen as it is printed, printed with a record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from sscard_desk.domain.card_face import CardFace
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.prints import PrintRecord, PrintState
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.card_face.state import CARD_FACE, FaceState
from sscard_desk.ui.serving.print_words import kept_words, trouble_words
from sscard_desk.ui.serving.reprint import Reprint
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.states import ActionState, Mark, PanelLine, ToastState
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.card_face import face_of, print_face, trial_face

PAPER: Final = "paper"
PRINTER: Final = "card_printer"
DPI: Final = 300.0
"""What card printers print; the preview has their pixels."""


class View(Protocol):
    """What shows the page."""

    def show_state(self, state: FaceState) -> None:
        """Show it."""


@dataclass(frozen=True)
class _Drawn:
    """The face in view."""

    face: CardFace = field(repr=False)
    page: Preview


class FacePresenter:
    """The page of a card's face."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._state = FaceState()
        self._views: list[View] = []
        self._drawn: _Drawn | None = None
        self._records: tuple[PrintRecord, ...] = ()
        self._marks, self._drawing, self._trial = False, False, False
        self._printing: Cancel | None = None
        self._error: DeskError | None = None
        self.reprint = Reprint(serving, CARD_FACE, self._refresh, self._print)

    @property
    def state(self) -> FaceState:
        """What is shown now."""
        return self._state

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def show(self) -> None:
        """The clerk asks for the page from step 8."""
        self._serving.turn_aside(CARD_FACE)

    def opened(self) -> None:
        """The page came into view: the face is drawn."""
        self._drawn, self._records, self._error = None, (), None
        self._read()
        self._draw()

    def closed(self) -> None:
        """Another page comes into view; a face at the printer is followed to its end."""
        self.reprint.stop()
        self._drawn, self._error = None, None

    def stop(self) -> bool:
        """Esc: leave the question, or stop following the printer; return whether there was either."""
        if self.reprint.stop():
            return True
        if self._printing is None:
            return False
        self._serving.notify(ToastState(say("card_face.follows"), say("card_face.follows_note"), Mark.BUSY))
        return False

    def go_on(self) -> None:
        """Ctrl+Enter: print it; a second time asks why."""
        if self.reprint.ask is not None:
            self.reprint.confirm()
        elif self._state.action.enabled:
            if any(not record.state.empty for record in self._records):
                self.reprint.begin()
            else:
                self._print("", "")

    # -- the clerk's words

    def set_marks(self, *, marks: bool) -> None:
        """Whether registration marks are printed too."""
        if marks != self._marks and self._printing is None:
            self._marks = marks
            self._draw()

    def try_printer(self) -> None:
        """Print a trial card: marks and zeros, nobody's data, no record."""
        if self._printing is not None:
            return
        counter, cancel = self._serving.counter, Cancel()
        self._printing, self._trial, self._error = cancel, True, None
        self._refresh()
        self._serving.run(
            PRINTER,
            lambda: counter.devices.card_printer.print_pdf(
                counter.paper.card_face(trial_face(counter.face)), "card-trial", cancel
            ),
            lambda _job: self._ended(),
            self._failed,
        )

    # -- inner

    def _draw(self) -> None:
        counter, application, marks = self._serving.counter, self._serving.application, self._marks

        def draw() -> _Drawn:
            face = face_of(counter.store, application, counter.face, marks=marks)
            return _Drawn(face, counter.paper.render(counter.paper.card_face(face), 0, DPI))

        def drawn(made: _Drawn) -> None:
            if self._is_here(application.id) and marks == self._marks:
                self._drawn, self._drawing = made, False
                self._refresh()

        def failed(error: DeskError) -> None:
            if self._is_here(application.id):
                self._drawing, self._error = False, error
                self._refresh()

        self._drawing, self._error = True, None
        self._refresh()
        self._serving.run(PAPER, draw, drawn, failed)

    def _print(self, reason: str, words: str) -> None:
        if self._drawn is None or self._printing is not None:
            return
        counter, application, face, cancel = (
            self._serving.counter,
            self._serving.application,
            self._drawn.face,
            Cancel(),
        )
        self._printing, self._trial, self._error = cancel, False, None
        self._refresh()
        self._serving.run(
            PRINTER,
            lambda: print_face(
                counter.store, counter.session, counter.paper, counter.devices.card_printer, application, face, cancel,
                reason=reason, words=words,
            ),
            self._printed,
            self._failed,
        )  # fmt: skip

    def _printed(self, record: PrintRecord) -> None:
        if record.state is PrintState.COMPLETED and not self._is_here(record.application):
            self._serving.notify(ToastState(say("card_face.printed"), say("card_face.printed_note")))
        self._ended()

    def _ended(self) -> None:
        self._printing = None
        self._read()
        self._refresh()

    def _failed(self, error: DeskError) -> None:
        self._printing, self._error = None, error
        if self._serving.in_view(CARD_FACE):
            self._read()
        else:
            self._serving.tell(error)
        self._refresh()

    def _read(self) -> None:
        if not self._serving.in_view(CARD_FACE) and self._serving.dossier is None:
            return
        store, application = self._serving.counter.store, self._serving.application.id

        def found(records: Sequence[PrintRecord]) -> None:
            if self._is_here(application):
                self._records = tuple(record for record in records if record.form == CARD_FACE)
                self._refresh()

        self._serving.run(STORE, lambda: store.prints(application), found)

    def _is_here(self, application: str) -> bool:
        dossier = self._serving.dossier
        return dossier is not None and dossier.application.id == application

    def _refresh(self) -> None:
        counter, layout = self._serving.counter, self._serving.counter.face
        printer = counter.devices.card_printer.name
        mark, notice, note = self._notice()
        self._state = FaceState(
            page=self._drawn.page if self._drawn is not None else None,
            marks=self._marks,
            facts=(
                PanelLine(say("card_face.layout", name=layout.name), Mark.OFF),
                PanelLine(say("card_face.size", width=f"{layout.width:g}", height=f"{layout.height:g}"), Mark.OFF),
                PanelLine(say("card_face.printer", name=printer), Mark.OK)
                if printer
                else PanelLine(say("card_face.no_printer"), Mark.WARN, say("card_face.no_printer_note")),
            ),
            printed=tuple(_line(record) for record in self._records),
            ask=self.reprint.ask,
            busy=self._drawing or self._printing is not None,
            notice_mark=mark,
            notice=notice,
            notice_note=note,
            action=self._action(printer),
        )
        for view in self._views:
            view.show_state(self._state)

    def _notice(self) -> tuple[Mark, Words, Words]:
        if self._error is not None:
            title, note, mark = trouble_words(self._error)
            return mark, title, note
        if self._printing is not None:
            which = "trial" if self._trial else "printing"
            return Mark.BUSY, say(f"card_face.notice.{which}"), say(f"card_face.note.{which}")
        newest = self._records[-1] if self._records else None
        if newest is not None and newest.state is PrintState.COMPLETED and not newest.spoiled:
            return Mark.OK, say("card_face.printed"), say("card_face.printed_note")
        return Mark.TODO, say("card_face.notice.ready"), say("card_face.note.ready")

    def _action(self, printer: str) -> ActionState:
        primary = say("card_face.again" if self._records else "card_face.print")
        if self.reprint.ask is not None:
            return self.reprint.action() or ActionState(primary)
        if self._printing is not None:
            return ActionState(primary, enabled=False, reason=say("card_face.at_printer"), reason_mark=Mark.BUSY)
        if self._drawn is None:
            reason, mark = ("drawing", Mark.BUSY) if self._drawing else ("not_drawn", Mark.WARN)
            return ActionState(primary, enabled=False, reason=say(f"card_face.{reason}"), reason_mark=mark)
        if not printer:
            return ActionState(primary, enabled=False, reason=say("card_face.no_printer"), reason_mark=Mark.WARN)
        return ActionState(primary)


def _line(record: PrintRecord) -> PanelLine:
    words, mark = kept_words(record)
    return PanelLine(record.serial, mark, words)
