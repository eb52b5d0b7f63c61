"""Text in one of the sizes and inks; says itself again when the language changes."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from sscard_desk.ui.fonts import Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.theme import tokens
from sscard_desk.ui.words import Words


class Label(QLabel):
    """One text. `ink` is the name of a colour token."""

    def __init__(
        self,
        words: Words = "",
        role: Role = Role.BODY,
        ink: str = "ink",
        *,
        weight: QFont.Weight | None = None,
        wrap: bool = False,
        name: str = "",
    ) -> None:
        super().__init__()
        self._words: Words = words
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role, weight))
        self._ink = ink
        self._colour()
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if name:
            self.setObjectName(name)
        self.setText(text(words))

    def set_words(self, words: Words) -> None:
        """Say something else."""
        if words != self._words or self.text() != text(words):
            self._words = words
            self.setText(text(words))

    def set_ink(self, ink: str) -> None:
        """Use another colour token."""
        self._ink = ink
        self._colour()

    def set_type(self, role: Role, weight: QFont.Weight | None = None) -> None:
        """Use another size or weight."""
        self.setFont(font(role, weight))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setText(text(self._words))
        elif event.type() == QEvent.Type.StyleChange:
            self._colour()
        super().changeEvent(event)

    def _colour(self) -> None:
        wanted, palette = QColor(str(getattr(tokens(), self._ink))), self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)
