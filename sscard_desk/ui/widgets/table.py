"""A table: quiet header, rows by 1 px lines, fixed row height, so that 100,000 rows stay fast."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from sscard_desk.ui.fonts import REGULAR, SEMIBOLD, Role, font
from sscard_desk.ui.language import text
from sscard_desk.ui.states import Mark
from sscard_desk.ui.theme import measure, tokens
from sscard_desk.ui.widgets.paint import rule, words
from sscard_desk.ui.widgets.state_mark import colour, paint_mark
from sscard_desk.ui.words import Words

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True)
class Column:
    """One column: title, share of the width that is left, or a fixed width; amounts stand right."""

    title: Words
    weight: int = 1
    width: int = 0
    right: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: words, and perhaps a mark before them, a note behind them, weight 600, quiet ink."""

    words: Words = ""
    mark: Mark | None = None
    note: Words = ""
    strong: bool = False
    quiet: bool = False


class _Rows(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: Sequence[Sequence[Cell]] = ()

    def show_longer(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show rows of which there may be more or fewer at the end; the place in view and the chosen row stay."""
        before, now = len(self.rows), len(rows)
        if now > before:
            self.beginInsertRows(QModelIndex(), before, now - 1)
            self.rows = rows
            self.endInsertRows()
        elif now < before:
            self.beginRemoveRows(QModelIndex(), now, before - 1)
            self.rows = rows
            self.endRemoveRows()
        self.show(rows)

    def show(self, rows: Sequence[Sequence[Cell]]) -> None:
        if len(rows) == len(self.rows):
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            cell = self.rows[index.row()][index.column()]
            return f"{text(cell.words)} {text(cell.note)}".strip()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return text(self.columns[section].title)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: "DataTable") -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, measure.TABLE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        place = QRectF(option.rect)
        cell = self._table.cell(index.row(), index.column())
        table = tokens()
        if index.row() == self._table.currentIndex().row() and self._table.shows_choice:
            painter.fillRect(place, QColor(table.accent_tint))
        rule(painter, place.left(), place.right(), place.bottom() - 1)
        left = place.left() + 8
        if cell.mark is not None:
            painter.save()
            paint_mark(painter, QRectF(left, place.center().y() - 8, 16, 16), cell.mark)
            painter.restore()
            left += 24
        ink = table.ink2 if cell.quiet else table.ink
        if cell.mark not in {None, Mark.OK, Mark.OFF, Mark.TODO} and cell.mark is not None:
            ink = colour(cell.mark)
        face = font(Role.BODY, SEMIBOLD if cell.strong else REGULAR)
        inner = QRectF(left, place.top(), place.right() - left - 8, place.height())
        painter.setFont(face)
        said = painter.fontMetrics().elidedText(text(cell.words), Qt.TextElideMode.ElideRight, int(inner.width()))
        words(painter, inner, said, face, ink, _RIGHT if self._table.column(index.column()).right else _LEFT)
        if cell.note:
            painter.setFont(face)
            behind = painter.fontMetrics().horizontalAdvance(said) + 8
            words(painter, inner.adjusted(behind, 0, 0, 0), text(cell.note), font(Role.NOTE), table.ink2)


class _Header(QHeaderView):
    def __init__(self, table: "DataTable") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setFixedHeight(measure.TABLE_HEADER)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: Any, logicalIndex: int) -> None:
        column, place = self._table.column(logicalIndex), QRectF(rect)
        align = _RIGHT if column.right else _LEFT
        words(painter, place.adjusted(8, 0, -8, 0), text(column.title), font(Role.LABEL), tokens().ink2, align)
        rule(painter, place.left(), place.right(), place.bottom() - 1, strong=True)


class DataTable(QTableView):
    """Rows of cells. `opened`: the row that Enter or a double click opens; `chosen`: the row that the arrows reach."""

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(
        self, columns: Sequence[Column], *, name: str, row_height: int = measure.TABLE_ROW, shows_choice: bool = True
    ) -> None:
        super().__init__()
        self._rows = _Rows(columns)
        self.shows_choice = shows_choice
        self.setObjectName(name)
        self.setModel(self._rows)
        self.setHorizontalHeader(_Header(self))
        self.setItemDelegate(_Delegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)  # never half a row
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if shows_choice else Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def show_rows(self, rows: Sequence[Sequence[Cell]], *, keep: bool = False) -> None:
        """Show these rows; a sequence that makes its rows when asked serves for very many.

        Args:
            rows: all of them.
            keep: whether the place in view stays where there are more or fewer than before; else it is the beginning.
        """
        if keep:
            self._rows.show_longer(rows)
        else:
            self._rows.show(rows)

    def choose(self, row: int) -> None:
        """Go to a row."""
        self.setCurrentIndex(self._rows.index(row, 0))
        self.viewport().update()

    def column(self, at: int) -> Column:
        """Return a column."""
        return self._rows.columns[at]

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell."""
        return self._rows.rows[row][column]

    def fixed_height(self) -> int:
        """Return the height at which all rows are shown, header included."""
        return measure.TABLE_HEADER + self._rows.rowCount() * self.verticalHeader().defaultSectionSize()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._share_width()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # less room never hides the row that the arrows are on

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.viewport().update()
            self.horizontalHeader().viewport().update()
        super().changeEvent(event)

    def _share_width(self) -> None:
        columns = self._rows.columns
        left = self.viewport().width() - sum(column.width for column in columns)
        weights = sum(column.weight for column in columns if not column.width) or 1
        for at, column in enumerate(columns):
            self.setColumnWidth(at, column.width or max(48, left * column.weight // weights))
