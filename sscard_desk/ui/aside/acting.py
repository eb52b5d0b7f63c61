"""What is recorded for a chosen way. No Qt; everything here runs on the store's lane."""

from collections.abc import Callable
from dataclasses import dataclass

from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.ui.aside import rows as said
from sscard_desk.ui.aside.state import AsideState
from sscard_desk.usecases import settle_conflict as settling
from sscard_desk.usecases import transfer_application as transfers
from sscard_desk.usecases.mending import Mend, Trouble
from sscard_desk.usecases.recording import Exemption
from sscard_desk.usecases.transfer_application import Question
from sscard_desk.wire.refusals import Refusal

Work = Callable[[], object]


@dataclass(frozen=True)
class Acting:
    """Who acts, where, and on what as it was shown.

    Attributes:
        store: the desk's database.
        session: who is signed in.
        state: the page: the chosen way, the reason, the comparison.
        exemption: makes a supervisor's leave, None where none is asked for.
    """

    store: Store
    session: Session
    state: AsideState
    exemption: Callable[[], Exemption | None]

    def mend(self, trouble: Trouble) -> Work | None:
        """Return what puts a trouble right, None where nothing is recorded for the way."""
        ways: dict[str, Work] = {
            Mend.COMPARE.value: lambda: self._compared(trouble),
            Mend.WITHDRAW.value: lambda: settling.withdraw_mine(self.store, self.session, trouble, self._reason),
            said.ASK: lambda: self._ask(trouble),
            Mend.KEEP_BOTH.value: lambda: self._keep(trouble),
            Mend.DROP.value: lambda: settling.drop(self.store, self.session, trouble),
            Mend.RENUMBER.value: lambda: settling.renumber(self.store, self.session, trouble),
            Mend.OTHER_CARD.value: lambda: settling.take_other_card(self.store, self.session, trouble),
            Mend.AGAIN.value: lambda: settling.send_again(self.store, trouble),
        }
        return ways.get(self.state.way)

    def answer(self, question: Question) -> Work:
        """Return what answers a question for an application."""
        if self.state.way == said.DECLINE:
            return lambda: transfers.decline(self.store, self.session, question, self._reason)
        return lambda: transfers.grant(self.store, self.session, question)

    @property
    def _reason(self) -> str:
        return self.state.reason.strip()

    def _compared(self, trouble: Trouble) -> object:
        if trouble.code is Refusal.ALREADY_OPEN:
            carried = said.carried(self.state.sides, trouble.application)
            return settling.withdraw_mine(self.store, self.session, trouble, self._reason, carried)
        return settling.merge(self.store, self.session, trouble, said.taken_mine(self.state.sides))

    def _ask(self, trouble: Trouble) -> None:
        if trouble.other is not None:
            transfers.ask_for(self.store, self.session, trouble.other.key, trouble.other.number, self._reason)
            settling.withdraw_mine(self.store, self.session, trouble, self._reason)

    def _keep(self, trouble: Trouble) -> None:
        leave = self.exemption()
        if leave is not None:
            settling.keep_both(self.store, self.session, trouble, leave)
