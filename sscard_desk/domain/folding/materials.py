"""Materials that come, and documents that were scanned of them."""

from dataclasses import replace

from sscard_desk.domain import events
from sscard_desk.domain.application import OUTSTANDING, Application, KeptDocument
from sscard_desk.domain.events import Material
from sscard_desk.domain.folding.needs import need
from sscard_desk.domain.steps import Step


def brought(before: Application, event: events.MaterialBrought) -> Application:
    """Change the state of a material that was missing or promised; nothing else can come later."""
    open_ = {material.name for material in before.materials if material.state in OUTSTANDING}
    need(before, event, met=event.name in open_)
    now = Material(event.name, event.state, copy=event.copy)
    return replace(before, materials=tuple(now if m.name == event.name else m for m in before.materials))


def kept(before: Application, event: events.DocumentKept) -> Application:
    """Add a document; the same one a second time is the same document."""
    kept = KeptDocument(event.material, event.shape, event.document, event.pages, event.size, event.doubts)
    others = tuple(each for each in before.documents if each.document != event.document)
    return replace(before, documents=(*others, kept))


def taken_back(before: Application, event: events.DocumentTakenBack) -> Application:
    """Drop a document; a material that was checked by it alone has to be looked at again."""
    need(before, event, met=any(each.document == event.document for each in before.documents))
    left = tuple(each for each in before.documents if each.document != event.document)
    materials = tuple(each for each in before.materials if each.copy != event.document)
    step = before.step if len(materials) == len(before.materials) else Step.FORM_RETURNED
    return replace(before, documents=left, materials=materials, step=step)
