"""A worker that has enough to do sends desks away with a time to come again, and loses nothing by it."""

import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sscard_desk.central import exchange, peer, room
from sscard_desk.domain.errors.centre import CentreBusy
from sscard_desk.sync.client import HttpCentre
from sscard_desk.sync.passes import run_pass
from tests.machines.counter import Counter, opened, subject
from tests.machines.model_desk import ModelDesk


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path / "centre") as running:
        yield running


def connected(counter: Counter) -> ssl.SSLSocket:
    context = ssl.create_default_context(cadata=counter.open.keys.believed.decode())
    plain = socket.create_connection(("127.0.0.1", counter.port), timeout=20)
    return context.wrap_socket(plain, server_hostname="localhost")


def hear(line: ssl.SSLSocket) -> bytes:
    line.sendall(b"GET /v1/health HTTP/1.1\r\nhost: localhost\r\n\r\n")
    return line.recv(4_096)


def test_who_comes_while_too_much_is_at_work_is_told_when_to_come_again_and_delivers_then(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = ModelDesk("D-0001")
    desk.record(opened(1), subject())
    with counter.client() as centre:
        centre.hello()
        with monkeypatch.context() as full:
            full.setattr(exchange, "MOST_AT_WORK", 0)
            with pytest.raises(CentreBusy) as sent_away:
                run_pass(desk, centre)
            shortest, longest = room.AGAIN_SECONDS
            assert shortest <= sent_away.value.seconds <= longest
        assert desk.unsent() == 1
        assert run_pass(desk, centre).up_to_date


def test_what_is_at_work_counts_until_it_is_answered_also_where_it_failed(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    reading = counter.open.database.reading

    def slow():
        begun.set()
        assert go_on.wait(20)
        return reading()

    identities = [counter.identity(f"D-{n:04d}") for n in (1, 2)]
    monkeypatch.setattr(exchange, "MOST_AT_WORK", 1)
    with HttpCentre(identities[0]) as first, HttpCentre(identities[1]) as second:
        monkeypatch.setattr(counter.open.database, "reading", slow)
        asking = threading.Thread(target=first.hello)
        asking.start()
        assert begun.wait(20)
        with pytest.raises(CentreBusy):
            second.hello()
        go_on.set()
        asking.join()
        second.hello()
    assert counter.open.at_work == 0


def test_a_connection_too_many_is_answered_and_closed_and_one_beyond_is_closed_at_once(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_OPEN", 2)
    monkeypatch.setattr(peer, "MOST_OPEN", 2)
    monkeypatch.setattr(peer, "SLACK", 1)
    lines = [connected(counter) for _ in range(2)]
    try:
        assert [hear(line).split(b"\r\n")[0] for line in lines] == [b"HTTP/1.1 200 OK"] * 2
        lines.append(connected(counter))
        said = hear(lines[2]).lower()
        assert said.startswith(b"http/1.1 503")
        assert b"retry-after: " in said
        assert b"connection: close" in said
        lines[2].close()
        beyond = [connected(counter) for _ in range(4)]
        lines += beyond
        assert [not_told(line) for line in beyond].count(True) >= 1
        for line in lines:
            line.close()
        assert any(served(counter) for _ in range(200))
    finally:
        for line in lines:
            line.close()


def served(counter: Counter) -> bool:
    with connected(counter) as line:
        return hear(line).startswith(b"HTTP/1.1 200")


def not_told(line: ssl.SSLSocket) -> bool:
    try:
        return hear(line) == b""
    except OSError:
        return True
