"""The page of a scanned id card: fields on the left, the place on the card and its proposal on the right."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import Role
from sscard_desk.ui.id_scan.cut_out_view import CutOutView
from sscard_desk.ui.id_scan.state import PORTRAIT, IdScanState
from sscard_desk.ui.keys import Act
from sscard_desk.ui.language import text
from sscard_desk.ui.parts.sheet_view import image_of
from sscard_desk.ui.parts.step_page import StepPage, roomy
from sscard_desk.ui.states import FieldState, Mark, Option
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.banner import Banner
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.choice import ChoiceEdit
from sscard_desk.ui.widgets.field import Field
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.placeholder import Empty, Loading
from sscard_desk.ui.widgets.table import Cell, Column, DataTable
from sscard_desk.ui.words import Words, say


class IdScanView(StepPage):
    """The page.

    Signals:
        scan: scan what lies on the glass.
        file_chosen: path of a file.
        again: another picture of the person, or another card.
        stop_asked: stop what runs.
        chosen: a row's name.
        stepped: -1 for the row before, 1 for the one after.
        typed: the text of the field after each key.
        entered: Enter: this is what the card says.
    """

    scan = Signal()
    file_chosen = Signal(str)
    again = Signal()
    stop_asked = Signal()
    chosen = Signal(str)
    stepped = Signal(int)
    typed = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        self._hint = Label("", Role.LABEL, "ink2", wrap=True, name="scan_hint")
        super().__init__(say("id_scan.title"), name="id_scan_page", scrolls=False)
        self._state = IdScanState()
        self._options: tuple[Option, ...] = ()
        self._waited: Words = ""
        self._scan = Button(say("id_scan.scan"), key="F7", icon="scanner", name="scan_card")
        self._scan.clicked.connect(self.scan)
        self._file = Button(say("id_scan.file"), icon="file", name="scan_file")
        self._file.clicked.connect(self._choose_file)
        self.head_right.addWidget(self._file)
        self.head_right.addWidget(self._scan)
        self._notice = Banner(Mark.WARN, "", name="id_scan_notice")
        self._notice.hide()
        self._empty = Empty("scanner", say("id_scan.empty"), say("id_scan.empty_hint"), name="id_scan_empty")
        self._loading = Loading(say("id_scan.reading"))
        self._loading.stopped.connect(self.stop_asked)
        self._loading.hide()
        self.body.addWidget(self._notice)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._loading, 1)
        self.body.addWidget(self._work(), 1)
        self.set_head(say("id_scan.title"), say("id_scan.note"))
        self.want_focus(self._scan)

    def show_state(self, state: IdScanState) -> None:
        """Show the page."""
        moved = state.current != self._state.current or bool(state.rows) != bool(self._state.rows)
        came_ready = state.action.enabled and not self._state.action.enabled
        self._state = state
        busy = bool(state.busy)
        self._notice.setVisible(state.notice is not None)
        if state.notice is not None:
            self._notice.show_state(state.notice.mark, state.notice.title, state.notice.note)
        for button in (self._scan, self._file):
            button.setEnabled(not busy)
        self._show_wait(state)
        self._place.setVisible(bool(state.rows) and not busy)
        self._show_rows(state)
        self._show_current(state)
        self.show_action(state.action)
        if moved and state.rows:
            self.want_focus(self._wanted_editor(state))
        elif not state.rows:
            self._wanted = self._scan
        if came_ready:
            self.want_focus(self.foot.primary)
        self.settle_focus()

    def fit(self, *, compact: bool) -> None:
        super().fit(compact=compact)
        self._hint.setVisible(not compact)

    def on_key(self, act: Act) -> bool:
        match act:
            case Act.SHOOT:
                self.scan.emit()
            case Act.AGAIN:
                self.again.emit()
            case _:
                return super().on_key(act)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the field go to the row before and after."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)

    # -- inner

    def _work(self) -> QWidget:
        self._place = QWidget()
        self._list = DataTable((Column("", width=140), Column("", 9), Column("", 5)), name="scan_rows")
        self._list.setAccessibleName(text(say("id_scan.title")))
        self._list.horizontalHeader().hide()
        self._list.clicked.connect(lambda index: self._choose_row(index.row()))
        self._list.opened.connect(self._choose_row)
        self._cut_out = CutOutView(name="cut_out")
        self._person = CutOutView(name="camera_still")
        self._text = Field(say("id_scan.text"), name="scan_text", above=True)
        roomy(self._text)
        self._text.edited.connect(self.typed)
        self._text.entered.connect(self.entered)
        self._text.editor.installEventFilter(self)
        self._code = ChoiceEdit(name="scan_code")
        self._choice = Field(say("id_scan.text"), name="scan_code", above=True, editor=self._code)
        roomy(self._choice)
        self._code.chosen.connect(self.typed)
        self._choice.entered.connect(self.entered)
        self._same = Button(say("id_scan.same"), key="Enter", icon="check", name="same_person")
        self._same.clicked.connect(self.entered)
        pictures = QHBoxLayout()
        pictures.setSpacing(measure.GRID)
        pictures.addWidget(self._cut_out, 1)
        pictures.addWidget(self._person, 1)
        right = QVBoxLayout()
        right.setSpacing(measure.GRID)
        right.addLayout(pictures, 1)
        right.addWidget(self._text)
        right.addWidget(self._choice)
        right.addWidget(self._same, alignment=Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._hint)
        columns = QHBoxLayout(self._place)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(measure.COLUMN_GAP)
        columns.addWidget(self._list, 6)
        columns.addLayout(right, 5)
        self._place.hide()
        return self._place

    def _show_wait(self, state: IdScanState) -> None:
        self._empty.setVisible(not state.busy and not state.rows)
        if state.busy and state.busy != self._waited:
            self._loading.begin(state.busy)
        elif not state.busy:
            self._loading.end()
        self._loading.setVisible(bool(state.busy))
        self._waited = state.busy

    def _show_rows(self, state: IdScanState) -> None:
        rows = state.rows
        self._list.show_rows(
            [[Cell(row.label, row.mark), Cell(row.value, strong=True), Cell(row.note, quiet=True)] for row in rows]
        )
        names = [row.name for row in state.rows]
        if state.current in names:
            self._list.choose(names.index(state.current))

    def _show_current(self, state: IdScanState) -> None:
        portrait, coded = state.current == PORTRAIT, bool(state.options)
        self._cut_out.show_jpeg(state.cut_out, say("id_scan.no_cut_out"))
        self._person.setVisible(portrait)
        image = image_of(state.camera) if state.camera is not None else QImage()
        self._person.show_image(image, state.camera, state.camera_note)
        self._text.setVisible(not portrait and not coded)
        self._choice.setVisible(not portrait and coded)
        self._same.setVisible(portrait)
        if coded:
            if state.options != self._options:
                self._options = state.options
                self._code.set_options(state.options)
            self._choice.show_state(FieldState(state.value, error=state.error))
        elif not portrait:
            self._text.show_state(FieldState(state.value, error=state.error))
        self._hint.set_words(state.hint)

    def _wanted_editor(self, state: IdScanState) -> QWidget:
        if state.current == PORTRAIT:
            return self._same
        return self._code if state.options else self._text.editor

    def _choose_row(self, row: int) -> None:
        if row < len(self._state.rows):
            self.chosen.emit(self._state.rows[row].name)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, text(say("id_scan.file")), "", text(say("id_scan.kinds")))
        if path:
            self.file_chosen.emit(path)
