"""Scanned documents for pictures and tests: a desk that takes what the sample scanner gives for sides of a document."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from sscard_desk.domain.portrait import Preview
from sscard_desk.domain.scanned_document import DocumentPage, PageCheck
from sscard_desk.forms.document_kinds import DocumentKind
from sscard_desk.ui.fonts import SEMIBOLD, Role, font
from sscard_desk.ui.sample_desk.portraits import portrait_jpeg, preview_of
from sscard_desk.ui.theme import LIGHT


class SampleDocuments:
    """Makes documents of pretended sides.

    Attributes:
        doubts: the rules that the next sides do not meet, in the order of the sides; the others are met.
    """

    def __init__(self) -> None:
        self.doubts: list[tuple[str, ...]] = []

    def pages(self, content: bytes, dpi: float, kind: DocumentKind) -> tuple[DocumentPage, ...]:
        """Give one side."""
        width, height = (kind.card_width, kind.card_height) if kind.card_width else (210.0, 297.0)
        doubts = self.doubts.pop(0) if self.doubts else ()
        checks = tuple(PageCheck(rule, 0.2, 0.35, met=False) for rule in doubts)
        jpeg = portrait_jpeg("person-01") + content
        side = content.decode("ascii", "replace")
        return (DocumentPage(jpeg, width, height, kind.dpi, 1.2, checks=checks, preview=_picture(width, height, side)),)

    def turn(self, page: DocumentPage, kind: DocumentKind, quarters: int = 1) -> DocumentPage:
        """Turn a side."""
        width, height = (page.height, page.width) if quarters % 2 else (page.width, page.height)
        turned = (page.turned + quarters) % 4
        return replace(page, width=width, height=height, turned=turned, preview=_picture(width, height, "R"))

    def bind(self, pages: Sequence[DocumentPage], kind: DocumentKind, title: str) -> bytes:
        """Put the sides one behind the other."""
        return b"%PDF-sample" + b"".join(page.jpeg for page in pages)

    def look(self, pdf: bytes, height: int) -> tuple[Preview, ...]:
        """Picture one page."""
        return (_picture(210.0, 297.0, ""),)


def _picture(width: float, height: float, words: str) -> Preview:
    scale = 220 / max(width, height)
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB888)
    image.fill(QColor(LIGHT.sunken))
    painter = QPainter(image)
    painter.setPen(QColor(LIGHT.ink3))
    for top in range(60, image.height() - 20, 16):
        painter.drawLine(16, top, image.width() - 16 - top % 48, top)
    painter.setFont(font(Role.TITLE, SEMIBOLD))
    painter.setPen(QColor(LIGHT.ink))
    painter.drawText(QRectF(0, 12, image.width(), 36), Qt.AlignmentFlag.AlignCenter, f"样本 {words}")
    painter.end()
    return preview_of(image)
