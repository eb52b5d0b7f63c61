"""What a card holds beside what was planned: after any break, and as the proof of a written card."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from sscard_desk.cards import ssse
from sscard_desk.cards.identity import CardIdentity, read_identification_code, read_item
from sscard_desk.cards.iso7816 import Transmit, select_ef, select_name
from sscard_desk.cards.plan import CardPlan, RecordWrite
from sscard_desk.cards.status_words import need_success
from sscard_desk.domain.errors.device import CardContentDiffers
from sscard_desk.domain.errors.operator import WrongCardPutBack


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
