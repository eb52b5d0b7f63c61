"""Lists beside the pages: stopped on request, told as broken off, their files gone. Over both databases."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection

from sscard_desk.central.admin import jobs
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.lists.check import TELL_EVERY, Line
from sscard_desk.central.store import audit, feeds, operator_jobs
from sscard_desk.central.store.operator_jobs import CANCELLED, CHECKING, DONE, FAILED, WAITING, Job
from sscard_desk.cli.central_tools import admin_tools
from sscard_desk.domain.errors.centre_database import DatabaseAway
from sscard_desk.wire.feed import REFERENCE


def state(centre: OpenCentre, job: str) -> Job:
    with centre.database.reading() as connection:
        found = operator_jobs.find(connection, job)
    assert found is not None
    return found


def wait_for_end(centre: OpenCentre, job: str) -> Job:
    for thread in threading.enumerate():
        if thread.name == f"list-{job[:8]}":
            thread.join(60)
    return state(centre, job)


def table(centre: OpenCentre, text: str) -> Path:
    path = jobs.upload_folder(centre) / "upload.part"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_that_is_stopped_while_it_is_looked_through_takes_nothing_and_leaves_no_file(centre: OpenCentre) -> None:
    looked, stopped = Event(), Event()

    def slowly(_path: Path) -> Iterator[Line]:
        yield Line(1, ("code", "name"))
        for number in range(2, 3 * TELL_EVERY):
            if number == TELL_EVERY + 100:
                looked.set()
                assert stopped.wait(60)
            yield Line(number, (f"{number}", "甲"))

    job = jobs.begin(centre, Tools(slowly), table(centre, "x"), operator="li.ming", kind="banks", place="")
    assert looked.wait(60)
    assert state(centre, job).looked_at == TELL_EVERY
    assert jobs.stop(centre, job)
    stopped.set()
    assert wait_for_end(centre, job).state == CANCELLED
    with centre.database.reading() as connection:
        assert feeds.ids_of(connection, REFERENCE, "bank") == set()
    assert list(jobs.upload_folder(centre).iterdir()) == []
    assert not jobs.stop(centre, job)


def test_a_list_that_was_taken_can_be_stopped_no_more(centre: OpenCentre) -> None:
    file = table(centre, "code,name\n01,示例银行\n")
    job = jobs.begin(centre, admin_tools(), file, operator="li.ming", kind="banks", place="")
    assert (wait_for_end(centre, job).state, jobs.stop(centre, job)) == (DONE, False)
    assert state(centre, job).changed == 1


def test_the_rows_of_a_list_their_act_on_record_and_its_end_are_there_together_or_not_at_all(
    centre: OpenCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = audit.note

    def full(connection: Connection, key: bytes, **words: Any) -> None:
        if words["act"].startswith("import.") and words["outcome"] == "done":
            raise DatabaseAway
        noted(connection, key, **words)

    with monkeypatch.context() as broken:
        broken.setattr(audit, "note", full)
        for kind, text in (("banks", "code,name\n01,示例银行\n"), ("studios", "code,name\nS01,示例照相馆\n")):
            job = jobs.begin(centre, admin_tools(), table(centre, text), operator="li.ming", kind=kind, place="")
            ended = wait_for_end(centre, job)
            assert (ended.state, ended.changed) == (FAILED, 0)
    with centre.database.reading() as connection:
        assert feeds.ids_of(connection, REFERENCE, "bank") == feeds.ids_of(connection, REFERENCE, "studio") == set()
    job = jobs.begin(centre, admin_tools(), table(centre, text), operator="li.ming", kind="studios", place="")
    assert (wait_for_end(centre, job).state, state(centre, job).changed) == (DONE, 1)
    with centre.database.reading() as connection:
        assert feeds.ids_of(connection, REFERENCE, "studio") == {"S01"}
        assert [act.act for act in audit.acts(connection) if act.outcome == "done"] == ["import.studios"]


def test_an_upload_that_is_gone_is_told_as_not_taken(centre: OpenCentre) -> None:
    with centre.database.writing() as connection:
        operator_jobs.begin(connection, Job("a" * 32, "li.ming", "banks", "", WAITING))
    jobs.go_on(centre, admin_tools(), "a" * 32)
    assert wait_for_end(centre, "a" * 32).state == FAILED


@pytest.mark.parametrize("kept", [WAITING, CHECKING])
def test_what_a_killed_worker_left_is_told_as_broken_off_and_its_file_goes(centre: OpenCentre, kept: str) -> None:
    now = centre.now_ms()
    old = now - jobs.SILENT_MS - 60_000
    folder = jobs.upload_folder(centre)
    for name, beat, at in (("b" * 32, old, kept), ("c" * 32, now, CHECKING)):
        with centre.database.writing() as connection:
            operator_jobs.begin(connection, Job(name, "li.ming", "banks", "", at, begun_ms=old, beat_ms=beat))
        (folder / name).write_text("x", encoding="utf-8")
        os.utime(folder / name, (old / 1000, old / 1000))
    jobs.forget_files(centre, now)
    assert jobs.is_broken_off(state(centre, "b" * 32), now) == (kept == CHECKING)
    assert not jobs.is_broken_off(state(centre, "c" * 32), now)
    assert {path.name for path in folder.iterdir()} == ({"b" * 32} if kept == WAITING else set()) | {"c" * 32}
