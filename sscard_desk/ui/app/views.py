"""The pages' widgets, made one after the other so that the window never stands still while they come."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from sscard_desk.ui.approve.view import ApproveView
from sscard_desk.ui.aside.view import AsideView
from sscard_desk.ui.bank.view import BankView
from sscard_desk.ui.batch.view import BatchView
from sscard_desk.ui.card.view import CardView
from sscard_desk.ui.card_face.view import FaceView
from sscard_desk.ui.card_pin.view import PinView
from sscard_desk.ui.card_read.view import CardReadView
from sscard_desk.ui.class_list.view import ClassListView
from sscard_desk.ui.closing.view import ClosingView
from sscard_desk.ui.desk_date.view import DeskDateView
from sscard_desk.ui.doctor.view import DoctorPage
from sscard_desk.ui.documents.view import DocumentsView
from sscard_desk.ui.form.view import FormView
from sscard_desk.ui.id_scan.view import IdScanView
from sscard_desk.ui.identity.view import IdentityView
from sscard_desk.ui.keeping.view import KeepingView
from sscard_desk.ui.lists.view import ListsView
from sscard_desk.ui.lock.view import LockPage
from sscard_desk.ui.materials.view import MaterialsView
from sscard_desk.ui.page import Page
from sscard_desk.ui.papers.view import PapersView
from sscard_desk.ui.parts.ahead import style_ahead
from sscard_desk.ui.photo.view import PhotoView
from sscard_desk.ui.photo_sources.view import SourcesView
from sscard_desk.ui.serve.view import ServeView
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.sign.view import SignView
from sscard_desk.ui.sign_off.view import SignOffView
from sscard_desk.ui.staff.view import StaffView
from sscard_desk.ui.stick.view import StickView
from sscard_desk.ui.stock.view import StockView
from sscard_desk.ui.unsent.view import UnsentView


class Views:
    """Every page of one session; complete when `build` is exhausted."""

    serve: ServeView
    id_scan: IdScanView
    identity: IdentityView
    bank: BankView
    photo: PhotoView
    photo_sources: SourcesView
    form: FormView
    materials: MaterialsView
    sign: SignView
    approve: ApproveView
    card: CardView
    card_face: FaceView
    card_read: CardReadView
    card_pin: PinView
    stock: StockView
    batch: BatchView
    closing: ClosingView
    papers: PapersView
    lists: ListsView
    class_list: ClassListView
    documents: DocumentsView
    aside: AsideView
    sign_off: SignOffView
    staff: StaffView
    keeping: KeepingView
    doctor: DoctorPage
    stick: StickView
    unsent: UnsentView
    desk_date: DeskDateView
    lock: LockPage

    def all(self) -> tuple[QWidget, ...]:
        """Return every page that was made."""
        return tuple(each for each in vars(self).values() if isinstance(each, QWidget))

    def build(self, shell: Shell) -> Iterator[None]:
        """Make one page at each step; a step takes a few milliseconds of the window's thread."""
        _ = shell.desk
        yield
        for name, page in (
            ("serve", ServeView),
            ("identity", IdentityView),
            ("id_scan", IdScanView),
            ("bank", BankView),
            ("photo", PhotoView),
            ("photo_sources", SourcesView),
            ("form", FormView),
            ("materials", MaterialsView),
            ("sign", SignView),
            ("approve", ApproveView),
            ("card", CardView),
            ("closing", ClosingView),
            ("papers", PapersView),
            ("lists", ListsView),
            ("class_list", ClassListView),
            ("documents", DocumentsView),
            ("card_face", FaceView),
            ("card_read", CardReadView),
            ("card_pin", PinView),
            ("stock", StockView),
            ("batch", BatchView),
            ("aside", AsideView),
            ("sign_off", SignOffView),
            ("staff", StaffView),
            ("keeping", KeepingView),
            ("doctor", DoctorPage),
            ("stick", StickView),
            ("unsent", UnsentView),
            ("desk_date", DeskDateView),
            ("lock", LockPage),
        ):
            made = page()
            setattr(self, name, made)
            yield
            if isinstance(made, Page):
                shell.desk.keep(made)
            style_ahead(made)
            yield
