"""Entries that the centre did not take, as errors that a clerk is shown."""

from collections.abc import Sequence

from sscard_desk.domain.errors.centre import EntryConflict, EntryRefused
from sscard_desk.wire.refusals import CONFLICTS


def aside_troubles(rows: Sequence[tuple[int, str, str]]) -> tuple[EntryRefused | EntryConflict, ...]:
    """Return one error for each row (seq, code, reason) of the list set aside, in its order.

    The error's reason is the centre's code; the texts under `sync.refusal` put it in words.
    """
    return tuple(EntryConflict(reason=code) if code in CONFLICTS else EntryRefused(reason=code) for _, code, _ in rows)
