"""Scans that another desk kept are asked for, as its photos and papers are."""

from sscard_desk.domain.events import CutOut, FormReturned
from sscard_desk.domain.ids import BlobId
from sscard_desk.wire.blob_names import blobs_of
from sscard_desk.wire.entry import decode_event, encode_event

SCAN, CUT = BlobId("a" * 64), BlobId("b" * 64)


def test_scans_and_cut_outs_of_a_returned_form_are_wanted() -> None:
    event = FormReturned({}, (), "d", scans=(SCAN,), cut_outs=(CutOut("photo_receipt", CUT),))
    assert list(blobs_of(event)) == [SCAN, CUT]
    assert decode_event(event.kind, encode_event(event)) == event


def test_an_entry_from_before_scans_were_kept_wants_none() -> None:
    old = encode_event(FormReturned({"mobile": "1"}, (), "d"))
    assert list(blobs_of(decode_event("form.returned", old))) == []
