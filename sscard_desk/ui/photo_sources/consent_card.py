"""The words of consent with the place to sign: large enough to be read by whoever sits opposite."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.language import text
from sscard_desk.ui.photo_sources.state import ConsentState
from sscard_desk.ui.sign.stroke_pad import StrokePad
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.words import say

_PAD, _PAPER = "pad", "paper"


class ConsentCard(Card):
    """Title, paragraphs, language, and the pad or the signed sheet.

    Signals:
        language: `zh_CN` or `en`.
        way: `pad` or `paper`.
        drawn, confirmed, cleared: from the pad.
        paper: path of a scanned sheet.
    """

    language = Signal(str)
    way = Signal(str)
    drawn = Signal(object)
    confirmed = Signal()
    cleared = Signal()
    paper = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=12, name="consent")
        self._title = Label("", weight=MEDIUM, wrap=True, name="consent_title")
        self._words = Label("", wrap=True, name="consent_words")
        self._edition = Label("", Role.NOTE, "ink2", name="consent_edition")
        self._languages = Segments((("zh_CN", "中文", ""), ("en", "English", "")), name="consent_language")
        self._languages.chosen.connect(self.language)
        self._ways = Segments(
            ((_PAD, say("photo_sources.on_pad"), "sign_pad"), (_PAPER, say("photo_sources.on_paper"), "file")),
            name="consent_way",
        )
        self._ways.chosen.connect(self.way)
        self.pad = StrokePad(name="pad_consent")
        self.pad.drawn.connect(self.drawn)
        self.pad.confirmed.connect(self.confirmed)
        self.pad.cleared.connect(self.cleared)
        self._scan = Button(say("photo_sources.take_paper"), key="F7", icon="folder", name="consent_paper")
        self._scan.clicked.connect(self._ask_file)
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._languages)
        foot.setSpacing(measure.GRID)
        foot.addWidget(self._ways)
        foot.addWidget(self._scan)
        foot.addStretch(1)
        foot.addWidget(self._edition)
        column.setSpacing(measure.GRID)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self.pad, 1)
        column.addLayout(foot)
        self.column.addLayout(column)

    def show_state(self, state: ConsentState, *, enabled: bool) -> None:
        """Show what is to be signed."""
        by_pad = state.way == _PAD
        self._title.set_words(state.title)
        self._words.set_words("\n".join(f"{at}. {words}" for at, words in enumerate(state.paragraphs, 1)))
        self._edition.set_words(say("photo_sources.edition", edition=state.edition))
        self._languages.set_chosen(state.language)
        self._ways.set_chosen(state.way)
        self.pad.setVisible(by_pad)
        self._scan.setVisible(not by_pad)
        self._scan.setEnabled(enabled)
        self.pad.show_state(
            state.strokes, say("photo_sources.pen_place", who=state.signer), writable=by_pad and enabled
        )

    @property
    def first(self) -> QWidget:
        """Where the focus belongs: the pad, or the button for the sheet."""
        return self._scan if self._scan.isVisibleTo(self) else self.pad

    def press(self) -> None:
        """F7: choose the scanned sheet, where paper is signed."""
        if self._scan.isVisible():
            self._scan.click()

    def _ask_file(self) -> None:
        kinds = f"{text(say('photo_page.file_filter'))} (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.pdf)"
        path, _ = QFileDialog.getOpenFileName(self, text(say("photo_sources.take_paper")), "", kinds)
        if path:
            self.paper.emit(str(Path(path)))
