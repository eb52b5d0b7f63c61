"""All pages of the path in a window: made once after signing in."""

from PySide6.QtWidgets import QApplication

from sscard_desk.ui.applicant.presenter import ApplicantPresenter
from sscard_desk.ui.applicant.view import ApplicantWindow
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.approve.presenter import ApprovePresenter, Unlock
from sscard_desk.ui.approve.view import ApproveView
from sscard_desk.ui.bank.presenter import BankPresenter
from sscard_desk.ui.bank.view import BankView
from sscard_desk.ui.card.presenter import CardPresenter
from sscard_desk.ui.card.view import CardView
from sscard_desk.ui.form.presenter import FormPresenter
from sscard_desk.ui.form.view import FormView
from sscard_desk.ui.identity.presenter import IdentityPresenter
from sscard_desk.ui.identity.view import IdentityView
from sscard_desk.ui.keys import Act
from sscard_desk.ui.materials.presenter import MaterialsPresenter
from sscard_desk.ui.materials.view import MaterialsView
from sscard_desk.ui.navigation import wiring
from sscard_desk.ui.parts.step_page import StepPage
from sscard_desk.ui.photo.presenter import PhotoPresenter
from sscard_desk.ui.photo.view import PhotoView
from sscard_desk.ui.serve.presenter import ServePresenter
from sscard_desk.ui.serve.state import ServeState
from sscard_desk.ui.serve.view import ServeView
from sscard_desk.ui.serving.ports import PagePresenter, Runner
from sscard_desk.ui.serving.serving import SERVE, Serving
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.sign.presenter import SignPresenter
from sscard_desk.ui.sign.view import SignView
from sscard_desk.ui.sign_off.presenter import Confirm, SignOffPresenter
from sscard_desk.ui.sign_off.view import SignOffView
from sscard_desk.usecases.counter import Counter

SIGN_OFF = "sign_off"


class CounterPages:
    """The pages of one signed-in counter in its window.

    Attributes:
        serving: who is being served.
        applicant: the second window; shown by F11.
    """

    def __init__(self, shell: Shell, counter: Counter, runner: Runner, unlock: Unlock, confirm: Confirm) -> None:
        """Make all pages and join them.

        Args:
            shell: the window.
            counter: everything outside that the operations may ask.
            runner: the lanes.
            unlock: account and password of a supervisor to a session.
            confirm: the password of whoever is signed in to a session.
        """
        self._shell = shell
        self.serving = Serving(counter, runner, shell)
        self.serve = ServePresenter(self.serving)
        bank = BankPresenter(self.serving)
        form, identity = FormPresenter(self.serving), IdentityPresenter(self.serving)
        photo, materials = PhotoPresenter(self.serving), MaterialsPresenter(self.serving)
        sign, card = SignPresenter(self.serving), CardPresenter(self.serving)
        approve = ApprovePresenter(self.serving, unlock)
        self.identity, self.bank, self.photo, self.form = identity, bank, photo, form
        self.materials, self.sign, self.approve, self.card = materials, sign, approve, card
        self.sign_off = SignOffPresenter(counter, runner, confirm, shell.notify)
        serve_view, identity_view, self._form_view = ServeView(), IdentityView(), FormView()
        bank_view, photo_view, materials_view = BankView(), PhotoView(), MaterialsView()
        sign_view, approve_view, card_view = SignView(), ApproveView(), CardView()
        self.sign_off_view = SignOffView()
        self._identity_view = identity_view
        wiring.join_serve(serve_view, self.serve)
        wiring.join_identity(identity_view, identity)
        wiring.join_bank(bank_view, bank)
        wiring.join_photo(photo_view, photo)
        wiring.join_form(self._form_view, form)
        wiring.join_materials(materials_view, materials)
        wiring.join_sign(sign_view, sign)
        wiring.join_approve(approve_view, approve)
        wiring.join_card(card_view, card)
        wiring.join_sign_off(self.sign_off_view, self.sign_off)
        self._add(None, serve_view, self.serve)
        self._add(Station.IDENTITY, identity_view, identity)
        self._add(Station.BANK, bank_view, bank)
        self._add(Station.PHOTO, photo_view, photo)
        self._add(Station.FORM, self._form_view, form)
        self._add(Station.MATERIALS, materials_view, materials)
        self._add(Station.SIGN, sign_view, sign)
        self._add(Station.APPROVE, approve_view, approve)
        self._add(Station.CARD, card_view, card)
        shell.add_page(SIGN_OFF, self.sign_off_view, serving=False)
        self.applicant = ApplicantWindow()
        self._applicant = ApplicantPresenter(bank, counter.service_point, counter.window)
        wiring.join_applicant(self.applicant, self._applicant)
        self.serving.add_watcher(self._applicant)
        self.serve.attach(_SearchBox(shell))
        self._listen()

    def begin(self) -> None:
        """Show the start page: somebody signed in."""
        self.serving.wait()

    def go_to_sign_off(self) -> None:
        """Show what waits for a supervisor."""
        self.serving.pause()
        self._shell.show_page(SIGN_OFF)
        self.sign_off.opened()

    def back_to_person(self) -> None:
        """Alt+Home: back to the person being served, or to the start page."""
        self.sign_off.closed()
        self.serving.come_back()

    def lock(self) -> None:
        """The window is locked: nothing personal stays on the second one, and no device runs."""
        self.serving.pause()
        self._applicant.clear()

    def toggle_applicant(self) -> None:
        """F11: the second window on or off; full screen where there is a second screen."""
        if self.applicant.isVisible():
            self.applicant.hide()
            return
        screens = QApplication.screens()
        other = next((screen for screen in screens if screen is not self._shell.screen()), None)
        if other is not None:
            self.applicant.setGeometry(other.geometry())
            self.applicant.showFullScreen()
        else:
            self.applicant.show()

    def _add(self, station: Station | None, view: StepPage, presenter: PagePresenter) -> None:
        self.serving.add_page(station, presenter)
        self._shell.add_page(station.value if station else SERVE, view, serving=station is not None)
        view.go_on.connect(self.serving.go_on)
        view.back.connect(self.serving.back)

    def _listen(self) -> None:
        shell = self._shell
        shell.step_chosen.connect(lambda number: self.serving.go(list(Station)[number - 1]))
        shell.target_chosen.connect(self._target)
        shell.searched.connect(self.serve.typed)
        shell.hit_chosen.connect(self.serve.choose)
        shell.asked.connect(self._asked)

    def _target(self, target: str) -> None:
        """A missing line was pressed: a station opens, a field or row gets the focus."""
        if target in {station.value for station in Station}:
            self.serving.go(Station(target))
        elif self.serving.here is Station.FORM:
            self._form_view.go_to(target)
        elif self.serving.here is Station.IDENTITY:
            self._identity_view.go_to(target)

    def _asked(self, act: Act) -> None:
        if act is Act.SERVED_PERSON:
            self.back_to_person()
        elif act is Act.APPLICANT_WINDOW:
            self.toggle_applicant()
        elif act is Act.BACK:
            self.serving.back()


class _SearchBox:
    """The search box of the top bar shows the same hits as the start page."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def show_state(self, state: ServeState) -> None:
        self._shell.show_hits(state.hits)
