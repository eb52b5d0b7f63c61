"""The window of a clerk with an application at any station, made by the real presenters and operations."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sscard_desk.cards.face_file import shipped_face
from sscard_desk.cards.profile_file import load_profile
from sscard_desk.domain.application import Application
from sscard_desk.domain.errors.operator import PasswordWrong
from sscard_desk.domain.events import Material
from sscard_desk.domain.prints import PrintState
from sscard_desk.forms.codes import table
from sscard_desk.ports.counter_devices import Devices
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.ports.tables import Tables
from sscard_desk.resources import resource
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.form.answers import FormAnswers
from sscard_desk.ui.running import running_application
from sscard_desk.ui.sample_desk.devices import (
    AtOnce,
    SampleCamera,
    SampleCardReader,
    SampleDays,
    SampleIdReader,
    SampleKeys,
    SamplePaper,
    SamplePrinter,
)
from sscard_desk.ui.sample_desk.documents import SampleDocuments
from sscard_desk.ui.sample_desk.id_scans import SampleIdScans
from sscard_desk.ui.sample_desk.pages import SamplePages
from sscard_desk.ui.sample_desk.people import CLERK, LI_SI_CARD, SUPERVISOR, SampleClock, SampleSession
from sscard_desk.ui.sample_desk.photo_sources import SampleSources, sample_photo_sources
from sscard_desk.ui.sample_desk.portraits import SamplePortraits, portrait_jpeg
from sscard_desk.ui.sample_desk.register import SampleNames, SamplePersons
from sscard_desk.ui.sample_desk.scans import SampleFormReader, SampleScanner
from sscard_desk.ui.sample_desk.school import SampleTables
from sscard_desk.ui.sample_desk.signatures import signature
from sscard_desk.ui.sample_desk.store import SampleStore
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.shell import Shell
from sscard_desk.ui.shell.samples import framed
from sscard_desk.ui.widgets.dialog import Dialog
from sscard_desk.usecases.approve import approve
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.check_materials import check_materials, checklist
from sscard_desk.usecases.confirm_bank import banks, confirm_bank
from sscard_desk.usecases.counter import Counter
from sscard_desk.usecases.form_of import REGISTRATION, form_of
from sscard_desk.usecases.identify import identify_card
from sscard_desk.usecases.issue_form import issue_form, registration_paper
from sscard_desk.usecases.open_application import decide_identity, open_application
from sscard_desk.usecases.print_forms import plan_confirmation, plan_registration
from sscard_desk.usecases.prints import Drawn, PrintPlan, note_state, order_prints
from sscard_desk.usecases.recording import Exemption
from sscard_desk.usecases.sign import sign
from sscard_desk.usecases.take_back_form import take_back_form
from sscard_desk.usecases.time_limit import TimeLimit, due_date

ASLEEP: Final = frozenset({"id_reader", "camera", "card_reader"})
PASSWORD: Final = "training"  # noqa: S105 - the password of an invented supervisor


class SampleDesk:
    """One window with everything behind it."""

    def __init__(
        self,
        session: SampleSession = CLERK,
        asleep: frozenset[str] = ASLEEP,
        store: Store | None = None,
        tables: Tables | None = None,
    ) -> None:
        app = running_application()
        self.clock = SampleClock()
        self.store: Store = store or SampleStore(self.clock)
        self.printer, self.id_reader = SamplePrinter(), SampleIdReader()
        self.scanner, self.form_reader = SampleScanner(), SampleFormReader()
        self.documents, self.id_scans = SampleDocuments(), SampleIdScans()
        self.runner, self.sources = AtOnce(asleep), SampleSources()
        self.tables = tables or SampleTables()
        self.counter = Counter(
            store=self.store,
            persons=SamplePersons(),
            session=session,
            devices=Devices(
                self.id_reader, SampleCardReader(), SampleCamera(), self.printer, self.scanner, self.printer
            ),
            clock=self.clock,
            working_days=SampleDays(),
            paper=SamplePaper(),
            portraits=SamplePortraits(),
            photo_sources=sample_photo_sources(self.sources),
            form_reader=self.form_reader,
            documents=self.documents,
            keys=SampleKeys(),
            profile=load_profile(resource("card_profiles", "training.toml")),
            face=shipped_face("third_generation"),
            service_point="城关街道社保服务点",
            window="2 号窗口",
            time_limit=TimeLimit(),
            id_scans=self.id_scans,
            tables=self.tables,
            names=SampleNames(),
        )
        self.shell: Shell = framed(app)
        self.pages = SamplePages(self.shell, self.counter, self.runner, _unlock, lambda password: _unlock("", password))
        self.pages.begin()

    @property
    def serving(self) -> Serving:
        """Who is being served."""
        return self.pages.serving

    def answer_question(self, *, act: bool) -> None:
        """Answer the dialog that stands open."""
        dialog = self.shell.findChild(Dialog)
        if isinstance(dialog, Dialog):
            (dialog.act if act else dialog.safe).click()

    def identify(self) -> None:
        """Lay the id card of 李四: two differences to the register."""
        identity = identify_card(LI_SI_CARD, self.counter.persons, self.store)
        self.serving.receive(identity)

    def opened(self, session: Session) -> Application:
        """Open the application with both differences taken from the card."""
        counter = self.counter
        identity = identify_card(LI_SI_CARD, counter.persons, self.store)
        application = open_application(self.store, session, identity, today=counter.today())
        self.clock.move(2)
        taken = {"address": True, "valid_from": True, "valid_to": True}
        return decide_identity(self.store, session, application.id, identity, taken)

    def until(
        self,
        station: Station,
        opener: SampleSession | None = None,
        promised: tuple[str, ...] = (),
        exemption: Exemption | None = None,
    ) -> Application:
        """Do everything before a station, as `record_until` does, and open it."""
        application = self.record_until(station, opener, promised, exemption)
        self.serving.open(application.id, station)
        return application

    def record_until(
        self,
        station: Station,
        opener: SampleSession | None = None,
        promised: tuple[str, ...] = (),
        exemption: Exemption | None = None,
    ) -> Application:
        """Do everything before a station without showing it.

        Args:
            station: which.
            opener: who takes the application in.
            promised: materials that are promised for two days later; all others were seen.
            exemption: a supervisor's leave; the materials that are promised are missing then.
        """
        session, store = opener or self.counter.session, self.store
        application = self.opened(session)
        if station.number > Station.BANK.number:
            self.clock.move(2)
            self._printed(plan_confirmation(store, application, banks(store)[0]))
            application = confirm_bank(store, session, application, banks(store)[0].code, b"confirmation")
        if station.number > Station.PHOTO.number:
            self.clock.move(3)
            application = attach_photo(
                store, session, application.id, jpeg=portrait_jpeg(), source="camera", measures={"faces": 1.0}
            )
        if station.number > Station.FORM.number:
            self.clock.move(4)
            application = self._form(application, session)
        if station.number > Station.MATERIALS.number:
            self.clock.move(1)
            application = self._materials(application, session, promised, exemption)
        if station.number > Station.SIGN.number:
            application = self.signed(application, session)
        if station.number > Station.APPROVE.number:
            self.clock.move(3)
            application = approve(store, SUPERVISOR, application)
        return application

    def _materials(
        self, application: Application, session: Session, promised: tuple[str, ...], exemption: Exemption | None
    ) -> Application:
        counter, today = self.counter, self.counter.today()
        later = Material("", "missing") if exemption else Material("", "promised", today + timedelta(days=2))
        shown = [
            replace(later, name=name) if name in promised else Material(name, "original_seen")
            for name in checklist(application, today)
        ]
        return check_materials(
            self.store, session, application, shown, exemption, today=today, calendar=counter.working_days
        )

    def signed(self, application: Application, session: Session, *parties: str) -> Application:
        """Let the parties sign by strokes."""
        for party in parties or ("applicant", "clerk"):
            self.clock.move(1)
            application = sign(
                self.store,
                session,
                application,
                party=party,
                kind_of_signature="strokes",
                evidence=signature(party).encode(),
            )
        return application

    def _printed(self, plan: PrintPlan) -> None:
        """Let a paper be out."""
        pdf = f"{plan.definition.words.zh}\n{plan.application.number}\n\n{self.clock.now():%H:%M}".encode()
        record = order_prints(self.store, self.counter.session, self.printer.name, [Drawn(plan, pdf, 1)])[0]
        note_state(self.store, self.counter.session, record, PrintState.COMPLETED)

    def form_out(self) -> Application:
        """Do everything until the form is printed and out."""
        session = self.counter.session
        return self._issued(self.record_until(Station.FORM), session)

    def _form(self, application: Application, session: Session) -> Application:
        application = self._issued(application, session)
        self.clock.move(3)
        return take_back_form(self.store, session, application, application.answers)

    def _issued(self, application: Application, session: Session) -> Application:
        counter, definition = self.counter, form_of(self.store, application, REGISTRATION)
        answers = FormAnswers.begin(definition, application, counter.today(), full_answers(), "和平路支行").all()
        due = due_date(counter.today(), counter.time_limit, counter.working_days)
        self._printed(plan_registration(self.store, application, answers, due=None))
        pdf = registration_paper(counter.press(), application, answers, due=due)
        return issue_form(self.store, session, application, answers, pdf=pdf, due=due)


def full_answers() -> dict[str, str]:
    """Return what has to be typed into the form, with the first code of each table."""
    codes = {name: table(name).rows[0].code for name in ("household_kind", "person_status", "pick_up")}
    return {"mobile": "13800138000", "postcode": "100010", **codes}


def _unlock(_account: str, password: str) -> Session:
    if password != PASSWORD:
        raise PasswordWrong(tries_left=4)
    return SUPERVISOR


def _confirm(password: str) -> Session:
    return _unlock("", password)
