"""Draws forms: the answers of one copy, or of many in one document, over the part that all copies share."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sscard_desk.domain.errors.base import OperatorCanFix
from sscard_desk.domain.errors.operator import (
    CharacterNotDrawable,
    PictureUnreadable,
    TextDoesNotFit,
)
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.digest import content_digest
from sscard_desk.forms.layout import Block, BlockKind
from sscard_desk.paper.blocks import choice, photo
from sscard_desk.paper.cells import grid
from sscard_desk.paper.coverage import undrawable
from sscard_desk.paper.edges import foot, head
from sscard_desk.paper.letters import letter, seal
from sscard_desk.paper.master import Master, master_of, words
from sscard_desk.paper.pen import Pen
from sscard_desk.paper.plan import PlannedPage, blocks_of, plan
from sscard_desk.paper.sheet import Fits, Sheet
from sscard_desk.paper.tables import table
from sscard_desk.ports.paper import Batch, Copy, Lists, PaperFacts

ONE_AT_A_TIME: Final = threading.Lock()
"""The fonts serve one document at a time."""

BLOCKS: Final[Mapping[BlockKind, Callable[[Sheet, Block], None]]] = {
    BlockKind.GRID: grid,
    BlockKind.PHOTO: photo,
    BlockKind.CHOICE: choice,
    BlockKind.LETTER: letter,
    BlockKind.SEAL: seal,
}
"""What differs from copy to copy; a table needs its rows besides, and the rest lies in the master."""


def draw_form(definition: FormDefinition, answers: Mapping[str, str], facts: PaperFacts, lists: Lists) -> bytes:
    """Return one copy as PDF; see `sscard_desk.paper.draw`."""
    made = draw_copies(definition, [Copy(answers, facts, lists)])
    for _, error in made.failed:
        raise error
    return made.pdf


def draw_copies(definition: FormDefinition, copies: Iterable[Copy]) -> Batch:
    """Return many copies as one PDF; see `sscard_desk.paper.draw_many`."""
    failed: list[tuple[int, OperatorCanFix]] = []
    with ONE_AT_A_TIME:
        run: _Run | None = None
        for number, copy in enumerate(copies):
            run = run or _Run(master_of(definition, copy.facts.language), copy.facts)
            try:
                run.add(copy)
            except (CharacterNotDrawable, PictureUnreadable, TextDoesNotFit) as error:
                failed.append((number, error))
        if run is None or not run.pages:
            return Batch(b"", 0, tuple(failed))
        return Batch(run.finish(), run.pages, tuple(failed))


def prepare(definition: FormDefinition, language: str) -> None:
    """Draw a form's master, so that the first copy comes as fast as the others."""
    with ONE_AT_A_TIME:
        master_of(definition, language)


class _Run:
    """A document to which copy after copy of one form is added."""

    def __init__(self, master: Master, first: PaperFacts) -> None:
        self._master = master
        self._document = master.begin()
        definition, self._texts = master.definition, words(first.language)
        title = f"{definition.label(first.language)} {first.serial}"
        self._document.describe(title, f"{definition.name} {definition.edition}", first.service_point)
        self._pen = Pen(self._document.doc, definition.paper.height)
        self._fits: Fits = {}
        self.pages = 0

    def add(self, copy: Copy) -> None:
        """Add one copy; a copy that cannot be drawn leaves nothing behind.

        Raises:
            CharacterNotDrawable, PictureUnreadable, TextDoesNotFit: as `sscard_desk.paper.draw` says.
            ValueError: it is in another language than the first.
        """
        definition, facts = self._master.definition, copy.facts
        if facts.language != self._texts.language:
            raise ValueError(f"{facts.language} among copies in {self._texts.language}")
        missing = undrawable(definition, copy.answers, copy.lists)
        if missing:
            raise CharacterNotDrawable(fields=tuple(dict.fromkeys(finding.field for finding in missing)))
        shows_photo = bool(facts.photo_jpeg) and any(b.kind is BlockKind.PHOTO for b in definition.paper.blocks)
        photo_sha256 = hashlib.sha256(facts.photo_jpeg).hexdigest() if facts.photo_jpeg else ""
        digest = content_digest(definition, copy.answers, photo_sha256, copy.lists)
        sheet = Sheet(
            definition=definition,
            texts=self._texts,
            pen=self._pen,
            answers=copy.answers,
            lists=copy.lists,
            facts=facts,
            photo=self._document.picture(facts.photo_jpeg or b"") if shows_photo else "",
            fits=self._fits,
        )
        planned = plan(sheet)
        drawn = [self._page(sheet, page, digest, number, len(planned)) for number, page in enumerate(planned, start=1)]
        if sheet.too_long:
            raise TextDoesNotFit(fields=tuple(dict.fromkeys(sheet.too_long)))
        for page, content in zip(planned, drawn, strict=True):
            self._document.page(content, self._master.parts[page.page, page.stretch], sheet.photo)
        self.pages += len(planned)

    def _page(self, sheet: Sheet, page: PlannedPage, digest: str, number: int, pages: int) -> bytes:
        head(sheet, number)
        for block in blocks_of(sheet.definition.paper, page.page, page.stretch):
            if block.kind is BlockKind.TABLE:
                y = block.y if page.stretch.begins else block.again
                table(sheet, block, page.rows, page.first, y, last=page.stretch.ends)
            elif block.kind in BLOCKS:
                BLOCKS[block.kind](sheet, block)
        foot(sheet, digest, number, pages)
        if sheet.facts.draft:
            sheet.pen.watermark(sheet.texts("forms.paper.draft"), sheet.definition.paper.width)
        return sheet.pen.take_page()

    def finish(self) -> bytes:
        """Return the document."""
        return self._document.finish()
