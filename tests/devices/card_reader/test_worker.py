"""The process that speaks PC/SC, and the watchdog at the desk's end of the line."""

import json
import subprocess
import sys
import time

import pytest

from sscard_desk.devices.card_reader import pcsc_errors, worker
from sscard_desk.devices.card_reader.worker_line import WorkerGone, WorkerLine
from sscard_desk.domain.errors import DeskError
from sscard_desk.domain.errors.device import (
    CardMute,
    CardOutcomeUnknown,
    CardReaderBusy,
    CardReaderMissing,
    CardReaderSilent,
    CardRemoved,
    CardServiceStopped,
    NoCard,
)
from sscard_desk.ports.devices import Cancel
from tests.machines.pcsc import Tables, tables

__all__ = ["tables"]


def ask(process: subprocess.Popen[bytes], operation: int, payload: bytes = b"") -> tuple[int, bytes]:
    assert process.stdin
    assert process.stdout
    process.stdin.write(worker.REQUEST.pack(operation, len(payload)) + payload)
    process.stdin.flush()
    result, length = worker.ANSWER.unpack(process.stdout.read(worker.ANSWER.size))
    return result, process.stdout.read(length)


@pytest.mark.real
def test_the_program_itself_becomes_the_worker_when_it_is_frozen(tables: Tables) -> None:
    command = [sys.executable, "-m", "sscard_desk", worker.ARGUMENT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        result, answer = ask(process, worker.LIST)
        assert result == 0
        assert {name for name, _ in json.loads(answer)} == {slot.reader for slot in tables.service.slots}
        assert process.stdin
        process.stdin.close()
        assert process.wait(20) == 0


@pytest.mark.real
def test_the_worker_ends_with_its_parent_in_the_middle_of_a_request(tables: Tables) -> None:
    command = [sys.executable, "-m", "sscard_desk.devices.card_reader.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        process.stdin.write(worker.REQUEST.pack(worker.TRANSMIT, 20) + b"half")
        process.stdin.close()
        assert process.wait(20) == 0


@pytest.mark.real
def test_a_call_past_its_deadline_ends_the_process(tables: Tables) -> None:
    line = WorkerLine()
    try:
        known = json.loads(line.call(worker.LIST, within_s=20)[1])
        with pytest.raises(WorkerGone):
            line.call(worker.WAIT, json.dumps([60_000, known]).encode(), within_s=0.1)
    finally:
        line.close()


@pytest.mark.real
def test_many_quick_calls_are_not_taken_for_one_that_hangs(tables: Tables) -> None:
    line = WorkerLine()
    cancel = Cancel()
    cancel.set()
    try:
        with line.cancelled_by(cancel, patience_s=0.3):
            end = time.monotonic() + 1
            while time.monotonic() < end:
                assert line.call(worker.LIST, within_s=20)[0] == 0
    finally:
        line.close()


@pytest.mark.parametrize(
    ("result", "error"),
    [
        (pcsc_errors.E_NO_READERS_AVAILABLE, CardReaderMissing),
        (pcsc_errors.E_UNKNOWN_READER, CardReaderMissing),
        (pcsc_errors.E_READER_UNAVAILABLE, CardReaderMissing),
        (pcsc_errors.E_SHARING_VIOLATION, CardReaderBusy),
        (pcsc_errors.E_NO_SMARTCARD, NoCard),
        (pcsc_errors.W_REMOVED_CARD, NoCard),
        (pcsc_errors.E_TIMEOUT, NoCard),
        (pcsc_errors.W_UNRESPONSIVE_CARD, CardMute),
        (pcsc_errors.W_UNPOWERED_CARD, CardMute),
        (pcsc_errors.E_NO_SERVICE, CardServiceStopped),
        (pcsc_errors.E_SERVICE_STOPPED, CardServiceStopped),
        (0x8010002F, CardReaderSilent),
    ],
)
def test_a_failed_connection_says_what_is_missing(result: int, error: type[DeskError]) -> None:
    assert type(pcsc_errors.before_commands(result)) is error


@pytest.mark.parametrize(
    ("result", "writing", "reading"),
    [
        (0, CardOutcomeUnknown, CardRemoved),
        (pcsc_errors.E_NOT_TRANSACTED, CardOutcomeUnknown, CardRemoved),
        (pcsc_errors.E_NO_SERVICE, CardOutcomeUnknown, CardServiceStopped),
        (pcsc_errors.E_SERVICE_STOPPED, CardOutcomeUnknown, CardServiceStopped),
        (pcsc_errors.E_INVALID_HANDLE, CardOutcomeUnknown, CardReaderSilent),
        (pcsc_errors.E_READER_UNAVAILABLE, CardOutcomeUnknown, CardReaderMissing),
        (pcsc_errors.E_UNKNOWN_READER, CardOutcomeUnknown, CardReaderMissing),
        (pcsc_errors.W_REMOVED_CARD, CardRemoved, CardRemoved),
        (pcsc_errors.W_RESET_CARD, CardRemoved, CardRemoved),
    ],
)
def test_a_lost_answer_is_unknown_only_if_something_may_have_been_written(
    result: int, writing: type[DeskError], reading: type[DeskError]
) -> None:
    assert type(pcsc_errors.of_transmit(result, may_write=True)) is writing
    assert type(pcsc_errors.of_transmit(result, may_write=False)) is reading


def test_the_numbers_are_those_of_the_library() -> None:
    from smartcard import scard  # the library of the system is loaded here

    for name, number in vars(pcsc_errors).items():
        if name.startswith(("E_", "W_")):
            assert getattr(scard, f"SCARD_{name}") & 0xFFFFFFFF == number
