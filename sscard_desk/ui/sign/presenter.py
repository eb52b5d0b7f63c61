"""Step 6: show what is signed, and take a signature of applicant and clerk."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.seals import THUMB
from sscard_desk.ports.session import Session
from sscard_desk.ui.application_flow import Station, next_open
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.voiding import ask_to_void
from sscard_desk.ui.sign.scanned import read_scan
from sscard_desk.ui.sign.shown_paper import ShownPaper
from sscard_desk.ui.sign.state import PartyState, SignState
from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.sign.telling import (
    OPEN,
    action_of,
    chip_of,
    facts_of,
    kept_strokes,
    name_of_party,
    open_lines,
    page_note,
    party_state,
    short_digest,
)
from sscard_desk.ui.sign.witnessing import Witnessing
from sscard_desk.ui.states import ActionState
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.sign import sign

Unlock = Callable[[str, str], Session]
"""Account name and password to a session, as on the approve page."""


class View(Protocol):
    """What shows the sign page."""

    def show_state(self, state: SignState) -> None:
        """Show it."""


class SignPresenter:
    """The sign page."""

    def __init__(self, serving: Serving, unlock: Unlock) -> None:
        self._serving, self._unlock = serving, unlock
        self._state = SignState()
        self._views: list[View] = []
        self._paper = ShownPaper(serving, self._paper_came, self._not_drawn)
        self._signing = ""
        self._drawn: dict[str, Strokes] = {}
        self._shown_for = ""
        self._witnessing = Witnessing()
        self._held: tuple[str, bytes] | None = None

    def attach(self, view: View) -> None:
        """Show this page in a view."""
        self._views.append(view)
        view.show_state(self._state)

    # -- the path's calls

    def opened(self) -> None:
        """The page came into view, or the application changed."""
        application = self._serving.application
        if self._shown_for != application.id:
            self._shown_for, self._drawn, self._signing, self._held = application.id, {}, "", None
            self._paper.forget()
            self._state = SignState()
        self._state = replace(self._state, busy=False)
        if not self._signing and self._state.way == "pad":
            self._signing = self._next_party()
        self._refresh()
        self._paper.draw(application)
        store = self._serving.counter.store
        self._serving.run(STORE, lambda: kept_strokes(store, application.signatures), self._evidence_read)

    def closed(self) -> None:
        """Another page comes into view."""
        self._signing = ""
        self._witnessing.forget()
        self._state = replace(self._state, pages=(), witness=self._witnessing.state)

    def stop(self) -> bool:
        """Esc: close the document, or stop signing."""
        if self._state.pages:
            self._state = replace(self._state, pages=())
            self._refresh()
            return True
        if self._witnessing.open:
            self._witnessing.forget()
            self._refresh()
            return True
        return False

    def go_on(self) -> None:
        """Ctrl+Enter: go on once both have signed."""
        application = self._serving.application
        if self._witnessing.open:
            self.witness_confirms()
        elif self._state.action.enabled:
            following = next_open(application)
            self._serving.go(following if following is not Station.SIGN else Station.APPROVE)

    # -- the clerk's words

    def begin(self, party: str = "") -> None:
        """F7: let a party sign, the next open one unless one is named; an earlier signature falls with the new one."""
        wanted = party or self._next_party()
        if wanted and not self._state.locked:
            self._signing = wanted
            self._drawn.pop(wanted, None)
            self._refresh()

    def drawn(self, strokes: Strokes) -> None:
        """The pen was lifted."""
        if self._signing:
            self._drawn[self._signing] = strokes
            self._refresh()

    def clear(self) -> None:
        """Del: clear what was drawn."""
        if self._signing:
            self._drawn.pop(self._signing, None)
            self._refresh()

    def confirm(self) -> None:
        """Enter: keep the signature."""
        strokes = self._drawn.get(self._signing)
        if self._signing and strokes is not None and strokes.enough and not self._state.busy:
            self._sign(self._signing, strokes.encode())

    def use(self, way: str) -> None:
        """Sign on the pad, on paper that is scanned, or by a thumb print."""
        self._witnessing.forget()
        self._signing = "" if way != "pad" else self._next_party()
        self._state = replace(self._state, way=way)
        self._refresh()

    def witness_typed(self, account: str) -> None:
        """A key in the field of the witness's account."""
        self._witnessing.type_account(account)
        self._refresh()

    def witness_password_typed(self, password: str) -> None:
        """A key in the password's field; the password stays out of every state."""
        if self._witnessing.type_password(password):
            self._refresh()

    def witness_confirms(self) -> None:
        """The witness typed account and password: keep the thumb print in both names."""
        given, party = self._witnessing.given, self._witnessing.state.party
        if not party or given is None or self._state.busy:
            return
        path, account, password = given
        application, counter = self._serving.application, self._serving.counter
        shown = self._paper.to_keep(application)
        self._state = replace(self._state, busy=True)
        self._witnessing.clear_error()
        self._refresh()

        def keep() -> Application:
            picture, witness = read_scan(path), self._unlock(account, password)
            return sign(
                counter.store, counter.session, application, party=party, kind_of_signature=THUMB, evidence=picture,
                witness=witness, shown=shown,
            )  # fmt: skip

        self._serving.run(STORE, keep, self._witnessed, self._not_witnessed)

    def _witnessed(self, application: Application) -> None:
        self._witnessing.forget()
        self._signed(application)

    def _not_witnessed(self, error: DeskError) -> None:
        self._witnessing.refuse(error)
        self._state = replace(self._state, busy=False)
        self._refresh()

    def take_scan(self, party: str, path: str) -> None:
        """Keep the scan of the page that a party signed."""
        if self._state.locked or self._state.busy:
            return
        if self._state.way == THUMB:
            self._witnessing.begin(party, Path(path))
            self._refresh()
            return
        application, counter = self._serving.application, self._serving.counter
        shown = self._paper.to_keep(application)
        self._state = replace(self._state, busy=True)
        self._refresh()

        def keep() -> Application:
            scan = read_scan(Path(path))
            return sign(
                counter.store, counter.session, application, party=party, kind_of_signature="paper", evidence=scan,
                shown=shown,
            )  # fmt: skip

        self._serving.run(STORE, keep, self._signed, self._failed)

    def look(self) -> None:
        """Ctrl+P: look at the whole document that is signed."""
        if self._paper.sheet is not None:
            self._state = replace(self._state, pages=self._paper.sheet.pages)
            self._refresh()

    def change(self) -> None:
        """Open signed content again."""
        ask_to_void(self._serving, "form")

    # -- inner

    def _sign(self, party: str, evidence: bytes) -> None:
        application, counter = self._serving.application, self._serving.counter
        shown = self._paper.to_keep(application)
        self._state = replace(self._state, busy=True)
        self._refresh()
        if application.paper is None and not shown:  # nobody signs what is not there yet: it is kept in a moment
            self._held = (party, evidence)
            return
        self._serving.run(
            STORE,
            lambda: sign(
                counter.store,
                counter.session,
                application,
                party=party,
                kind_of_signature="strokes",
                evidence=evidence,
                shown=shown,
            ),
            self._signed,
            self._failed,
        )

    def _signed(self, application: Application) -> None:
        self._signing = next((party for party in application.parties if not application.signed_by(party)), "")
        self._state = replace(self._state, busy=False)
        self._serving.keep(application)

    def _failed(self, error: DeskError) -> None:
        self._state = replace(self._state, busy=False)
        self._refresh()
        self._serving.tell(error)

    def _paper_came(self) -> None:
        held, self._held = self._held, None
        self._refresh()
        if held is not None:
            self._sign(*held)

    def _not_drawn(self, error: DeskError) -> None:
        self._held = None
        self._failed(error)

    def _evidence_read(self, found: dict[str, Strokes]) -> None:
        self._drawn = found | ({self._signing: self._drawn[self._signing]} if self._signing in self._drawn else {})
        self._refresh()

    def _next_party(self) -> str:
        application = self._serving.application
        if application.step not in OPEN:
            return ""
        return next((party for party in application.parties if not application.signed_by(party)), "")

    def _party(self, application: Application, party: str, name_of: Callable[[str], str]) -> PartyState:
        name = name_of_party(application, party, self._serving.counter.session.display_name)
        signing = self._signing == party
        return party_state(application, party, name, self._drawn.get(party), signing=signing, name_of=name_of)

    def _witness_action(self) -> ActionState | None:
        return ActionState(say("sign.witness_confirm"), enabled=not self._state.busy) if self._witnessing.open else None

    def _refresh(self) -> None:
        dossier, sheet = self._serving.dossier, self._paper.sheet
        if dossier is None:
            return
        application = dossier.application
        locked: Words = "" if application.step in OPEN else say("sign.locked")
        if locked:
            self._signing = ""
        parties = tuple(self._party(application, party, dossier.name_of) for party in application.parties)
        self._state = replace(
            self._state,
            page=sheet.pages[0] if sheet else None,
            page_note=page_note(sheet),
            facts=facts_of(application),
            digest=short_digest(application.digest),
            parties=parties,
            witness=self._witnessing.state,
            chips=(chip_of(parties),),
            locked=locked,
            action=self._witness_action() or action_of(parties, locked=bool(locked)),
        )
        for view in self._views:
            view.show_state(self._state)
        self._serving.describe(Station.SIGN, missing=open_lines(parties))
