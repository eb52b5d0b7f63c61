"""What a paper needs besides its answers, gathered once: portrait, service point, clerk and time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sscard_desk.domain.application import Application
from sscard_desk.forms.definition import FieldType, FormDefinition
from sscard_desk.ports.clock import Clock
from sscard_desk.ports.paper import NO_LISTS, Batch, Copy, Lists, Paper, PaperFacts
from sscard_desk.ports.paper_seal import PaperSeal
from sscard_desk.ports.session import Session
from sscard_desk.ports.store import Store


def shows_photo(definition: FormDefinition) -> bool:
    """Return whether a form has a place for the portrait; without one the portrait is not in its content digest."""
    return any(field.type is FieldType.PHOTO for field in definition.fields)


@dataclass(frozen=True)
class Press:
    """Draws forms for one session at one service point."""

    store: Store
    paper: Paper
    clock: Clock
    session: Session
    service_point: str
    language: str = "zh_CN"
    seal: PaperSeal | None = None
    """Signs what is not a draft with the service point's certificate, where one is set."""

    def draw(
        self,
        definition: FormDefinition,
        application: Application,
        answers: Mapping[str, str],
        *,
        copy: int,
        serial: str,
        due: date | None = None,
        draft: bool = False,
        due_assumed: bool = False,
        lists: Lists = NO_LISTS,
    ) -> bytes:
        """Return the form as PDF with the application's number, portrait and bar codes, signed if it is no draft.

        Raises:
            CertificateUnusable, CertificateExpired, CertificatePassphraseWrong: it is to be signed and cannot be.
        """
        facts = self.facts(
            definition, application, copy=copy, serial=serial, due=due, draft=draft, due_assumed=due_assumed
        )
        return self._sealed(self.paper.draw(definition, answers, facts, lists), facts)

    def draw_list(
        self,
        definition: FormDefinition,
        number: str,
        answers: Mapping[str, str],
        lists: Lists,
        *,
        copy: int,
        serial: str,
    ) -> bytes:
        """Return a list's paper as PDF under a number of its own, signed as others are; raises as `draw` does."""
        facts = PaperFacts(
            application_no=number,
            serial=serial,
            copy=copy,
            issued=self.clock.counted(),
            language=self.language,
            service_point=self.service_point,
            printed_by=self.session.display_name,
        )
        return self._sealed(self.paper.draw(definition, answers, facts, lists), facts)

    def draw_many(self, definition: FormDefinition, copies: Iterable[Copy]) -> Batch:
        """Return many copies as one PDF, signed as others are; raises as `draw` does.

        Args:
            definition: the form in its edition.
            copies: asked for one after the other while drawing, so that whoever makes them can stop it.
        """
        made = self.paper.draw_many(definition, copies)
        return replace(made, pdf=self._signed(made.pdf)) if made.pdf else made

    def bind(self, parts: Sequence[bytes]) -> bytes:
        """Return documents as one, signed as others are; raises as `draw` does.

        Args:
            parts: unsigned documents (`unsigned`), in order: a signature would not survive the binding.
        """
        return self._signed(self.paper.bind(parts))

    def unsigned(self) -> "Press":
        """Return a press that signs nothing: what it draws is bound with other papers first."""
        return replace(self, seal=None)

    def _sealed(self, pdf: bytes, facts: PaperFacts) -> bytes:
        return pdf if facts.draft else self._signed(pdf, facts.issued)

    def _signed(self, pdf: bytes, at: datetime | None = None) -> bytes:
        return pdf if self.seal is None else self.seal.seal(pdf, at or self.clock.counted())

    def facts(
        self,
        definition: FormDefinition,
        application: Application,
        *,
        copy: int,
        serial: str,
        due: date | None = None,
        draft: bool = False,
        due_assumed: bool = False,
    ) -> PaperFacts:
        """Return what stands on an application's paper besides its answers."""
        return PaperFacts(
            application_no=application.number,
            serial=serial,
            copy=copy,
            issued=self.clock.counted(),
            due=due,
            language=self.language,
            draft=draft,
            due_assumed=due_assumed,
            photo_jpeg=self.store.blob(application.photo) if application.photo and shows_photo(definition) else None,
            service_point=self.service_point,
            printed_by=self.session.display_name,
        )
