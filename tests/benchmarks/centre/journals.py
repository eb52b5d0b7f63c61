"""Journals of 1 KB entries, as desks write them."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import EntryAnswer
from tests.machines.counter import opened, subject
from tests.machines.model_desk import ModelDesk

PAYLOAD = 1_000


def journal(desk: str, entries: int, first: int = 0) -> list[Entry]:
    """Return openings with answers of 1 KB: half of it is told apart in every entry, as addresses and names are.

    Args:
        desk: whose journal it is.
        entries: how many.
        first: running number of the first person; nobody comes twice.
    """
    model = ModelDesk(desk)
    for n in range(first, first + entries):
        event = opened(n)
        answers = {f"field_{at}": "示例市示例区" + secrets.token_hex(24) for at in range(PAYLOAD // 80)}
        model.record(replace(event, id_number=f"B{n:017d}", answers=answers), subject())
    return model.entries


def batches(entries: list[Entry], size: int) -> Iterator[list[Entry]]:
    """Yield them in order, so many at a time."""
    for at in range(0, len(entries), size):
        yield entries[at : at + size]


class JournalInMemory:
    """A journal that costs nothing to read, for the desk's own way of sending (`ports.sync.JournalEnd`)."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._received = set[int]()

    def unsent_entries(self, after: int, limit: int, max_bytes: int) -> Sequence[Entry]:
        """Return the next entries, as many as a desk's database gives at once."""
        found: list[Entry] = []
        for seq in range(after + 1, min(after + limit, len(self._entries)) + 1):
            if seq in self._received:
                continue
            entry = self._entries[seq - 1]
            max_bytes -= len(entry.header) + len(entry.payload or b"")
            if found and max_bytes < 0:
                break
            found.append(entry)
        return found

    def settle(self, answers: Sequence[EntryAnswer], _server_ms: int) -> None:
        """Count what was taken and proved."""
        assert all(answer.outcome == "stored" and answer.receipt for answer in answers)
        self._received.update(answer.seq for answer in answers)

    @property
    def received(self) -> int:
        """How many the centre has."""
        return len(self._received)
