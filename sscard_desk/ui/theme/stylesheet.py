"""The style sheet for Qt's own widgets. Our own widgets paint themselves and are not mentioned here."""

from string import Template

from sscard_desk.ui.theme.tokens import Tokens

_SHEET = Template("""
QLineEdit, QPlainTextEdit {
    background: $surface; color: $ink; border: 1px solid $line2; border-radius: 6px; padding: 0 9px;
    placeholder-text-color: $ink3;
    selection-background-color: $accent; selection-color: $on;
}
QPlainTextEdit { padding: 7px 7px; }
QLineEdit { min-height: 38px; max-height: 38px; }
QLineEdit[fault="true"] { border: 2px solid $err; padding: 0 8px; min-height: 36px; max-height: 36px; }
QLineEdit[search="true"] { background: $sunken; }
QLineEdit:disabled { background: $disabled; color: $disabled_ink; border-color: $line; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line2; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QTableView, QListView { background: transparent; border: none; outline: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; border: none; }
QToolTip { background: $surface; color: $ink; border: 1px solid $line2; padding: 4px 8px; }
QMenu { background: $surface; color: $ink; border: 1px solid $line2; border-radius: 8px; padding: 4px; }
QMenu::item { min-height: 40px; padding: 0 16px; border-radius: 6px; }
QMenu::item:selected { background: $accent_tint; color: $accent; }
""")


def stylesheet(tokens: Tokens) -> str:
    """Return the sheet of one mode."""
    return _SHEET.substitute(vars(tokens))
