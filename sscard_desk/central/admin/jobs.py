"""Bringing a list in beside the pages: looked through first, then taken whole; told on the way, stopped on request.

The upload lies in the centre's folder, its owner's alone, and goes when the list has ended, however that was.
"""

import secrets
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from threading import Thread
from typing import Final

from sqlalchemy import Connection

from sscard_desk.central.admin.acting import acting
from sscard_desk.central.admin.tools import Tools
from sscard_desk.central.centre import OpenCentre
from sscard_desk.central.lists.check import Checked, check
from sscard_desk.central.lists.kinds import PERSONS, kinds
from sscard_desk.central.lists.take import need_place, take
from sscard_desk.central.store import operator_jobs, operator_wishes
from sscard_desk.central.store.operator_jobs import (
    CANCELLED,
    CHECKING,
    DONE,
    FAILED,
    RUNNING,
    TAKING,
    WAITING,
    WRONG,
    Job,
)
from sscard_desk.central.store.operator_wishes import Wish
from sscard_desk.domain.errors import DeskError

FOLDER: Final = "uploads"
SILENT_MS: Final = 600_000
"""A list whose worker was not heard for so long was broken off."""


class Stopped(Exception):
    """The operator stopped the list while it was looked through."""


def upload_folder(centre: OpenCentre) -> Path:
    """Return where uploads lie; made where it is missing, its owner's alone."""
    folder = centre.folder / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def begin(centre: OpenCentre, tools: Tools, file: Path, *, operator: str, kind: str, place: str) -> str:
    """Begin to look a list through, on a thread; return its id.

    Args:
        centre: the centre.
        tools: reads the table.
        file: the upload; from now on the list's own.
        operator: who brings it.
        kind: a name of `lists.kinds`.
        place: service point or region that it is for.
    """
    name = secrets.token_hex(16)
    now = centre.now_ms()
    forget_files(centre, now)
    file.replace(_file(centre, name))
    with centre.database.writing() as connection:
        operator_jobs.begin(connection, Job(name, operator, kind, place, CHECKING, begun_ms=now, beat_ms=now))
    _beside(lambda: _look_and_take(centre, tools, name, confirmed=False), name)
    return name


def go_on(centre: OpenCentre, tools: Tools, job: str) -> None:
    """Take a list that waited for a second operator; it is looked through again first."""
    with centre.database.writing() as connection:
        moved = operator_jobs.note(connection, job, [WAITING], state=CHECKING, looked_at=0, beat_ms=centre.now_ms())
    if moved:
        _beside(lambda: _look_and_take(centre, tools, job, confirmed=True), job)


def stop(centre: OpenCentre, job: str) -> bool:
    """Stop a list that is looked through, or waits; return False where it is too late, or over."""
    with centre.database.writing() as connection:
        stopped = operator_jobs.note(connection, job, [CHECKING, WAITING], state=CANCELLED)
    if stopped:
        _file(centre, job).unlink(missing_ok=True)
    return stopped


def is_broken_off(job: Job, now_ms: int) -> bool:
    """Return whether nobody works on a list any more that has no end."""
    return job.state in RUNNING and now_ms - job.beat_ms > SILENT_MS


def forget_files(centre: OpenCentre, now_ms: int) -> None:
    """Remove uploads that nobody will take any more."""
    with centre.database.reading() as connection:
        for path in upload_folder(centre).iterdir():
            job = operator_jobs.find(connection, path.name)
            runs = job is not None and job.state in RUNNING and not is_broken_off(job, now_ms)
            if (
                not (runs or (job is not None and job.state == WAITING))
                and now_ms - path.stat().st_mtime * 1000 > SILENT_MS
            ):
                path.unlink(missing_ok=True)


def _beside(work: Callable[[], None], name: str) -> None:
    Thread(target=work, name=f"list-{name[:8]}", daemon=True).start()


def _look_and_take(centre: OpenCentre, tools: Tools, name: str, *, confirmed: bool) -> None:
    state, code, waits, ended = FAILED, "", False, False
    with centre.database.reading() as connection:
        job = operator_jobs.find(connection, name)
    if job is None:
        return
    try:
        checked = _looked_through(centre, tools, job)
        if checked.wrong:
            state = WRONG
        elif not confirmed and job.kind == PERSONS and _wait(centre, job):
            waits = True
        else:
            _take(centre, job, checked)
            ended = True
    except Stopped:
        state = CANCELLED
    except DeskError as refused:
        code = refused.code
    except OSError:
        code = "E501"  # the upload cannot be read: it went with the disk, or lies on another machine
    finally:
        if not waits:
            if not ended:
                with centre.database.writing() as connection:
                    operator_jobs.note(connection, name, [CHECKING, TAKING], state=state, code=code)
            _file(centre, name).unlink(missing_ok=True)


def _looked_through(centre: OpenCentre, tools: Tools, job: Job) -> Checked:
    def tell(read: int) -> None:
        with centre.database.writing() as connection:
            if not operator_jobs.note(connection, job.id, [CHECKING], looked_at=read, beat_ms=centre.now_ms()):
                raise Stopped

    kind = kinds()[job.kind]
    checked = check(kind, tools.read_table(_file(centre, job.id)), tell)
    if not checked.wrong:
        need_place(centre, kind, job.place, checked)
    with centre.database.writing() as connection:
        problems = [astuple(each) for each in checked.problems]
        if not operator_jobs.note(connection, job.id, [CHECKING], wrong=checked.wrong, problems=problems):
            raise Stopped
    return checked


def _wait(centre: OpenCentre, job: Job) -> bool:
    """Let a list wait for a second operator, where the centre asks for one; return whether it waits."""
    with centre.database.writing() as connection:
        if not operator_wishes.is_asked(connection):
            return False
        if not operator_jobs.note(connection, job.id, [CHECKING], state=WAITING):
            raise Stopped
        act = f"import.{job.kind}"
        operator_wishes.keep(
            connection, Wish(secrets.token_hex(16), job.operator, act, job.id, job.place, centre.now_ms())
        )
    return True


def _take(centre: OpenCentre, job: Job, checked: Checked) -> None:
    """Take the rows; they, their act on record and the end of the list commit together."""

    def end(connection: Connection, changed: int) -> None:
        if not operator_jobs.note(connection, job.id, [TAKING], state=DONE, changed=changed, beat_ms=centre.now_ms()):
            raise Stopped

    with centre.database.writing() as connection:
        if not operator_jobs.note(connection, job.id, [CHECKING], state=TAKING, beat_ms=centre.now_ms()):
            raise Stopped
    with acting(centre, job.operator, f"import.{job.kind}", job.place) as noting:
        take(noting, kinds()[job.kind], job.place, checked.rows, end)


def _file(centre: OpenCentre, job: str) -> Path:
    return upload_folder(centre) / job
