"""The words of consent with the place to sign: large enough to be read by whoever sits opposite."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from sscard_desk.domain.seals import THUMB
from sscard_desk.ui.fonts import MEDIUM, Role
from sscard_desk.ui.language import text
from sscard_desk.ui.parts.reprint_bar import ReprintBar
from sscard_desk.ui.photo_sources.state import ConsentState
from sscard_desk.ui.sign.stroke_pad import StrokePad
from sscard_desk.ui.sign.witness_bar import WitnessBar
from sscard_desk.ui.theme import measure
from sscard_desk.ui.widgets.button import Button
from sscard_desk.ui.widgets.card import Card
from sscard_desk.ui.widgets.label import Label
from sscard_desk.ui.widgets.segments import Segments
from sscard_desk.ui.words import say

_PAD, _PAPER = "pad", "paper"
_PICTURES = "*.jpg *.jpeg *.png *.bmp *.tif *.tiff"


class ConsentCard(Card):
    """Title, paragraphs, language, and the pad, the sheet or the thumb print.

    Signals:
        language: `zh_CN` or `en`.
        way: `pad`, `paper` or `thumb`.
        drawn, confirmed, cleared: from the pad.
        print: print the sheet.
        scan: scan the signed sheet.
        paper: path of a scanned sheet.
        thumb: path of the picture of a thumb print.
    """

    language = Signal(str)
    way = Signal(str)
    drawn = Signal(object)
    confirmed = Signal()
    cleared = Signal()
    print = Signal()
    scan = Signal()
    paper = Signal(str)
    thumb = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=12, name="consent")
        self._title = Label("", weight=MEDIUM, wrap=True, name="consent_title")
        self._words = Label("", wrap=True, name="consent_words")
        self._edition = Label("", Role.NOTE, "ink2", name="consent_edition")
        self._languages = Segments((("zh_CN", "中文", ""), ("en", "English", "")), name="consent_language")
        self._languages.chosen.connect(self.language)
        self._ways = Segments(
            (
                (_PAD, say("photo_sources.on_pad"), "sign_pad"),
                (_PAPER, say("photo_sources.on_paper"), "file"),
                (THUMB, say("photo_sources.on_thumb"), ""),
            ),
            name="consent_way",
        )
        self._ways.chosen.connect(self.way)
        self.pad = StrokePad(name="pad_consent")
        self.pad.drawn.connect(self.drawn)
        self.pad.confirmed.connect(self.confirmed)
        self.pad.cleared.connect(self.cleared)
        self._print = Button(say("photo_sources.print_sheet"), icon="printer", name="consent_print")
        self._print.clicked.connect(self.print)
        self._scan = Button(say("photo_sources.scan_sheet"), key="F7", icon="scanner", name="consent_scan")
        self._scan.clicked.connect(self.scan)
        self._file = Button(say("photo_sources.take_paper"), icon="folder", name="consent_paper")
        self._file.clicked.connect(lambda: self._ask_file("take_paper", f"{_PICTURES} *.pdf", self.paper))
        self._thumb = Button(say("photo_sources.take_thumb"), key="F7", icon="folder", name="consent_thumb")
        self._thumb.clicked.connect(lambda: self._ask_file("take_thumb", _PICTURES, self.thumb))
        self._how = Label("", Role.LABEL, "ink2", wrap=True, name="consent_how")
        self.reprint, self.witness = ReprintBar(name="consent_reprint"), WitnessBar()
        head, foot, column, acts = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._languages)
        foot.setSpacing(measure.GRID)
        foot.addWidget(self._ways)
        acts.setSpacing(measure.GRID)
        for button in (self._print, self._scan, self._file, self._thumb):
            acts.addWidget(button)
        acts.addStretch(1)
        foot.addStretch(1)
        foot.addWidget(self._edition)
        column.setSpacing(measure.GRID)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self.pad, 1)
        column.addWidget(self._how)
        column.addLayout(acts)
        column.addWidget(self.reprint)
        column.addWidget(self.witness)
        column.addStretch(0)
        column.addLayout(foot)
        self.column.addLayout(column)

    def show_state(self, state: ConsentState, *, enabled: bool) -> None:
        """Show what is to be signed."""
        way, usable = state.way, enabled and not state.busy
        self._title.set_words(state.title)
        self._words.set_words("\n".join(f"{at}. {words}" for at, words in enumerate(state.paragraphs, 1)))
        asked = state.reprint is not None or bool(state.witness.party)
        self._words.setVisible(not asked)  # the clerk is asked something: the words were read, the room is needed
        self._edition.set_words(say("photo_sources.edition", edition=state.edition))
        self._languages.set_chosen(state.language)
        self._ways.set_chosen(way)
        self._how.set_words(state.how)
        self._how.setVisible(way != _PAD)
        self.pad.setVisible(way == _PAD)
        for button in (self._print, self._scan, self._file):
            button.setVisible(way == _PAPER and not asked)
            button.setEnabled(usable)
        self._thumb.setVisible(way == THUMB and not state.witness.party)
        self._thumb.setEnabled(usable)
        self.reprint.show_ask(state.reprint)
        self.witness.show_state(state.witness)
        place = say("photo_sources.pen_place", who=state.signer)
        self.pad.show_state(state.strokes, place, writable=way == _PAD and enabled)

    @property
    def first(self) -> QWidget:
        """Where the focus belongs: what stands open, else where the way of signing begins."""
        if self.witness.isVisibleTo(self):
            return self.witness.first
        if self.reprint.isVisibleTo(self):
            return self.reprint.reason
        return next((b for b in (self._print, self._thumb) if b.isVisibleTo(self)), self.pad)

    def press(self) -> None:
        """F7: scan the signed sheet, or choose the picture of a thumb print."""
        button = next((each for each in (self._scan, self._thumb) if each.isVisible()), None)
        if button is not None:
            button.click()

    def _ask_file(self, title: str, kinds: str, chosen: SignalInstance) -> None:
        words = f"{text(say('photo_page.file_filter'))} ({kinds})"
        path, _ = QFileDialog.getOpenFileName(self, text(say(f"photo_sources.{title}")), "", words)
        if path:
            chosen.emit(path)
