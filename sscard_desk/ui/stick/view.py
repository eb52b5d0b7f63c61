"""The stick's page: which way, where the stick is, how far it is, and the files."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from sscard_desk.ui.keys import Act
from sscard_desk.ui.parts.file_choice import ask_folder
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.states import Mark
from sscard_desk.ui.stick.state import FileRow, StickAct, StickState
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.progress import ProgressBar
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import say

_FILES = 50
"""How much more of the room below the files have than nothing."""


class StickView(StepPage):
    """The stick's page.

    Signals:
        act_chosen: which way.
        folder_chosen: the stick's folder.
    """

    act_chosen = Signal(str)
    folder_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("stick.title"), name="stick_page")
        self._acts = Segments(tuple((act.value, say(f"stick.act_{act.value}"), "") for act in StickAct), name="way")
        self._acts.chosen.connect(self.act_chosen)
        self._folder = Label("", name="stick_folder", wrap=True)
        self._ask = Button(say("stick.choose"), key="F7", icon="folder", name="stick_choose")
        self._ask.clicked.connect(self._choose)
        self._notice = Banner(Mark.BUSY, "", name="stick_notice")
        self._bar = ProgressBar(name="stick_progress")
        self._table = DataTable(
            (Column(say("stick.column_file"), 3), Column(say("stick.column_what"), 2)),
            name="stick_files",
            shows_choice=False,
        )
        self._table.setAccessibleName("stick files")
        card = Card(ground="sunken", margin=12, name="stick_form")
        row = QHBoxLayout()
        row.setSpacing(measure.GAP)
        row.addWidget(self._ask)
        row.addWidget(self._folder, 1)
        card.column.addWidget(self._acts)
        card.column.addLayout(row)
        self.body.addWidget(self._notice)
        self.body.addWidget(card)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._table, _FILES)
        self.body.addStretch(1)

    def show_state(self, state: StickState) -> None:
        """Show the page."""
        running = state.share is not None
        self._acts.set_chosen(state.act.value)
        self._acts.setEnabled(not running)
        self._ask.setEnabled(not running)
        self._folder.set_words(state.folder or say("stick.no_folder"))
        self._notice.show_state(state.mark, state.notice, state.note)
        self._bar.setVisible(running)
        self._bar.show_share(state.share or 0.0)
        self._table.setVisible(bool(state.rows))
        self._table.show_rows([_cells(row) for row in state.rows])
        self.show_action(state.action)
        self.settle_focus()

    def on_key(self, act: Act) -> bool:
        """F7 chooses the stick's folder."""
        if act is Act.SHOOT:
            if self._ask.isEnabled():
                self._choose()
            return True
        return super().on_key(act)

    def focus_first(self) -> None:
        """The folder first; once it is known, the button that does it; while it runs, the one that stops it."""
        following = (self.foot.primary, self._ask, self.foot.back_button)
        next(each for each in following if each.isEnabled()).setFocus()

    def _choose(self) -> None:
        folder = ask_folder(self, say("stick.choose"))
        if folder:
            self.folder_chosen.emit(folder)


def _cells(row: FileRow) -> tuple[Cell, ...]:
    return Cell(row.name, strong=True), Cell(row.words, row.mark)
