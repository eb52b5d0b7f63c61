"""Receipts over what a batch brought: one seal for all of it, or one for each entry where a desk knows no other."""

from collections.abc import Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.wire.messages import BATCH_SEALS, EntryAnswer, Push, PushAnswer
from sscard_desk.wire.receipts import TAKEN, leaf, seal_alone, seal_batch


def sealed_answer(
    key: Ed25519PrivateKey, batch: Push, hashes: Sequence[bytes], answers: Sequence[EntryAnswer], server_ms: int
) -> PushAnswer:
    """Return the answer to a batch with its receipts; to be made once everything is committed.

    Args:
        key: of the centre's receipts.
        batch: as it came; says which protocol its desk speaks.
        hashes: of the batch's entries, in order.
        answers: one for each, with the time at which a taken one was received.
        server_ms: the centre's time, milliseconds since 1970 UTC.
    """
    taken = [(at, answer) for at, answer in enumerate(answers) if answer.outcome in TAKEN]
    if batch.protocol >= BATCH_SEALS:
        leaves = [leaf(batch.desk, answer.seq, hashes[at], answer.received_ms) for at, answer in taken]
        return PushAnswer(server_ms=server_ms, answers=tuple(answers), seal=seal_batch(key, batch.desk, leaves))
    alone = list(answers)
    for at, answer in taken:
        receipt = seal_alone(key, batch.desk, answer.seq, hashes[at], answer.received_ms)
        alone[at] = msgspec.structs.replace(answer, receipt=receipt, received_ms=0)
    return PushAnswer(server_ms=server_ms, answers=tuple(alone))
