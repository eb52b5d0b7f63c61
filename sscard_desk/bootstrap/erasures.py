"""What is kept and erased, over an open data folder."""

from sscard_desk.bootstrap.desk import OpenDesk
from sscard_desk.bootstrap.retention import rules_of
from sscard_desk.domain.errors.steps import ApplicationUnknown
from sscard_desk.domain.ids import ApplicationId
from sscard_desk.ports.erasures import Standing
from sscard_desk.usecases.ask_erasure import ask_erasure


class FolderErasures:
    """Fits `ports.erasures.ErasureBook`."""

    def __init__(self, desk: OpenDesk) -> None:
        self._desk = desk

    def standing(self) -> Standing:
        """Return what stands."""
        store = self._desk.store
        rules, requests, erasures = rules_of(store), store.erasure_requests(), store.erasures()
        subjects = {each.subject for each in requests} | {each.subject for each in erasures}
        numbers = {subject: number for subject in subjects if (number := self._number(subject))}
        return Standing(rules.desk_days, rules.backup_days, requests, erasures, dict(store.erasures_waiting()), numbers)

    def ask(self, number: str, by: str, reason: str) -> None:
        """Record that a person asks for erasure."""
        store = self._desk.store
        ask_erasure(store, self._desk.session, store.find_application(number), by, reason)

    def _number(self, subject: str) -> str:
        try:
            return self._desk.store.application(ApplicationId(subject)).number
        except ApplicationUnknown:
            return ""  # erased by now, or no application
