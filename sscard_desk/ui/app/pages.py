"""Which presenter works which page."""

from sscard_desk.ui.app.gate import OpenCounter
from sscard_desk.ui.app.views import Views
from sscard_desk.ui.applicant.presenter import ApplicantPresenter
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.approve.presenter import ApprovePresenter
from sscard_desk.ui.approve.view import ApproveView
from sscard_desk.ui.bank.presenter import BankPresenter
from sscard_desk.ui.bank.view import BankView
from sscard_desk.ui.card.presenter import CardPresenter
from sscard_desk.ui.card.view import CardView
from sscard_desk.ui.card_face.presenter import FacePresenter
from sscard_desk.ui.card_face.state import CARD_FACE
from sscard_desk.ui.card_face.view import FaceView
from sscard_desk.ui.closing.presenter import ClosingPresenter
from sscard_desk.ui.closing.view import ClosingView
from sscard_desk.ui.documents.presenter import DocumentsPresenter
from sscard_desk.ui.documents.state import DOCUMENTS
from sscard_desk.ui.documents.view import DocumentsView
from sscard_desk.ui.form.presenter import FormPresenter
from sscard_desk.ui.form.view import FormView
from sscard_desk.ui.id_scan.presenter import ID_SCAN, IdScanPresenter
from sscard_desk.ui.id_scan.view import IdScanView
from sscard_desk.ui.identity.presenter import IdentityPresenter
from sscard_desk.ui.identity.view import IdentityView
from sscard_desk.ui.materials.presenter import MaterialsPresenter
from sscard_desk.ui.materials.view import MaterialsView
from sscard_desk.ui.navigation import areas, cards, steps
from sscard_desk.ui.papers.presenter import PapersPresenter
from sscard_desk.ui.papers.view import PapersView
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.photo.presenter import PhotoPresenter
from sscard_desk.ui.photo.view import PhotoView
from sscard_desk.ui.photo_sources.presenter import SourcesPresenter
from sscard_desk.ui.photo_sources.view import SourcesView
from sscard_desk.ui.photo_sources.ways import PHOTO_SOURCES, back_to
from sscard_desk.ui.serve.presenter import SECOND, ServePresenter
from sscard_desk.ui.serve.view import ServeView
from sscard_desk.ui.serving.ports import PagePresenter
from sscard_desk.ui.serving.serving import SERVE, Serving
from sscard_desk.ui.serving.side_panel import CLOSING, PAPERS
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.sign.presenter import SignPresenter
from sscard_desk.ui.sign.view import SignView


def serve_page(serving: Serving, view: ServeView) -> ServePresenter:
    """Return the presenter of the start page."""
    presenter = ServePresenter(serving)
    steps.join_serve(view, presenter)
    return presenter


def id_scan_page(serving: Serving, view: IdScanView) -> IdScanPresenter:
    """Return the presenter of the page of a scanned id card."""
    presenter = IdScanPresenter(serving)
    steps.join_id_scan(view, presenter)
    return presenter


def identity_page(serving: Serving, view: IdentityView, opened: OpenCounter) -> IdentityPresenter:
    """Return the presenter of step 1."""
    presenter = IdentityPresenter(serving, opened.confirm)
    steps.join_identity(view, presenter)
    return presenter


def bank_page(serving: Serving, view: BankView) -> BankPresenter:
    """Return the presenter of step 2."""
    presenter = BankPresenter(serving)
    steps.join_bank(view, presenter)
    return presenter


def photo_page(serving: Serving, view: PhotoView) -> PhotoPresenter:
    """Return the presenter of step 3."""
    presenter = PhotoPresenter(serving)
    steps.join_photo(view, presenter)
    return presenter


def sources_page(
    serving: Serving, view: SourcesView, photo: PhotoPresenter, beside: PhotoView, opened: OpenCounter
) -> SourcesPresenter:
    """Return the presenter of the photo's other sources; the two photo pages lead to each other."""
    presenter = SourcesPresenter(serving, opened.confirm, back_to(serving, photo))
    steps.join_photo_sources(view, presenter)
    beside.elsewhere.connect(presenter.show)
    return presenter


def form_page(serving: Serving, view: FormView) -> FormPresenter:
    """Return the presenter of step 4."""
    presenter = FormPresenter(serving)
    steps.join_form(view, presenter)
    return presenter


def materials_page(serving: Serving, view: MaterialsView, opened: OpenCounter) -> MaterialsPresenter:
    """Return the presenter of step 5."""
    presenter = MaterialsPresenter(serving, opened.confirm)
    steps.join_materials(view, presenter)
    return presenter


def closing_page(serving: Serving, view: ClosingView, opened: OpenCounter) -> ClosingPresenter:
    """Return the presenter of the page for closing."""
    presenter = ClosingPresenter(serving, opened.confirm)
    areas.join_closing(view, presenter)
    return presenter


def papers_page(serving: Serving, view: PapersView) -> PapersPresenter:
    """Return the presenter of the page with the case's papers."""
    presenter = PapersPresenter(serving)
    areas.join_papers(view, presenter)
    return presenter


def documents_page(serving: Serving, view: DocumentsView) -> DocumentsPresenter:
    """Return the presenter of the page for scanning a material."""
    presenter = DocumentsPresenter(serving)
    steps.join_documents(view, presenter)
    return presenter


def sign_page(serving: Serving, view: SignView, opened: OpenCounter) -> SignPresenter:
    """Return the presenter of step 6."""
    presenter = SignPresenter(serving, opened.confirm)
    steps.join_sign(view, presenter)
    return presenter


def approve_page(serving: Serving, view: ApproveView, opened: OpenCounter) -> ApprovePresenter:
    """Return the presenter of step 7."""
    presenter = ApprovePresenter(serving, opened.confirm)
    steps.join_approve(view, presenter)
    return presenter


def card_page(serving: Serving, view: CardView, opened: OpenCounter) -> CardPresenter:
    """Return the presenter of step 8."""
    presenter = CardPresenter(serving, opened.confirm)
    steps.join_card(view, presenter)
    return presenter


def face_page(serving: Serving, view: FaceView, beside: CardView) -> FacePresenter:
    """Return the presenter of the page of a card's face; step 8 leads to it."""
    presenter = FacePresenter(serving)
    cards.join_card_face(view, presenter)
    beside.face.connect(presenter.show)
    return presenter


class Pages:
    """All pages of one session."""

    def __init__(self, serving: Serving, shell: Shell, views: Views, opened: OpenCounter) -> None:
        self._serving, self._shell, self._views = serving, shell, views
        self.serve = serve_page(serving, views.serve)
        self.bank = bank_page(serving, views.bank)
        self.materials = materials_page(serving, views.materials, opened)
        self.sign = sign_page(serving, views.sign, opened)
        self._add(None, self.serve, views.serve)
        self._add(Station.IDENTITY, identity_page(serving, views.identity, opened), views.identity)
        self._add(Station.BANK, self.bank, views.bank)
        photo = photo_page(serving, views.photo)
        self._add(Station.PHOTO, photo, views.photo)
        self.photo_sources = sources_page(serving, views.photo_sources, photo, views.photo, opened)
        counter = opened.counter
        self.applicant = ApplicantPresenter(self.bank, self.photo_sources, counter.service_point, counter.window)
        self._add(Station.FORM, form_page(serving, views.form), views.form)
        self._add(Station.MATERIALS, self.materials, views.materials)
        self._add(Station.SIGN, self.sign, views.sign)
        self._add(Station.APPROVE, approve_page(serving, views.approve, opened), views.approve)
        self._add(Station.CARD, card_page(serving, views.card, opened), views.card)
        serving.add_aside(PHOTO_SOURCES, self.photo_sources)
        views.photo_sources.go_on.connect(self.photo_sources.go_on)
        views.photo_sources.back.connect(serving.back)
        shell.add_page(PHOTO_SOURCES, views.photo_sources, serving=True)
        self.closing = closing_page(serving, views.closing, opened)
        self.papers = papers_page(serving, views.papers)
        self._add_aside(CLOSING, self.closing, views.closing)
        self._add_aside(PAPERS, self.papers, views.papers)
        self._add_aside(CARD_FACE, face_page(serving, views.card_face, views.card), views.card_face)
        self.documents = documents_page(serving, views.documents)
        self._add_aside(DOCUMENTS, self.documents, views.documents)
        views.materials.scan.connect(lambda: self.documents.open_for(self.materials.current))

        self.id_scan = id_scan_page(serving, views.id_scan)
        serving.add_aside(ID_SCAN, self.id_scan)
        views.id_scan.go_on.connect(self.id_scan.go_on)
        views.id_scan.back.connect(serving.back)
        shell.add_page(ID_SCAN, views.id_scan, serving=False)

    def cover(self) -> None:
        """The lock page comes over the desk."""
        self._serving.leave()

    def uncover(self) -> None:
        """The desk is seen again."""
        self._serving.show_again()

    def go_to_field(self, name: str) -> None:
        """A line of the side panel names a field of the page in view, or a page beside the path."""
        if name in {CLOSING, PAPERS}:
            self._serving.turn_aside(name)
            return
        if name == SECOND:
            self._serving.open_second()
            return
        match self._serving.here:
            case Station.FORM:
                self._views.form.go_to(name)
            case Station.MATERIALS:
                self.materials.go_to(name)
            case Station.SIGN:
                self.sign.begin(name)
            case _:
                return

    def _add_aside(self, key: str, presenter: PagePresenter, view: StepPage) -> None:
        self._serving.add_aside(key, presenter)
        view.go_on.connect(presenter.go_on)
        view.back.connect(self._serving.back)
        self._shell.add_page(key, view, serving=True)

    def _add(self, station: Station | None, presenter: PagePresenter, view: StepPage) -> None:
        self._serving.add_page(station, presenter)
        view.go_on.connect(presenter.go_on)
        view.back.connect(self._serving.back)
        # the start page has nobody to name: no strip, no steps, no panel around it
        self._shell.add_page(station.value if station else SERVE, view, serving=station is not None)
