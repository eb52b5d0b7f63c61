"""One bank in the list: digit, name, outlet, and whether it is the chosen one."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sscard_desk.ui.fonts import MEDIUM, REGULAR, Role, font
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.keycap import HEIGHT, cap_width, paint_keycap
from sscard_desk.ui.widgets.paint import box, words
from sscard_desk.ui.widgets.state_mark import paint_mark
from sscard_desk.usecases.confirm_bank import Bank


class BankRow(QAbstractButton):
    """A row of 60 px; the whole row is the target."""

    def __init__(self, number: int, bank: Bank) -> None:
        super().__init__()
        self._number, self._bank = str(number), bank
        self.code = bank.code
        self.setObjectName(f"bank_{bank.code}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "around")
        self.setProperty("ring_radius", measure.RADIUS_CARD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(measure.LIST_ROW)
        self.setAccessibleName(f"{bank.name} {self._note()}".strip())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(320, measure.LIST_ROW)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, table, rect = QPainter(self), tokens(), QRectF(self.rect())
        chosen = self.isChecked()
        fill = table.accent_tint if chosen else table.sunken if self.underMouse() else table.surface
        edge = table.accent if chosen else table.line2
        box(painter, rect, fill=fill, border=edge, width=2 if chosen else 1, radius=measure.RADIUS_CARD)
        cap = QRectF(16, (rect.height() - HEIGHT) / 2, cap_width(self._number), HEIGHT)
        paint_keycap(painter, cap, self._number)
        left = cap.right() + 12
        ink = table.accent if chosen else table.ink
        note = self._note()
        width = rect.width() - left - 48
        top = 8 if note else (rect.height() - 22) / 2
        words(
            painter, QRectF(left, top, width, 24), self._bank.name, font(Role.BODY, MEDIUM if chosen else REGULAR), ink
        )
        if note:
            words(painter, QRectF(left, 32, width, 20), note, font(Role.LABEL), table.ink2)
        mark = QRectF(rect.right() - 36, (rect.height() - 20) / 2, 20, 20)
        paint_mark(painter, mark, Mark.OK if chosen else Mark.TODO, ink=table.accent if chosen else "")

    def _note(self) -> str:
        return "，".join(part for part in (self._bank.outlet_name, self._bank.hint) if part)
