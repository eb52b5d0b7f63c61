"""Step 6: show what is signed, and take a signature of applicant and clerk."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from sscard_desk.domain.application import Application, Signature
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.store import BlobDamaged, BlobMissing
from sscard_desk.domain.seals import THUMB
from sscard_desk.domain.steps import Step
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store
from sscard_desk.ui.application_flow import Station, is_voided, next_open, row_of
from sscard_desk.ui.serving.serving import STORE, Serving
from sscard_desk.ui.serving.sheet import Sheet, kept_sheet
from sscard_desk.ui.sign.scanned import read_scan
from sscard_desk.ui.sign.state import Fact, PartyState, SignStage, SignState
from sscard_desk.ui.sign.strokes import Strokes, read_strokes
from sscard_desk.ui.sign.witnessing import Witnessing
from sscard_desk.ui.states import ActionState, ChipState, Mark, PanelLine
from sscard_desk.ui.words import Words, say
from sscard_desk.usecases.issue_form import registration_paper
from sscard_desk.usecases.sign import sign

PAPER: Final = "paper"
Unlock = Callable[[str, str], Session]
"""Account name and password to a session, as on the approve page."""
_OPEN: Final = frozenset({Step.MATERIALS_CHECKED, Step.SIGNED})


class View(Protocol):
    """What shows the sign page."""

    def show_state(self, state: SignState) -> None:
        """Show it."""


def short_digest(digest: str) -> str:
    """Return a SHA-256 as people compare it: first eight and last four characters in groups."""
    upper = digest.upper()
    return f"{upper[:4]} {upper[4:8]}…{upper[-4:]}" if digest else ""


class SignPresenter:
    """The sign page."""

    def __init__(self, serving: Serving, unlock: Unlock) -> None:
        self._serving, self._unlock = serving, unlock
        self._state = SignState()
        self._views: list[View] = []
        self._sheet: tuple[str, Sheet] | None = None
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
            self._shown_for, self._drawn, self._signing, self._sheet = application.id, {}, "", None
            self._held = None
            self._state = SignState()
        self._state = replace(self._state, busy=False)
        if not self._signing and self._state.way == "pad":
            self._signing = self._next_party()
        self._refresh()
        self._draw(application)
        store = self._serving.counter.store
        self._serving.run(STORE, lambda: _evidence(store, application.signatures), self._evidence_read)

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
        application, counter, shown = self._serving.application, self._serving.counter, self._shown()
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
        application, counter, shown = self._serving.application, self._serving.counter, self._shown()
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
        if self._sheet is not None:
            self._state = replace(self._state, pages=self._sheet[1].pages)
            self._refresh()

    def change(self) -> None:
        """Open signed content again."""
        self._serving.ask_to_void("form")

    # -- inner

    def _shown(self) -> bytes:
        """Return the paper that is kept with the first signature under it; nothing where one is kept already."""
        application = self._serving.application
        if self._sheet is None or self._sheet[0] != application.digest:
            return b""
        sheet = self._sheet[1]
        return sheet.pdf if application.paper is None or sheet.again else b""

    def _sign(self, party: str, evidence: bytes) -> None:
        application, counter, shown = self._serving.application, self._serving.counter, self._shown()
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

    def _draw(self, application: Application) -> None:
        if self._sheet is not None and self._sheet[0] == application.digest:
            return
        counter = self._serving.counter
        press, digest = counter.press(), application.digest
        shown = replace(application, copies=max(0, application.copies - 1))  # this copy again, not the next one
        self._serving.run(
            PAPER,
            lambda: kept_sheet(
                counter.paper,
                counter.store,
                application.paper,
                lambda: registration_paper(press, shown, application.answers, due=application.due),
            ),
            lambda sheet: self._sheet_drawn(digest, sheet),
            self._not_drawn,
        )

    def _sheet_drawn(self, digest: str, sheet: Sheet) -> None:
        if self._serving.dossier is not None and self._serving.application.digest == digest:
            self._sheet = (digest, sheet)
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
        if application.step not in _OPEN:
            return ""
        return next((party for party in application.parties if not application.signed_by(party)), "")

    def _party(self, application: Application, party: str) -> PartyState:
        clerk = self._serving.counter.session.display_name
        name = name_of_party(application, party, clerk)
        signature = next((s for s in application.signatures if s.party == party), None)
        strokes = self._drawn.get(party, Strokes())
        if self._signing == party:
            note = say("sign.pen_how") if not strokes.enough else say("sign.pen_confirm")
            return PartyState(party, name, SignStage.SIGNING, note, "strokes", strokes)
        if signature is None:
            void = is_voided(application, Station.SIGN)
            note = say("sign.void_note") if void else say(f"sign.{party}_note")
            return PartyState(party, name, SignStage.VOID if void else SignStage.WAITS, note)
        if signature.digest != application.digest:
            return PartyState(party, name, SignStage.VOID, say("sign.void_note"), signature.kind_of_signature)
        kept = self._kept_words(signature)
        return PartyState(party, name, SignStage.SIGNED, kept, signature.kind_of_signature, strokes)

    def _witness_action(self) -> ActionState | None:
        return ActionState(say("sign.witness_confirm"), enabled=not self._state.busy) if self._witnessing.open else None

    def _kept_words(self, signature: Signature) -> Words:
        digest, dossier = short_digest(signature.digest), self._serving.dossier
        if signature.kind_of_signature == THUMB and dossier is not None:
            return say("sign.kept_thumb", witness=dossier.name_of(signature.witness or ""), digest=digest)
        return say(f"sign.kept_{signature.kind_of_signature}", digest=digest)

    def _refresh(self) -> None:
        if self._serving.dossier is None:
            return
        application, sheet = self._serving.application, self._sheet[1] if self._sheet else None
        locked: Words = "" if application.step in _OPEN else say("sign.locked")
        if locked:
            self._signing = ""
        parties = tuple(self._party(application, party) for party in application.parties)
        done = sum(1 for party in parties if party.stage is SignStage.SIGNED)
        mark = Mark.OK if done == len(parties) else Mark.BUSY if done else Mark.TODO
        self._state = replace(
            self._state,
            page=sheet.pages[0] if sheet else None,
            page_note=_page_note(sheet),
            facts=_facts(application),
            digest=short_digest(application.digest),
            parties=parties,
            witness=self._witnessing.state,
            chips=(ChipState(say("sign.chip", done=done, all=len(parties)), mark, name="signed"),),
            locked=locked,
            action=self._witness_action() or self._action(parties, locked=bool(locked)),
        )
        for view in self._views:
            view.show_state(self._state)
        lines = tuple(
            PanelLine(
                say(f"missing.sign.{party.party}"),
                Mark.BUSY if party.stage is SignStage.SIGNING else Mark.TODO,
                target=party.party,
            )
            for party in parties
            if party.stage is not SignStage.SIGNED
        )
        self._serving.describe(Station.SIGN, missing=lines)

    @staticmethod
    def _action(parties: tuple[PartyState, ...], *, locked: bool) -> ActionState:
        approve = say("shell.next", step=say("steps.approve"))
        open_ = tuple(say(f"sign.{party.party}") for party in parties if party.stage is not SignStage.SIGNED)
        if locked or not open_:
            return ActionState(
                approve, reason=say("sign.all_signed") if not open_ else "", reason_mark=None if open_ else Mark.OK
            )
        return ActionState(approve, enabled=False, reason=say("sign.reason", parties=open_), reason_mark=Mark.WARN)


def name_of_party(application: Application, party: str, clerk: str) -> str:
    """Return who signs for a party: the applicant, the guardian or agent that the form names, or the clerk."""
    if party == "clerk":
        return clerk
    return application.name if party == "applicant" else application.answers.get("agent_name", "")


def _page_note(sheet: Sheet | None) -> Words:
    if sheet is None:
        return say("sign.drawing")
    return say("sign.page_again") if sheet.again else say("sign.page", page=1, pages=len(sheet.pages))


def _facts(application: Application) -> tuple[Fact, ...]:
    changed = tuple(say(f"identity.row.{row_of(d.field)}") for d in application.differences if d.taken)
    return (
        Fact(say("sign.fact_bank"), application.bank_name),
        Fact(say("sign.fact_photo"), say(f"missing.photo.{application.photo_source}") if application.photo else "—"),
        Fact(
            say("sign.fact_changes"),
            say("sign.list", names=tuple(dict.fromkeys(changed))) if changed else say("sign.no_changes"),
        ),
        Fact(say("sign.fact_digest"), short_digest(application.digest)),
    )


def _evidence(store: Store, signatures: tuple[Signature, ...]) -> dict[str, Strokes]:
    found: dict[str, Strokes] = {}
    for signature in signatures:
        if signature.evidence is None:
            continue
        try:
            strokes = read_strokes(store.blob(signature.evidence))
        except (BlobMissing, BlobDamaged):
            continue  # `verify` names it; the page shows the signature without its picture
        if strokes is not None:
            found[signature.party] = strokes
    return found
