"""A card under way belongs to its application, whoever is in hand when it ends."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import CardOutcomeUnknown, CardRemoved
from sscard_desk.domain.events import CardIntended, CardWritten
from sscard_desk.domain.steps import Step
from sscard_desk.ports.devices import Cancel
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.card.state import CardPhase, CardState
from sscard_desk.ui.sample_desk import desk as sample_desk
from sscard_desk.ui.sample_desk.desk import SampleDesk
from sscard_desk.ui.sample_desk.people import LI_SI_CARD, REGISTERED
from sscard_desk.ui.states import ToastState
from sscard_desk.ui.words import Say
from sscard_desk.usecases.recording import record

CODE = "110101" + "0" * 26


class Counter:
    """A window whose card reader ends its work when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = SampleDesk()
        self.patch = monkeypatch
        self.at_work: list[tuple[Callable[[Any], None], Callable[[DeskError], None], Cancel]] = []
        self.said: list[ToastState] = []
        self.states: list[CardState] = []
        at_once = self.desk.runner.submit

        def submit(lane: str, work: Any, done: Any, failed: Any, cancel: Cancel | None = None) -> None:
            if lane == "card_reader":
                assert cancel is not None
                self.at_work.append((done, failed, cancel))
            else:
                at_once(lane, work, done, failed, cancel)

        monkeypatch.setattr(self.desk.runner, "submit", submit)
        monkeypatch.setattr(self.desk.serving, "notify", self.said.append)
        self.desk.pages.card.attach(self)

    def show_state(self, state: CardState) -> None:
        self.states.append(state)

    def writing(self) -> Application:
        application = self.desk.until(Station.CARD)
        self.desk.pages.card.write()
        assert len(self.at_work) == 1
        return application

    def next_person(self) -> Application:
        other = REGISTERED[4]
        card = replace(LI_SI_CARD, number=other.id_number, name=other.name, sex=other.sex, birth=other.birth)
        self.patch.setattr(sample_desk, "LI_SI_CARD", card)
        return self.desk.until(Station.CARD)

    def fail(self, error: DeskError) -> None:
        self.at_work[0][1](error)

    def finish(self, application: Application) -> None:
        day = self.desk.counter.today()
        session, store = self.desk.counter.session, self.desk.store
        intended = CardIntended(CODE, "K00081701", "training", "d" * 64, (), day, day.replace(year=2036))
        record(store, session, intended, application.id)
        self.at_work[0][0](record(store, session, CardWritten(CODE, "d" * 64, 31, ("EF05 05",)), application.id))

    def notices(self) -> list[str]:
        return [toast.title.key for toast in self.said if isinstance(toast.title, Say)]


@pytest.fixture
def counter(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Counter:
    return Counter(monkeypatch)


@pytest.mark.parametrize("error", [CardRemoved(), CardOutcomeUnknown()], ids=lambda error: error.code)
def test_a_failure_is_told_on_the_start_page_and_calls_nobody_back(counter: Counter, error: DeskError) -> None:
    application = counter.writing()
    counter.desk.serving.wait()
    counter.fail(error)
    assert counter.notices() == ["card.elsewhere_failed"]
    assert isinstance(counter.said[0].title, Say)
    assert dict(counter.said[0].title.values)["number"] == application.number
    assert (counter.desk.serving.dossier, counter.desk.serving.here) == (None, None)


def test_a_written_card_is_told_on_the_start_page_and_calls_nobody_back(counter: Counter) -> None:
    application = counter.writing()
    counter.desk.serving.wait()
    counter.finish(application)
    assert counter.notices() == ["card.elsewhere_written"]
    assert (counter.desk.serving.dossier, counter.desk.serving.here) == (None, None)
    counter.desk.serving.open(application.id, Station.CARD)
    assert counter.states[-1].phase is CardPhase.WRITTEN


@pytest.mark.parametrize("fails", [True, False])
def test_the_next_persons_page_shows_nothing_of_the_card_before(counter: Counter, fails: bool) -> None:
    application = counter.writing()
    other = counter.next_person()
    before = counter.states[-1]
    assert (before.phase, other.step) == (CardPhase.READY, Step.APPROVED)
    if fails:
        counter.fail(CardRemoved())
    else:
        counter.finish(application)
    assert counter.states[-1] == before
    assert counter.desk.serving.application == other
    assert counter.notices() == ["card.elsewhere_failed" if fails else "card.elsewhere_written"]


def test_the_next_person_neither_stops_nor_shares_the_card_under_way(counter: Counter) -> None:
    counter.writing()
    counter.next_person()
    assert not counter.desk.pages.card.stop()
    assert not counter.at_work[0][2].is_set()
    counter.desk.pages.card.write()
    assert len(counter.at_work) == 1
    assert counter.notices() == ["card.elsewhere_running"]


def test_whoever_comes_back_to_a_card_under_way_sees_it_run_and_end(counter: Counter) -> None:
    application = counter.writing()
    counter.next_person()
    counter.desk.serving.open(application.id, Station.CARD)
    assert counter.states[-1].phase is CardPhase.RUNNING
    counter.fail(CardRemoved())
    assert (counter.states[-1].phase, counter.states[-1].code) == (CardPhase.FAILED, "E304")
    assert counter.notices() == []
