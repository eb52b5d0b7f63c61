"""The fields of a photo receipt: studio, number, day."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.parts.step_page import roomy
from sscard_desk.ui.photo_sources.state import StudioState
from sscard_desk.ui.states import FieldState
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.words import say


class ReceiptForm(QWidget):
    """Three fields, in the order in which a receipt is read.

    Signals:
        typed: name of a field (`studio`, `receipt`, `issued`) and its text.
        entered: Enter in the last field.
    """

    typed = Signal(str, str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("receipt_form")
        choice = ChoiceEdit(name="studio", placeholder=say("photo_sources.studio_hint"))
        choice.chosen.connect(lambda code: self.typed.emit("studio", code))
        self._choice = choice
        self._options: tuple[object, ...] = ()
        self.studio = Field(say("photo_sources.fact.studio"), name="studio", above=True, editor=choice)
        self.receipt = Field(
            say("photo_sources.fact.receipt"),
            name="receipt",
            above=True,
            required=True,
            placeholder=say("photo_sources.receipt_hint"),
        )
        self.issued = Field(
            say("photo_sources.fact.issued"), name="issued", above=True, placeholder=say("photo_sources.issued_hint")
        )
        self._holds = Label("", Role.LABEL, "ink2", wrap=True, name="receipt_holds")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measure.GRID)
        for name, field in (("studio", self.studio), ("receipt", self.receipt), ("issued", self.issued)):
            roomy(field)
            if name != "studio":
                field.edited.connect(lambda said, name=name: self.typed.emit(name, said))
            column.addWidget(field)
        self.studio.entered.connect(self.receipt.editor.setFocus)
        self.receipt.entered.connect(self.entered)
        self.issued.entered.connect(self.entered)
        column.addWidget(self._holds)

    def show_state(self, state: StudioState, *, enabled: bool) -> None:
        """Show what was typed and what is wrong with it."""
        if state.options != self._options:
            self._options = state.options
            self._choice.set_options(state.options)
        self.studio.show_state(FieldState(state.studio, enabled=enabled))
        self.receipt.show_state(FieldState(state.receipt, error=state.receipt_error or None, enabled=enabled))
        self.issued.show_state(FieldState(state.issued, error=state.issued_error or None, enabled=enabled))
        self._holds.set_words(state.holds)
