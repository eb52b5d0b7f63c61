"""POST /v1/push: entries of the asking desk, one answer for each."""

import time
from collections import Counter
from functools import partial
from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.exchange import Answer, Question
from sscard_desk.central.failures import RequestFailed
from sscard_desk.central.reading import read_batch
from sscard_desk.central.reception import Reception
from sscard_desk.central.sealing import sealed_answer
from sscard_desk.central.signed import need_enrolled
from sscard_desk.central.store import desks
from sscard_desk.central.store.desks import Desk
from sscard_desk.wire import messages
from sscard_desk.wire.entry import Entry

PATH = "/v1/push"
MOMENT_SECONDS: Final = 0.000_05


def push(centre: OpenCentre, desk: Desk, question: Question) -> Answer:
    """Take a batch of entries in one transaction.

    Raises:
        RequestFailed: not a batch, a batch of another desk, or too many entries.
    """
    batch = question.read(messages.Push)
    if batch.desk != desk.id:
        raise RequestFailed(messages.MALFORMED)
    if len(batch.entries) > messages.MAX_ENTRIES:
        raise RequestFailed(messages.TOO_LARGE)
    entries = [Entry(header=header, payload=payload, salt=salt) for header, payload, salt in batch.entries]
    read = read_batch(entries, partial(_give_way, centre))

    hopes = iter((centre.shared,))  # whoever is alone does no work twice

    def take(connection: Connection) -> tuple[messages.EntryAnswer, ...]:
        question.once(connection)
        # read again inside the transaction: its head may have moved since the signature was checked
        sender = need_enrolled(desks.find_desk(connection, desk.id, for_update=True))
        reception = Reception(connection, sender, now_ms, training=centre.training, receipt=centre.keys.receipt)
        return reception.take(read, hopeful=next(hopes, False))

    with question.turn():
        now_ms = centre.now_ms()
        answers = centre.database.write(take)
    for outcome, count in Counter(answer.outcome for answer in answers).items():
        centre.measures.entries.labels(outcome).inc(count)
    return Answer(sealed_answer(centre.keys.receipt, batch, [each.hash for each in read], answers, centre.now_ms()))


def _give_way(centre: OpenCentre) -> None:
    """Let other requests go on for a moment, if there are any.

    Threads of one interpreter take turns of 5 ms. A transaction hears a dozen times that the database has answered, and
    each time would wait for its turn while a batch is read that has to wait for that transaction anyway.
    """
    if centre.at_work > 1:
        time.sleep(MOMENT_SECONDS)
