"""The right half of the rescue's card: one pane for each stage. Each says what was pressed and decides nothing."""

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.rescue.state import RescueState, Stage
from sscard_desk.ui.sign_in.credentials import MarkedLine, PasswordField
from sscard_desk.ui.states import FieldState, Mark
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.below import ErrorLine
from sscard_desk.ui.widgets.button import Button, Kind
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import Words, say

_HEIGHT: Final = 48
_LINES: Final = 84
"""Least height of the box with groups, three lines of it; more of them are scrolled."""


_A_LINE: Final = 8
"""Groups in a line, so that both who read and who write down lose their place in none."""


class Groups(QPlainTextEdit):
    """Groups of letters and digits, to be read, copied or typed; Tab goes on to what follows."""

    def __init__(self, label: Words, hint: Words = "", *, name: str, fixed: bool) -> None:
        super().__init__()
        self._label, self._hint = label, hint
        self.setObjectName(name)
        self.setReadOnly(fixed)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(not fixed)
        self.setFont(font(Role.BODY))
        self.setMinimumHeight(_LINES)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self.setAccessibleName(text(self._label))
        self.setPlaceholderText(text(self._hint))


class Pane(QWidget):
    """What all stages have: a heading, a sentence, what is wrong, the filled button, and the way back.

    Signals:
        done: the filled button, Ctrl+Enter or Enter in the last field.
        back: Esc or the button.
    """

    done = Signal()
    back = Signal()
    _compact = False

    def __init__(self, stage: Stage, sub: Words, act: Words, back: Words, *, key: str = "Ctrl+Enter") -> None:
        super().__init__()
        self.setObjectName(f"rescue_{stage.value}")
        self.primary = Button(act, Kind.PRIMARY, key=key, name=f"rescue_do_{stage.value}", height=_HEIGHT)
        self.primary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.primary.setVisible(bool(act))
        self.primary.clicked.connect(self.done)
        self.back_button = Button(back, Kind.LINK, key="Esc", name=f"rescue_back_{stage.value}")
        self.back_button.clicked.connect(self.back)
        self._act = act
        self.sub = Label(sub, ink="ink2", wrap=True, name=f"rescue_sub_{stage.value}")
        self._trouble = Banner(Mark.ERR, "", name=f"rescue_trouble_{stage.value}")
        self._trouble.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(measure.GRID)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(measure.GRID)
        self.foot.addWidget(self.back_button)
        self.foot.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(measure.GRID)
        column.addWidget(Label(say(f"rescue.{stage.value}"), Role.FIGURE, wrap=True, name=f"rescue_head_{stage.value}"))
        column.addWidget(self.sub)
        column.addLayout(self.body, 1)
        column.addWidget(self._trouble)
        column.addSpacing(measure.GRID)
        column.addWidget(self.primary)
        column.addLayout(self.foot)
        self.set_compact(compact=False)

    def show_state(self, state: RescueState) -> None:
        """Show what holds for every stage."""
        self.primary.setEnabled(not state.busy)
        self.primary.set_words(state.busy or self._act)
        self.back_button.setEnabled(not state.busy or state.stage is Stage.LOOKING)
        self._trouble.setVisible(bool(state.trouble))
        self._trouble.show_state(Mark.ERR, state.trouble, state.advice)

    def set_compact(self, *, compact: bool) -> None:
        """Take less room where the window is low."""
        side = 24 if compact else 40
        self._column.setContentsMargins(side, 12 if compact else 32, side, 8 if compact else 16)
        self._compact = compact
        self.sub.setVisible(self._wants_sub())

    def _wants_sub(self) -> bool:
        return True

    def file_key(self) -> None:
        """F7."""

    def focus_first(self) -> None:
        """Put the focus where the stage begins."""
        (self.primary if self.primary.isVisibleTo(self) and self.primary.isEnabled() else self.back_button).setFocus()


class Standing(Pane):
    """Before the first stage, and where there is none: what is looked at, or why it cannot be done so."""

    _looking = True

    def __init__(self) -> None:
        super().__init__(Stage.UNREADY, say("rescue.unready_note"), "", say("rescue.back_to_sign_in"))
        self._busy = MarkedLine(Mark.BUSY, name="rescue_looking")
        self._busy.say(say("rescue.looking"), Mark.BUSY)
        self.body.addWidget(self._busy)
        self.body.addWidget(self._trouble)
        self.body.addStretch(1)

    def show_state(self, state: RescueState) -> None:
        super().show_state(state)
        self._looking = state.stage is Stage.LOOKING
        self._busy.setVisible(self._looking)
        self.sub.setVisible(self._wants_sub())

    def _wants_sub(self) -> bool:
        return not self._looking


class Choose(Pane):
    """A new password, typed twice.

    Signals:
        typed: which field, and its text.
        made: both passwords.
    """

    typed = Signal(str, str)
    made = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(
            Stage.CHOOSE, say("rescue.choose_sub"), say("rescue.make"), say("rescue.back_to_sign_in"), key="Enter"
        )
        self.password = PasswordField(name="rescue_password", label=say("rescue.password"))
        self.again = PasswordField(name="rescue_again", label=say("rescue.again"))
        self.body.addSpacing(measure.GRID)
        self.body.addWidget(self.password)
        self.body.addSpacing(measure.GRID)
        self.body.addWidget(self.again)
        self.body.addStretch(1)
        self.password.edited.connect(lambda words: self.typed.emit("password", words))
        self.again.edited.connect(lambda words: self.typed.emit("again", words))
        self.password.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.done)
        self.done.connect(lambda: self.made.emit(self.password.value(), self.again.value()))

    def show_state(self, state: RescueState) -> None:
        super().show_state(state)
        free = not state.busy
        self.password.show_state(FieldState(self.password.value(), error=state.password_error, enabled=free))
        self.again.show_state(FieldState(self.again.value(), error=state.again_error, enabled=free))

    def focus_first(self) -> None:
        (self.again if self.password.value() else self.password).setFocus()


class Send(Pane):
    """The request, and waiting for what the centre says.

    Signals:
        save: the request is to be written somewhere.
        anew: another request.
    """

    save = Signal()
    anew = Signal()

    def __init__(self) -> None:
        super().__init__(Stage.SEND, say("rescue.send_sub"), say("rescue.came"), say("rescue.back_to_sign_in"))
        self.groups = Groups(say("rescue.send"), name="rescue_request", fixed=True)
        self._count = Label("", Role.LABEL, "ink2", wrap=True, name="rescue_groups")
        self.button = Button(say("rescue.save"), key="F7", icon="folder", name="rescue_save")
        self.button.clicked.connect(self.save)
        self._saved = MarkedLine(Mark.TODO, name="rescue_saved")
        self._wait = Banner(Mark.BUSY, say("rescue.waiting"), say("rescue.waiting_note"), name="rescue_waiting")
        new = Button(say("rescue.new_request"), Kind.LINK, name="rescue_anew")
        new.clicked.connect(self.anew)
        self.foot.addWidget(new)
        row = QHBoxLayout()
        row.setSpacing(measure.GAP)
        row.addWidget(self.button)
        row.addWidget(self._saved, 1)
        self.body.addWidget(self._count)
        self.body.addWidget(self.groups, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._wait)

    def show_state(self, state: RescueState) -> None:
        super().show_state(state)
        groups = state.request.split("-")
        lines = "\n".join("-".join(groups[at : at + _A_LINE]) for at in range(0, len(groups), _A_LINE))
        if self.groups.toPlainText() != lines:
            self.groups.setPlainText(lines)
        self._count.set_words(say("rescue.groups", n=len(groups)))
        self.button.setEnabled(not state.busy)
        saved = say("rescue.saved", path=state.saved) if state.saved else say("rescue.not_saved")
        self._saved.say(saved, Mark.OK if state.saved else Mark.TODO)
        self._wait.setVisible(not state.trouble)

    def file_key(self) -> None:
        if self.button.isEnabled():
            self.save.emit()

    def focus_first(self) -> None:
        self.button.setFocus()


class Answer(Pane):
    """What came back, and the password that opens it.

    Signals:
        typed: which field, and its text.
        open: the answer is to be read from a file.
        tried: the password.
    """

    typed = Signal(str, str)
    open = Signal()
    tried = Signal(str)

    def __init__(self) -> None:
        super().__init__(Stage.ANSWER, say("rescue.answer_sub"), say("rescue.finish"), say("rescue.back_to_request"))
        self.button = Button(say("rescue.open"), key="F7", icon="folder", name="rescue_open")
        self.button.clicked.connect(self.open)
        self._from = MarkedLine(Mark.OK, name="rescue_from")
        self.groups = Groups(say("rescue.answer_field"), say("rescue.answer_hint"), name="rescue_answer", fixed=False)
        self._wrong = ErrorLine("rescue_answer")
        self.password = PasswordField(name="rescue_password_then", label=say("rescue.password_then"))
        self.login = Field(say("rescue.login"), name="rescue_login", above=True, icon="user")
        row = QHBoxLayout()
        row.setSpacing(measure.GAP)
        row.addWidget(self.button)
        row.addWidget(self._from, 1)
        kept = self._from.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the button stays at the left
        self._from.setSizePolicy(kept)
        self.body.addLayout(row)
        self.body.addWidget(self.groups, 1)
        self.body.addWidget(self._wrong)
        self.body.addWidget(self.password)
        self.body.addWidget(self.login)
        self.body.addStretch(0)
        self.groups.textChanged.connect(lambda: self.typed.emit("answer", self.groups.toPlainText()))
        self.password.edited.connect(lambda words: self.typed.emit("password", words))
        self.login.edited.connect(lambda words: self.typed.emit("login", words))
        self.password.entered.connect(self._after_password)
        self.login.entered.connect(self.done)
        self.done.connect(lambda: self.tried.emit(self.password.value()))

    def show_state(self, state: RescueState) -> None:
        super().show_state(state)
        free = not state.busy
        self.button.setEnabled(free)
        self.groups.setEnabled(free)
        if self.groups.toPlainText() != state.answer:
            held = self.groups.blockSignals(True)
            self.groups.setPlainText(state.answer)
            self.groups.blockSignals(held)
        self.groups.setVisible(not (state.came_from or state.needs_login))  # nobody has to look at what is whole
        self._from.setVisible(bool(state.came_from))
        self._from.say(say("rescue.read_from", name=state.came_from), Mark.OK)
        self._wrong.set_words(state.answer_error or "")
        self._wrong.setVisible(state.answer_error is not None)
        self.password.show_state(FieldState(self.password.value(), error=state.password_error, enabled=free))
        self.login.show_state(FieldState(state.login, enabled=free))
        self.login.setVisible(state.needs_login)

    def file_key(self) -> None:
        if self.button.isEnabled():
            self.open.emit()

    def focus_first(self) -> None:
        if self.login.isVisibleTo(self) and not self.login.value():
            self.login.setFocus()
        elif self.groups.toPlainText() and self.password.focusProxy() is not None:
            self.password.setFocus()
        else:
            self.button.setFocus()

    def _wants_sub(self) -> bool:
        return not self._compact

    def _after_password(self) -> None:
        if self.login.isVisibleTo(self) and not self.login.value():
            self.login.setFocus()
        else:
            self.done.emit()


class Done(Pane):
    """Who signs in now, and what comes first then."""

    def __init__(self) -> None:
        super().__init__(Stage.DONE, "", say("rescue.sign_in"), say("rescue.back_to_sign_in"), key="Enter")
        self._note = Banner(Mark.TODO, say("rescue.done_first"), say("rescue.done_note"), name="rescue_done_note")
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self.back_button.hide()

    def show_state(self, state: RescueState) -> None:
        super().show_state(state)
        self.sub.set_words(say("rescue.done_sub", name=state.name, login=state.login))
