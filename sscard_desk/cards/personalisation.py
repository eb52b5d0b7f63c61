"""Writing one blank: check it, open it with a key, write, read back and compare.

The acts are separate so that a use case can journal between them: `identify`, `check_blank`, intent, `authenticate`,
`write`, `read_back`, `compare`, result. After any break the card itself is asked how far it is (`proof.how_far`).
"""

from collections.abc import Callable, Sequence

from sscard_desk.cards import ssse
from sscard_desk.cards.identity import CardIdentity, read_item
from sscard_desk.cards.iso7816 import (
    Transmit,
    select_ef,
    update_record,
)
from sscard_desk.cards.plan import CardPlan, RecordWrite
from sscard_desk.cards.profile import CardProfile
from sscard_desk.domain.errors.operator import CardAlreadyWritten, NotOurBlank

Progress = Callable[[int, int, RecordWrite], None]
"""Told after each record that the card acknowledged: (records done, records in all, the record)."""


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
