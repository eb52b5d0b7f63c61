"""The applicant consents: on the pad of either window, on a sheet that comes back, or by thumb print. No Qt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from sscard_desk.domain.application import Application
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.seals import THUMB
from sscard_desk.ports.session import Session
from sscard_desk.ui.photo_sources.consent_paper import ConsentPaper
from sscard_desk.ui.photo_sources.recording import Signing, consenting
from sscard_desk.ui.photo_sources.state import ConsentState
from sscard_desk.ui.photo_sources.words_shown import WordsShown
from sscard_desk.ui.serving.serving import Serving
from sscard_desk.ui.sign.scanned import read_scan
from sscard_desk.ui.sign.strokes import Strokes
from sscard_desk.ui.sign.witnessing import Witnessing
from sscard_desk.ui.words import Words, say

PAD, PAPER = "pad", "paper"
_HOW: Final = {PAPER: "sheet_how", THUMB: "thumb_how"}
Record = Callable[[Callable[[], Application], Callable[[DeskError], None] | None], None]
"""Keeps the consent: the work for the store's lane, and who is told when it fails."""
Unlock = Callable[[str, str], Session]
"""Account name and password of a witness to a session."""


class Consenting:
    """One consent being given.

    Args:
        serving: the counter.
        unlock: opens the witness's account.
        changed: shows the page again.
        record: keeps the consent.
    """

    def __init__(self, serving: Serving, unlock: Unlock, changed: Callable[[], None], record: Record) -> None:
        self._serving, self._unlock, self._changed, self._record = serving, unlock, changed, record
        self._words, self._witnessing = WordsShown(), Witnessing()
        self.sheet = ConsentPaper(serving, changed, self._sheet_came)

    @property
    def state(self) -> ConsentState | None:
        """What the windows show, None where nothing is to be signed."""
        shown = self._words.state
        if shown is None:
            return None
        how: Words = say(f"photo_sources.{_HOW[shown.way]}", who=shown.signer) if shown.way in _HOW else ""
        return replace(
            shown,
            how=say("photo_sources.scanning_sheet") if self.sheet.scanning else how,
            busy=self.sheet.busy,
            reprint=self.sheet.paper.reprint.ask,
            witness=self._witnessing.state,
        )

    # -- the page's calls

    def show(self, application: Application, source: str, language: str = "") -> None:
        """Show the words of a source; another language clears what was drawn under the first."""
        self._drop()
        self._words.show(application, source, language)

    def hide(self) -> None:
        """Show none; nothing that was drawn, typed or scanned stays."""
        self._drop()
        self._words.hide()

    def stop(self) -> bool:
        """Esc: leave the scan, the question or the witness, or clear what was drawn; return whether there was any."""
        if self._words.state is None:
            return False
        if self.sheet.stop():
            return True
        if self._witnessing.open:
            self._witnessing.forget()
        elif self._words.state.strokes.lines:
            self._words.clear()
        else:
            return False
        self._changed()
        return True

    def go_on(self) -> None:
        """Ctrl+Enter: whatever stands open is confirmed."""
        if self.sheet.paper.reprint.ask is not None:
            self.sheet.paper.print()
        elif self._witnessing.open:
            self.witness_confirms()
        else:
            self.confirm()

    # -- the words and the pad

    def use_language(self, language: str) -> None:
        """Show the words in the applicant's language."""
        shown = self._words.state
        if shown is not None and language != shown.language:
            self.show(self._serving.application, self._words.text.source, language)
            self._changed()

    def use_way(self, way: str) -> None:
        """Sign on the pad, on paper, or by thumb."""
        self._drop()
        self._words.use(way)
        self._changed()

    def drawn(self, strokes: Strokes) -> None:
        """The pen was lifted."""
        if self._words.state is not None and self._words.state.way == PAD:
            self._words.draw(strokes)
            self._changed()

    def clear(self) -> None:
        """Del: clear what was drawn."""
        self._words.clear()
        self._changed()

    def confirm(self) -> None:
        """Enter, or the applicant's own button: keep the signature."""
        shown = self._words.state
        if shown is not None and shown.way == PAD and shown.strokes.enough:
            evidence = shown.strokes.encode()
            self._keep("strokes", lambda: evidence)

    # -- the sheet

    def print_sheet(self) -> None:
        """Print the words to be signed; a second copy of the same words asks for its reason."""
        if self._words.state is not None:
            self.sheet.print(self._words.text)

    def scan_sheet(self) -> None:
        """F7: scan the signed sheet."""
        if self._words.state is not None:
            self.sheet.scan(self._words.text)

    def take_sheet(self, path: str) -> None:
        """Take a scan of the signed sheet from a file."""
        if self._words.state is not None:
            self.sheet.take(self._words.text, path)

    # -- the thumb

    def take_thumb(self, path: str) -> None:
        """A picture of the thumb print was chosen: it waits for who saw it."""
        shown = self._words.state
        if shown is not None and shown.way == THUMB:
            self._witnessing.begin("consent", Path(path))
            self._changed()

    def witness_typed(self, account: str) -> None:
        """A key in the field of the witness's account."""
        self._witnessing.type_account(account)
        self._changed()

    def witness_password_typed(self, password: str) -> None:
        """A key in the password's field; the password stays out of every state."""
        if self._witnessing.type_password(password):
            self._changed()

    def witness_confirms(self) -> None:
        """The witness typed account and password: keep the print in both names."""
        given = self._witnessing.given
        if given is None:
            return
        path, account, password = given
        self._witnessing.clear_error()

        def refused(error: DeskError) -> None:
            self._witnessing.refuse(error)
            self._changed()

        self._keep(THUMB, lambda: read_scan(path), lambda: self._unlock(account, password), refused)

    # -- inner

    def _keep(
        self,
        kind: str,
        evidence: Callable[[], bytes],
        witness: Callable[[], Session] | None = None,
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        counter, application, text = self._serving.counter, self._serving.application, self._words.text
        self._record(consenting(counter, application, text, Signing(kind, evidence, witness)), failed)

    def _sheet_came(self, scan: bytes) -> None:
        self._keep(PAPER, lambda: scan)

    def _drop(self) -> None:
        self._witnessing.forget()
        self.sheet.forget()
