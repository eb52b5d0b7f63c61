"""What follows from a batch besides where its applications stand: conflicts, decisions, corrections, transfers.

The rows that desks are told of it go into the scopes of every service point that they concern.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from sscard_desk.central import conflicts, corrections, settling, transfers
from sscard_desk.central.batch import Applications
from sscard_desk.central.judgement import Judgement
from sscard_desk.central.store import feeds
from sscard_desk.central.store.desks import Desk
from sscard_desk.domain import events
from sscard_desk.wire.entry import Header
from sscard_desk.wire.feed import CONFLICT, CORRECTION, TRANSFER, point_scope
from sscard_desk.wire.refusals import Refusal

Rows = dict[str, dict[str, dict[str, bytes]]]
"""Scope to kind to id to body."""


class Aftermath:
    """What follows from one batch of one desk."""

    def __init__(self, connection: Connection, desk: Desk, now_ms: int) -> None:
        self._connection, self._desk, self._now_ms = connection, desk, now_ms
        self._conflicts: dict[str, None] = {}
        self._corrections: dict[str, None] = {}
        self._questions: dict[str, None] = {}
        self._moved: dict[str, tuple[str, str]] = {}
        """Application to its transfer's entry id and its new service point."""

    def note(self, at: Applications, header: Header, verdict: Judgement) -> None:
        """Keep what follows from one judgement.

        Args:
            at: the applications of the batch, as it has left them so far.
            header: the entry's.
            verdict: what became of it.
        """
        event, subject = verdict.event, header.subject
        match event:
            case events.Opened() if verdict.code == Refusal.ALREADY_OPEN.value:
                other = at.open_for(event.id_number)
                conflicts.begin(self._connection, self._desk, (subject, event.number), other, self._now_ms)
                self._conflicts[subject] = None
            case _ if event is not None and verdict.code == Refusal.CARD_OUTSIDE.value:
                own = at.find(subject)
                conflicts.note_card(
                    self._connection, self._desk, (subject, own.state.number if own else ""), event, self._now_ms
                )
                self._conflicts[subject] = None
            case events.ConflictSettled():
                settling.settle(self._connection, verdict.held)
                if conflicts.settle(self._connection, subject, event.outcome):
                    self._conflicts[subject] = None
            case events.CorrectionRequested():
                corrections.request(self._connection, self._desk, header, event, self._now_ms)
                self._corrections[header.entry_id] = None
            case events.TransferAsked():
                standing = at.find(subject)
                if standing is not None:
                    transfers.ask(self._connection, self._desk, standing, event, self._now_ms)
                    self._questions[subject] = None
            case events.TransferDeclined():
                transfers.answer(self._connection, subject, transfers.DECLINED, event.reason)
                self._questions[subject] = None
            case events.Transferred():
                transfers.answer(self._connection, subject, transfers.DONE, event.reason)
                self._questions[subject] = None
                self._moved[subject] = (header.entry_id, event.to_point)
            case _:
                return

    def stays(self, row: Mapping[str, Any]) -> bool:
        """Return whether an entry of the batch goes into the desk's own scope.

        What went along with its application does not; the transfer itself does.
        """
        moved = self._moved.get(row["subject"])
        return moved is None or row["entry_id"] == moved[0]

    def changes(self, stored: Sequence[Mapping[str, Any]]) -> dict[str, list[feeds.Change]]:
        """Return what changes in which scopes, to be published by the caller.

        Args:
            stored: rows of the batch's stored entries, written already.
        """
        found: dict[str, list[feeds.Change]] = defaultdict(list)
        for subject, (_, new) in sorted(self._moved.items()):
            late = [row["entry_id"] for row in stored if row["subject"] == subject]
            for scope, changes in transfers.move(self._connection, subject, self._desk.point, new, late).items():
                found[scope] += changes
        for scope, kinds in sorted(self._rows().items()):
            for kind, bodies in sorted(kinds.items()):
                made = {key: partial(_as_it_is, body) for key, body in bodies.items()}
                found[scope] += feeds.changed_rows(self._connection, scope, kind, made)
        return dict(found)

    def _rows(self) -> Rows:
        rows: Rows = defaultdict(lambda: defaultdict(dict))
        for subject in self._conflicts:
            for scope, body in conflicts.told(self._connection, subject).items():
                rows[scope][CONFLICT][subject] = body
        for entry_id in self._corrections:
            rows[point_scope(self._desk.point)][CORRECTION][entry_id] = corrections.told(self._connection, entry_id)
        for subject in self._questions:
            for scope, body in transfers.told(self._connection, subject).items():
                rows[scope][TRANSFER][subject] = body
        return rows


def _as_it_is(body: bytes, _version: int) -> bytes:
    return body
