"""The one typeface of the window, Noto Sans SC in the weights 400, 500 and 600, and the sizes by use."""

from enum import Enum
from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import QApplication

from sscard_desk.resources import built

FAMILY: Final = "Noto Sans SC"
RARE: Final = ("Noto Sans Rare TC", "Noto Sans Rare JP")
"""Characters of names that the family has not; asked only for those."""
REGULAR: Final = QFont.Weight.Normal
MEDIUM: Final = QFont.Weight.Medium  # buttons, words of a state
SEMIBOLD: Final = QFont.Weight.DemiBold  # titles, numbers, new values


class Role(Enum):
    """A size in px at 100 % and the weight that it has unless told otherwise."""

    NOTE = (12, REGULAR)
    LABEL = (13, REGULAR)
    BODY = (15, REGULAR)
    TITLE = (18, SEMIBOLD)
    AREA = (22, SEMIBOLD)
    FIGURE = (28, SEMIBOLD)
    QUESTION = (40, SEMIBOLD)  # second window


class _Scale:
    factor = 1.0


_scale: Final = _Scale()


def install(app: QApplication) -> bool:
    """Load the three cut weights and make them the application's font; return whether all three are there."""
    found = [
        QFontDatabase.addApplicationFont(str(built("fonts", f"NotoSansSC-{style}.ttf"))) >= 0
        for style in ("Regular", "Medium", "SemiBold")
    ]
    _made.cache_clear()
    text_width.cache_clear()  # what was measured before was another typeface
    for family in RARE:
        QFontDatabase.addApplicationFont(str(built("fonts", f"{family.replace(' ', '')}-Regular.ttf")))
    app.setFont(font(Role.BODY))
    return all(found)


def set_scale(factor: float) -> None:
    """Let text grow (1.0 to 1.5); widgets made afterwards use it."""
    _scale.factor = min(1.5, max(1.0, factor))
    _made.cache_clear()
    text_width.cache_clear()


def font(role: Role, weight: QFont.Weight | None = None) -> QFont:
    """Return the font for a use. Hinting is off: shapes stay the same at every scale, and nothing is emboldened."""
    return QFont(_made(role, weight))  # a copy: some make it larger


@lru_cache
def _made(role: Role, weight: QFont.Weight | None) -> QFont:
    size, usual = role.value
    made = QFont([FAMILY, *RARE])
    made.setPixelSize(round(size * _scale.factor))
    made.setWeight(weight or usual)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=2048)
def text_width(text: str, role: Role, weight: QFont.Weight | None = None) -> float:
    """Return how wide a line of text is, in logical px.

    Kept, since a layout asks each of its buttons a dozen times, and nearly all that a window says it says again.
    """
    return QFontMetricsF(font(role, weight)).horizontalAdvance(text)
