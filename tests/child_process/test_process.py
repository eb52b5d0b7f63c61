"""A child process that crashes, hangs, prints, refuses or is left alone costs its caller one request at most."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from sscard_desk.child_process.process import ChildCrashed, ChildHung, ChildProcess, ChildRefused
from sscard_desk.ports.devices import Cancel, Cancelled

ROOM = "tests.child_process.room"
WITHIN_S = 60.0


@pytest.fixture
def child() -> Iterator[ChildProcess]:
    child = ChildProcess(ROOM)
    yield child
    child.close()


def alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(what) -> bool:
    deadline = time.monotonic() + WITHIN_S
    while not (done := what()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return done


def test_nothing_runs_before_the_first_request_and_one_process_serves_many(child):
    assert child.process_id is None
    first = child.ask(b"id", within_s=WITHIN_S)
    assert child.ask(b"id", within_s=WITHIN_S) == first
    assert int(first) == child.process_id


def test_megabytes_pass_both_ways(child):
    much = bytes(range(256)) * 20_000
    assert child.ask(b"turn " + much, within_s=WITHIN_S) == much[::-1]


def test_what_a_library_prints_is_not_in_the_answer(child):
    assert child.ask(b"print abc", within_s=WITHIN_S) == b"cba"


def test_a_refusal_is_told_by_its_word_and_the_process_goes_on(child):
    first = child.ask(b"id", within_s=WITHIN_S)
    with pytest.raises(ChildRefused) as told:
        child.ask(b"refuse size", within_s=WITHIN_S)
    assert told.value.word == "size"
    assert child.ask(b"id", within_s=WITHIN_S) == first


def test_a_crash_is_told_with_its_status_and_the_next_request_has_a_new_process(child):
    first = child.ask(b"id", within_s=WITHIN_S)
    with pytest.raises(ChildCrashed) as told:
        child.ask(b"crash", within_s=WITHIN_S)
    assert told.value.status == -signal.SIGSEGV
    assert child.ask(b"id", within_s=WITHIN_S) != first


def test_an_exception_in_the_room_tells_nothing_of_what_it_held(child):
    with pytest.raises(ChildCrashed) as told:
        child.ask(b"fail 110101199001011234", within_s=WITHIN_S)
    assert told.value.status == 70
    assert "110101" not in str(told.value)


def test_a_room_that_is_not_there_is_told_as_a_crash():
    child = ChildProcess("tests.child_process.no_such_room")
    with pytest.raises(ChildCrashed):
        child.ask(b"id", within_s=WITHIN_S)
    assert child.process_id is None


def test_a_process_that_hangs_is_ended_and_the_next_request_is_served(child):
    first = int(child.ask(b"id", within_s=WITHIN_S))
    with pytest.raises(ChildHung):
        child.ask(b"hang", within_s=0.2)
    assert not alive(first)
    assert child.ask(b"turn ab", within_s=WITHIN_S) == b"ba"


def test_a_wish_to_stop_ends_a_hanging_call(child):
    first = int(child.ask(b"id", within_s=WITHIN_S))
    cancel = Cancel()
    threading.Timer(0.1, cancel.set).start()
    with pytest.raises(Cancelled):
        child.ask(b"hang", within_s=WITHIN_S, cancel=cancel)
    assert not alive(first)


def test_one_that_was_killed_between_two_requests_is_replaced_unseen(child):
    first = int(child.ask(b"id", within_s=WITHIN_S))
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert child.ask(b"turn ab", within_s=WITHIN_S) == b"ba"


def test_an_idle_process_is_ended_and_started_again_when_it_is_needed():
    child = ChildProcess(ROOM, idle_s=0.2)
    first = int(child.ask(b"id", within_s=WITHIN_S))
    assert wait_until(lambda: child.process_id is None)
    assert not alive(first)
    assert child.ask(b"turn ab", within_s=WITHIN_S) == b"ba"
    child.close()


def test_requests_of_several_threads_get_their_own_answers(child):
    answers = {}

    def ask(n: int) -> None:
        answers[n] = child.ask(b"turn " + b"%d7" % n, within_s=WITHIN_S)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: (b"%d7" % n)[::-1] for n in range(8)}


def test_closing_during_a_call_ends_both(child):
    gone: list[BaseException] = []

    def ask() -> None:
        try:
            child.ask(b"hang", within_s=WITHIN_S)
        except ChildCrashed as told:
            gone.append(told)

    thread = threading.Thread(target=ask)
    thread.start()
    assert wait_until(lambda: child.process_id is not None)
    child.close()
    thread.join(WITHIN_S)
    assert len(gone) == 1
    assert child.process_id is None


def test_the_process_ends_with_the_desk_even_while_it_hangs():
    reading, writing = os.pipe()
    desk = os.fork()
    if desk == 0:  # a desk that is killed in the middle of a call
        os.close(reading)
        child = ChildProcess(ROOM)
        os.write(writing, child.ask(b"id", within_s=WITHIN_S))
        os.close(writing)
        threading.Timer(0.1, os._exit, (0,)).start()
        child.ask(b"hang", within_s=WITHIN_S)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        process_id = int(told.read())
    os.waitpid(desk, 0)
    assert wait_until(lambda: not alive(process_id))
