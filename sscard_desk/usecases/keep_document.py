"""Keep a scanned document as the copy of a material, and take it back."""

from dataclasses import dataclass

from sscard_desk.domain.application import OUTSTANDING, Application
from sscard_desk.domain.errors.device import ScannedPageEmpty
from sscard_desk.domain.events import DocumentKept, DocumentTakenBack, MaterialBrought
from sscard_desk.domain.ids import BlobId, Role
from sscard_desk.domain.scanned_document import DocumentPage
from sscard_desk.domain.steps import BEFORE_SIGNED
from sscard_desk.forms.document_kinds import DocumentKind
from sscard_desk.forms.materials import COPY_KEPT, SHOWN, material
from sscard_desk.ports.documents import DocumentDesk
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import need_role, record, record_in


@dataclass(frozen=True)
class Scanned:
    """What was scanned of one material.

    Attributes:
        material: its id.
        kind: how it is kept.
        pages: in their order.
    """

    material: str
    kind: DocumentKind
    pages: tuple[DocumentPage, ...]


def keep_document(
    store: Store, session: Session, application: Application, scanned: Scanned, desk: DocumentDesk
) -> Application:
    """Bind pages and keep them as a material's copy, in one transaction with its entry.

    Once the materials were checked, what was promised or missing counts as brought by it, and no signature falls.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: not ended.
        scanned: the pages, and of what.
        desk: binds them.

    Raises:
        ScannedPageEmpty: there is no page.
        RoleMissing: neither a clerk nor a supervisor.
        StepNotAllowed: the application has ended.
        DiskFull: nothing was kept.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    name, kind, pages = scanned.material, scanned.kind, scanned.pages
    if not pages:
        raise ScannedPageEmpty
    pdf = desk.bind(pages, kind, kind.words.zh)
    doubts = tuple(sorted({rule for page in pages for rule in page.doubts}))
    with store.work(session.account) as work:
        document = work.put_blob(pdf)
        event = DocumentKept(name, kind.id, document, len(pages), len(pdf), doubts)
        after = record_in(work, event, application.id)
        known = material(name)
        open_ = any(each.name == name and each.state in OUTSTANDING for each in after.materials)
        if open_ and after.step not in BEFORE_SIGNED and COPY_KEPT in (known.accepts if known else SHOWN):
            after = record_in(work, MaterialBrought(name, COPY_KEPT, document), application.id)
        return after


def take_back_document(
    store: Store, session: Session, application: Application, document: BlobId, reason: str = ""
) -> Application:
    """Let a document not count any more; a material that was checked by it alone is open again.

    The entry that kept it stays in the journal, and so does the document until retention rules end it.

    Raises:
        StepNotAllowed: there is no such document, or signatures stand.
        RoleMissing: neither a clerk nor a supervisor.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    return record(store, session, DocumentTakenBack(document, reason), application.id)
