"""Frames against the byte sequences of the domain reference (B.1), and against anything else a line can bring."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sscard_desk.devices.id_reader.frame import HEADER, Answer, Command, FrameReader, checksum, command_frame


def frame(hex_counted: str) -> bytes:
    return HEADER + bytes.fromhex(hex_counted)


FIND_OK = frame("0008 00009F 00000000 97")
NO_CARD = frame("0004 000080 84")
SELECT_OK = frame("000C 000090 0000000000000000 9C")
SELECT_FAILED = frame("0004 000081 85")
READ_FAILED = frame("0004 000041 45")
VECTORS = {
    FIND_OK: Answer(0x9F, bytes(4)),
    NO_CARD: Answer(0x80, b""),
    SELECT_OK: Answer(0x90, bytes(8)),
    SELECT_FAILED: Answer(0x81, b""),
    READ_FAILED: Answer(0x41, b""),
}
COMMANDS = {
    Command.FIND: "0003200122",
    Command.SELECT: "0003200221",
    Command.READ: "0003300132",
    Command.READ_ADDITIONAL: "0003300330",
    Command.SAM_STATUS: "000311FFED",
    Command.SAM_ID: "000312FFEE",
}

answers = st.builds(Answer, st.integers(0, 255), st.binary(max_size=80))


def sent(answer: Answer) -> bytes:
    body = bytes([0, 0, answer.status]) + answer.data
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return HEADER + counted + bytes([checksum(counted)])


def heard(*chunks: bytes) -> list[Answer]:
    reader = FrameReader()
    return [answer for chunk in chunks for answer in reader.feed(chunk)]


def chunked(data: bytes, sizes: list[int]) -> list[bytes]:
    chunks, at = [], 0
    for size in sizes:
        chunks.append(data[at : at + size])
        at += size
    return [*chunks, data[at:]]


@pytest.mark.parametrize("command", Command)
def test_every_command_is_sent_as_the_reference_writes_it(command: Command) -> None:
    assert command_frame(command) == HEADER + bytes.fromhex(COMMANDS[command])


@pytest.mark.parametrize(("data", "answer"), VECTORS.items())
def test_known_answers_are_understood(data: bytes, answer: Answer) -> None:
    assert heard(data) == [answer]


def test_an_answer_as_long_as_a_card_is_understood() -> None:
    data = bytes.fromhex("01000400") + bytes(range(256)) * 5
    whole = sent(Answer(0x90, data))
    assert len(whole) == 1295
    assert whole[5:10].hex() == "0508000090"
    assert heard(whole) == [Answer(0x90, data)]


@given(st.lists(answers, max_size=4), st.lists(st.integers(1, 40), max_size=30))
def test_answers_are_found_however_the_line_cuts_them(said: list[Answer], sizes: list[int]) -> None:
    assert heard(*chunked(b"".join(map(sent, said)), sizes)) == said


@given(st.lists(st.integers(0, 255).filter(lambda b: b != 0x69), max_size=60).map(bytes), answers)
def test_noise_before_an_answer_is_passed_over(noise: bytes, said: Answer) -> None:
    assert heard(noise + sent(said)) == [said]


@given(answers, answers, st.data())
def test_a_damaged_answer_is_never_used_and_the_next_one_is_found(
    first: Answer, second: Answer, data: st.DataObject
) -> None:
    whole = sent(first)
    at = data.draw(st.integers(len(HEADER) + 2, len(whole) - 1))
    damaged = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    assume(HEADER not in damaged[1:])  # data that looks like a frame of its own is waited for, until time is up
    reader = FrameReader()
    found = [*reader.feed(damaged), *reader.feed(sent(second))]
    assert second in found
    assert reader.damage == "checksum"
    if first != second:
        assert first not in found


@given(answers, st.data())
def test_a_cut_answer_is_never_used(said: Answer, data: st.DataObject) -> None:
    whole = sent(said)
    reader = FrameReader()
    assert not list(reader.feed(whole[: data.draw(st.integers(0, len(whole) - 1))]))


@given(st.lists(st.binary(max_size=200), max_size=10))
def test_whatever_comes_the_reader_neither_breaks_nor_keeps_more_than_one_frame(chunks: list[bytes]) -> None:
    reader = FrameReader()
    for chunk in chunks:
        for answer in reader.feed(chunk):
            assert 0 <= answer.status <= 255
        assert reader.wanted >= 1


@given(st.binary(max_size=50), answers)
def test_reading_only_what_is_wanted_never_waits_for_more_than_the_answer(noise: bytes, said: Answer) -> None:
    line = noise.replace(HEADER, b"") + sent(said)
    reader, at = FrameReader(), 0
    while True:
        assert reader.wanted <= len(line) - at or reader.damage
        chunk = line[at : at + reader.wanted]
        at += len(chunk)
        if list(reader.feed(chunk)) or not chunk:
            break


@pytest.mark.parametrize("length", ["0000", "0003", "1001", "FFFF"])
def test_a_length_that_no_answer_has_is_damage(length: str) -> None:
    reader = FrameReader()
    assert list(reader.feed(frame(length + "00009000") + FIND_OK)) == [VECTORS[FIND_OK]]
    assert reader.damage == "length"


def test_a_repr_shows_no_data() -> None:
    assert repr(Answer(0x90, b"secret")) == "Answer(status=0x90, 6 bytes)"
