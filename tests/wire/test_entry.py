"""Entries: bytes that never change, a payload that can go, a chain that stays."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.domain import events
from sscard_desk.domain.events.batch import ReturnedCard
from sscard_desk.domain.ids import ApplicationId, BlobId, PrintId
from sscard_desk.domain.keys import uuid7
from sscard_desk.domain.photo_source import Provenance
from sscard_desk.wire.entry import GENESIS, Entry, Place, decode_event, encode_event, write_entry

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
EXAMPLES: list[events.Event] = [
    events.Opened("N", "1" * 18, "名", "citizen", "chip", {"phone": "1"}),
    events.IdentityDecided((events.Difference("address", "旧", "新", taken=True, source="id_card"),)),
    events.IdentityScanned((BlobId("cd" * 32),), (events.ScanConfirmed("name", "unchecked", changed=True),), "camera"),
    events.BankConfirmed("95588", "示例银行", "", "1", "S"),
    events.PhotoAttached(
        BlobId("ab" * 32),
        "camera",
        20_000,
        {"roll": 1.5},
        ("background",),
        provenance=Provenance("centre", "S01", "R1", date(2026, 1, 2)),
    ),
    events.PhotoConsented("chip", "1", "en", "d", NOW, "applicant", "strokes", None),
    events.ChipPhotoKept(BlobId("cd" * 32)),
    events.PhotoConsentRevoked("chip", "asked"),
    events.PhotoExempted("age"),
    events.FormIssued("1", "S", 1, {"a": "b"}, "d", date(2026, 3, 30)),
    events.FormReturned({"a": "c"}, (), "d"),
    events.MaterialsChecked((events.Material("id_card", "promised", date(2026, 4, 1)),)),
    events.MaterialBrought("household_register", "original_seen"),
    events.DocumentKept("household_register", "pages", BlobId("ab" * 32), 2, 180_000, ("sharp",)),
    events.DocumentTakenBack(BlobId("ab" * 32), "scanned anew"),
    events.Signed("clerk", "strokes", "d", None, None, b"\x00\xff", None, "ab" * 32, "cd" * 16, b"named"),
    events.SignaturesVoided("changed"),
    events.Approved("d", b"seal", "ab" * 32, "cd" * 16, b"named"),
    events.SentBack("blurred", "form_returned"),
    events.ApprovalDeferred("alone"),
    events.CardIntended("33" * 16, "B22451259", "training", "d", ("08",), date(2026, 3, 2), date(2036, 3, 1)),
    events.CardWritten("33" * 16, "d", 40, ("08",)),
    events.CardSpoiled("33" * 16, "torn out"),
    events.HandedOver(),
    events.SentToProduction("factory"),
    events.CardReceived("B22451259"),
    events.Withdrawn(),
    events.Refused("no residence"),
    events.Expired("limit"),
    events.PrintOrdered(
        PrintId("7" * 32),
        "registration",
        "1",
        "S-R2",
        2,
        2,
        "counter",
        "d",
        date(2026, 3, 30),
        "working",
        reason="lost",
    ),
    events.PrintMoved(PrintId("7" * 32), "completed", "147"),
    events.PaperSpoiled(PrintId("7" * 32), "jam"),
    events.PaperReturned(PrintId("p1"), BlobId("f" * 64), 2),
    events.StockReceived((events.ReceivedBlank("a" * 32, "K00081701", "S0001"),), "range", "L-7"),
    events.StockSpoiled("a" * 32, "bent"),
    events.SpoilConfirmed("a" * 32, "here", b"seal"),
    events.StockReturned(("a" * 32,), "surplus"),
    events.StockCounted(9, 1, 10, 1, "lent"),
    events.PinServed("reset", "done", "forgotten"),
    events.BatchOpened("3-2", (ApplicationId("1" * 32),), 3),
    events.BatchTried("refused", ApplicationId("1" * 32), "E126"),
    events.BatchPaused("failures"),
    events.BatchContinued(),
    events.BatchClosed("-"),
    events.BatchExported(12),
    events.BatchReturned((ReturnedCard(ApplicationId("1" * 32), "B22451259", box="7-1"),), BlobId("f" * 64)),
    events.SessionNoted("signed_in"),
    events.DateSet("2026-11-26", 34_560_000_000, "主板电池没电"),
    events.PayloadErased((1, 2), "retention"),
    events.ErasureAsked("applicant", "no more"),
    events.SlotGiven("ab" * 32, "cd" * 32, b"s" * 64),
    events.SlotRemoved("ended"),
    events.DatabaseRekeyed("ended", 2),
    events.ConflictSettled(("e" * 32,), "merged", taken=("address",)),
    events.CorrectionRequested((events.Difference("name", "旧", "新", taken=False, source="id_card"),)),
    events.TransferAsked("N", "4202", "moved here"),
    events.Transferred("4202", "城东服务点", "moved there"),
    events.TransferDeclined("4202", "the card is begun"),
]


def write(event: events.Event, place: Place, now: datetime = NOW) -> Entry:
    return write_entry(place, event, subject="5" * 32, base_version=0, actor="a" * 32, now=now, clock_offset=None)


def test_every_kind_has_an_example_here() -> None:
    assert sorted(type(event).kind for event in EXAMPLES) == sorted(events.KINDS)


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).kind)
def test_an_event_comes_back_from_its_payload(event: events.Event) -> None:
    assert decode_event(event.kind, encode_event(event)) == event


def test_fields_of_a_later_program_are_passed_over() -> None:
    payload = msgspec.msgpack.encode({"reason": "age", "added_later": 1})
    assert decode_event("photo.exempted", payload) == events.PhotoExempted("age")


def test_a_journal_is_a_chain_of_hashes_with_gapless_numbers() -> None:
    seq, prev_hash, journal = 0, GENESIS, []
    for event in EXAMPLES:
        journal.append(write(event, Place("D-0001", seq + 1, prev_hash, training=True)))
        seq, prev_hash = seq + 1, journal[-1].hash
    headers = [entry.read_header() for entry in journal]
    assert [header.seq for header in headers] == list(range(1, len(EXAMPLES) + 1))
    assert all(after.prev_hash == before.hash for before, after in zip(journal, headers[1:], strict=False))


def test_erasing_a_payload_leaves_the_hash_and_an_altered_one_is_noticed() -> None:
    entry = write(EXAMPLES[0], Place("D-0001", 1, GENESIS, training=True))
    erased = Entry(header=entry.header, payload=None, salt=None)
    altered = Entry(header=entry.header, payload=(entry.payload or b"") + b"\x00", salt=entry.salt)
    assert (erased.hash, erased.payload_fits(), entry.payload_fits()) == (entry.hash, True, True)
    assert not altered.payload_fits()


def test_no_header_field_holds_what_the_payload_says() -> None:
    entry = write(EXAMPLES[0], Place("D-0001", 1, GENESIS, training=True))
    assert b"1" * 18 not in entry.header
    assert "名".encode() not in entry.header


def test_equal_payloads_have_different_digests() -> None:
    first, second = (write(EXAMPLES[4], Place("D-0001", 1, GENESIS, training=True)) for _ in range(2))
    assert first.read_header().payload_digest != second.read_header().payload_digest


@given(st.integers(0, (1 << 48) - 1))
def test_entry_ids_are_uuid_version_7_with_their_time_first(milliseconds: int) -> None:
    value = int(uuid7(milliseconds), 16)
    assert (value >> 80, value >> 76 & 0xF, value >> 62 & 0x3) == (milliseconds, 7, 2)


def test_later_entries_have_larger_ids() -> None:
    times = [int((NOW + timedelta(milliseconds=n)).timestamp() * 1000) for n in range(50)]
    assert all(before < after for before, after in pairwise(uuid7(at) for at in times))
