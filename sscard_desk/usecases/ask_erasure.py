"""A person asks at the counter that what is kept of an application be erased: recorded here, decided at the centre."""

from collections.abc import Sequence
from typing import Final, Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.erasure import ErasureRequest
from sscard_desk.domain.errors.operator import UsageWrong
from sscard_desk.domain.events import ErasureAsked
from sscard_desk.domain.ids import Role
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.usecases.recording import need_reason, need_role

ASKING: Final = ("applicant", "guardian", "agent")


class Requests(Protocol):
    """Where requests are read."""

    def erasure_requests(self) -> Sequence[ErasureRequest]:
        """Return every request that this desk knows of, oldest first."""


def ask_erasure(store: Store, session: Session, application: Application, by: str, reason: str) -> None:
    """Record a request; nothing is erased by it before the centre has decided.

    Args:
        store: the desk's database.
        session: who is signed in.
        application: about which one.
        by: who asks, a word of `ASKING`.
        reason: in the person's words.

    Raises:
        RoleMissing: neither a clerk nor a supervisor.
        ReasonMissing: no reason in words.
        UsageWrong: somebody else cannot ask.
    """
    need_role(session, Role.CLERK, Role.SUPERVISOR)
    need_reason(reason)
    if by not in ASKING:
        raise UsageWrong(reason=f"{by}: one of {', '.join(ASKING)}")
    with store.work(session.account) as work:
        work.record(ErasureAsked(by, reason.strip()), subject=application.id)
