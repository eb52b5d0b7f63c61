"""Head and foot of every page: which form, which edition, which copy, which page; barcode and QR code."""

from typing import Final

from sscard_desk.domain.numbers.form_serial import SHOWN_DIGEST, mark_text
from sscard_desk.forms.layout import PaperLayout
from sscard_desk.paper.machine_marks import barcode, qr
from sscard_desk.paper.pen import INK, INK2, INK3, Style
from sscard_desk.paper.sheet import Ground, Sheet

TITLE: Final = Style(18, bold=True)
SMALL: Final = Style(8, colour=INK2)
STRONG: Final = Style(8, bold=True, colour=INK)
NOTE: Final = Style(7.5, colour=INK3)
QR_MM: Final = 20.0
BAR_MM: Final = 11.0
FOOT_MM: Final = 38.0
"""Kept free at the lower edge: the foot and the room above it."""
_FOOT_TOP: Final = 35.0


def edges_ground(ground: Ground) -> None:
    """Draw what head and foot show on every copy: title, edition, and the line below the head."""
    layout, pen, texts = ground.definition.paper, ground.pen, ground.texts
    name = ground.definition.label(ground.language)
    edition = texts("forms.paper.edition", edition=ground.definition.edition)
    pen.text(layout.width / 2, 24, name, TITLE, "center")
    pen.text(layout.width / 2, 29.5, f"{edition}·{texts('forms.paper.own_layout')}", NOTE, "center")
    pen.line(layout.margin, 38.3, layout.width - layout.margin, 38.3, weight=0.9, colour=INK)
    pen.text(_middle(layout), layout.height - _FOOT_TOP + 16.6, f"{name}  {edition}", NOTE, "center")


def head(sheet: Sheet, page: int) -> None:
    """Draw the service point, the number, and when, by whom and until when.

    Pages behind the first say whose they are, in case they come apart.
    """
    layout, pen, texts, facts = sheet.definition.paper, sheet.pen, sheet.texts, sheet.facts
    left, right, middle = layout.margin, layout.width - layout.margin, layout.width / 2
    pen.text(left, 14.5, facts.service_point, SMALL)
    number_at = right - pen.width(facts.application_no, STRONG)
    pen.text(number_at, 14.5, facts.application_no, STRONG)
    pen.text(number_at - 1.8, 14.5, texts(f"papers.numbered_{layout.numbered}"), SMALL, "right")
    if page > 1:
        pen.text(middle, 14.5, sheet.answer("name"), STRONG, "center")
    x = left
    for label, value in _facts(sheet):
        x = pen.text(x, 36, texts(f"forms.paper.{label}"), SMALL) + 1.5
        x = pen.text(x, 36, value, STRONG) + 6


def _facts(sheet: Sheet) -> list[tuple[str, str]]:
    facts = sheet.facts
    copy = sheet.texts("forms.paper.copy", copy=facts.copy)
    shown = [("form_serial", f"{facts.serial}  {copy}"), ("printed", f"{facts.issued.astimezone():%Y-%m-%d %H:%M}")]
    if facts.printed_by:
        shown.append(("printed_by", facts.printed_by))
    if facts.due is not None:
        day = facts.due
        key = "due.paper_assumed" if facts.due_assumed else "forms.paper.due_before"
        words = sheet.texts(key, year=day.year, month=day.month, day=day.day)
        shown.append(("due", words))
    return shown


def foot(sheet: Sheet, digest: str, page: int, pages: int) -> None:
    """Draw the codes that bring the paper back to its application, the page number and the digest of the content."""
    layout, pen, texts = sheet.definition.paper, sheet.pen, sheet.texts
    top, serial = layout.height - _FOOT_TOP, sheet.facts.serial
    barcode(pen, layout.margin, top + 3, BAR_MM, serial.replace("-", ""))
    pen.text(layout.margin, top + 3 + BAR_MM + 3.6, serial, SMALL)
    mark = mark_text(serial, sheet.definition.edition, digest, page, pages)
    qr(pen, layout.width - layout.margin - QR_MM, top, QR_MM, mark)
    middle = _middle(layout)
    pen.text(middle, top + 7.5, texts("forms.paper.page", page=page, pages=pages), STRONG, "center")
    shown = " ".join(digest[start : start + 4].upper() for start in range(0, SHOWN_DIGEST, 4))
    pen.text(middle, top + 12.5, f"{texts('forms.paper.digest')} {shown}", NOTE, "center")


def _middle(layout: PaperLayout) -> float:
    """Return the middle of the room between barcode and QR code."""
    barcode_end = layout.margin + 62
    return (barcode_end + layout.width - layout.margin - QR_MM) / 2
