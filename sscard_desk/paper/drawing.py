"""Draws a form: its blocks page by page, between head and foot."""

import hashlib
import io
import threading
from collections.abc import Mapping
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sscard_desk.domain.errors.operator import CharacterNotDrawable, PictureUnreadable, TextDoesNotFit
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.digest import content_digest
from sscard_desk.paper.blocks import BLOCKS
from sscard_desk.paper.coverage import undrawable
from sscard_desk.paper.edges import foot, head
from sscard_desk.paper.fonts import regular
from sscard_desk.paper.pen import Pen
from sscard_desk.paper.sheet import Sheet
from sscard_desk.ports.paper import PaperFacts
from sscard_desk.texts import Catalogue, Language

_START_OF_IMAGE: Final = b"\xff\xd8"
_ONE_AT_A_TIME: Final = threading.Lock()
"""reportlab's font objects serve one document at a time."""


def draw_form(definition: FormDefinition, answers: Mapping[str, str], facts: PaperFacts) -> bytes:
    """Return the form as PDF; see `sscard_desk.paper.draw`."""
    missing = undrawable(definition, answers)
    if missing:
        raise CharacterNotDrawable(fields=tuple(finding.field for finding in missing))
    photo_sha256 = hashlib.sha256(facts.photo_jpeg).hexdigest() if facts.photo_jpeg else ""
    digest = content_digest(definition, answers, photo_sha256)
    target = io.BytesIO()
    with _ONE_AT_A_TIME:
        sheet = _sheet(definition, answers, facts, target)
        for page in range(1, definition.paper.pages + 1):
            head(sheet, facts, page)
            for block in definition.paper.blocks:
                if block.page == page:
                    BLOCKS[block.kind](sheet, block)
            foot(sheet, facts, digest, page)
            if facts.draft:
                sheet.pen.watermark(sheet.texts("forms.paper.draft"), definition.paper.width)
            sheet.pen.canvas.showPage()
        if sheet.too_long:
            raise TextDoesNotFit(fields=tuple(dict.fromkeys(sheet.too_long)))
        sheet.pen.canvas.save()
    return target.getvalue()


def _sheet(definition: FormDefinition, answers: Mapping[str, str], facts: PaperFacts, target: io.BytesIO) -> Sheet:
    layout = definition.paper
    first = regular().own.fontName  # a canvas left alone begins with Helvetica, which is never embedded
    canvas = Canvas(
        target,
        pagesize=(layout.width * mm, layout.height * mm),
        initialFontName=first,
        pageCompression=1,
        invariant=1,  # the same content gives the same bytes: preview, print and kept file are one document
    )
    texts = Catalogue(Language(facts.language))
    canvas.setTitle(f"{definition.label(texts.language)} {facts.serial}")
    canvas.setSubject(f"{definition.name} {definition.edition}")
    canvas.setAuthor(facts.service_point)
    canvas.setCreator("SSCard Desk")
    return Sheet(definition, answers, texts, Pen(canvas, layout.height), photo=_picture(facts.photo_jpeg))


def _picture(jpeg: bytes | None) -> Any | None:
    if not jpeg:
        return None
    if not jpeg.startswith(_START_OF_IMAGE):
        raise PictureUnreadable
    try:
        return ImageReader(io.BytesIO(jpeg))
    except OSError:
        raise PictureUnreadable from None
