"""A value whose differing characters stand on the colour of differences, in weight 600."""

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from sscard_desk.ui.differing import Span
from sscard_desk.ui.fonts import Role, font
from sscard_desk.ui.theme import tokens


class MarkedText(QLabel):
    """Wraps rather than widening its column."""

    def __init__(self, ink: str = "ink", *, name: str = "") -> None:
        super().__init__()
        self._spans: tuple[Span, ...] = ()
        self._ink = ink
        self.setFont(font(Role.BODY))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setObjectName(name)

    def show_spans(self, spans: tuple[Span, ...]) -> None:
        """Show a value in equal and differing parts."""
        self._spans = spans
        self.setAccessibleName("".join(part for part, _ in spans))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        table = tokens()
        style = f"background-color:{table.mark}; color:{table.ink}; font-weight:600"
        parts = [
            f'<span style="{style}">{escape(part)}</span>' if differs else escape(part) for part, differs in self._spans
        ]
        colour = getattr(table, self._ink)
        said = f'<span style="color:{colour}">{"".join(parts)}</span>'
        if said != self.text():
            self.setText(said)
