"""A scanned id card for pictures and tests: 李四's, with the places on it drawn by the window's own means."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.id_scan import IdScan, ScannedField, ScanVerdict, ScanWarning
from sscard_desk.forms.codes import table
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.fonts import Role, font
from sscard_desk.ui.sample_desk.people import LI_SI_CARD
from sscard_desk.ui.sample_desk.portraits import portrait_jpeg
from sscard_desk.ui.theme import LIGHT

_CHECKED: Final = frozenset({"id_number", "sex", "ethnic", "birth", "valid_from", "valid_to"})
_BACK: Final = frozenset({"authority", "valid_from", "valid_to"})


class SampleIdScans:
    """Reads what it is told to, or fails.

    Attributes:
        scan: what the next scan shows.
        trouble: what is wrong with it.
    """

    def __init__(self) -> None:
        self.scan = sample_scan()
        self.trouble: DeskError | None = None

    def read(self, files: Sequence[bytes], cancel: Cancel) -> IdScan:
        """Read it."""
        if self.trouble is not None:
            raise self.trouble
        return self.scan

    def close(self) -> None:
        """Nothing to give back."""


def sample_scan(sides: tuple[str, ...] = ("front", "back"), sex: str = LI_SI_CARD.sex) -> IdScan:
    """Return the scan of 李四's card.

    Args:
        sides: which were scanned.
        sex: as it was read; another than the number says contradicts it.
    """
    card = LI_SI_CARD
    texts = {
        "id_number": card.number,
        "name": card.name,
        "sex": sex,
        "ethnic": card.ethnic,
        "birth": card.birth.isoformat(),
        "address": card.address,
        "authority": card.authority,
        "valid_from": card.valid_from.isoformat(),
        "valid_to": (card.valid_to or date.max).isoformat(),
    }
    printed = {
        **texts,
        "birth": f"{card.birth.year} 年 {card.birth.month} 月 {card.birth.day} 日",
        **dict.fromkeys(("sex", "ethnic"), f"{table('sex').row(card.sex).words.zh}    民族  汉"),
        **dict.fromkeys(("valid_from", "valid_to"), f"{card.valid_from:%Y.%m.%d}-{card.valid_to:%Y.%m.%d}"),
    }
    fields = tuple(_field(name, text, printed[name], sides, wrong=sex != card.sex) for name, text in texts.items())
    warnings = () if "back" in sides else (ScanWarning.FRONT_ONLY,)
    return IdScan("citizen", fields, sides, portrait_jpeg(), warnings)


def _field(name: str, text: str, printed: str, sides: tuple[str, ...], *, wrong: bool) -> ScannedField:
    if name in _BACK and "back" not in sides:
        return ScannedField(name, "", "", 0.0, ScanVerdict.MISSING)
    verdict = ScanVerdict.CHECKED if name in _CHECKED else ScanVerdict.UNCHECKED
    if name == "sex" and wrong:
        verdict = ScanVerdict.CONTRADICTS
    return ScannedField(name, text, printed, 0.98, verdict, _place(printed))


def _place(printed: str) -> bytes:
    """Draw what stands at a place on the card."""
    image = QImage(720, 78, QImage.Format.Format_RGB888)
    image.fill(QColor(LIGHT.sunken))
    painter = QPainter(image)
    own = font(Role.BODY)
    own.setPixelSize(32)
    painter.setFont(own)
    painter.setPen(QColor(LIGHT.ink))
    painter.drawText(QRectF(20, 0, 690, 78), Qt.AlignmentFlag.AlignVCenter, printed)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"JPEG")).write(image)
    return bytes(content.data())
