"""Receipts of a batch: one seal proves each taken entry and nothing else."""

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sscard_desk.central.sealing import sealed_answer
from sscard_desk.wire.entry import Entry
from sscard_desk.wire.messages import PROTOCOL, EntryAnswer, Push, PushAnswer, Receipt
from sscard_desk.wire.receipts import LEAF_BYTES, holds, read_receipts
from tests.machines.counter import opened, subject
from tests.machines.model_desk import ModelDesk

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key()


@pytest.fixture
def entries() -> list[Entry]:
    desk = ModelDesk("D-0001")
    for n in range(7):
        desk.record(opened(n), subject())
    return desk.entries


def answer_to(entries: list[Entry], *, refused: tuple[int, ...] = (), protocol: int = PROTOCOL) -> PushAnswer:
    answers = [
        EntryAnswer(entry_id=header.entry_id, seq=header.seq, outcome="refused", code="digest")
        if header.seq in refused
        else EntryAnswer(entry_id=header.entry_id, seq=header.seq, outcome="stored", received_ms=1_000 + header.seq)
        for header in (entry.read_header() for entry in entries)
    ]
    batch = Push(protocol=protocol, desk="D-0001", entries=())
    return sealed_answer(KEY, batch, [each.hash for each in entries], answers, 5_000)


def receipts_of(answers: tuple[EntryAnswer, ...]) -> list[Receipt]:
    return [answer.receipt for answer in answers if answer.receipt is not None]


@pytest.mark.parametrize("protocol", [1, 2])
def test_each_taken_entry_has_a_receipt_that_holds_by_itself_and_a_refused_one_has_none(
    entries: list[Entry], protocol: int
) -> None:
    sent = answer_to(entries, refused=(3, 7), protocol=protocol)
    answers = read_receipts(PUBLIC, "D-0001", entries, sent)
    assert [answer.receipt is None for answer in answers] == [False, False, True, False, False, False, True]
    for receipt in receipts_of(answers):
        assert receipt.hash == entries[receipt.seq - 1].hash
        assert receipt.received_ms == 1_000 + receipt.seq
        assert holds(PUBLIC, receipt)


def test_one_seal_goes_over_the_line_for_a_whole_batch(entries: list[Entry]) -> None:
    sent = answer_to(entries)
    assert len(sent.seal) == 64
    assert receipts_of(sent.answers) == []
    (leaves,) = {receipt.leaves for receipt in receipts_of(read_receipts(PUBLIC, "D-0001", entries, sent))}
    assert len(leaves) == LEAF_BYTES * len(entries)


def test_a_receipt_of_a_batch_says_nothing_for_another_entry_time_desk_or_key(entries: list[Entry]) -> None:
    answers = read_receipts(PUBLIC, "D-0001", entries[:5], answer_to(entries[:5]))
    receipt = receipts_of(answers)[2]
    change = msgspec.structs.replace
    assert holds(PUBLIC, receipt)
    for wrong in (
        change(receipt, hash=entries[5].hash),
        change(receipt, seq=6),
        change(receipt, received_ms=receipt.received_ms + 1),
        change(receipt, desk="D-0002"),
        change(receipt, leaves=receipt.leaves[LEAF_BYTES:] + receipt.leaves[:LEAF_BYTES]),
        change(receipt, leaves=receipt.leaves[:-LEAF_BYTES]),
        change(receipt, leaves=b""),
        change(receipt, seal=bytes(64)),
    ):
        assert not holds(PUBLIC, wrong)
    assert not holds(Ed25519PrivateKey.generate().public_key(), receipt)


@pytest.mark.parametrize("protocol", [1, 2])
def test_an_answer_that_does_not_prove_each_entry_it_calls_taken_is_not_believed(
    entries: list[Entry], protocol: int
) -> None:
    sent = answer_to(entries, protocol=protocol)
    first, second, *rest = sent.answers
    change = msgspec.structs.replace
    for wrong in (
        change(sent, answers=sent.answers[:-1]),
        change(sent, answers=(second, first, *rest)),
        change(sent, answers=(change(first, received_ms=9, receipt=None), second, *rest)),
        change(sent, answers=(change(first, seq=2), second, *rest)) if protocol == 2 else change(sent, answers=()),
        change(sent, seal=bytes(64)),
        change(sent, seal=b"") if protocol == 2 else change(sent, seal=sent.answers[0].receipt.seal),
    ):
        with pytest.raises(ValueError, match=r"answers|receipt"):
            read_receipts(PUBLIC, "D-0001", entries, wrong)
    other = [replace_header(entry) for entry in entries]
    with pytest.raises(ValueError, match="receipt"):
        read_receipts(PUBLIC, "D-0001", other, sent)


def replace_header(entry: Entry) -> Entry:
    header = msgspec.structs.replace(entry.read_header(), desk="D-0002")
    return Entry(header=msgspec.msgpack.encode(header), payload=entry.payload, salt=entry.salt)
