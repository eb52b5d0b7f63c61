"""Cases as data: what an applicant's situation changes, beside the questions that the form asks anyway."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sscard_desk.domain.evidence import Evidence
from sscard_desk.forms.case_files import Facts, finish, root_of
from sscard_desk.forms.conditions import holds
from sscard_desk.forms.definition import Condition
from sscard_desk.forms.load_questions import read_when
from sscard_desk.forms.words import Words


class Signer(StrEnum):
    """Who signs on the applicant's side."""

    APPLICANT = "applicant"
    GUARDIAN = "guardian"
    AGENT = "agent"


@dataclass(frozen=True)
class Case:
    """One situation; several can hold for the same applicant.

    Attributes:
        id: short name, for example `minor`.
        words: its name for people.
        when: the facts under which it holds.
        signer: who signs on the applicant's side; None leaves it to other cases.
        photo_exempt: whether no portrait is asked for.
        card_here: whether a card can be written at a counter; False sends it to production.
    """

    id: str
    words: Words
    when: Condition | None
    signer: Signer | None = None
    photo_exempt: bool = False
    card_here: bool = True


@dataclass(frozen=True)
class EvidenceSource:
    """What can be shown in place of a readable chip.

    Attributes:
        id: short name; stands in the journal.
        words: its name for people.
        evidence: how much it proves.
        document_kind: what it makes of the document, where the number alone does not tell; usually empty.
    """

    id: str
    words: Words
    evidence: Evidence
    document_kind: str = ""


@dataclass(frozen=True)
class SituationOf:
    """Every case that holds for one applicant, in the order of the file.

    Attributes:
        cases: those that hold; never empty where the file has a case without condition.
    """

    cases: tuple[Case, ...]

    @property
    def signer(self) -> Signer:
        """Who signs on the applicant's side: the first case that says so, otherwise the applicant."""
        return next((case.signer for case in self.cases if case.signer is not None), Signer.APPLICANT)

    @property
    def parties(self) -> tuple[str, ...]:
        """Who has to sign, in order."""
        return (self.signer.value, "clerk")

    @property
    def photo_exempt(self) -> Case | None:
        """The case that asks for no portrait, None where one is asked for."""
        return next((case for case in self.cases if case.photo_exempt), None)

    @property
    def card_here(self) -> bool:
        """Whether a card can be written at a counter."""
        return all(case.card_here for case in self.cases)


@cache
def cases() -> tuple[Case, ...]:
    """Return the shipped cases.

    Raises:
        FormDefinitionWrong: `cases.toml` breaks its schema; file, line and key are named.
    """
    root = root_of("cases")
    nodes = root.tables("case")
    found = []
    for node in nodes:
        found.append(
            Case(
                id=node.id(),
                words=node.words(),
                when=read_when(node),
                signer=node.choice("signer", Signer) if node.has("signer") else None,
                photo_exempt=node.flag("photo_exempt", default=False),
                card_here=node.flag("card_here", default=True),
            )
        )
        node.done()
    finish(root, nodes, (case.id for case in found))
    return tuple(found)


@cache
def evidence_sources() -> tuple[EvidenceSource, ...]:
    """Return what can be shown, in the order in which a clerk is offered it.

    Raises:
        FormDefinitionWrong: `evidence.toml` breaks its schema.
    """
    root = root_of("evidence")
    nodes = root.tables("source")
    found = []
    for node in nodes:
        evidence = node.choice("evidence", Evidence)
        found.append(EvidenceSource(node.id(), node.words(), evidence, node.text("document_kind", "")))
        node.done()
    finish(root, nodes, (source.id for source in found))
    return tuple(found)


def evidence_source(source_id: str) -> EvidenceSource:
    """Return one source.

    Raises:
        KeyError: the data have no such source.
    """
    return {source.id: source for source in evidence_sources()}[source_id]


def situation(facts: Facts) -> SituationOf:
    """Return which cases hold.

    Args:
        facts: the answers and what else is known of the application (`case_files.Facts`).
    """
    return SituationOf(tuple(case for case in cases() if holds(case.when, facts)))
