"""Which presenter works which page, and which signal of a view is which word of its presenter."""

from sscard_desk.ui.app.gate import OpenCounter
from sscard_desk.ui.app.views import Views
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.approve.presenter import ApprovePresenter
from sscard_desk.ui.approve.view import ApproveView
from sscard_desk.ui.bank.presenter import BankPresenter
from sscard_desk.ui.bank.view import BankView
from sscard_desk.ui.card.presenter import CardPresenter
from sscard_desk.ui.card.view import CardView
from sscard_desk.ui.form.presenter import FormPresenter
from sscard_desk.ui.form.view import FormView
from sscard_desk.ui.identity.presenter import IdentityPresenter
from sscard_desk.ui.identity.view import IdentityView
from sscard_desk.ui.materials.presenter import MaterialsPresenter
from sscard_desk.ui.materials.view import MaterialsView
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.photo.presenter import PhotoPresenter
from sscard_desk.ui.photo.view import PhotoView
from sscard_desk.ui.serve.presenter import ServePresenter
from sscard_desk.ui.serve.view import ServeView
from sscard_desk.ui.serving.ports import PagePresenter
from sscard_desk.ui.serving.serving import SERVE, Serving
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.sign.presenter import SignPresenter
from sscard_desk.ui.sign.view import SignView


def serve_page(serving: Serving, view: ServeView) -> ServePresenter:
    """Return the presenter of the start page."""
    presenter = ServePresenter(serving)
    presenter.attach(view)
    view.typed.connect(presenter.typed)
    view.entered.connect(presenter.entered)
    view.chosen.connect(presenter.choose)
    view.read.connect(presenter.read)
    view.resume.connect(presenter.resume)
    return presenter


def identity_page(serving: Serving, view: IdentityView) -> IdentityPresenter:
    """Return the presenter of step 1."""
    presenter = IdentityPresenter(serving)
    presenter.attach(view)
    view.take.connect(presenter.take)
    view.keep.connect(presenter.keep)
    view.read.connect(presenter.read)
    view.undo.connect(presenter.undo)
    view.open_other.connect(presenter.open_other)
    return presenter


def bank_page(serving: Serving, view: BankView) -> BankPresenter:
    """Return the presenter of step 2."""
    presenter = BankPresenter(serving)
    presenter.attach(view)
    view.chosen.connect(presenter.choose)
    view.digit.connect(presenter.choose_number)
    view.change.connect(presenter.change)
    view.without_paper.connect(presenter.confirm_without_paper)
    return presenter


def photo_page(serving: Serving, view: PhotoView) -> PhotoPresenter:
    """Return the presenter of step 3."""
    presenter = PhotoPresenter(serving)
    presenter.attach(view)
    view.shoot.connect(presenter.shoot)
    view.chosen.connect(presenter.choose)
    view.drop.connect(presenter.drop)
    view.source.connect(presenter.use_source)
    view.file.connect(presenter.take_file)
    view.auto.connect(lambda auto: presenter.set_auto(auto=auto))
    view.again.connect(presenter.again)
    view.change.connect(presenter.change)
    return presenter


def form_page(serving: Serving, view: FormView) -> FormPresenter:
    """Return the presenter of step 4."""
    presenter = FormPresenter(serving)
    presenter.attach(view)
    view.edited.connect(presenter.edited)
    view.left.connect(presenter.left)
    view.focused.connect(presenter.entered_field)
    view.restore.connect(presenter.restore)
    view.preview.connect(presenter.preview)
    view.preview_closed.connect(presenter.close_preview)
    view.print_again.connect(presenter.print_again)
    view.next_missing.connect(presenter.next_missing)
    view.undo.connect(presenter.undo)
    view.change.connect(presenter.change)
    return presenter


def materials_page(serving: Serving, view: MaterialsView) -> MaterialsPresenter:
    """Return the presenter of step 5."""
    presenter = MaterialsPresenter(serving)
    presenter.attach(view)
    view.marked.connect(lambda name, state: presenter.mark(state, name))
    view.reached.connect(presenter.go_to)
    view.all_seen.connect(presenter.mark_all)
    view.change.connect(presenter.change)
    return presenter


def sign_page(serving: Serving, view: SignView) -> SignPresenter:
    """Return the presenter of step 6."""
    presenter = SignPresenter(serving)
    presenter.attach(view)
    view.begun.connect(presenter.begin)
    view.drawn.connect(presenter.drawn)
    view.confirmed.connect(presenter.confirm)
    view.cleared.connect(presenter.clear)
    view.by_paper.connect(lambda by_paper: presenter.use_paper(by_paper=by_paper))
    view.scan.connect(presenter.take_scan)
    view.look.connect(presenter.look)
    view.look_closed.connect(presenter.stop)
    return presenter


def approve_page(serving: Serving, view: ApproveView, opened: OpenCounter) -> ApprovePresenter:
    """Return the presenter of step 7."""
    presenter = ApprovePresenter(serving, opened.confirm)
    presenter.attach(view)
    view.account_typed.connect(presenter.account_typed)
    view.password_typed.connect(presenter.password_typed)
    view.look_again.connect(presenter.look_again)
    return presenter


def card_page(serving: Serving, view: CardView) -> CardPresenter:
    """Return the presenter of step 8."""
    presenter = CardPresenter(serving)
    presenter.attach(view)
    view.stop.connect(presenter.stop)
    view.again.connect(presenter.write)
    view.spoil.connect(presenter.spoil)
    view.tick.connect(presenter.tick)
    return presenter


class Pages:
    """All pages of one session."""

    def __init__(self, serving: Serving, shell: Shell, views: Views, opened: OpenCounter) -> None:
        self._serving, self._shell, self._views = serving, shell, views
        self.serve = serve_page(serving, views.serve)
        self.bank = bank_page(serving, views.bank)
        self.materials = materials_page(serving, views.materials)
        self.sign = sign_page(serving, views.sign)
        self._add(None, self.serve, views.serve)
        self._add(Station.IDENTITY, identity_page(serving, views.identity), views.identity)
        self._add(Station.BANK, self.bank, views.bank)
        self._add(Station.PHOTO, photo_page(serving, views.photo), views.photo)
        self._add(Station.FORM, form_page(serving, views.form), views.form)
        self._add(Station.MATERIALS, self.materials, views.materials)
        self._add(Station.SIGN, self.sign, views.sign)
        self._add(Station.APPROVE, approve_page(serving, views.approve, opened), views.approve)
        self._add(Station.CARD, card_page(serving, views.card), views.card)

    def cover(self) -> None:
        """The lock page comes over the desk."""
        self._serving.leave()

    def uncover(self) -> None:
        """The desk is seen again."""
        self._serving.show_again()

    def go_to_field(self, name: str) -> None:
        """A line of the side panel names a field of the page in view."""
        match self._serving.here:
            case Station.FORM:
                self._views.form.go_to(name)
            case Station.MATERIALS:
                self.materials.go_to(name)
            case Station.SIGN:
                self.sign.begin(name)
            case _:
                return

    def _add(self, station: Station | None, presenter: PagePresenter, view: StepPage) -> None:
        self._serving.add_page(station, presenter)
        view.go_on.connect(presenter.go_on)
        view.back.connect(self._serving.back)
        self._shell.add_page(station.value if station else SERVE, view)
