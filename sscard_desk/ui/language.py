"""The language in use: turns `Words` into text, and tells every widget when the language changes.

It belongs to the whole program, as Qt's own translators do. `speak` sends Qt's `LanguageChange` through the tree of
widgets; each widget that holds `Words` says them again.
"""

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from sscard_desk.texts import ENGLISH, SIMPLIFIED_CHINESE, Catalogue, Language
from sscard_desk.ui.words import Both, Say, Words

_WEEKDAYS: Final = {
    SIMPLIFIED_CHINESE: ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    ENGLISH: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _Spoken:
    catalogue = Catalogue(SIMPLIFIED_CHINESE)


_spoken: Final = _Spoken()


def language() -> Language:
    """Return the language in use."""
    return _spoken.catalogue.language


def text(words: Words) -> str:
    """Return words in the language in use.

    Raises:
        KeyError: no such text.
    """
    if isinstance(words, str):
        return words
    if isinstance(words, Both):
        return words.en if language() == ENGLISH else words.zh
    return _spoken.catalogue(words.key, **{name: _value(value) for name, value in words.values})


def day(when: date) -> str:
    """Return a date as it stands in a sentence: 11月23日 周一, Mon 23 Nov."""
    weekday = _WEEKDAYS[language()][when.weekday()]
    if language() == ENGLISH:
        return f"{weekday} {when.day} {_MONTHS[when.month - 1]}"
    return f"{when.month}月{when.day}日 {weekday}"


def load_texts() -> None:
    """Read all texts of the language in use; runs on a lane, so that no page waits for its subject's file."""
    _spoken.catalogue.load()


def speak(wanted: Language) -> None:
    """Change the language of everything on screen, at once."""
    _spoken.catalogue = Catalogue(wanted)
    for top in QApplication.topLevelWidgets():
        QCoreApplication.sendEvent(top, QEvent(QEvent.Type.LanguageChange))


def _value(value: object) -> object:
    if isinstance(value, Say | Both):
        return text(value)
    if isinstance(value, tuple):
        return (", " if language() == ENGLISH else "、").join(str(_value(part)) for part in value)
    if isinstance(value, datetime):
        return f"{value:%H:%M}"
    return day(value) if isinstance(value, date) else value
