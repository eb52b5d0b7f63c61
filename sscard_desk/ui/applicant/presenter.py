"""The second window follows the person being served; the applicant chooses the bank there, and signs a consent."""

from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from sscard_desk.domain.numbers.shown import masked
from sscard_desk.ui.applicant.state import ApplicantState, BankButton, Question
from sscard_desk.ui.application_flow import Station
from sscard_desk.ui.bank.presenter import BankPresenter
from sscard_desk.ui.bank.state import BankState
from sscard_desk.ui.photo_sources.presenter import SourcesPresenter
from sscard_desk.ui.photo_sources.state import ConsentState, SourcesState
from sscard_desk.ui.serving.dossier import Dossier
from sscard_desk.ui.serving.person_strip import code_words
from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.words import say

CLEARED_AFTER_S: Final = 90
"""Seconds without a key of the clerk or a touch of the applicant after which nothing personal is left on the screen."""


class View(Protocol):
    """What shows the second window."""

    def show_state(self, state: ApplicantState) -> None:
        """Show it."""


class ApplicantPresenter:
    """The second window."""

    def __init__(self, bank: BankPresenter, sources: SourcesPresenter, service_point: str, window: str) -> None:
        self._bank, self._sources = bank, sources
        self._empty = ApplicantState(service_point=service_point, window=window)
        self._state = self._empty
        self._views: list[View] = []
        self._dossier: Dossier | None = None
        self._here: Station | None = None
        self._consent: ConsentState | None = None
        bank.attach(_BankEar(self))
        sources.attach(_SourcesEar(self))

    @property
    def state(self) -> ApplicantState:
        """What is shown now."""
        return self._state

    def attach(self, view: View) -> None:
        """Show this in a window."""
        self._views.append(view)
        view.show_state(self._state)

    def person_changed(self, dossier: Dossier | None, here: Station | None) -> None:
        """Another person, another station, or nobody: what belonged to somebody else goes at once."""
        other = self._dossier is None or dossier is None or dossier.application.id != self._dossier.application.id
        if other:
            self._state = self._empty
        self._dossier, self._here = dossier, here
        self._refresh()

    def clear(self) -> None:
        """Locked, or nobody touched anything for 90 s."""
        self._dossier, self._here = None, None
        self._state = self._empty
        self._show()

    # -- the applicant's words

    def choose(self, code: str) -> None:
        """A bank was touched."""
        if self._state.question is Question.BANK:
            self._state = replace(self._state, answered=False)
            self._bank.choose(code)

    def answer(self) -> None:
        """The choice is made; the clerk sees it and prints."""
        if self._state.chosen:
            self._state = replace(self._state, answered=True)
            self._show()

    def draw(self, strokes: Strokes) -> None:
        """The applicant lifted the pen."""
        if self._state.question is Question.CONSENT:
            self._sources.consenting.drawn(strokes)

    def rub_out(self) -> None:
        """The applicant wants to sign anew."""
        if self._state.question is Question.CONSENT:
            self._sources.consenting.clear()

    def agree(self) -> None:
        """The applicant agrees to what was signed."""
        if self._state.question is Question.CONSENT:
            self._sources.consenting.confirm()

    def read_in(self, language: str) -> None:
        """The applicant wants the other language; words of consent are signed in the language in which they stand."""
        if self._state.question is Question.CONSENT:
            self._sources.consenting.use_language(language)

    # -- inner

    def sources_changed(self, state: SourcesState) -> None:
        """Words of consent came, changed or went."""
        shown = None if state.locked or state.busy else state.consent
        if shown != self._consent:
            self._consent = shown
            self._refresh()

    def bank_changed(self, _state: BankState) -> None:
        """The list of banks or the choice changed."""
        self._refresh()

    def _refresh(self) -> None:
        dossier = self._dossier
        if dossier is None:
            self._state = self._empty
            self._show()
            return
        application, bank = dossier.application, self._bank.state
        asks = self._here is Station.BANK and not bank.locked and not application.bank
        birth = date.fromisoformat(application.answers["birth"]) if application.answers.get("birth") else None
        consent = self._consent if self._here is Station.PHOTO else None
        question = Question.BANK if asks and bank.banks else Question.CONSENT if consent else Question.WAIT
        self._state = replace(
            self._state,
            question=question,
            consent=consent,
            name=application.name,
            facts=say(
                "applicant.facts",
                sex=code_words("sex", application.answers.get("sex", "0")),
                year=birth.year,
                month=birth.month,
                day=birth.day,
            )
            if birth is not None
            else "",
            number=masked(application.id_number),
            banks=tuple(
                BankButton(
                    each.code,
                    each.name,
                    "，".join(part for part in (each.outlet_name, each.hint) if part),
                    each.code == bank.chosen,
                )
                for each in bank.banks
            )
            if asks
            else (),
            chosen=next((each.name for each in bank.banks if each.code == bank.chosen), "") if asks else "",
        )
        self._show()

    def _show(self) -> None:
        for view in self._views:
            view.show_state(self._state)


class _BankEar:
    def __init__(self, presenter: ApplicantPresenter) -> None:
        self._presenter = presenter

    def show_state(self, state: BankState) -> None:
        self._presenter.bank_changed(state)


class _SourcesEar:
    def __init__(self, presenter: ApplicantPresenter) -> None:
        self._presenter = presenter

    def show_state(self, state: SourcesState) -> None:
        self._presenter.sources_changed(state)
