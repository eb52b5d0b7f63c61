"""What the page says about scanned sides. No Qt."""

from collections.abc import Sequence

from sscard_desk.domain.scanned_document import DocumentPage
from sscard_desk.forms.document_kinds import DocumentKind
from sscard_desk.ports.scanner import Source
from sscard_desk.ui.documents.state import PageLine
from sscard_desk.ui.serving.material_words import both
from sscard_desk.ui.states import ActionState, Mark
from sscard_desk.ui.words import Words, say


def lines_of(pages: Sequence[DocumentPage], kind: DocumentKind) -> tuple[PageLine, ...]:
    """Return a line for each side."""
    return tuple(_line(number, page, kind) for number, page in enumerate(pages, 1))


def next_words(count: int, kind: DocumentKind, source: Source) -> Words:
    """Return what to lay down next.

    Args:
        count: how many sides are there.
        kind: says how many there are to be.
        source: where the paper lies.
    """
    if source is not Source.GLASS:
        return say("documents.next_feeder")
    if not kind.sides:
        return say("documents.next_page", number=count + 1)
    if count < len(kind.sides):
        return say("documents.next_side", side=both(kind.sides[count]))
    return say("documents.all_sides")


def action_of(pages: Sequence[DocumentPage], kind: DocumentKind, *, busy: bool) -> ActionState:
    """Return the action bar: doubts are told, and the clerk decides with the paper still on the counter."""
    words = say("documents.keep")
    if busy:
        return ActionState(words, enabled=False, reason=say("documents.busy"), reason_mark=Mark.BUSY)
    if not pages:
        return ActionState(words, enabled=False, reason=say("documents.nothing"), reason_mark=Mark.TODO)
    if len(pages) < len(kind.sides):
        lacking = both(kind.sides[len(pages)])
        return ActionState(words, reason=say("documents.side_lacks", side=lacking), reason_mark=Mark.WARN)
    doubtful = [str(number) for number, page in enumerate(pages, 1) if page.doubts]
    if doubtful:
        return ActionState(words, reason=say("documents.doubtful", pages=tuple(doubtful)), reason_mark=Mark.WARN)
    return ActionState(words, reason=say("documents.fine", count=len(pages)), reason_mark=Mark.OK)


def advice_of_page(page: DocumentPage | None) -> Words:
    """Return what to do about the first doubt of a side; the others are most often the same trouble."""
    return say(f"documents.advice.{page.doubts[0]}") if page is not None and page.doubts else ""


def _line(number: int, page: DocumentPage, kind: DocumentKind) -> PageLine:
    side = both(kind.sides[number - 1]) if number <= len(kind.sides) else say("documents.page", number=number)
    doubts = page.doubts
    verdict = say(f"documents.rule.{doubts[0]}") if doubts else say("documents.readable")
    return PageLine(number, side, page.preview, Mark.WARN if doubts else Mark.OK, verdict)
