"""Writing one blank: check it, open it with a key, write, read back and compare.

The acts are separate so that a use case can journal between them: `identify`, `check_blank`, intent, `write`,
`read_back`, `compare`, result. After any break the card itself is asked how far it is (`how_far`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, runtime_checkable

from sscard_desk.cards import ssse
from sscard_desk.cards.identity import CardIdentity, read_identification_code, read_item
from sscard_desk.cards.iso7816 import (
    Transmit,
    external_authenticate,
    get_challenge,
    select_ef,
    select_name,
    update_record,
)
from sscard_desk.cards.plan import CardPlan, RecordWrite
from sscard_desk.cards.profile import CardProfile, KeyAddress
from sscard_desk.cards.status_words import StatusWord, need_success, tries_left
from sscard_desk.domain.errors.device import CardAuthenticationFailed, CardContentDiffers
from sscard_desk.domain.errors.operator import CardAlreadyWritten, NotOurBlank, WrongCardPutBack

Answer = Callable[[int, bytes], bytes]
"""Gives the data of EXTERNAL AUTHENTICATE for (key id, challenge); a key holder stands behind it."""


@runtime_checkable
class AnsweringTerminal(Protocol):
    """A `transmit` whose terminal authenticates by itself inside each of its acts (LD/T 33-2015)."""

    def answer_with(self, key: KeyAddress, answer: Answer) -> None:
        """Keep who answers for a key when the terminal asks for it."""


Progress = Callable[[int, int, RecordWrite], None]
"""Told after each record that the card acknowledged: (records done, records in all, the record)."""


class Standing(Enum):
    """What stands on the card in the place of one planned record."""

    BLANK = "blank"
    AS_PLANNED = "as_planned"
    OTHER = "other"


@dataclass(frozen=True)
class ItemResult:
    """One planned record, and what the card holds in its place.

    A record that is planned to be empty (a name that needs no extension) counts as planned while it is blank.
    """

    write: RecordWrite = field(repr=False)
    standing: Standing

    @property
    def name(self) -> str:
        """File and tag, for example `EF06 0A`."""
        return self.write.name


def check_blank(transmit: Transmit, identity: CardIdentity, profile: CardProfile, *, expected_code: str) -> None:
    """Make sure that this is the reserved blank and that nobody's data stands on it.

    EF06 of version 3 cards is checked only after `authenticate(..., profile.read_key)`, which the caller does first.

    Args:
        transmit: to the card, SSSE selected.
        identity: from `identify`.
        profile: the city's profile.
        expected_code: identification code of the blank that stock has reserved.

    Raises:
        NotOurBlank: another card, a version that the profile does not know, or a card that states another cipher.
        CardAlreadyWritten: an item that the profile writes is not blank.
        CardRefused: the card does not let itself be read.
        CardItemDamaged: a record has another form than the standard's.
    """
    if identity.public.identification_code != expected_code or identity.algorithm not in (None, profile.algorithm):
        raise NotOurBlank
    current = None
    for file, item in profile.layout(identity.public.spec_version).items:
        known = identity.found.get(item.tag) if file.file_id == ssse.EF05.file_id else None
        if known is None and file is not current:
            select_ef(transmit, file.file_id)
            current = file
        if not item.is_blank(read_item(transmit, item) if known is None else known):
            raise CardAlreadyWritten


def need_same_card(identity: CardIdentity, expected_code: str) -> None:
    """Go on with a broken-off writing only on the card where it began.

    Raises:
        WrongCardPutBack: another card lies in the reader now.
    """
    if identity.public.identification_code != expected_code:
        raise WrongCardPutBack


def need_still_same_card(transmit: Transmit, expected_code: str) -> None:
    """Ask the card itself once more: one that is changed within 400 ms keeps the handle of the one before.

    Raises:
        WrongCardPutBack: another card lies in the reader now.
        CardRefused, CardItemDamaged: a card that was put in anew has no application selected.
    """
    if read_identification_code(transmit) != expected_code:
        raise WrongCardPutBack


def authenticate(transmit: Transmit, key: KeyAddress, answer: Answer) -> None:
    """Prove to the card that this desk may use a key: GET CHALLENGE, EXTERNAL AUTHENTICATE.

    The right lasts until SSSE is selected again or the card is reset.

    A terminal that authenticates by itself is told who answers; with it a wrong key shows at the first record.

    Raises:
        CardAuthenticationFailed: wrong key; `tries_left` as the card counts them.
        CardRefused: the card does not know the key, or no challenge was open.
        KeyHolderRefused: from the key holder.
    """
    terminal: object = transmit
    if isinstance(terminal, AnsweringTerminal):
        terminal.answer_with(key, answer)
        return
    challenge = get_challenge(transmit, key.challenge_length)
    status_word = external_authenticate(transmit, key.apdu_key_id, answer(key.apdu_key_id, challenge))
    left = tries_left(status_word)
    if left is not None or status_word == StatusWord.SECURITY_STATUS:
        raise CardAuthenticationFailed(tries_left=left)
    need_success("EXTERNAL AUTHENTICATE", status_word)


def open_for_reading(transmit: Transmit, identity: CardIdentity, profile: CardProfile, answer: Answer) -> None:
    """Authenticate with RKssse where the card's version asks for it before EF06 can be read.

    Raises:
        CardAuthenticationFailed, CardRefused, KeyHolderRefused: as `authenticate`.
    """
    if identity.public.reads_holder_with_key:
        authenticate(transmit, profile.read_key, answer)


def write(
    transmit: Transmit,
    todo: CardPlan,
    on_progress: Progress | None = None,
    *,
    only: Sequence[str] | None = None,
    before_each: Callable[[], None] | None = None,
) -> int:
    """Write the records in order; the update key must have been authenticated.

    Args:
        transmit: to the card, SSSE selected.
        todo: the records.
        on_progress: called after each acknowledged record.
        only: names of the records still to be written (from `unfinished`); None writes all.
        before_each: asks the card something before each record; the record's file is selected again afterwards.

    Returns:
        How many records were written.

    Raises:
        CardRefused: the card did not take a record; those before it stand on the card.
        CardOutcomeUnknown, CardRemoved, CardReaderSilent: from the reader; ask the card with `how_far`.
    """
    done = 0
    total = len(todo) if only is None else len(only)
    for file, writes in todo.by_file():
        wanted = [one for one in writes if only is None or one.name in only]
        if wanted and before_each is None:
            select_ef(transmit, file.file_id)
        for one in wanted:
            if before_each is not None:
                before_each()
                select_ef(transmit, file.file_id)
            update_record(transmit, one.record)
            done += 1
            if on_progress:
                on_progress(done, total, one)
    return done


def how_far(transmit: Transmit, planned: CardPlan, known: Mapping[int, bytes] | None = None) -> tuple[ItemResult, ...]:
    """Read every planned record and say whether it is blank, as planned or something else.

    Cards of version 3 need `open_for_reading` first.

    Args:
        transmit: to the card, SSSE selected.
        planned: the records.
        known: values of EF05 that `identify` read a moment ago, by tag; None reads them.

    Raises:
        CardRefused: the card does not let itself be read.
        CardItemDamaged: a record has another form than the standard's.
    """
    results: list[ItemResult] = []
    for file, writes in planned.by_file():
        at_hand = known if known is not None and file.file_id == ssse.EF05.file_id else {}
        if any(one.item.tag not in at_hand for one in writes):
            select_ef(transmit, file.file_id)
        for one in writes:
            found = at_hand.get(one.item.tag)
            results.append(ItemResult(one, _standing(one, read_item(transmit, one.item) if found is None else found)))
    return tuple(results)


read_back = how_far
"""After writing the same question is asked: every record is read from the card and compared byte by byte."""


def prove(
    transmit: Transmit, planned: CardPlan, expected_code: str, open_holder: Callable[[], None]
) -> tuple[ItemResult, ...]:
    """Read a written card back, and first of all which card it is, with as few commands as that takes.

    SSSE is selected anew: what was authenticated for writing is gone then, and a card that was changed behind the
    handle answers for itself.

    Args:
        transmit: to the card.
        planned: the records.
        expected_code: identification code of the card that was written.
        open_holder: authenticates for reading EF06 where the card asks for that.

    Raises:
        WrongCardPutBack: another card lies in the reader now.
        CardRefused, CardItemDamaged, CardAuthenticationFailed, KeyHolderRefused: as named.
    """
    need_success("SELECT", select_name(transmit, ssse.NAME)[1])
    need_still_same_card(transmit, expected_code)
    known: dict[int, bytes] = {
        one.item.tag: read_item(transmit, one.item)
        for file, writes in planned.by_file()
        if file.file_id == ssse.EF05.file_id
        for one in writes
    }
    open_holder()
    return how_far(transmit, planned, known)


def unfinished(results: Sequence[ItemResult]) -> tuple[str, ...]:
    """Return the names of the records that are not as planned: what a resumed `write` still has to do."""
    return tuple(result.name for result in results if result.standing is not Standing.AS_PLANNED)


def compare(results: Sequence[ItemResult]) -> None:
    """Accept a card only if every byte is as planned.

    Raises:
        CardContentDiffers: with the names of the records that differ.
    """
    differing = unfinished(results)
    if differing:
        raise CardContentDiffers(items=differing)


def _standing(one: RecordWrite, found: bytes) -> Standing:
    if found == one.value:
        return Standing.AS_PLANNED
    return Standing.BLANK if one.item.is_blank(found) else Standing.OTHER
