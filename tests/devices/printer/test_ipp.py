"""IPP as bytes: an example written out by hand after RFC 8010, and anything else a line can bring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscard_desk.devices.printer.ipp import IppMalformed, Operation, Tag, parse, request
from sscard_desk.devices.printer.ipp_line import HttpLine, SocketLine, line_to

ANSWER = (
    bytes.fromhex("0200 0000 00000001 01")
    + b"\x47\x00\x12attributes-charset\x00\x05utf-8"
    + b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x93"
    + b"\x44\x00\x11job-state-reasons\x00\x04none\x44\x00\x00\x00\x03two"
    + b"\x02\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09"
    + b"\x03"
)


def test_an_answer_is_taken_apart_into_its_groups() -> None:
    answer = parse(ANSWER)
    assert answer.ok
    assert answer.all(Tag.JOB) == [{"job-id": [147], "job-state-reasons": ["none", "two"]}, {"job-state": [9]}]
    assert answer.first(Tag.PRINTER) == {}


def test_a_request_is_written_as_the_rfc_says() -> None:
    sent = request(Operation.GET_JOBS, [(Tag.KEYWORD, "which-jobs", ["a", "b"]), (Tag.INTEGER, "limit", 2)], b"%PDF")
    assert sent == (
        bytes.fromhex("0200 000A 00000001 01")
        + b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        + b"\x48\x00\x1battributes-natural-language\x00\x02en"
        + b"\x44\x00\x0awhich-jobs\x00\x01a\x44\x00\x00\x00\x01b"
        + b"\x21\x00\x05limit\x00\x04\x00\x00\x00\x02"
        + b"\x03%PDF"
    )


@given(st.integers(0, len(ANSWER) - 1))
def test_an_answer_that_is_cut_is_malformed(at: int) -> None:
    with pytest.raises(IppMalformed):
        parse(ANSWER[:at])


@given(st.binary(max_size=120))
def test_any_bytes_are_an_answer_or_malformed(data: bytes) -> None:
    try:
        read = parse(data)
    except IppMalformed:
        return
    assert read.ok is (data[2] == 0)  # RFC 8011, 4.1.6.1: the successful status codes are 0x0000 to 0x00FF
    assert 3 in data[8:]  # end-of-attributes


def test_a_refusal_is_not_ok() -> None:
    assert not parse(bytes.fromhex("0200 0406 00000001 03")).ok


def test_a_queue_is_reached_through_the_local_socket_a_host_or_its_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUPS_SERVER", raising=False)
    assert isinstance(line_to("counter"), SocketLine)
    assert isinstance(line_to("counter", "print.example:1631/version=1.1"), HttpLine)
    assert line_to("counter", "print.example").printer_uri == "ipp://localhost/printers/counter"
    assert line_to("ipp://192.0.2.7/ipp/print").printer_uri == "ipp://192.0.2.7/ipp/print"
