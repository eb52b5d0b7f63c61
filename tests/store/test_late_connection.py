"""A connection that is given back in the very moment in which its pool is emptied does not hold the file for ever."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import event

from sscard_desk.domain.errors.store import FolderInUse
from sscard_desk.store.engine import reading
from sscard_desk.store.rekey import rekey
from tests.machines.training_desk import training_desk

NEXT = bytes(range(1, 33))


def test_a_connection_that_comes_back_while_its_pool_is_emptied_is_closed_with_the_next_try(tmp_path: Path) -> None:
    desk = training_desk(tmp_path / "desk", 0)
    engine, told, emptied = desk._engine, threading.Event(), threading.Event()
    late = threading.current_thread

    def between(_connection: object, _record: object) -> None:
        if late().name == "late":
            told.set()
            assert emptied.wait(10)

    def read() -> None:
        with reading(engine):
            pass

    with reading(engine):
        pass
    event.listen(engine, "checkin", between)
    thread = threading.Thread(target=read, name="late")
    thread.start()
    assert told.wait(10)
    with pytest.raises(FolderInUse):
        rekey(engine, NEXT, wait_s=0.5)
    emptied.set()
    thread.join()
    rekey(engine, NEXT, wait_s=0.5)
    with reading(engine):
        pass
    desk.close()
