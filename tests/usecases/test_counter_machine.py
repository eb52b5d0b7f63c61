"""Clerks do things in any order, on a real encrypted store: every act is taken or refused, and every state is legal."""

import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sscard_desk.devices.calendar import StateCouncilCalendar
from sscard_desk.domain import events
from sscard_desk.domain.application import Application
from sscard_desk.domain.due import Due, due_items
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.events import Material
from sscard_desk.domain.ids import AccountId, Role
from sscard_desk.domain.steps import ENDED, Step
from sscard_desk.forms.cases import evidence_sources
from sscard_desk.store.desk_store import DeskStore
from sscard_desk.store.opening import create_folder, open_desk
from sscard_desk.training.persons import persons
from sscard_desk.training.point import training_point
from sscard_desk.usecases.approve import approve, defer_approval, send_back
from sscard_desk.usecases.attach_photo import attach_photo
from sscard_desk.usecases.case_of import case_of, materials_asked
from sscard_desk.usecases.check_materials import bring_material, check_materials, missing_items
from sscard_desk.usecases.close_application import expire, refuse, withdraw
from sscard_desk.usecases.confirm_bank import confirm_bank
from sscard_desk.usecases.due_list import due_list
from sscard_desk.usecases.exempt_photo import exempt_photo
from sscard_desk.usecases.hand_over import hand_over, holding_back
from sscard_desk.usecases.identify import identify_document
from sscard_desk.usecases.issue_form import issue_form
from sscard_desk.usecases.open_application import open_application
from sscard_desk.usecases.recording import Exemption, record
from sscard_desk.usecases.sign import sign
from sscard_desk.usecases.take_back_form import take_back_form, void_signatures
from sscard_desk.usecases.time_limit import TimeLimit, last_day

from .conftest import KEY, Person
from .test_cases import AGENT, CITIZEN, FULL, TYPED, number
from .test_counter_operations import Register

BEGIN = date(2026, 11, 23)
CALENDAR = StateCouncilCalendar()
CHILD = number("42019620220307451")
PEOPLE = ((CITIZEN, TYPED), (CHILD, TYPED), (next(iter(persons(1))).id_number, TYPED | {"name": "王䶮"}))
SOURCES = [source.id for source in evidence_sources() if source.document_kind == ""]
STATES = st.sampled_from(["original_seen"] * 5 + ["copy_kept", "promised", "missing"])
REASONS = st.sampled_from(["said so", "said so", " "])


class CounterMachine(RuleBasedStateMachine):
    """One desk, a clerk, a supervisor, three applicants, and days that go by."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        point = training_point()
        create_folder(
            self.folder / "desk", desk_id=point.desk, service_point=point.code, desk_no=point.desk_no, training=True,
            database_key=KEY,
        )  # fmt: skip
        self.store: DeskStore = open_desk(self.folder / "desk", KEY)
        for bank in point.banks:
            self.store.keep_local_reference("bank", bank["code"], bank)
        self.clerk = Person(AccountId("c" * 32), "王丽", Role.CLERK)
        self.supervisor = Person(AccountId("5" * 32), "陈静", Role.SUPERVISOR)
        self.today = BEGIN
        self.seen: list[Application] = []
        self.expired_on: dict[str, date] = {}

    @initialize(person=st.sampled_from(PEOPLE), source=st.sampled_from(SOURCES))
    def somebody_comes(self, person: tuple[str, dict[str, str]], source: str) -> None:
        self.opens(person, source, exempted=False)

    @rule(person=st.sampled_from(PEOPLE), source=st.sampled_from(SOURCES), exempted=st.booleans())
    def opens(self, person: tuple[str, dict[str, str]], source: str, exempted: bool) -> None:
        who = identify_document(person[0], person[1], Register(), self.store, source)
        leave = Exemption("the first one is lost", self.supervisor) if exempted else None
        self.attempt(lambda: open_application(self.store, self.clerk, who, today=self.today, exemption=leave))

    @rule(days=st.integers(1, 9))
    def days_go_by(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(bank=st.sampled_from(["01", "02", "99"]))
    def chooses_a_bank(self, bank: str) -> None:
        self.attempt(lambda: confirm_bank(self.store, self.clerk, self.last(), bank, b"%PDF"))

    @rule(exempt=st.booleans())
    def comes_to_the_photo(self, exempt: bool) -> None:
        if exempt:
            self.attempt(lambda: exempt_photo(self.store, self.clerk, self.last()))
        else:
            self.attempt(
                lambda: attach_photo(self.store, self.clerk, self.last().id, jpeg=b"j", source="camera", measures={})
            )

    @rule(more=st.sampled_from([{}, AGENT | {"applied_by": "2"}, AGENT | {"applied_by": "3"}, {"person_status": "10"}]))
    def prints_the_form(self, more: dict[str, str]) -> None:
        until = last_day(self.today, TimeLimit(), CALENDAR)
        answers = FULL | {"name_description": "上龙下天"} | more
        self.attempt(
            lambda: issue_form(
                self.store, self.clerk, self.last(), answers, pdf=b"%PDF", due=until.day, counted=until.counted.value
            )
        )

    @rule(postcode=st.sampled_from(["430000", "430001", "43"]))
    def takes_the_form_back(self, postcode: str) -> None:
        self.attempt(lambda: take_back_form(self.store, self.clerk, self.last(), {"postcode": postcode}))

    @rule(states=st.lists(STATES, min_size=8, max_size=8), days=st.integers(-1, 20), exempted=st.booleans())
    def checks_the_materials(self, states: list[str], days: int, exempted: bool) -> None:
        by = self.today + timedelta(days=days)
        shown = [
            Material(asked.id, state, by if state == "promised" else None)
            for asked, state in zip(materials_asked(self.last()), states, strict=False)
        ]
        leave = Exemption("police note seen", self.supervisor) if exempted else None
        self.attempt(
            lambda: check_materials(
                self.store, self.clerk, self.last(), shown, leave, today=self.today, calendar=CALENDAR
            )
        )

    @rule()
    def sees_all_originals(self) -> None:
        shown = [Material(asked.id, asked.accepts[0]) for asked in materials_asked(self.last())]
        self.attempt(lambda: check_materials(self.store, self.clerk, self.last(), shown))

    @precondition(lambda self: missing_items(self.last()))
    @rule(at=st.integers(0, 7), state=STATES)
    def brings_something_later(self, at: int, state: str) -> None:
        missing = missing_items(self.last())
        name = missing[at % len(missing)].asked.id
        self.attempt(lambda: bring_material(self.store, self.clerk, self.last(), name, state))

    @rule(party=st.sampled_from(["applicant", "guardian", "agent", "clerk"]))
    def signs(self, party: str) -> None:
        self.attempt(
            lambda: sign(self.store, self.clerk, self.last(), party=party, kind_of_signature="strokes", evidence=b"s")
        )

    @rule()
    def everybody_signs(self) -> None:
        for party in self.last().parties:
            self.signs(party)

    @rule(by_clerk=st.booleans())
    def approves(self, by_clerk: bool) -> None:
        who = replace(self.supervisor, account=self.clerk.account) if by_clerk else self.supervisor
        self.attempt(lambda: approve(self.store, who, self.last()))

    @rule(reason=REASONS, to=st.sampled_from(["form_returned", "materials_checked"]))
    def sends_back(self, reason: str, to: str) -> None:
        self.attempt(lambda: send_back(self.store, self.supervisor, self.last(), reason, to))

    @rule(reason=REASONS, one=st.booleans())
    def defers(self, reason: str, one: bool) -> None:
        self.attempt(lambda: defer_approval(self.store, self.clerk, self.last(), reason, one_person=one))

    @rule()
    def voids(self) -> None:
        self.attempt(lambda: void_signatures(self.store, self.clerk, self.last(), "changed"))

    @rule()
    def writes_the_card(self) -> None:
        until = self.today.replace(year=self.today.year + 10)
        intended = events.CardIntended("3" * 32, "K00008171", "training", "d", ("08",), self.today, until)
        self.attempt(lambda: record(self.store, self.clerk, intended, self.last().id))
        self.attempt(
            lambda: record(self.store, self.clerk, events.CardWritten("3" * 32, "d", 9, ("08",)), self.last().id)
        )

    @rule(exempted=st.booleans())
    def hands_over(self, exempted: bool) -> None:
        leave = Exemption("brings it tomorrow", self.supervisor) if exempted else None
        before = self.last()
        if self.attempt(lambda: hand_over(self.store, self.clerk, before, exemption=leave)):
            assert exempted or holding_back(before) == ()

    @rule(reason=REASONS, how=st.sampled_from(["withdraw", "refuse", "expire", "expire-by-clerk"]))
    def closes(self, reason: str, how: str) -> None:
        before = self.last()
        overdue = any(item.state is Due.OVERDUE for item in due_items(before, self.today))
        acts = {
            "withdraw": lambda: withdraw(self.store, self.clerk, before, reason),
            "refuse": lambda: refuse(self.store, self.clerk, before, reason, "not_eligible"),
            "expire": lambda: expire(self.store, self.supervisor, before, reason, self.today),
            "expire-by-clerk": lambda: expire(self.store, self.clerk, before, reason, self.today),
        }
        if self.attempt(acts[how]):
            assert reason.strip()
            assert how != "expire-by-clerk"
            assert overdue or how != "expire"

    # -- what holds whatever they do

    @invariant()
    def every_application_is_in_a_legal_state(self) -> None:
        for application in self.store.recent(100):
            self.is_legal(application)
        assert self.store.unsent() == sum(len(self.store.history(each.id)) for each in self.store.recent(100))

    def is_legal(self, a: Application) -> None:
        signed = {Step.SIGNED, Step.APPROVAL_DEFERRED, Step.APPROVED, Step.CARD_WRITTEN, Step.HANDED_OVER}
        if a.step in signed:
            assert all(a.signed_by(party) for party in a.parties)
            assert a.parties == case_of(a).parties
            assert a.photo_settled
            blocking = [
                m
                for m, asked in zip(a.materials, materials_asked(a), strict=True)
                if m.state == "missing" and asked.blocks
            ]
            assert not blocking or a.materials_exception
        if a.step in {Step.APPROVED, Step.HANDED_OVER}:
            assert a.approval is not None
            assert a.approval.digest == a.digest
            assert a.approval.by != a.opened_by
        if a.step in {Step.CARD_WRITTEN, Step.HANDED_OVER}:
            assert a.card is not None
            assert a.card.state == "written"
        if a.step is Step.FORM_ISSUED:
            assert a.due is not None
            assert a.counted
        if a.step in {Step.WITHDRAWN, Step.REFUSED, Step.EXPIRED}:
            assert a.closed_reason.strip()
            assert a.card is None
        if a.step in ENDED:
            assert due_items(a, self.today) == ()
        for item in due_items(a, self.today):
            assert (item.state is Due.OVERDUE) == (item.day < self.today)

    @invariant()
    def nobody_has_two_in_work_without_an_exception(self) -> None:
        for number_of, _ in PEOPLE:
            mine = [each for each in self.store.in_work() if each.id_number == number_of]
            assert sum(not each.second_exception for each in mine) <= 1

    @invariant()
    def what_is_due_is_listed(self) -> None:
        listed = {line.application.id for line in due_list(self.store, self.today)}
        due = {each.id for each in self.store.in_work() if any(i.state.pressing for i in due_items(each, self.today))}
        assert listed == due

    def last(self) -> Application:
        return self.store.recent(1)[0]

    def attempt(self, act) -> bool:  # type: ignore[no-untyped-def] # any use case
        """Do it; what is refused leaves the store as it was."""
        entries = self.store.unsent()
        before = self.store.recent(100)
        try:
            act()
        except DeskError:
            assert self.store.unsent() == entries
            assert self.store.recent(100) == before
            return False
        return True

    def teardown(self) -> None:
        found = self.store.verify()
        self.store.close()
        shutil.rmtree(self.folder)
        assert found.sound


TestCounterMachine = CounterMachine.TestCase
TestCounterMachine.settings = settings(
    max_examples=10, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_the_machine_reaches_the_end_of_the_path() -> None:
    machine = CounterMachine()
    try:
        machine.somebody_comes(PEOPLE[0], "id_card")
        machine.chooses_a_bank("01")
        machine.comes_to_the_photo(exempt=False)
        machine.prints_the_form({})
        machine.takes_the_form_back("430000")
        machine.sees_all_originals()
        machine.everybody_signs()
        machine.approves(by_clerk=False)
        machine.writes_the_card()
        machine.hands_over(exempted=False)
        assert machine.last().step is Step.HANDED_OVER
        machine.every_application_is_in_a_legal_state()
    finally:
        machine.teardown()
