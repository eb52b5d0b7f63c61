"""The part of a form that every copy shows, drawn once for all copies: labels, lines, headings, paragraphs."""

import string
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sscard_desk.domain.errors.operator import TextDoesNotFit
from sscard_desk.forms.definition import FormDefinition
from sscard_desk.forms.layout import Block, BlockKind
from sscard_desk.paper.blocks import heading, photo_ground, prose, receipt, signatures
from sscard_desk.paper.cells import grid_ground
from sscard_desk.paper.document import Document, Part, part_of
from sscard_desk.paper.edges import edges_ground
from sscard_desk.paper.embedding import Primed
from sscard_desk.paper.letters import seal_ground
from sscard_desk.paper.pen import Pen
from sscard_desk.paper.plan import Stretch, blocks_of, table_of
from sscard_desk.paper.sheet import Ground
from sscard_desk.texts import Catalogue, Language

_KEPT: Final = 32
"""Forms in one language that are kept; a counter uses a dozen."""

_NUMBERS: Final = string.digits + string.ascii_uppercase + "-*.:/年月日 "
"""What numbers and dates are made of, in one subset from the start."""

GROUNDS: Final[Mapping[BlockKind, Callable[[Ground, Block], None]]] = {
    BlockKind.GRID: grid_ground,
    BlockKind.HEADING: heading,
    BlockKind.PROSE: prose,
    BlockKind.PHOTO: photo_ground,
    BlockKind.RECEIPT: receipt,
    BlockKind.SIGNATURES: signatures,
    BlockKind.SEAL: seal_ground,
}


@dataclass(frozen=True)
class Master:
    """What all copies of a form in one language begin with.

    Attributes:
        definition: the form.
        parts: what lies below the answers, by layout page and stretch.
        fonts: the characters that the parts use.
    """

    definition: FormDefinition
    parts: Mapping[tuple[int, Stretch], Part]
    fonts: tuple[Primed, ...]

    def begin(self) -> Document:
        """Return a new document whose fonts know the parts' characters."""
        layout = self.definition.paper
        made = Document(layout.width, layout.height)
        for primed in self.fonts:
            primed.font.prime(made.doc, primed)
        return made


_masters: "OrderedDict[tuple[int, str], Master]" = OrderedDict()


def master_of(definition: FormDefinition, language: str) -> Master:
    """Return the master of a form, drawn at the first call; call it under the drawing lock.

    Raises:
        TextDoesNotFit: a paragraph of the form is too long for its place.
    """
    key = (id(definition), language)  # the master keeps the definition alive, so its id stays its own
    if key in _masters:
        _masters.move_to_end(key)
    else:
        _masters[key] = _draw(definition, language)
        while len(_masters) > _KEPT:
            _masters.popitem(last=False)
    return _masters[key]


def _draw(definition: FormDefinition, language: str) -> Master:
    layout = definition.paper
    document = Document(layout.width, layout.height)
    ground = Ground(definition=definition, texts=words(language), pen=Pen(document.doc, layout.height))
    ground.pen.know(_NUMBERS)
    parts: dict[tuple[int, Stretch], Part] = {}
    for page in range(1, layout.pages + 1):
        for stretch in Stretch if table_of(layout, page) else (Stretch.WHOLE,):
            edges_ground(ground)
            for block in blocks_of(layout, page, stretch):
                if block.kind in GROUNDS:
                    GROUNDS[block.kind](ground, block)
            parts[page, stretch] = part_of(f"G{page}{stretch}", ground.pen.take_page())
    if ground.too_long:
        raise TextDoesNotFit(fields=tuple(dict.fromkeys(ground.too_long)))
    return Master(definition, parts, tuple(font.snapshot(document.doc) for font in document.doc.delayedFonts))


@cache
def words(language: str) -> Catalogue:
    """Return the texts of a language, read once."""
    return Catalogue(Language(language))
