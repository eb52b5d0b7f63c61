"""The kinds of documents that are scanned, as data: how they lie, how they are kept, when they can be read."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sscard_desk.forms.case_files import finish, root_of
from sscard_desk.forms.words import Words


class Layout(StrEnum):
    """How the sides of a document are kept."""

    CARDS = "cards"
    """Both sides of a card at true size on one A4 page."""
    PAGES = "pages"
    """Each side as a page of its own size."""


class Cut(StrEnum):
    """What of a scan is kept."""

    CARD = "card"
    CONTENT = "content"
    NONE = "none"


@dataclass(frozen=True)
class DocumentKind:
    """How one kind of document is scanned and kept; lengths in mm.

    Attributes:
        id: short name; stands in the journal.
        words: its name.
        materials: which materials it is the copy of; empty for all that no other kind names.
        layout: `cards` (both sides at true size on one A4 page) or `pages`.
        sides: what the sides are called; empty where there are any number of pages.
        width: what the scanner is asked for; 0 for all that it has.
        height: likewise.
        cut: `card`, `content` or `none`.
        card_width: true width of a card; 0 without.
        card_height: likewise.
        dpi: resolution of the kept picture.
        grey: whether it is kept without colour.
        quality: of the JPEG, 1 to 100.
        most_kb: largest page file; a lower quality is taken where it would be larger.
        sharp: least sharpness of the edges of text, 0.0 to 1.0.
        ink: least part of a page that is dark, 0.0 to 1.0; below it the page is empty.
        contrast: least difference between paper and ink, 0 to 255.
    """

    id: str
    words: Words
    materials: tuple[str, ...]
    layout: Layout
    sides: tuple[Words, ...]
    width: float
    height: float
    cut: Cut
    card_width: float
    card_height: float
    dpi: int
    grey: bool
    quality: int
    most_kb: int
    sharp: float
    ink: float
    contrast: float


@cache
def document_kinds() -> tuple[DocumentKind, ...]:
    """Return every kind that the data know.

    Raises:
        FormDefinitionWrong: `documents.toml` breaks its schema; file, line and key are named.
    """
    root = root_of("documents")
    nodes = root.tables("document")
    found = []
    for node in nodes:
        sides = node.tables("sides") if node.has("sides") else []
        found.append(
            DocumentKind(
                id=node.id(),
                words=node.words(),
                materials=tuple(node.texts("materials")),
                layout=node.choice("layout", Layout),
                sides=tuple(side.words() for side in sides),
                width=node.number("width", 0.0),
                height=node.number("height", 0.0),
                cut=node.choice("cut", Cut, Cut.NONE),
                card_width=node.number("card_width", 0.0),
                card_height=node.number("card_height", 0.0),
                dpi=node.whole("dpi", least=100, most=600),
                grey=node.flag("grey", default=False),
                quality=node.whole("quality", least=30, most=100),
                most_kb=node.whole("most_kb", least=20, most=20_000),
                sharp=node.number("sharp", 0.35),
                ink=node.number("ink", 0.0008),
                contrast=node.number("contrast", 60.0),
            )
        )
        for side in sides:
            side.done()
        node.done()
    finish(root, nodes, (kind.id for kind in found))
    return tuple(found)


def document_kind(kind_id: str) -> DocumentKind | None:
    """Return a kind by its id; None where the data do not know it any more."""
    return {each.id: each for each in document_kinds()}.get(kind_id)


def kind_for(material: str) -> DocumentKind:
    """Return how the copy of a material is scanned: the kind that names it, or the first one that names none."""
    named = [each for each in document_kinds() if material in each.materials]
    return (named or [each for each in document_kinds() if not each.materials] or list(document_kinds()))[0]
