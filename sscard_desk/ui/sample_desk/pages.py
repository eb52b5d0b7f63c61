"""All pages in a sample window; a page is made when it is first looked at."""

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol, TypeVar

from sscard_desk.ui.applicant.presenter import ApplicantPresenter
from sscard_desk.ui.applicant.view import ApplicantWindow
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.approve.presenter import ApprovePresenter, Unlock
from sscard_desk.ui.approve.view import ApproveView
from sscard_desk.ui.areas import ASIDE, CARDS, CLASS_LIST, LISTS, SIGN_OFF, rail
from sscard_desk.ui.aside.presenter import AsidePresenter
from sscard_desk.ui.aside.view import AsideView
from sscard_desk.ui.bank.presenter import BankPresenter
from sscard_desk.ui.bank.view import BankView
from sscard_desk.ui.batch.presenter import BatchPresenter
from sscard_desk.ui.batch.view import BatchView
from sscard_desk.ui.card.presenter import CardPresenter
from sscard_desk.ui.card.view import CardView
from sscard_desk.ui.card_face.presenter import FacePresenter
from sscard_desk.ui.card_face.state import CARD_FACE
from sscard_desk.ui.card_face.view import FaceView
from sscard_desk.ui.card_pin.presenter import PinPresenter
from sscard_desk.ui.card_pin.view import PinView
from sscard_desk.ui.card_read.presenter import CardReadPresenter
from sscard_desk.ui.card_read.view import CardReadView
from sscard_desk.ui.class_list.presenter import ClassListPresenter
from sscard_desk.ui.class_list.view import ClassListView
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
from sscard_desk.ui.keypad.presenter import KeypadPresenter
from sscard_desk.ui.keypad.screen import KeypadScreen
from sscard_desk.ui.keys import Act
from sscard_desk.ui.lists.presenter import ListsPresenter
from sscard_desk.ui.lists.view import ListsView
from sscard_desk.ui.materials.presenter import MaterialsPresenter
from sscard_desk.ui.materials.view import MaterialsView
from sscard_desk.ui.navigation import areas, cards, steps
from sscard_desk.ui.papers.presenter import PapersPresenter
from sscard_desk.ui.papers.view import PapersView
from sscard_desk.ui.parts.cards_page import CARDS_BATCH, CARDS_PIN, CARDS_READ, CARDS_STOCK, PARTS
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.photo.presenter import PhotoPresenter
from sscard_desk.ui.photo.view import PhotoView
from sscard_desk.ui.photo_sources.presenter import SourcesPresenter
from sscard_desk.ui.photo_sources.view import SourcesView
from sscard_desk.ui.photo_sources.ways import PHOTO_SOURCES, back_to
from sscard_desk.ui.serve.presenter import SECOND, ServePresenter
from sscard_desk.ui.serve.state import ServeState
from sscard_desk.ui.serve.view import ServeView
from sscard_desk.ui.serving.ports import PagePresenter, Question, Runner
from sscard_desk.ui.serving.serving import SERVE, Serving
from sscard_desk.ui.serving.side_panel import CLOSING, PAPERS
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import OPEN
from sscard_desk.ui.sign.presenter import SignPresenter
from sscard_desk.ui.sign.view import SignView
from sscard_desk.ui.sign_off.presenter import Confirm, SignOffPresenter
from sscard_desk.ui.sign_off.view import SignOffView
from sscard_desk.ui.states import PanelState, PersonState, StepState, ToastState
from sscard_desk.ui.stock.presenter import StockPresenter
from sscard_desk.ui.stock.view import StockView
from sscard_desk.usecases.counter import Counter

V = TypeVar("V", bound=StepPage)
P = TypeVar("P")
_ALONE: Final = frozenset({SERVE, SIGN_OFF, LISTS, ASIDE, CLASS_LIST, ID_SCAN, *PARTS})
"""Pages without anybody who is being served around them."""


class _Opened(Protocol):
    def opened(self) -> None: ...


class SamplePages:
    """The pages of one signed-in counter in its window.

    Presenters are made at once; a page is made when it is first looked at, so that nobody waits for eleven of them.

    Attributes:
        serving: who is being served.
    """

    def __init__(self, shell: Shell, counter: Counter, runner: Runner, unlock: Unlock, confirm: Confirm) -> None:
        """Make the presenters and listen to the window.

        Args:
            shell: the window.
            counter: everything outside that the operations may ask.
            runner: the lanes.
            unlock: account and password of a supervisor to a session.
            confirm: the password of whoever is signed in to a session.
        """
        self._shell = shell
        self._views: dict[str, StepPage] = {}
        self._applicant_window: ApplicantWindow | None = None
        self.serving = Serving(counter, runner, self)
        self.serve = ServePresenter(self.serving)
        self.identity, self.bank = IdentityPresenter(self.serving, unlock), BankPresenter(self.serving)
        self.photo, self.form = PhotoPresenter(self.serving), FormPresenter(self.serving)
        self.materials = MaterialsPresenter(self.serving, unlock)
        self.sign = SignPresenter(self.serving, unlock)
        self.approve, self.card = ApprovePresenter(self.serving, unlock), CardPresenter(self.serving, unlock)
        self.sign_off = SignOffPresenter(counter, runner, confirm, shell.notify)
        self.lists = ListsPresenter(self.serving)
        self.aside = AsidePresenter(self.serving, unlock)
        self.class_list = ClassListPresenter(self.serving)
        self.card_face = FacePresenter(self.serving)
        self.card_read = CardReadPresenter(self.serving)
        keypad = KeypadPresenter()
        self.keypad = KeypadScreen(shell, keypad)
        self.card_pin = PinPresenter(self.serving, keypad)
        self.stock, self.batch = StockPresenter(self.serving, unlock), BatchPresenter(self.serving)
        stations: dict[Station | None, PagePresenter] = {
            None: self.serve,
            Station.IDENTITY: self.identity,
            Station.BANK: self.bank,
            Station.PHOTO: self.photo,
            Station.FORM: self.form,
            Station.MATERIALS: self.materials,
            Station.SIGN: self.sign,
            Station.APPROVE: self.approve,
            Station.CARD: self.card,
        }
        for station, presenter in stations.items():
            key = station.value if station else SERVE
            self.serving.add_page(station, _Page(presenter, partial(self._make, key)))
        self.closing = ClosingPresenter(self.serving, unlock)
        self.papers = PapersPresenter(self.serving)
        self.serving.add_aside(CLOSING, self.closing)
        self.id_scan = IdScanPresenter(self.serving)
        self.serving.add_aside(ID_SCAN, self.id_scan)
        self.photo_sources = SourcesPresenter(self.serving, unlock, back_to(self.serving, self.photo))
        self.serving.add_aside(PHOTO_SOURCES, self.photo_sources)
        self._applicant = ApplicantPresenter(self.bank, self.photo_sources, counter.service_point, counter.window)
        self.serving.add_aside(PAPERS, _Page(self.papers, partial(self._make, PAPERS)))
        self.documents = DocumentsPresenter(self.serving)
        self.serving.add_aside(CARD_FACE, _Page(self.card_face, partial(self._make, CARD_FACE)))
        self.serving.add_aside(DOCUMENTS, _Page(self.documents, partial(self._make, DOCUMENTS)))
        self.serving.add_watcher(self._applicant)
        self.serve.attach(_SearchBox(shell))
        self._makers: dict[str, Callable[[], StepPage]] = {
            SERVE: lambda: _joined(ServeView(), steps.join_serve, self.serve),
            Station.IDENTITY.value: lambda: _joined(IdentityView(), steps.join_identity, self.identity),
            Station.BANK.value: lambda: _joined(BankView(), steps.join_bank, self.bank),
            Station.PHOTO.value: self._photo,
            PHOTO_SOURCES: lambda: _joined(SourcesView(), steps.join_photo_sources, self.photo_sources),
            Station.FORM.value: lambda: _joined(FormView(), steps.join_form, self.form),
            Station.MATERIALS.value: self._materials_view,
            Station.SIGN.value: lambda: _joined(SignView(), steps.join_sign, self.sign),
            Station.APPROVE.value: lambda: _joined(ApproveView(), steps.join_approve, self.approve),
            Station.CARD.value: self._card_view,
            ID_SCAN: lambda: _joined(IdScanView(), steps.join_id_scan, self.id_scan),
            CLOSING: lambda: _joined(ClosingView(), areas.join_closing, self.closing),
            PAPERS: lambda: _joined(PapersView(), areas.join_papers, self.papers),
            ASIDE: lambda: _joined(AsideView(), areas.join_aside, self.aside),
            LISTS: lambda: _joined(ListsView(), areas.join_lists, self.lists),
            CLASS_LIST: lambda: _joined(ClassListView(), areas.join_class_list, self.class_list),
            CARDS_READ: lambda: _joined(CardReadView(), cards.join_card_read, self.card_read),
            CARD_FACE: lambda: _joined(FaceView(), cards.join_card_face, self.card_face),
            CARDS_STOCK: lambda: _joined(StockView(), cards.join_stock, self.stock),
            CARDS_BATCH: lambda: _joined(BatchView(), cards.join_batch, self.batch),
            CARDS_PIN: lambda: _joined(PinView(), cards.join_card_pin, self.card_pin),
            DOCUMENTS: lambda: _joined(DocumentsView(), steps.join_documents, self.documents),
            SIGN_OFF: lambda: _joined(SignOffView(), areas.join_sign_off, self.sign_off),
        }
        self._listen()

    # -- the frame, as `Serving` sees it

    def show_page(self, key: str) -> None:
        """Bring a page into view."""
        self._make(key)
        self._shell.show_page(key)

    def show_person(self, person: PersonState | None) -> None:
        """Show who is being served, or nobody."""
        self._shell.show_person(person)

    def show_steps(self, steps: tuple[StepState, ...]) -> None:
        """Show the step bar."""
        self._shell.show_steps(steps)

    def show_panel(self, panel: PanelState) -> None:
        """Show the side panel."""
        self._shell.show_panel(panel)

    def notify(self, toast: ToastState) -> None:
        """Say something at the bottom right."""
        self._shell.notify(toast)

    def take_notice_away(self, about: str) -> None:
        """What a notice speaks of is over."""
        self._shell.take_notice_away(about)

    def ask(self, question: Question, act: Callable[[], None]) -> None:
        """Ask before something that cannot be undone."""
        self._shell.ask(question, act)

    # -- what the program asks

    @property
    def applicant(self) -> ApplicantWindow:
        """The second window, made when it is first wanted."""
        if self._applicant_window is None:
            self._applicant_window = ApplicantWindow()
            steps.join_applicant(self._applicant_window, self._applicant)
        return self._applicant_window

    def begin(self) -> None:
        """Show the start page: somebody signed in."""
        self.serving.wait()

    def go_to_sign_off(self) -> None:
        """Show what waits for a supervisor."""
        self._go_to(SIGN_OFF, self.sign_off)

    def go_to_lists(self) -> None:
        """Show the lists of a period."""
        self._go_to(LISTS, self.lists)

    def go_to_aside(self) -> None:
        """Show what the centre did not take."""
        self._go_to(ASIDE, self.aside)

    def go_to_class_list(self) -> None:
        """Show the page for class lists."""
        self._go_to(CLASS_LIST, self.class_list)

    def go_to_card_read(self) -> None:
        """Show the page of a card that is read."""
        self._go_to(CARDS, self.card_read, CARDS_READ)

    def go_to_card_pin(self) -> None:
        """Show the PIN page."""
        self._go_to(CARDS, self.card_pin, CARDS_PIN)

    def go_to_stock(self) -> None:
        """Show the book of blank cards."""
        self._go_to(CARDS, self.stock, CARDS_STOCK)

    def go_to_batch(self) -> None:
        """Show the page of batches."""
        self._go_to(CARDS, self.batch, CARDS_BATCH)

    def _go_to(self, area: str, presenter: _Opened, page: str = "") -> None:
        self.serving.leave()
        self._shell.show_areas(rail(*OPEN), area)
        self.show_page(page or area)
        presenter.opened()

    def _photo(self) -> PhotoView:
        view = _joined(PhotoView(), steps.join_photo, self.photo)
        view.elsewhere.connect(self.photo_sources.show)
        return view

    def _make(self, key: str) -> None:
        """Make a page when it is first wanted: a sample shows one of them."""
        if key in self._views:
            return
        view = self._views[key] = self._makers[key]()
        self._shell.add_page(key, view, serving=key not in _ALONE)
        if key == SIGN_OFF:
            view.go_on.connect(self.sign_off.go_on)
        elif isinstance(view, ListsView):
            view.stopped.connect(self.lists.stop)
        elif isinstance(view, AsideView):
            view.stopped.connect(self.aside.stop)
        elif isinstance(view, CardReadView):
            view.go_on.connect(self.card_read.go_on)
            view.back.connect(self.card_read.stop)
        elif isinstance(view, PinView):
            view.go_on.connect(self.card_pin.go_on)
            view.back.connect(self.card_pin.stop)
        elif isinstance(view, StockView):
            view.go_on.connect(self.stock.go_on)
            view.back.connect(self.stock.stop)
        elif isinstance(view, BatchView):
            view.go_on.connect(self.batch.go_on)
            view.back.connect(self.batch.stop)
        elif isinstance(view, ClassListView):
            view.go_on.connect(self.class_list.go_on)
            view.stopped.connect(self.class_list.stop)
        else:
            view.go_on.connect(self.serving.go_on)
            view.back.connect(self.serving.back)

    def _materials_view(self) -> MaterialsView:
        view = _joined(MaterialsView(), steps.join_materials, self.materials)
        view.scan.connect(lambda: self.documents.open_for(self.materials.current))
        return view

    def _card_view(self) -> CardView:
        view = _joined(CardView(), steps.join_card, self.card)
        view.face.connect(self.card_face.show)
        return view

    def _listen(self) -> None:
        shell = self._shell
        shell.step_chosen.connect(lambda number: self.serving.go(list(Station)[number - 1]))
        shell.target_chosen.connect(self._target)
        shell.searched.connect(self.serve.typed)
        shell.hit_chosen.connect(self.serve.choose)
        shell.scanned.connect(self._scanned)
        shell.asked.connect(lambda act: self._target(PAPERS) if act is Act.PAPERS else None)

    def _scanned(self, code: str) -> None:
        if self.photo_sources.scanned(code):
            return
        if not self.serve.scanned(code):
            self._shell.search_for(code)

    def _target(self, target: str) -> None:
        """A line was pressed: a station or a page beside the path opens, a field or row gets the focus."""
        if target in {CLOSING, PAPERS}:
            self.serving.turn_aside(target)
            return
        if target == SECOND:
            self.serving.open_second()
            return
        if target in {station.value for station in Station}:
            self.serving.go(Station(target))
            return
        view = self._views.get(self.serving.here.value) if self.serving.here else None
        if isinstance(view, FormView | IdentityView):
            view.go_to(target)


class _Page:
    """A page whose view is made before it takes its first state."""

    def __init__(self, presenter: PagePresenter, make: Callable[[], None]) -> None:
        self._presenter, self._make = presenter, make
        self.closed, self.go_on, self.stop = presenter.closed, presenter.go_on, presenter.stop

    def opened(self) -> None:
        """Make the view, then open the page."""
        self._make()
        self._presenter.opened()


class _SearchBox:
    """The search box of the top bar shows the same hits as the start page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def show_state(self, state: ServeState) -> None:
        self._shell.show_hits(state.hits)


def _joined(view: V, join: Callable[[V, P], None], presenter: P) -> V:
    join(view, presenter)
    return view
